"""Filters and paths over lists."""

import pytest

from processes.decisions import Value
from tests.unit.decisions.feel import read_leniently, refusal_of, value_of, warnings_of

_PEOPLE = '[{name: "Ana", age: 30, tags: ["a"]}, {name: "Luz", age: 17, tags: []}, {name: "Sol"}]'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][3]", 3),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][-3]", 1),
        ("[1, 2, 3][n]", 2),
        ("[1, 2, 3][n + 1]", 3),
        ("[1, 2, 3][item > 1]", [2, 3]),
        ("[1, 2, 3][item > 9]", []),
        ("[1, 2, 3][item > n]", [3]),
        ("[1, 2, 3][true]", [1, 2, 3]),
        ("[1, 2, 3][false]", []),
        ("[1, 2, 3][null]", []),
        ("[1, null, 3][item > 1]", [3]),
        ("[1, null, 3][item != null]", [1, 3]),
        ("[1, 2, 3, 4][item > 1][item < 4]", [2, 3]),
        ("[1, 2, 3, 4][item > 1][1]", 2),
        ("[[1, 2], [3, 4]][2][1]", 3),
        ("[[1], [2, 3]][count(item) > 1]", [[2, 3]]),
        ("[1, 2, 3][even(item)]", [2]),
        ("[][item > 1]", []),
        ("5[1]", 5),
        ("5[-1]", 5),
        ("5[item > 3]", [5]),
        ("5[item > 9]", []),
        ("true[1]", True),
        ("[1, 2, 3][item >= 2 and item < 3]", [2]),
        ("[1, 2, 3][[item][1] > 2]", [3]),
        ("[1, 2, 3][some x in [2] satisfies x = item]", [2]),
        ("(1)[1]", 1),
        ("-[1, 2][2]", -2),
        ("[1, 2][1] + [3, 4][2]", 5),
        ("null[1]", None),
        ("n[1]", 2),
    ],
)
def test_a_filter_selects_by_place_or_by_condition(text: str, expected: Value) -> None:
    assert value_of(text, n=2) == expected


@pytest.mark.parametrize(
    "text", ["[1, 2][0]", "[1, 2][3]", "[1, 2][-3]", "[][1]", "[1][1.5]", "5[2]", '[1]["a"]']
)
def test_a_place_that_is_not_there_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{_PEOPLE}[age >= 18].name", ["Ana"]),
        (f"{_PEOPLE}[item.age >= 18].name", ["Ana"]),
        (f'{_PEOPLE}[name = "Luz"][1].age', 17),
        (f"{_PEOPLE}.name", ["Ana", "Luz", "Sol"]),
        (f"{_PEOPLE}.age", [30, 17, None]),
        (f"{_PEOPLE}.name[2]", "Luz"),
        (f"{_PEOPLE}[1].tags[1]", "a"),
        (f"count({_PEOPLE}[tags = []])", 1),
        ("{a: 5}[a = 5]", [{"a": 5}]),
        ("{a: 5}[1]", {"a": 5}),
        ("[{item: 1}, {item: 2}][item = 2]", [{"item": 2}]),
        ("[{n: 1}, {n: 7}][n = 7]", [{"n": 7}]),
        ("[{n: 1}, {m: 2}][n = 2]", [{"m": 2}]),
        ("[{a: {b: 1}}, {a: {b: 2}}].a.b", [1, 2]),
        ("[{a: [{b: 1}, {b: 2}]}].a.b", [[1, 2]]),
        ('[@"2026-03-01", @"2025-01-01"].year', [2026, 2025]),
        ("[{x y: 1}, {x y: 2}][x y > 1].x y", [2]),
        ('[{"a-b": 1}, {"a-b": 2}][item.a-b > 1]', [{"a-b": 2}]),
        ("[{a: 1}, {a: 2}][every x in [1] satisfies a > x]", [{"a": 2}]),
        ("[{a: [1, 2]}, {a: [3]}][count(a[item > 1]) = 1].a", [[1, 2], [3]]),
    ],
)
def test_the_fields_of_an_item_come_before_outer_names(text: str, expected: Value) -> None:
    assert value_of(text, n=2) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 in [1..5[", False),
        ("[[1..5[, [1..2]][2] = [1..2]", True),
        ("5 in [1..[4, 5][2]]", True),
        ("5 in [1..m[2]]", True),
        ("5 in [1..m[2][", False),
        ("([1..5[).end", 5),
        ("[1..5[ = [1..5)", True),
    ],
)
def test_a_bracket_at_the_end_of_a_range_filters_only_when_a_value_follows(
    text: str, expected: Value
) -> None:
    assert value_of(text, m=[4, 5]) == expected


def test_an_unknown_field_is_refused_strictly_and_null_leniently() -> None:
    assert "no se conoce «edad»" in refusal_of("[{age: 1}][edad > 0]")
    assert "no se conoce la propiedad «edad»" in refusal_of("[{age: 1}].edad")
    assert read_leniently("[{age: 1}][edad > 0]")[0] == []
    assert read_leniently("people[edad > 20].edad", people=[{"edad": 30}, {"edad": 1}])[0] == [30]


def test_a_path_to_what_is_not_there_is_null_with_a_warning() -> None:
    assert warnings_of("{a: 1, b: {c: 1}}.a.c") == ["carácter 1: número no tiene la propiedad «c»"]
    assert warnings_of("{a: {c: 1}, b: 1}.b.a") == ["carácter 1: número no tiene la propiedad «a»"]
    assert warnings_of("[{a: 1}, {b: 2}][1].b") == ["carácter 1: el contexto no tiene «b»"]
