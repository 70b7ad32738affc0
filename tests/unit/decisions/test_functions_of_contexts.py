"""Functions of contexts, of absent values, and `is`."""

import pytest

from processes.decisions import Value
from tests.unit.decisions.feel import value_of, warnings_of

CASE: dict[str, Value] = {"level": 2, "place": {"district": "Norte", "street": None}}
ENTRIES: list[Value] = [{"key": "a", "value": 1}, {"key": "b", "value": None}]

ANSWERS: list[tuple[str, Value]] = [
    ('get value(case, "level")', 2),
    ('get value(m: case, key: "level")', 2),
    ('get value(case, ["place", "district"])', "Norte"),
    ('get value(context: case, keys: ["place", "district"])', "Norte"),
    ('get value(case, ["place", "district", "zone"])', None),
    ('get value(case, ["nada", "district"])', None),
    ('get value(case, "nada")', None),
    ('get value(case, "place.district")', None),
    ("count(get entries(m: case))", 2),
    ('context put(case, "level", 3).level', 3),
    ('context put(case, "new", null) = case', False),
    ('context put(context: case, key: "level", value: 3).level', 3),
    ('context put(case, ["level"], 3).level', 3),
    ('get value(context put(case, ["place", "district"], "Sur"), ["place", "district"])', "Sur"),
    ('get value(context put(context: case, keys: ["place", "zone"], value: 1), ["place", "zone"])', 1),
    ("context merge([case, other]).level", 5),
    ("context merge(contexts: [other, case]).level", 2),
    ("context merge(case) = case", True),
    ("count(get entries(context merge([])))", 0),
    ("context(entries)", {"a": 1, "b": None}),
    ("context(entries: entries)", {"a": 1, "b": None}),
    ("context([])", {}),
    ("context(entry)", {"a": 1}),
    ("is(case, case)", True),
    ("is defined(null)", False),
    ("is defined(0)", True),
    ("is defined(value: case.level)", True),
    ("get or else(null, 1)", 1),
    ("get or else(value: 2, default: 1)", 2),
    ("get or else(false, 1)", False),
]
FACTS: dict[str, Value] = {
    "case": CASE,
    "other": {"level": 5},
    "entries": ENTRIES,
    "entry": {"key": "a", "value": 1, "note": "x"},
}


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_each_function_answers(text: str, expected: Value) -> None:
    assert value_of(text, calendar=None, **FACTS) == expected


def test_entries_are_told_in_the_order_of_the_context() -> None:
    assert value_of("get entries(c)", c={"b": 1, "a": None}) == [
        {"key": "b", "value": 1},
        {"key": "a", "value": None},
    ]


def test_what_is_put_takes_the_place_of_what_was_there_and_the_rest_stays() -> None:
    answer = value_of('context put(c, "a", 3)', c={"a": 1, "b": 2})

    assert isinstance(answer, dict)
    assert list(answer.items()) == [("a", 3), ("b", 2)]


def test_the_context_that_is_given_does_not_change() -> None:
    assert value_of('[context put(c, ["a", "b"], 9), c]', c={"a": {"b": 1}}) == [
        {"a": {"b": 9}},
        {"a": {"b": 1}},
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('get value(null, "a")', "«m» debe ser contexto y es nulo"),
        ('get value(5, "a")', "«m» debe ser contexto y es número"),
        ("get value(case, null)", "«key» debe ser lista o texto y es nulo"),
        ("get value(case, [])", "las claves deben ser textos"),
        ('get value(case, ["place", 1])', "las claves deben ser textos"),
        ("get entries(null)", "«m» debe ser contexto y es nulo"),
        ("get entries([])", "«m» debe ser contexto y es lista"),
        ('context put(null, "a", 1)', "«context» debe ser contexto y es nulo"),
        ("context put(case, null, 1)", "«key» debe ser lista o texto y es nulo"),
        ("context put(case, [], 1)", "las claves deben ser textos"),
        ('context put(case, ["place", null], 1)', "las claves deben ser textos"),
        ('context put(case, ["nada", "x"], 1)', "se esperaba un contexto y es nulo"),
        ('context put(case, ["level", "x"], 1)', "se esperaba un contexto y es número"),
        ("context merge(null)", "«contexts» debe ser lista y es nulo"),
        ("context merge([case, null])", "se esperaba un contexto y es nulo"),
        ("context merge([case, 1])", "se esperaba un contexto y es número"),
        ("context(null)", "«entries» debe ser lista y es nulo"),
        ("context([entry, entry])", "la clave «a» está dos veces"),
        ("context([other])", "cada entrada lleva «key»"),
        ("context([null])", "se esperaba un contexto y es nulo"),
        ("context([without_value])", "cada entrada lleva «key»"),
        ("context([without_key])", "cada entrada lleva «key»"),
    ],
)
def test_arguments_that_do_not_fit_are_null_with_a_reason(text: str, reason: str) -> None:
    (warning,) = warnings_of(text, **FACTS, without_value={"key": "a"}, without_key={"key": None, "value": 1})

    assert reason in warning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is(1, 1)", True),
        ("is(1, 1.0)", True),
        ('is(1, "1")', False),
        ("is(null, null)", True),
        ("is(null, false)", False),
        ("is([], [])", True),
        ("is([1, 2], [1, 2])", True),
        ("is([1, 2], [2, 1])", False),
        ("is(one, same)", True),
        ("is(one, another)", False),
        ("is(value1: 1, value2: 2)", False),
        ("is([1..2], [1..2])", True),
        ("is([1..2], [1..2))", False),
        ('is(@"2026-03-04", @"2026-03-04")', True),
        ('is(@"2026-03-04", @"2026-03-04T00:00:00")', False),
        ('is(@"10:00:00", @"10:00:00")', True),
        ('is(@"10:00:00Z", @"10:00:00")', False),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
        ('is(@"10:00:00Z", @"12:00:00+02:00")', False),
        ('is([@"10:00:00Z"], [@"12:00:00+02:00"])', False),
        ('is(@"2026-03-04T10:00:00Z", @"2026-03-04T12:00:00+02:00")', False),
        ('is(@"2026-03-04T10:00:00@Europe/Paris", @"2026-03-04T10:00:00@Europe/Paris")', True),
        ('is(@"2026-03-04T10:00:00@Europe/Paris", @"2026-03-04T10:00:00+01:00")', False),
        ('is(@"P1Y", @"P12M")', True),
        ('is(@"P1D", @"PT24H")', True),
        ('is(@"P1M", @"P30D")', False),
    ],
)
def test_only_the_very_same_value_is(text: str, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    facts: dict[str, Value] = {
        "one": {"a": 1, "b": [2]},
        "same": {"b": [2], "a": 1},
        "another": {"a": 1, "b": [3]},
    }

    assert value_of(text, calendar=None, **facts) is expected
