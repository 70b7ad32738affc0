"""`instance of`, ranges as values, and equality between kinds."""

import pytest

from processes.decisions import Value
from tests.unit.decisions.feel import read_leniently, refusal_of, value_of, warnings_of

_INSTANCES = {
    "number": "1",
    "string": '"a"',
    "boolean": "true",
    "date": '@"2026-03-04"',
    "time": '@"10:00:00"',
    "date and time": '@"2026-03-04T10:00:00"',
    "days and time duration": '@"P1D"',
    "years and months duration": '@"P1Y"',
    "list<Any>": "[1]",
    "context": "{a: 1}",
    "range<number>": "[1..2]",
    "function<Any> -> Any": "(function(a) a)",
}


@pytest.mark.parametrize("name", _INSTANCES)
def test_each_value_is_of_its_own_type_and_of_no_other(name: str) -> None:
    answers = {other: value_of(f"{_INSTANCES[other]} instance of {name}") for other in _INSTANCES}

    assert answers == {other: other == name for other in _INSTANCES}


@pytest.mark.parametrize("name", _INSTANCES)
def test_every_value_but_null_is_any_and_null_is_of_no_type(name: str) -> None:
    assert value_of(f"{_INSTANCES[name]} instance of Any") is True
    assert value_of(f"{_INSTANCES[name]} instance of Null") is False
    assert value_of(f"null instance of {name}") is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null instance of Null", True),
        ("null instance of Any", False),
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ('[1, "a"] instance of list<Any>', True),
        ("[] instance of list<string>", True),
        ("[[1], [2]] instance of list<list<number>>", True),
        ("[[1], [true]] instance of list<list<number>>", False),
        ("1 instance of list<number>", False),
        ("[1] instance of list", True),
        ('{a: 1, b: "x"} instance of context<a: number, b: string>', True),
        ('{a: 1, b: "x"} instance of context<a: number>', True),
        ("{a: 1} instance of context<a: string>", False),
        ("{a: 1} instance of context<a: number, b: string>", False),
        ("{a: null} instance of context<a: number>", True),
        ("{a: {b: 1}} instance of context<a: context<b: number>>", True),
        ("[1..2] instance of range<number>", True),
        ("[1..2] instance of range<string>", False),
        ('["a".."b"] instance of range<string>', True),
        ('[@"2026-01-01"..@"2026-02-01"] instance of range<date>', True),
        ("(>5) instance of range<number>", True),
        ("(function(a, b) a) instance of function<Any, Any> -> Any", True),
        ("(function(a) a) instance of function<Any, Any> -> Any", False),
        ("(function(a: number) a) instance of function<number> -> Any", True),
        ("(function(a: number) a) instance of function<string> -> Any", False),
        ("(function() 1) instance of function<> -> Any", True),
        ("abs instance of function<number> -> number", True),
        ("abs instance of function", True),
        ("1 + 1 instance of number", True),
        ("-1 instance of number", True),
        ("not(1 instance of string)", True),
        ("1 instance of number and true", True),
        ('(@"2026-03-04" instance of date) = true', True),
        ("if n instance of number then 1 else 2", 1),
        ("[1, true][item instance of boolean]", [True]),
        ('@"P1D" instance of years and months duration', False),
    ],
)
def test_instance_of(text: str, expected: Value) -> None:
    assert value_of(text, n=3) == expected


def test_an_unknown_type_is_refused_strictly_and_null_leniently() -> None:
    assert "no se conoce el tipo «numero»; ¿quiso decir «number»?" in refusal_of("1 instance of numero")
    assert read_leniently("1 instance of numero") == (None, ["carácter 3: no se conoce el tipo «numero»"])
    assert "se esperaba un tipo" in refusal_of("1 instance of 1")
    assert "se esperaba «of»" in refusal_of("1 instance number")
    assert "solo list, range, context y function" in refusal_of("1 instance of number<number>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(<5).end", 5),
        ("(<5).start", None),
        ("(<5).end included", False),
        ("(<=5).end included", True),
        ("(<5).start included", False),
        ("(>5).start", 5),
        ("(>=5).start included", True),
        ("(=5) = [5..5]", True),
        ("(<5) = (<5)", True),
        ("(<5) = (<=5)", False),
        ("4 in (<5)", True),
        ("{r: (<5), x: 4 in r}.x", True),
        ("{r: (>= 5), x: 5 in r}.x", True),
        ("5 in [(<3), (>4)]", True),
        ("5 in [<3, >4]", True),
        ("{r: [1..5), x: 5 in r}.x", False),
        ("]1..5] = (1..5]", True),
        ("[1..5[ = [1..5)", True),
        ("[1..5] = [1..6]", False),
        ("[1..5] in [[1..5], [6..7]]", True),
        ("[1..5].start included", True),
        ("[1+1..2*3].end", 6),
        ('["a".."c"].end', "c"),
        ('@"2026-02-01" in [@"2026-01-01"..@"2026-03-01"]', True),
        ('@"P1D" in [@"PT1H"..@"P2D"]', True),
        ("string([1..5))", "[1..5)"),
    ],
)
def test_ranges_are_values(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    "text", ['[1.."a"]', "[1..null]", "[true..false]", '[@"2026-01-01"..1]', "(!= 5)", "(< null)"]
)
def test_a_range_without_order_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 in [1, 2]", True),
        ("1 in (1, 2)", True),
        ("[1] in [[1], [2]]", True),
        ("[1, 2] in ([1, 2], [3])", True),
        ("[1, 2] in [1, 2]", True),
        ("null in [1, null]", True),
        ("null in (1, 2)", False),
        ("{a: 1} in [{a: 2}, {a: 1}]", True),
        ("1 in [2, 3, [1..1]]", True),
        ("1 in ([2..3], < 2)", True),
        ("1 in [[2..3], [4..5]]", False),
        ('"b" in ["a".."c"]', True),
        ("null in [1..3]", None),
        ("1 in ((<2))", True),
        ("[1] = 1", True),
        ("1 = [1]", True),
        ("1 = [1, 2]", None),
        ("[1] = [1]", True),
        ("[null] = null", False),
        ("[[1]] = [1]", False),
        ('@"P1Y" = @"P12M"', True),
        ('@"P1D" = @"PT24H"', True),
        ('@"P1Y" = @"P365D"', None),
        ('@"2026-03-04" = @"2026-03-04T00:00:00"', None),
        ('@"10:00:00Z" = @"11:00:00+01:00"', True),
        ("1 between null and 3", None),
        ("null between 1 and 3", None),
        ("true = null", False),
        ("true != null", True),
        ("true != 1", None),
        ("true < null", None),
    ],
)
def test_belonging_and_equality_between_kinds(text: str, *, expected: bool | None) -> None:
    assert value_of(text) is expected
