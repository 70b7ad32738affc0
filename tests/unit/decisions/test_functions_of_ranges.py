"""How points and ranges stand to one another, and `range(text)`."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from processes.decisions import Range, Value, YearsMonths
from tests.unit.decisions.feel import value_of, warnings_of

RELATIONS: list[tuple[str, bool]] = [
    ("before(1, 10)", True),
    ("before(10, 1)", False),
    ("before(1, 1)", False),
    ("before(1, [1..10])", False),
    ("before(1, (1..10])", True),
    ("before(1, [5..10])", True),
    ("before([1..10], 10)", False),
    ("before([1..10), 10)", True),
    ("before([1..10], 15)", True),
    ("before([1..10], [15..20])", True),
    ("before([1..10], [10..20])", False),
    ("before([1..10), [10..20])", True),
    ("before([1..10], (10..20])", True),
    ("after(10, 5)", True),
    ("after(5, 10)", False),
    ("after(12, [1..10])", True),
    ("after(10, [1..10))", True),
    ("after(10, [1..10])", False),
    ("after([11..20], 12)", False),
    ("after([11..20], 10)", True),
    ("after((11..20], 11)", True),
    ("after([11..20], 11)", False),
    ("after([11..20], [1..10])", True),
    ("after([1..10], [11..20])", False),
    ("after([11..20], [1..11))", True),
    ("after((11..20], [1..11])", True),
    ("meets([1..5], [5..10])", True),
    ("meets([1..5), [5..10])", False),
    ("meets([1..5], (5..10])", False),
    ("meets([1..5], [6..10])", False),
    ("met by([5..10], [1..5])", True),
    ("met by([5..10], [1..5))", False),
    ("met by((5..10], [1..5])", False),
    ("met by([6..10], [1..5])", False),
    ("overlaps([1..5], [3..8])", True),
    ("overlaps([3..8], [1..5])", True),
    ("overlaps([1..8], [3..5])", True),
    ("overlaps([3..5], [1..8])", True),
    ("overlaps([1..5], [6..8])", False),
    ("overlaps([6..8], [1..5])", False),
    ("overlaps([1..5], [5..8])", True),
    ("overlaps([1..5], (5..8])", False),
    ("overlaps([1..5), [5..8])", False),
    ("overlaps((5..8], [1..5])", False),
    ("overlaps before([1..5], [3..8])", True),
    ("overlaps before([1..5], [6..8])", False),
    ("overlaps before([1..5], [5..8])", True),
    ("overlaps before([1..5], (5..8])", False),
    ("overlaps before([1..5), [5..8])", False),
    ("overlaps before([1..5), (1..5])", True),
    ("overlaps before([1..5], (1..5])", True),
    ("overlaps before([1..5], [1..5))", False),
    ("overlaps before([1..5], [1..5])", False),
    ("overlaps before([1..9], [3..5])", False),
    ("overlaps after([3..8], [1..5])", True),
    ("overlaps after([6..8], [1..5])", False),
    ("overlaps after([5..8], [1..5])", True),
    ("overlaps after((5..8], [1..5])", False),
    ("overlaps after([5..8], [1..5))", False),
    ("overlaps after((1..5], [1..5))", True),
    ("overlaps after((1..5], [1..5])", True),
    ("overlaps after([1..5], [1..5])", False),
    ("finishes(10, [1..10])", True),
    ("finishes(10, [1..10))", False),
    ("finishes(5, [1..10])", False),
    ("finishes([5..10], [1..10])", True),
    ("finishes([5..10), [1..10])", False),
    ("finishes([5..10), [1..10))", True),
    ("finishes([1..10], [1..10])", True),
    ("finishes((1..10], [1..10])", True),
    ("finishes([1..10], (1..10])", False),
    ("finished by([1..10], 10)", True),
    ("finished by([1..10), 10)", False),
    ("finished by([1..10], [5..10])", True),
    ("finished by([1..10], [5..10))", False),
    ("finished by([1..10), [5..10))", True),
    ("finished by([1..10], [1..10])", True),
    ("finished by([1..10], (1..10])", True),
    ("includes([1..10], 5)", True),
    ("includes([1..10], 12)", False),
    ("includes([1..10], 1)", True),
    ("includes([1..10], 10)", True),
    ("includes((1..10], 1)", False),
    ("includes([1..10), 10)", False),
    ("includes([1..10], [4..6])", True),
    ("includes([1..10], [1..5])", True),
    ("includes((1..10], (1..5])", True),
    ("includes([1..10), [5..10))", True),
    ("includes([1..10), [5..10])", False),
    ("includes([1..10], [1..10])", True),
    ("during(5, [1..10])", True),
    ("during(12, [1..10])", False),
    ("during(1, (1..10])", False),
    ("during([4..6], [1..10])", True),
    ("during([1..5], (1..10])", False),
    ("starts(1, [1..10])", True),
    ("starts(1, (1..10])", False),
    ("starts(2, [1..10])", False),
    ("starts([1..5], [1..10])", True),
    ("starts((1..5], (1..10])", True),
    ("starts((1..5], [1..10])", False),
    ("starts([1..5], (1..10])", False),
    ("starts([1..10], [1..10])", True),
    ("starts([1..10), [1..10])", True),
    ("starts([1..10], [1..10))", False),
    ("started by([1..10], 1)", True),
    ("started by((1..10], 1)", False),
    ("started by([1..10], [1..5])", True),
    ("started by([1..10], (1..5])", False),
    ("started by([1..10], [1..10))", True),
    ("coincides(5, 5)", True),
    ("coincides(3, 4)", False),
    ("coincides([1..5], [1..5])", True),
    ("coincides((1..5), [1..5])", False),
    ("coincides([1..5], [2..6])", False),
    ('before(@"2026-03-04", @"2026-03-05")', True),
    ('includes([@"2026-03-01"..@"2026-03-31"], @"2026-03-15")', True),
    ('during(@"08:30:00", [@"08:00:00"..@"17:00:00"])', True),
    ('after("b", "a")', True),
    ('before(@"P1D", @"P2D")', True),
]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_each_relation_looks_at_both_ends(text: str, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    assert value_of(text) is expected


SPANS = some.builds(
    lambda low, length, *closed: Range(Decimal(low), Decimal(low + length), *closed),
    some.integers(0, 5),
    some.integers(1, 4),
    some.booleans(),
    some.booleans(),
)
HALVES = [Decimal(half) / 2 for half in range(20)]


def _points(span: Range) -> set[Decimal]:
    """The halves that a range holds: enough to tell open ends from closed ones."""
    low, high = span.low, span.high
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    outside = {end for end, closed in ((low, span.low_closed), (high, span.high_closed)) if not closed}
    return {half for half in HALVES if low <= half <= high} - outside


@settings(deadline=None)
@given(SPANS, SPANS)
def test_relations_agree_with_the_points_that_the_ranges_hold(one: Range, other: Range) -> None:
    left, right = _points(one), _points(other)

    answers = {
        name: value_of(f"{name}(one, other)", one=one, other=other)
        for name in ("before", "after", "overlaps", "includes", "during", "coincides")
    }

    assert answers == {
        "before": max(left) < min(right),
        "after": min(left) > max(right),
        "overlaps": bool(left & right),
        "includes": left >= right,
        "during": left <= right,
        "coincides": left == right,
    }


@settings(deadline=None)
@given(SPANS, some.integers(0, 9))
def test_a_point_stands_to_a_range_as_the_points_that_it_holds(span: Range, point: int) -> None:
    held = _points(span)

    answers = {
        name: value_of(f"{name}(point, span)", point=point, span=span)
        for name in ("before", "after", "during")
    }

    assert answers == {"before": point < min(held), "after": point > max(held), "during": point in held}


@pytest.mark.parametrize(
    "text",
    [
        "before(point1: 1, point2: 2)",
        "before(point: 1, range: [2..3])",
        "before(range: [1..2], point: 3)",
        "after(range2: [1..2], range1: [3..4])",
        "meets(range1: [1..5], range2: [5..10])",
        "finishes(range: [1..5], point: 5)",
        "finished by(range: [1..5], point: 5)",
        "includes(range: [1..5], point: 5)",
        "during(range1: [2..3], range2: [1..5])",
        "starts(point: 1, range: [1..5])",
        "started by(range: [1..5], point: 1)",
        "coincides(point1: 1, point2: 1)",
        "coincides(range1: [1..2], range2: [1..2])",
    ],
)
def test_arguments_go_by_the_names_of_the_specification(text: str) -> None:
    assert value_of(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "before(null, 1)",
        "before(1, null)",
        'before(1, "a")',
        'before([1..2], ["a".."b"])',
        "before(true, false)",
        "after([1, 2], 1)",
        "meets(1, [1..2])",
        "meets(null, [1..2])",
        "overlaps([1..2], 2)",
        "finishes([1..2], 2)",
        "finished by(2, [1..2])",
        "includes(1, 1)",
        "during(1, 1)",
        "starts([1..2], null)",
        "started by(1, [1..2])",
        "coincides(null, null)",
        "coincides(1, [1..1])",
        'coincides(1, "1")',
        'includes([1..10], "a")',
    ],
)
def test_what_cannot_be_related_is_null_with_one_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before(unbounded, 11)", False),
        ("before(1, unbounded)", True),
        ("before(5, unbounded)", True),
        ("after(9, unbounded)", False),
        ("includes(unbounded, 6)", True),
        ("includes(unbounded, 5)", False),
        ("includes(unbounded, [6..7])", True),
        ("starts(5, unbounded)", False),
        ("meets([1..5], unbounded)", False),
        ("overlaps([1..6], unbounded)", True),
        ("overlaps before([1..6], unbounded)", True),
        ("finishes((6..7], unbounded)", False),
        ("coincides(unbounded, unbounded)", True),
    ],
)
def test_an_end_that_is_left_open_is_beyond_every_point(text: str, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    above_five = Range(value_of("5"), None, low_closed=False, high_closed=False)

    assert value_of(text, unbounded=above_five) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[18..21)", Range(18, 21, high_closed=False)),
        ("]18..21[", Range(18, 21, low_closed=False, high_closed=False)),
        (" [ -1.5 .. 2e1 ] ", Range(value_of("-1.5"), 20)),
        ("[2..)", Range(2, None, high_closed=False)),
        ("(..2)", Range(None, 2, low_closed=False, high_closed=False)),
        ('["a".."b..c"]', Range("a", "b..c")),
        ('["\\""..")"]', Range('"', ")")),
        ('["a\\"b".."c"]', Range('a"b', "c")),
        ('[@"2026-03-01"..@"2026-03-31"]', Range(date(2026, 3, 1), date(2026, 3, 31))),
        ('[date("2026-03-01")..date("2026-03-31")]', Range(date(2026, 3, 1), date(2026, 3, 31))),
        (
            '[date and time("2026-03-01T00:00:00")..@"2026-03-31T00:00:00"]',
            Range(datetime(2026, 3, 1), datetime(2026, 3, 31)),  # noqa: DTZ001  # a value without a zone is the point
        ),
        ('[duration("P1D")..@"P2D"]', Range(timedelta(days=1), timedelta(days=2))),
        ('[@"P1M"..@"P1Y"]', Range(YearsMonths(1), YearsMonths(12))),
    ],
)
def test_a_text_is_read_as_a_range(written: str, expected: Value) -> None:
    assert value_of("range(t)", t=written) == expected


def test_a_range_that_was_read_serves_as_one_that_was_written() -> None:
    assert value_of('5 in range("[1..10]")') is True
    assert value_of('range(from: "[1..5]") = [1..5]') is True


@pytest.mark.parametrize(
    "written",
    [
        "",
        "[..]",
        "(..)",
        "[..2]",
        "[2..]",
        "[2..1]",
        "1..2",
        "[1..2",
        "[1.2]",
        "[1+1..3]",
        "[x..3]",
        '[1.."a"]',
        "[null..1]",
        "[true..false]",
        "[date(2026, 1, 1)..3]",
        '[@("2026-01-01")..3]',
        '[date "2026-01-01"..3]',
        "[1..2] ..",
        "[" + " " * 250 + ".." + " " * 240,
        "[" + "." * 99_000,
    ],
)
def test_what_is_no_written_range_is_null_with_one_warning(written: str) -> None:
    assert len(warnings_of("range(t)", t=written)) == 1


@pytest.mark.parametrize("text", ["range(null)", "range(1)", "range([1..2])"])
def test_a_range_is_read_only_from_a_text(text: str) -> None:
    assert "«from» debe ser texto" in warnings_of(text)[0]
