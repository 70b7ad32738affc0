"""Arithmetic of dates, times and durations, row by row of the specification's table 57."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from processes.decisions import Value, YearsMonths
from tests.unit.decisions.feel import value_of, warnings_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@"2026-03-04" - @"2026-03-01"', timedelta(days=3)),
        ('@"2026-03-01" - @"2026-03-04"', timedelta(days=-3)),
        ('@"2026-03-04T10:00:00" - @"2026-03-04T08:30:00"', timedelta(minutes=90)),
        ('@"2026-03-04T10:00:00Z" - @"2026-03-04T10:00:00-05:00"', timedelta(hours=-5)),
        ('@"2026-03-04T10:00:00@Europe/Madrid" - @"2026-03-04T10:00:00Z"', timedelta(hours=-1)),
        ('@"2026-03-04T09:00:00Z" - @"2026-03-04"', timedelta(hours=9)),
        ('@"2026-03-04" - @"2026-03-04T09:00:00Z"', timedelta(hours=-9)),
        ('@"2026-03-05" - @"2026-03-04T19:00:00-05:00"', timedelta()),
        ('@"10:00:00" - @"08:30:00"', timedelta(minutes=90)),
        ('@"10:00:00Z" - @"10:00:00+01:00"', timedelta(hours=1)),
        ('@"2026-01-31" + @"P1M"', date(2026, 2, 28)),
        ('@"2024-01-31" + @"P1M"', date(2024, 2, 29)),
        ('@"2024-02-29" + @"P1Y"', date(2025, 2, 28)),
        ('@"P1M" + @"2026-01-31"', date(2026, 2, 28)),
        ('@"2026-03-31" - @"P1M"', date(2026, 2, 28)),
        ('@"2026-03-04" + @"P1D"', date(2026, 3, 5)),
        ('@"2026-03-04" + @"PT25H"', date(2026, 3, 5)),
        ('@"2026-03-04" - @"PT1H"', date(2026, 3, 3)),
        ('@"PT24H" + @"2026-03-04"', date(2026, 3, 5)),
        ('@"2026-03-04T10:00:00Z" + @"P1D"', datetime(2026, 3, 5, 10, tzinfo=UTC)),
        ('@"PT1M" + @"2026-03-04T10:00:00Z"', datetime(2026, 3, 4, 10, 1, tzinfo=UTC)),
        ('@"2026-03-04T10:00:00Z" - @"PT1S"', datetime(2026, 3, 4, 9, 59, 59, tzinfo=UTC)),
        ('@"2026-03-31T10:00:00Z" - @"P1M"', datetime(2026, 2, 28, 10, tzinfo=UTC)),
        ('@"P1Y" + @"2026-03-04T10:00:00Z"', datetime(2027, 3, 4, 10, tzinfo=UTC)),
        ('@"23:30:00" + @"PT1H"', time(0, 30)),
        ('@"PT1H" + @"23:30:00"', time(0, 30)),
        ('@"00:30:00" - @"PT1H"', time(23, 30)),
        ('@"10:00:00" + @"P2D"', time(10)),
        ('@"P1D" + @"PT1H"', timedelta(hours=25)),
        ('@"P1D" - @"PT1H"', timedelta(hours=23)),
        ('@"P1Y" + @"P2M"', YearsMonths(14)),
        ('@"P1Y" - @"P14M"', YearsMonths(-2)),
        ('@"P1D" * 2', timedelta(days=2)),
        ('2 * @"P1D"', timedelta(days=2)),
        ('@"P1D" * -0.5', timedelta(hours=-12)),
        ('@"P1D" / 4', timedelta(hours=6)),
        ('@"P1D" / @"PT6H"', 4),
        ('@"PT6H" / @"P1D"', Decimal("0.25")),
        ('@"P1Y" * 1.5', YearsMonths(18)),
        ('2 * @"P1M"', YearsMonths(2)),
        ('@"P1Y" / 5', YearsMonths(2)),
        ('@"-P1Y" / 5', YearsMonths(-2)),
        ('@"P1Y" / @"P5M"', Decimal("2.4")),
        ('-@"P1Y"', YearsMonths(-12)),
        ('-@"PT1H"', timedelta(hours=-1)),
        ('@"P1D" < @"PT25H" and @"P11M" < @"P1Y"', True),
        ('@"2026-03-04T10:00:00@America/Bogota" + @"PT1H" = @"2026-03-04T16:00:00Z"', True),
    ],
)
def test_what_the_table_defines(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        '@"2026-03-04" + @"2026-03-01"',
        '@"2026-03-04T10:00:00" - @"2026-03-04T10:00:00Z"',
        '@"2026-03-04T10:00:00" - @"2026-03-04"',
        '@"10:00:00" - @"10:00:00Z"',
        '@"10:00:00" + @"10:00:00"',
        '@"10:00:00" + @"P1M"',
        '@"P1D" - @"2026-03-04"',
        '@"P1D" + @"P1M"',
        '@"P1D" - @"P1M"',
        '@"P1D" * @"P1D"',
        '@"P1Y" * @"P1Y"',
        '@"P1D" / @"P1M"',
        '1 / @"P1D"',
        '@"P1D" / 0',
        '@"P1Y" / 0',
        '@"P1D" / @"PT0S"',
        '@"P1Y" / @"P0M"',
        '@"2026-03-04" + 1',
        '@"2026-03-04" * 2',
        '@"P1D" ** 2',
        '"a" - "a"',
        '"a" * 2',
        "true + true",
        "[1] + [2]",
        "{a: 1} + {a: 1}",
        "null + 1",
        "1 - null",
        '-"a"',
        "-null",
        '-@"2026-03-04"',
    ],
)
def test_what_it_does_not_define_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('time("10:00:00@Europe/Madrid").timezone', "Europe/Madrid"),
        ('time("10:00:00@Etc/UTC").time offset', timedelta()),
        ('@"10:00:00@Etc/UTC" = @"10:00:00Z"', True),
        ('@"10:00:00z" = @"10:00:00Z"', True),
        ('string(@"10:00:00.5@Europe/Madrid")', "10:00:00.5@Europe/Madrid"),
        ('string(@"2026-03-04T10:00:00.250Z")', "2026-03-04T10:00:00.25Z"),
        ('string(@"10:00:00-05:00")', "10:00:00-05:00"),
        ('string(@"10:00:00+05:00:30")', "10:00:00+05:00:30"),
        ('@"2026-03-04T10:00:00@Europe/Madrid".time offset', timedelta(hours=1)),
        ('@"2026-03-04T10:00:00".time offset', None),
    ],
)
def test_zones_and_their_writing(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'time("10:00:00+19:00")',
        'time("10:00:00+01:75")',
        'time("10:00:00@Luna/Mar")',
        'time("10:00:00+01:00@Europe/Madrid")',
        'date and time("2026-03-04T10:00:00Z@Europe/Madrid")',
        'time("24:00:00")',
        'time("10:00")',
    ],
)
def test_a_time_that_is_none_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1
