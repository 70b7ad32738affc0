"""The national holidays against a second computation, and the calendar of an entity."""

from datetime import date, time, timedelta

import pytest

from processes.common.errors import Invalid
from processes.terms.holidays import LocalClosure, build_calendar, national_holidays

FIXED = ((1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25))
MOVED = ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))
CHIQUINQUIRA = (7, 9)
DAYS_FROM_EASTER = (-3, -2, 43, 64, 71)
HOLIDAYS_OF_2026 = (
    "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 10-12 "
    "11-02 11-16 12-08 12-25"
)


def _easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_century, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_century - correction + 15) % 30
    leap, leap_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap - epact - leap_rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _own_holidays(year: int) -> frozenset[date]:
    moved = (*MOVED, CHIQUINQUIRA) if year >= 2026 else MOVED
    originals = (date(year, *month_day) for month_day in moved)
    return frozenset(
        {date(year, *month_day) for month_day in FIXED}
        | {day + timedelta(days=-day.weekday() % 7) for day in originals}
        | {_easter(year) + timedelta(days=days) for days in DAYS_FROM_EASTER}
    )


@pytest.mark.parametrize("year", range(2020, 2036))
def test_each_year_agrees_with_a_second_computation(year: int) -> None:
    assert national_holidays([year]) == _own_holidays(year)


def test_2026_has_its_nineteen_holidays() -> None:
    printed = " ".join(f"{day:%m-%d}" for day in sorted(national_holidays([2026])))

    assert printed == HOLIDAYS_OF_2026


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (date(2025, 7, 14), False),
        (date(2026, 7, 9), False),
        (date(2026, 7, 13), True),
        (date(2027, 7, 12), True),
        (date(2029, 7, 9), True),
    ],
)
def test_chiquinquira_is_a_holiday_from_2026_on_its_monday(day: date, *, is_holiday: bool) -> None:
    assert (day in national_holidays([day.year])) is is_holiday


def test_two_feasts_on_one_monday_are_one_holiday() -> None:
    assert len(national_holidays([2025])) == 17
    assert build_calendar().reasons[date(2025, 6, 30)] == (
        "Festivo: Sagrado Corazón / San Pedro y San Pablo (Ley 51 de 1983)"
    )


def test_the_reason_of_the_new_holiday_cites_its_own_law() -> None:
    assert build_calendar().reasons[date(2026, 7, 13)] == (
        "Festivo: Día de Nuestra Señora del Rosario de Chiquinquirá (Ley 2578 de 2026, artículo 6)"
    )


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 3, 30),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 12, 24),
        date(2026, 12, 31),
    ],
)
def test_customary_days_off_are_working_days_by_law(day: date) -> None:
    assert build_calendar().is_working_day(day)


def test_a_closure_with_its_act_stops_the_count_and_says_why() -> None:
    closure = LocalClosure(date(2026, 12, 24), "Decreto 118 de 2026")

    calendar = build_calendar(closures=[closure])

    assert not calendar.is_working_day(date(2026, 12, 24))
    assert calendar.reasons[date(2026, 12, 24)] == (
        "Cierre de la entidad que suspende términos (Decreto 118 de 2026; Ley 4 de 1913, artículo 62)"
    )


def test_a_closure_that_does_not_suspend_terms_leaves_the_day_counting() -> None:
    closure = LocalClosure(date(2026, 12, 24), "", suspends_terms=False)

    assert build_calendar(closures=[closure]).is_working_day(date(2026, 12, 24))


def test_a_closure_without_an_act_is_refused() -> None:
    with pytest.raises(Invalid, match="no suspende términos sin el acto"):
        LocalClosure(date(2026, 12, 24), "  ")


def test_saturday_counts_when_the_entity_serves_on_saturday() -> None:
    hours = {day: ((time(8), time(12)),) for day in range(6)}

    calendar = build_calendar(hours=hours)

    assert calendar.is_working_day(date(2026, 2, 7))
    assert not calendar.is_working_day(date(2026, 2, 8))
