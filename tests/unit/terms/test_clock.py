"""Filing dates, response terms that explain themselves, and the traffic light."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.terms.clock import (
    AfterHours,
    DueStatus,
    due_status,
    end_of_term,
    filing_date,
    internal_target,
    opening_instant,
    response_due_on,
    response_term,
    working_days_left,
)
from processes.terms.holidays import LocalClosure, build_calendar
from processes.terms.kinds import FIXED_BY_REQUESTER, PACKS, Pack, PetitionKind

CALENDAR = build_calendar()
WITH_NOON_PAUSE = build_calendar(hours={day: ((time(8), time(12)), (time(14), time(17))) for day in range(5)})
FIRST_DAY = "Día de la radicación: el término empieza el día siguiente"
CHIQUINQUIRA = "Día de Nuestra Señora del Rosario de Chiquinquirá"
COUNTED_SINCE_2016 = [
    kind for kind in PetitionKind if kind not in FIXED_BY_REQUESTER and kind not in PACKS[Pack.HEALTH]
]
KINDS = st.sampled_from(COUNTED_SINCE_2016)
INSTANTS = st.integers(0, 74 * 365 * 24 * 60).map(
    lambda minutes: datetime(2016, 1, 1, tzinfo=BOGOTA) + timedelta(minutes=minutes)
)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BOGOTA)


@pytest.mark.parametrize(
    ("received_at", "filed_on"),
    [
        ("2026-02-03T00:00:00", date(2026, 2, 3)),
        ("2026-02-03T07:59:59", date(2026, 2, 3)),
        ("2026-02-03T16:59:59", date(2026, 2, 3)),
        ("2026-02-03T17:00:00", date(2026, 2, 3)),
        ("2026-02-03T17:00:59.999999", date(2026, 2, 3)),
        ("2026-02-03T17:01:00", date(2026, 2, 4)),
        ("2026-02-06T17:01:00", date(2026, 2, 9)),
        ("2026-07-10T18:00:00", date(2026, 7, 14)),
        ("2026-12-31T23:59:59", date(2027, 1, 4)),
    ],
)
def test_the_closing_minute_is_the_last_one_of_the_day(received_at: str, filed_on: date) -> None:
    assert filing_date(_local(received_at), CALENDAR) == filed_on


def test_a_petition_in_the_noon_pause_is_filed_that_day() -> None:
    assert filing_date(_local("2026-02-03T13:00:00"), WITH_NOON_PAUSE) == date(2026, 2, 3)


def test_an_instant_in_another_zone_is_read_in_bogota() -> None:
    received_at = datetime(2026, 2, 4, 3, 0, tzinfo=UTC)

    assert filing_date(received_at, CALENDAR) == date(2026, 2, 4)
    assert filing_date(received_at, CALENDAR, AfterHours.AS_RECEIVED) == date(2026, 2, 3)


@pytest.mark.parametrize("policy", AfterHours)
def test_each_policy_prints_its_norm(policy: AfterHours) -> None:
    assert "Ley 1437 de 2011, artículo" in policy.reason


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="zona horaria"):
        filing_date(datetime(2026, 2, 3, 10), CALENDAR)  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize("year", [1990, 2101, 9998])
def test_a_year_that_the_calendar_does_not_know_is_refused(year: int) -> None:
    with pytest.raises(Invalid, match="fuera de los años"):
        filing_date(datetime(year, 12, 1, 10, tzinfo=BOGOTA), CALENDAR)
    with pytest.raises(Invalid, match="fuera de los años"):
        response_term(PetitionKind.REQUEST, date(year, 12, 1), CALENDAR)


def test_a_term_explains_every_day_that_it_skips() -> None:
    explained = response_term(PetitionKind.CONGRESS_REQUEST, date(2026, 7, 9), CALENDAR)

    assert [(f"{day.date:%m-%d}", day.number, day.why) for day in explained.days] == [
        (
            "07-09",
            None,
            f"{FIRST_DAY} (Ley 5 de 1992, artículo 258)",
        ),
        ("07-10", 1, "Día hábil 1 de 5"),
        ("07-11", None, "Sábado: no es día hábil (Ley 4 de 1913, artículo 62)"),
        ("07-12", None, "Domingo: no es día hábil (Ley 4 de 1913, artículo 62)"),
        (
            "07-13",
            None,
            f"Festivo: {CHIQUINQUIRA} (Ley 2578 de 2026, artículo 6)",
        ),
        ("07-14", 2, "Día hábil 2 de 5"),
        ("07-15", 3, "Día hábil 3 de 5"),
        ("07-16", 4, "Día hábil 4 de 5"),
        ("07-17", 5, "Día hábil 5 de 5"),
    ]
    assert explained.due_on == date(2026, 7, 17)


def test_a_closure_appears_in_the_explanation_with_its_act() -> None:
    calendar = build_calendar(closures=[LocalClosure(date(2026, 2, 3), "Decreto 9 de 2026")])

    explained = response_term(PetitionKind.REQUEST, date(2026, 2, 2), calendar)

    assert (
        explained.days[1].why
        == "Cierre de la entidad que suspende términos (Decreto 9 de 2026; Ley 4 de 1913, artículo 62)"
    )
    assert explained.due_on == date(2026, 2, 24)


def test_a_weekday_without_service_does_not_count() -> None:
    calendar = build_calendar(hours={day: ((time(8), time(17)),) for day in range(4)})

    explained = response_term(PetitionKind.CONGRESS_REQUEST, date(2026, 2, 5), calendar)

    assert explained.days[1].why == "Viernes: no es día hábil (Ley 4 de 1913, artículo 62)"


def test_the_decree_of_2020_reaches_a_petition_whose_term_was_running() -> None:
    running = response_term(PetitionKind.REQUEST, date(2020, 3, 10), CALENDAR)
    expired = response_term(PetitionKind.REQUEST, date(2020, 3, 2), CALENDAR)

    assert (running.rule.length.amount, running.due_on) == (30, date(2020, 4, 24))
    assert (expired.rule.length.amount, expired.due_on) == (15, date(2020, 3, 24))


def test_a_term_that_was_running_keeps_its_law_when_the_law_shortens_it() -> None:
    explained = response_term(PetitionKind.REQUEST, date(2022, 5, 17), CALENDAR)

    assert explained.rule.citation == "Decreto 491 de 2020, artículo 5"
    assert explained.due_on == date(2022, 7, 1)


def test_the_internal_target_skips_back_over_a_holiday() -> None:
    assert internal_target(date(2026, 7, 14), CALENDAR) == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("today", "left", "status"),
    [
        (date(2026, 7, 8), 4, DueStatus.ON_TRACK),
        (date(2026, 7, 9), 3, DueStatus.DUE_SOON),
        (date(2026, 7, 13), 2, DueStatus.DUE_SOON),
        (date(2026, 7, 15), 0, DueStatus.DUE_SOON),
        (date(2026, 7, 16), -1, DueStatus.OVERDUE),
        (date(2026, 7, 20), -2, DueStatus.OVERDUE),
    ],
)
def test_the_traffic_light_counts_working_days(today: date, left: int, status: DueStatus) -> None:
    due_on = date(2026, 7, 15)

    assert working_days_left(due_on, today, CALENDAR) == left
    assert due_status(due_on, today, CALENDAR) is status


def test_a_petition_due_on_friday_is_overdue_on_saturday() -> None:
    assert due_status(date(2026, 2, 6), date(2026, 2, 7), CALENDAR) is DueStatus.OVERDUE


def test_an_alert_rings_when_the_office_opens() -> None:
    assert opening_instant(date(2026, 2, 3), CALENDAR) == datetime(2026, 2, 3, 13, tzinfo=UTC)


def test_no_alert_rings_on_a_holiday() -> None:
    with pytest.raises(ValueError, match="does not open on 2026-07-13"):
        opening_instant(date(2026, 7, 13), CALENDAR)


def test_a_term_ends_at_midnight_of_its_last_day() -> None:
    assert end_of_term(date(2026, 2, 23)) == datetime(2026, 2, 24, 5, tzinfo=UTC)


@settings(deadline=None)
@given(kind=KINDS, received_at=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_later_petition_is_never_due_earlier(
    kind: PetitionKind, received_at: datetime, later: timedelta
) -> None:
    received_after_the_decree = max(received_at, datetime(2022, 5, 18, tzinfo=BOGOTA))
    first = filing_date(received_after_the_decree, CALENDAR)
    second = filing_date(received_after_the_decree + later, CALENDAR)

    assert response_due_on(kind, first, CALENDAR) <= response_due_on(kind, second, CALENDAR)


@settings(deadline=None)
@given(kind=KINDS, received_at=INSTANTS, policy=st.sampled_from(AfterHours))
def test_an_explanation_is_whole(kind: PetitionKind, received_at: datetime, policy: AfterHours) -> None:
    filed_on = filing_date(received_at, CALENDAR, policy)

    explained = response_term(kind, filed_on, CALENDAR)

    counted = [day for day in explained.days if day.counted]
    assert [day.number for day in counted] == list(range(1, explained.rule.length.amount + 1))
    assert all(later.date - earlier.date == timedelta(days=1) for earlier, later in pairwise(explained.days))
    assert explained.days[0].date == filed_on
    assert explained.due_on == response_due_on(kind, filed_on, CALENDAR)
    assert CALENDAR.is_working_day(explained.due_on)
    assert all(day.counted == CALENDAR.is_working_day(day.date) for day in explained.days[1:])
