"""Functions that make dates, times and durations, and those that read the calendar."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from processes.decisions import Value, YearsMonths
from tests.unit.decisions.feel import value_of, warnings_of

CHRISTMAS_EVE = datetime(2026, 12, 24, 23, 59)  # noqa: DTZ001  # a value without a zone is the point

ANSWERS: list[tuple[str, Value]] = [
    ('date("2024-02-29")', date(2024, 2, 29)),
    ('date(from: "0001-01-01")', date(1, 1, 1)),
    ("date(2026, 8, 30)", date(2026, 8, 30)),
    ("date(year: 2026, month: 8, day: 30)", date(2026, 8, 30)),
    ('date(@"2026-03-04")', date(2026, 3, 4)),
    ('date(@"2026-03-04T23:00:00-05:00")', date(2026, 3, 4)),
    ('time("00:00:00")', time(0)),
    ('time(from: "23:59:00Z")', time(23, 59, tzinfo=UTC)),
    ('time("11:22:33.123456")', time(11, 22, 33, 123_456)),
    ('time("11:22:33+14:00")', time(11, 22, 33, tzinfo=timezone(timedelta(hours=14)))),
    ('time(@"2026-03-04")', time(tzinfo=UTC)),
    ('time(@"2026-03-04T10:20:30-05:00")', time(10, 20, 30, tzinfo=timezone(timedelta(hours=-5)))),
    ('time(@"10:20:30")', time(10, 20, 30)),
    ("time(11, 59, 45.25)", time(11, 59, 45, 250_000)),
    ("time(11, 59, 45, null)", time(11, 59, 45)),
    ('time(11, 59, 45, @"PT0H")', time(11, 59, 45, tzinfo=UTC)),
    (
        'time(11, 59, 45, @"PT2H45M55S")',
        time(11, 59, 45, tzinfo=timezone(timedelta(hours=2, minutes=45, seconds=55))),
    ),
    (
        'time(hour: 11, minute: 59, second: 0, offset: @"-PT2H")',
        time(11, 59, tzinfo=timezone(timedelta(hours=-2))),
    ),
    ('date and time("2026-12-24T23:59:00")', CHRISTMAS_EVE),
    ('date and time(from: "2026-12-24")', datetime(2026, 12, 24)),  # noqa: DTZ001  # as above
    ('date and time(@"2026-12-24", @"23:59:00")', CHRISTMAS_EVE),
    ('date and time(@"2026-12-24T01:00:00Z", @"23:59:00")', CHRISTMAS_EVE),
    ('date and time(date: @"2026-12-24", time: @"23:59:00Z")', CHRISTMAS_EVE.replace(tzinfo=UTC)),
    ("date and time(2026, 12, 24, 23, 59, 0)", CHRISTMAS_EVE),
    (
        "date and time(2026, 12, 24, 23, 59, 0, -5)",
        CHRISTMAS_EVE.replace(tzinfo=timezone(timedelta(hours=-5))),
    ),
    (
        "date and time(2026, 12, 24, 23, 59, 0, 5.5)",
        CHRISTMAS_EVE.replace(tzinfo=timezone(timedelta(hours=5.5))),
    ),
    (
        'date and time(2026, 12, 24, 23, 59, 0, @"PT1H")',
        CHRISTMAS_EVE.replace(tzinfo=timezone(timedelta(hours=1))),
    ),
    (
        'date and time(2026, 12, 24, 23, 59, 0, "Europe/Paris")',
        CHRISTMAS_EVE.replace(tzinfo=ZoneInfo("Europe/Paris")),
    ),
    ("date and time(2026, 12, 24, 23, 59, 0, null)", CHRISTMAS_EVE),
    (
        "date and time(year: 2026, month: 12, day: 24, hour: 23, minute: 59, second: 0, hour offset: 0)",
        CHRISTMAS_EVE.replace(tzinfo=UTC),
    ),
    (
        "date and time(timezone: zone, year: 2026, month: 12, day: 24, hour: 23, minute: 59, second: 0)",
        CHRISTMAS_EVE.replace(tzinfo=ZoneInfo("Europe/Paris")),
    ),
    ('date and time("2026-12-24T23:59:00@Europe/Paris").timezone', "Europe/Paris"),
    ('duration("P1D")', timedelta(days=1)),
    ('duration("-PT0.5S")', timedelta(seconds=-0.5)),
    ('duration("PT36H")', timedelta(hours=36)),
    ('duration(from: "P2Y")', YearsMonths(24)),
    ('duration("P0M")', YearsMonths(0)),
    ('duration(@"P1D")', timedelta(days=1)),
    ('years and months duration(@"2011-12-22", @"2013-08-24")', YearsMonths(20)),
    ('years and months duration(from: @"2013-08-24", to: @"2011-12-22")', YearsMonths(-20)),
    ('years and months duration(@"2026-01-31", @"2026-02-28")', YearsMonths(0)),
    ('years and months duration(@"2026-01-31T13:00:00", @"2026-02-28T12:00:00")', YearsMonths(0)),
    ('years and months duration(@"2026-01-15T13:00:00", @"2027-01-15")', YearsMonths(12)),
    ('years and months duration(@"2026-01-15T13:00:00Z", @"2026-01-15T12:00:00")', YearsMonths(0)),
    ('day of year(@"2026-09-17")', 260),
    ('day of year(date: @"2024-12-31T10:00:00")', 366),
    ('day of week(@"2026-03-01")', "Sunday"),
    ('day of week(date: @"2026-03-02T23:00:00")', "Monday"),
    ('month of year(@"2026-12-01")', "December"),
    ('month of year(date: @"2026-01-01")', "January"),
    ('week of year(@"2003-12-29")', 1),
    ('week of year(@"2004-01-04")', 1),
    ('week of year(@"2005-01-01")', 53),
    ('week of year(date: @"2005-01-09")', 1),
    ('last day of month(@"2024-02-03")', date(2024, 2, 29)),
    ('last day of month(date: @"2026-12-31T10:00:00")', date(2026, 12, 31)),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_each_function_answers(text: str, expected: Value) -> None:
    assert value_of(text, zone="Europe/Paris") == expected


@pytest.mark.parametrize(
    "text",
    [
        "date(null)",
        "date(1)",
        'date("2026-3-4")',
        'date("2026-03-04T00:00:00")',
        'date("02026-03-04")',
        "date(10000, 1, 32)",
        "date(0, 0, 1)",
        "date(2026, 2, 29)",
        "date(2026, null, 1)",
        'date("2026", "1", "1")',
        "time(null)",
        'time("24:00:01")',
        'time("10:00")',
        'time("T10:00:00")',
        'time("10:00:00+25:00")',
        "time(24, 0, 0)",
        "time(0, 60, 0)",
        "time(0, 0, 60)",
        "time(0, 0, -0.5)",
        "time(1.5, 0, 0)",
        "time(0, 0, 0, 1)",
        'time(0, 0, 0, @"PT24H")',
        'time(0, 0, 0, @"P1Y")',
        "date and time(null)",
        'date and time("2026-03-04T10:00")',
        'date and time(@"2026-03-04", null)',
        'date and time(null, @"10:00:00")',
        'date and time(@"2026-03-04", "10:00:00")',
        "date and time(2026, 2, 30, 0, 0, 0)",
        "date and time(2026, 2, 1, 0, 0, 0, 24)",
        "date and time(2026, 2, 1, 0, 0, 0, 1e30)",
        "date and time(2026, 2, 1, 0, 0, 0, 0.0001)",
        'date and time(2026, 2, 1, 0, 0, 0, "Marte/Base")',
        'date and time(2026, 2, 1, 0, 0, 0, "")',
        "duration(null)",
        "duration(1)",
        'duration("")',
        'duration("P1Y2M3D")',
        'duration("1D")',
        'duration("P1D2H")',
        "years and months duration(null, null)",
        'years and months duration(@"2026-03-04", "2026-03-04")',
        'day of year("2026-03-04")',
        "day of week(null)",
        "month of year(1)",
        'week of year(@"10:00:00")',
        "last day of month(null)",
    ],
)
def test_arguments_that_do_not_fit_are_null_with_one_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1
