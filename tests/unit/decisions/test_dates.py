"""Dates, times and durations."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.decisions import Value, YearsMonths
from tests.unit.decisions.feel import value_of, warnings_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2026-03-04")', date(2026, 3, 4)),
        ('@"2026-03-04"', date(2026, 3, 4)),
        ("date(2026, 3, 4)", date(2026, 3, 4)),
        ('date(date and time("2026-03-04T10:00:00"))', date(2026, 3, 4)),
        ('time("08:30:00")', time(8, 30)),
        ('@"08:30:00.25Z"', time(8, 30, 0, 250_000, tzinfo=UTC)),
        ("time(8, 30, 0)", time(8, 30)),
        ('time(8, 30, 0, duration("-PT5H"))', time(8, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ('date and time(date("2026-03-04"), time("08:00:00"))', datetime(2026, 3, 4, 8)),  # noqa: DTZ001 - a value without a zone is the point
        ('date and time("2026-03-04T08:00:00Z")', datetime(2026, 3, 4, 8, tzinfo=UTC)),
        ('date and time("2026-03-04")', datetime(2026, 3, 4)),  # noqa: DTZ001 - a value without a zone is the point
        ('@"P15D"', timedelta(days=15)),
        ('duration("-P1DT2H3M4.5S")', -timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
        ('duration("P1Y6M")', YearsMonths(18)),
        ('years and months duration(@"2025-01-31", @"2026-03-01")', YearsMonths(13)),
    ],
)
def test_literals_and_constructors(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2024-12-31" - @"P10M"', date(2024, 2, 29)),
        ('@"2026-03-01" - @"2026-02-01"', timedelta(days=28)),
        ('@"1993-04-05" - @"1992-05-01"', timedelta(days=339)),
        ('@"2026-03-01" + @"P15D"', date(2026, 3, 16)),
        ('@"2026-03-01T10:00:00" + @"PT20H"', datetime(2026, 3, 2, 6)),  # noqa: DTZ001 - a value without a zone is the point
        ('@"23:00:00" + @"PT2H"', time(1)),
        ('@"P1D" * 1.5', timedelta(hours=36)),
        ('@"P3D" / @"P2D" = 1.5', True),
        ('@"P1Y" / 2', YearsMonths(6)),
        ('-@"P1D"', timedelta(days=-1)),
        ('sum(@"P1D", @"PT12H")', timedelta(hours=36)),
        ('string(@"P1Y2M")', "P1Y2M"),
        ('string(@"-PT90M")', "-PT1H30M"),
        ('string(@"P0D")', "PT0S"),
        ('string(@"2026-03-01T10:00:00Z")', "2026-03-01T10:00:00Z"),
    ],
)
def test_date_arithmetic(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-03-04".year', 2026),
        ('@"2026-03-04".weekday', 3),
        ('@"2026-03-04T10:20:30.5".second', value_of("30.5")),
        ('@"-P1DT2H30M".hours', -2),
        ('(@"2026-03-20" - @"2026-03-04").days', 16),
        ('@"P1Y6M".months', 6),
        ("[1..5).end", 5),
        ("[1..5).end included", False),
        ('@"2026-03-04T10:00:00-05:00".time offset', timedelta(hours=-5)),
    ],
)
def test_properties(text: str, expected: Value) -> None:
    assert value_of(text) == expected


def test_a_property_of_another_kind_is_null_with_a_warning() -> None:
    assert warnings_of("n.year", n=5) == ["carácter 1: número no tiene la propiedad «year»"]


def test_a_moment_without_offset_is_the_entitys() -> None:
    assert value_of('@"2026-03-04T10:00:00" = @"2026-03-04T15:00:00Z"') is True
    assert value_of('@"2026-03-04T10:00:00@America/Bogota" = @"2026-03-04T15:00:00Z"') is True
    assert value_of('@"2026-03-04T10:00:00" < @"2026-03-04T14:00:00Z"') is False


def test_today_and_now_are_the_injected_clock_in_bogota() -> None:
    assert value_of("today()") == date(2026, 3, 3)
    assert value_of("now()") == datetime(2026, 3, 3, 22, tzinfo=BOGOTA)
    assert value_of("day of week(today())") == "Tuesday"


def test_a_date_and_a_moment_do_not_compare() -> None:
    assert value_of('@"2026-03-04" = @"2026-03-04T00:00:00"') is None


@pytest.mark.parametrize(
    "text",
    [
        'date("2026-02-30")',
        'date("20260304")',
        'date("2026-W10-3")',
        "date(2026, 13, 1)",
        "date(2026.5, 1, 1)",
        'time("25:00:00")',
        'date and time("2026-03-04 10:00:00")',
        'date and time("2026-03-04T10:00:00@Marte/Base")',
        'date and time("2026-03-04T10:00:00@America")',
        'duration("P")',
        'duration("P1DT")',
        'duration("P1Y1D")',
        'duration("P999999999999D")',
        '@"9999-12-31" + @"P1D"',
        '@"9999-12-31" + @"P1M"',
        '@"P999999999D" * 1e9',
        '@"P1D" * 1e6000',
    ],
)
def test_what_the_calendar_does_not_have_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


def test_a_date_that_is_written_wrong_between_quotes_does_not_compile() -> None:
    with pytest.raises(Exception, match="carácter 5: «2026-02-30» no es un día del calendario"):
        value_of('1 + @"2026-02-30"')


HOLIDAYS = WorkCalendar(non_working=frozenset({date(2026, 3, 23)}))


def test_working_days_skip_weekends_and_holidays() -> None:
    assert value_of('working days after(@"2026-03-20", 1)', calendar=HOLIDAYS) == date(2026, 3, 24)
    assert value_of('working days between(@"2026-03-20", @"2026-03-25")', calendar=HOLIDAYS) == 2


def test_working_days_without_a_calendar_are_null_with_a_warning() -> None:
    assert warnings_of("working days after(today(), 1)") == [
        "carácter 1: working days after: aquí no hay calendario laboral"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "working days after(today(), 1e6)",
        "working days after(today(), 1.5)",
        'working days after(@"9999-12-30", 900)',
        'working days between(@"0001-01-01", @"9999-12-31")',
    ],
)
def test_working_days_have_bounds(text: str) -> None:
    assert value_of(text, calendar=HOLIDAYS) is None
