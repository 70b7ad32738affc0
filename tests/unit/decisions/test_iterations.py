"""`for`, `some` and `every`."""

from datetime import date
from decimal import Decimal

import pytest

from processes.decisions import Value, compile_expression
from tests.unit.decisions.feel import NOW, refusal_of, value_of, warnings_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for x in [1, 2, 3] return x * 2", [2, 4, 6]),
        ("for x in [] return x", []),
        ("for x in 5 return x + 1", [6]),
        ("for x in [[1, 2], [3]] return count(x)", [2, 1]),
        ("for x in 2..4 return x", [2, 3, 4]),
        ("for x in 2..-1 return x", [2, 1, 0, -1]),
        ("for x in 3..3 return x", [3]),
        ("for x in -1..1 return x", [-1, 0, 1]),
        ("for x in 1..1+2 return x", [1, 2, 3]),
        ("for x in 0.5..2 return x", [Decimal("0.5"), Decimal("1.5")]),
        ("for x in [1..3] return x", [1, 2, 3]),
        ("for x in ]1..4[ return x", [2, 3]),
        ("for x in (1..4] return x", [2, 3, 4]),
        ("for x in [1, 2], y in [10, 20] return x + y", [11, 21, 12, 22]),
        ("for x in 1..3, y in 1..x return x * y", [1, 2, 4, 3, 6, 9]),
        ("for x in [[1], [2, 3]], y in x return y", [1, 2, 3]),
        ("for x in [1, 2] return for y in [x] return y", [[1], [2]]),
        ('for x in ["a", "b"] return x + "!"', ["a!", "b!"]),
        ("for x in [1, null] return x = null", [False, True]),
        ('for x in [1, "a"] return x + 1', [2, None]),
        ("for n in [3, 4] return n", [3, 4]),
        ("sum(for x in 1..4 return x)", 10),
        ("(for x in 1..4 return x)[2]", 2),
        ("for palabra larga in [1] return palabra larga + 1", [2]),
        ("for x in [1, 2] return {doble: x * 2}.doble", [2, 4]),
        ("for x in [{a: 1}, {a: 2}] return x.a", [1, 2]),
        ("for x in [1, 2] return if x = 1 then 10 else 20", [10, 20]),
        ("for x in 1..2 return x > 1 and true", [False, True]),
    ],
)
def test_for_answers_one_item_a_round(text: str, expected: Value) -> None:
    assert value_of(text, n=9) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ('for d in @"2026-02-27"..@"2026-03-01" return d', [(2, 27), (2, 28), (3, 1)]),
        ('for d in @"2026-03-01"..@"2026-02-28" return d', [(3, 1), (2, 28)]),
        ('for d in [@"2026-03-01"..@"2026-03-03"[ return d', [(3, 1), (3, 2)]),
    ],
)
def test_for_goes_through_the_days_of_a_range(text: str, days: list[tuple[int, int]]) -> None:
    assert value_of(text) == [date(2026, month, day) for month, day in days]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for i in 0..5 return if i = 0 then 1 else i * partial[-1]", [1, 1, 2, 6, 24, 120]),
        ("for i in 1..6 return if i <= 2 then 1 else partial[-1] + partial[-2]", [1, 1, 2, 3, 5, 8]),
        ("for i in 1..4 return count(partial)", [0, 1, 2, 3]),
        ("for i in [1, 1], j in [1, 1] return count(partial)", [0, 1, 2, 3]),
        ("for i in 1..3 return partial", [[], [[]], [[], [[]]]]),
        ("for i in 1..3 return sum(append(partial, i))", [1, 3, 7]),
    ],
)
def test_partial_holds_the_answers_so_far(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("some x in [1, 2, 3] satisfies x > 2", True),
        ("some x in [1, 2, 3] satisfies x > 3", False),
        ("some x in [] satisfies true", False),
        ("some x in 1..9 satisfies x = 7", True),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("some x in [1, 2], y in [x + 5] satisfies y = 7", True),
        ("every x in [1, 2, 3] satisfies x > 0", True),
        ("every x in [1, 2, 3] satisfies x > 1", False),
        ("every x in [] satisfies false", True),
        ("every x in 1..3, y in 1..x satisfies y <= x", True),
        ("some x in [1, null] satisfies x > 0", True),
        ("some x in [null, 0] satisfies x > 0", None),
        ("every x in [1, null] satisfies x > 0", None),
        ("every x in [0, null] satisfies x > 0", False),
        ("some x in [1] satisfies 1", None),
        ('every x in ["a"] satisfies x', None),
        ("not(some x in [1] satisfies x = 1)", False),
        ("some x in [1] satisfies x = 1 or x = 2", True),
        ("(every x in [1] satisfies x = 1) and true", True),
        ("some x in 5 satisfies x = 5", True),
    ],
)
def test_quantifiers_have_three_values(text: str, *, expected: bool | None) -> None:
    assert value_of(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        "for x in null return x",
        "some x in null satisfies true",
        "every x in null satisfies true",
        'for x in "a".."c" return x',
        "for x in 1..null return x",
        'for x in 1..@"2026-01-01" return x',
        "for x in (>1) return x",
    ],
)
def test_what_cannot_be_gone_through_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


def test_a_name_of_an_iteration_is_not_a_fact() -> None:
    expression = compile_expression("for x in xs, y in [x] return x + y + z", names=["xs", "z", "x"])

    assert expression.names == {"xs", "z"}
    assert expression.evaluate({"xs": [1, 2], "z": 1, "x": 99}, now=NOW) == [3, 5]


def test_a_function_keeps_the_round_in_which_it_was_made() -> None:
    assert value_of("for f in (for x in 1..3 return function() x * 10) return f()") == [10, 20, 30]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("for 1 in [1] return 1", "se esperaba el nombre de una variable y se encontró «1»"),
        ("for x of [1] return 1", "se esperaba «in» y se encontró «[»"),
        ("for x in [1]", "se esperaba «return» y se encontró el final"),
        ("for x in [1] return", "se esperaba un valor y se encontró el final"),
        ("some x in [1] return x", "se esperaba «satisfies» y se encontró «return»"),
        ("for x in [1] return y", "no se conoce «y»"),
        ("(for x in [1] return x) + x", "no se conoce «x»"),
        ("for x in y, y in [1] return x", "no se conoce «y»"),
        ("some x in [1] satisfies partial", "no se conoce «partial»"),
    ],
)
def test_an_iteration_that_is_not_one_is_refused(text: str, reason: str) -> None:
    assert reason in refusal_of(text)
