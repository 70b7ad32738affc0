"""Days of years before 1 and after 9999: read, written, ordered, asked for their parts, and nothing more."""

import pytest

from processes.decisions import FactType, FeelError, Value, from_stored, to_stored
from tests.unit.decisions.feel import value_of, warnings_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('date("12026-03-04")', "12026-03-04"),
        ('date("-0044-03-15")', "-0044-03-15"),
        ('date("0000-02-29")', "0000-02-29"),
        ("date(-300, 1, 2)", "-0300-01-02"),
        ("date(year: 999999999, month: 12, day: 31)", "999999999-12-31"),
        ('date and time("12026-03-04T08:30:00.5-05:00")', "12026-03-04T08:30:00.5-05:00"),
        ('date and time("-0044-03-15T08:30:00@America/Bogota")', "-0044-03-15T08:30:00@America/Bogota"),
        ('date and time(date("12026-03-04"), time("08:30:00Z"))', "12026-03-04T08:30:00Z"),
        ('date and time("12026-03-04")', "12026-03-04T00:00:00"),
        ("date and time(-1, 2, 3, 4, 5, 6)", "-0001-02-03T04:05:06"),
        ('date(@"12026-03-04T08:30:00")', "12026-03-04"),
        ('time(@"12026-03-04T08:30:00")', "08:30:00"),
        ('["a", @"12026-03-04"]', '["a", 12026-03-04]'),
    ],
)
def test_a_far_day_is_written_as_it_is_read(text: str, written: str) -> None:
    assert value_of(f"string({text})") == written


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('date("-0044-03-15").year', -44),
        ('@"12026-03-04".month', 3),
        ('@"12026-03-04".weekday = @"2026-03-04".weekday', True),
        ('@"12026-03-04T08:30:00.5-05:00".second', 0.5),
        ('@"12026-03-04T08:30:00-05:00".time offset = @"-PT5H"', True),
        ('@"12026-03-04T08:30:00-05:00".day', 4),
        ('@"12026-03-04" < @"12026-03-05"', True),
        ('@"12026-03-04" = date(12026, 3, 4)', True),
        ('@"12026-03-04" = null', False),
        ('@"12026-03-04" in [@"12026-03-01"..@"12026-03-31"]', True),
        ('@"12026-03-04" instance of date', True),
        ('@"12026-03-04T00:00:00" instance of date and time', True),
        ('string(years and months duration(@"-0044-03-15", @"2026-03-14"))', "P2069Y11M"),
        ('string(years and months duration(@"-2016-01-30", @"-2017-01-30T09:00:00"))', "-P1Y"),
    ],
)
def test_a_far_day_tells_its_parts_and_its_order(text: str, answer: Value) -> None:
    assert value_of(text) == answer


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('@"12026-03-04" + @"P1D"', "no se puede"),
        ('@"12026-03-04" < @"2026-03-04"', "no se puede"),
        ('@"12026-03-04T08:00:00" < @"12026-03-04T09:00:00"', "no se puede"),
        ('day of week(@"12026-03-04")', "«date» debe ser fecha"),
        ('working days after(@"12026-03-04", 1)', "«date» debe ser fecha"),
        ('for day in @"12026-03-04"..@"12026-03-05" return day', ""),
        ('date("12026-02-30")', "no es un día del calendario"),
        ('date("012026-02-03")', "no es una fecha"),
        ('date("-0000-01-01")', "no es una fecha"),
        ("date(1000000000, 1, 1)", "más de nueve cifras"),
    ],
)
def test_what_a_far_day_cannot_do_is_null_with_a_reason(text: str, reason: str) -> None:
    assert reason in warnings_of(text)[0]


def test_a_far_day_is_no_fact_of_a_case() -> None:
    with pytest.raises(FeelError, match="un dato no puede ser fecha de otra era"):
        to_stored(value_of('@"12026-03-04"'))
    with pytest.raises(FeelError, match="el dato guardado no es fecha"):
        from_stored("12026-03-04", FactType.DATE)
