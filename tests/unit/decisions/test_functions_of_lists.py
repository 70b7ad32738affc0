"""Functions of lists: those that count, cut and join, and those that take a function."""

from collections.abc import Callable
from decimal import Decimal
from time import process_time

import pytest

from processes.decisions import BudgetExceeded, Value, compile_expression
from processes.decisions.budget import Run
from processes.decisions.errors import NoValue
from processes.decisions.values import FunctionValue
from tests.unit.decisions.feel import NOW, value_of, warnings_of

ANSWERS: list[tuple[str, Value]] = [
    ("list contains([1, 2, 3], 2)", True),
    ("list contains([1, 2, 3], 4)", False),
    ("list contains([1, null], null)", True),
    ("list contains([], null)", False),
    ("list contains([[1], [2]], [2])", True),
    ('list contains(list: ["a"], element: "a")', True),
    ('list contains([1], "1")', False),
    ("count([1, 2, [3]])", 3),
    ("count(list: [])", 0),
    ("count([null])", 1),
    ("count(1, 2)", 2),
    ("min([3, 1, 2])", 1),
    ("max(list: [3, 1, 2])", 3),
    ('max("a", "c", "b")', "c"),
    ('min(@"P2D", @"P1D") = @"P1D"', True),
    ('min(@"10:00:00", @"08:00:00") = @"08:00:00"', True),
    ("max([5])", 5),
    ("sum([2, 4.5, -1])", Decimal("5.5")),
    ("sum(list: [1])", 1),
    ('sum([@"P1Y", @"P2M"]) = @"P1Y2M"', True),
    ("mean([2, 4])", 3),
    ("mean(1, 2)", Decimal("1.5")),
    ("mean(list: [4])", 4),
    ('mean([@"P2D", @"P4D"]) = @"P3D"', True),
    ("product([2, 3, 4])", 24),
    ("product(2, 3, 4)", 24),
    ("median(8, 2, 5, 3, 4)", 4),
    ("median([6, 1, 2, 3])", Decimal("2.5")),
    ("median(list: [7])", 7),
    ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
    ("stddev(list: [3, 3])", 0),
    ("mode(6, 3, 9, 6, 6)", [6]),
    ("mode([6, 1, 9, 6, 1])", [1, 6]),
    ("mode([1.0, 1, 2])", [1]),
    ("mode(list: [])", []),
    ("all([true, true])", True),
    ("all(true)", True),
    ("all(true, false)", False),
    ("all([false, null])", False),
    ("all([true, null])", None),
    ("all(list: [])", True),
    ("any([false, true])", True),
    ("any(false, false)", False),
    ("any([null, true])", True),
    ("any([false, null])", None),
    ("any(list: [])", False),
    ("sublist([1, 2, 3], 1)", [1, 2, 3]),
    ("sublist([1, 2, 3], 1, 2)", [1, 2]),
    ("sublist([1, 2, 3], -1)", [3]),
    ("sublist([1, 2, 3], -3, 2)", [1, 2]),
    ("sublist(list: [1, 2, 3], start position: 2, length: 1)", [2]),
    ("append([1], 2)", [1, 2]),
    ("append([], null)", [None]),
    ("append([1], [2], 3)", [1, [2], 3]),
    ("append(list: [1], item: 2)", [1, 2]),
    ("concatenate([1], [2, 3], [])", [1, 2, 3]),
    ("concatenate(1, [2])", [1, 2]),
    ("insert before([1, 3], 1, 2)", [2, 1, 3]),
    ("insert before([1, 3], -1, 2)", [1, 2, 3]),
    ("insert before(list: [1, 3], position: 2, newItem: null)", [1, None, 3]),
    ("remove([1, 2, 3], 2)", [1, 3]),
    ("remove(list: [1, 2, 3], position: -3)", [2, 3]),
    ("list replace([2, 4, 7, 8], 3, 6)", [2, 4, 6, 8]),
    ("list replace([2, 4, 7, 8], -1, null)", [2, 4, 7, None]),
    ("list replace(list: [1, 2], position: 1, newItem: 3)", [3, 2]),
    ("list replace([2, 4, 7, 8], smaller, 5)", [5, 5, 7, 8]),
    ("list replace(list: [1, 9], match: smaller, newItem: 5)", [5, 9]),
    ("list replace(7, 1, 8)", [8]),
    ("reverse([1, 2, 3])", [3, 2, 1]),
    ("reverse(list: [])", []),
    ("index of([1, 2, 3, 2], 2)", [2, 4]),
    ("index of([1, null], null)", [2]),
    ("index of(list: [1], match: 2)", []),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("union([1, null], [null])", [1, None]),
    ("distinct values([1, 2, 3, 2, 1])", [1, 2, 3]),
    ("distinct values([null, 1, null])", [None, 1]),
    ('distinct values([1, "1"])', [1, "1"]),
    ("distinct values(list: [[1], [1]])", [[1]]),
    ("flatten([[1, 2], [[3]], 4])", [1, 2, 3, 4]),
    ("flatten(list: [])", []),
    ("flatten([[null]])", [None]),
    ("sort([3, 1, 2], smaller)", [1, 2, 3]),
    ("sort(list: [1, 3, 2], precedes: larger)", [3, 2, 1]),
    ("sort([], smaller)", []),
    ("sort(5, smaller)", [5]),
]


def _function(decide: Callable[..., Value], parameters: tuple[str, ...] = ("x", "y")) -> FunctionValue:
    """A function as an expression has one: `call(run, arguments)`."""
    return FunctionValue("f", parameters, lambda _run, arguments: decide(*arguments))


FACTS: dict[str, Value] = {
    "smaller": _function(lambda x, y: x < y),
    "larger": _function(lambda x, y: x > y),
    "nothing": _function(lambda _x, _y: None),
    "single": _function(lambda _x: True, ("x",)),
}


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_each_function_answers(text: str, expected: Value) -> None:
    assert value_of(text, calendar=None, **FACTS) == expected


def test_sorting_keeps_the_order_of_what_does_not_precede() -> None:
    by_level = _function(lambda x, y: x["level"] < y["level"])
    cases: Value = [{"id": "a", "level": 2}, {"id": "b", "level": 1}, {"id": "c", "level": 2}]

    answer = value_of("sort(cases, by_level)", cases=cases, by_level=by_level)

    assert isinstance(answer, list)
    assert [case["id"] for case in answer if isinstance(case, dict)] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("list contains(null, 1)", "«list» debe ser lista y es nulo"),
        ("count(null)", "«list» debe ser lista y es nulo"),
        ("min(null)", "«list» debe ser lista y es nulo"),
        ("min([])", "la lista está vacía"),
        ("max([1, null])", "no se puede ordenar nulo con número"),
        ('max([1, "a"])', "no se puede ordenar texto con número"),
        ("min([true])", "no se puede ordenar verdadero o falso"),
        ("sum([])", "la lista está vacía"),
        ("sum([1, null])", "la lista debe ser de números o duraciones y tiene nulo"),
        ('sum([1, @"P1D"])', "no se puede calcular número + duración"),
        ("mean([])", "la lista está vacía"),
        ('mean(["a"])', "la lista debe ser de números o duraciones"),
        ("product([])", "la lista está vacía"),
        ("product([2, null])", "la lista debe ser de números"),
        ("median([])", "la lista está vacía"),
        ('median([1, "a"])', "la lista debe ser de números"),
        ("stddev([])", "al menos dos números"),
        ("stddev([47])", "al menos dos números"),
        ("stddev([1, null])", "la lista debe ser de números"),
        ("mode([1, null])", "la lista debe ser de números"),
        ("mode(null)", "«list» debe ser lista y es nulo"),
        ("all(null)", "«list» debe ser lista y es nulo"),
        ("any(null)", "«list» debe ser lista y es nulo"),
        ("sublist([1], 0)", "fuera de la lista"),
        ("sublist([1], 2)", "fuera de la lista"),
        ("sublist([1, 2], 2, 2)", "«length» pasa del final"),
        ("sublist([1, 2], 1, -1)", "«length» pasa del final"),
        ("sublist([1, 2], 1.5)", "número entero"),
        ("append(null, 1)", "«list» debe ser lista y es nulo"),
        ("concatenate([1], null)", "«list» debe ser lista y es nulo"),
        ("insert before([1], 0, 2)", "fuera de la lista"),
        ("insert before([1], 3, 2)", "fuera de la lista"),
        ("insert before([1], null, 2)", "«position» debe ser número y es nulo"),
        ("remove([1], 0)", "fuera de la lista"),
        ("remove([], 1)", "fuera de la lista"),
        ("list replace([1], 0, 2)", "fuera de la lista"),
        ("list replace([1], 2, 2)", "fuera de la lista"),
        ("list replace(null, 1, 2)", "«list» debe ser lista y es nulo"),
        ('list replace([1], "a", 2)', "«position» debe ser función o número y es texto"),
        ("list replace([1], nothing, 2)", "verdadero o falso y responde nulo"),
        ("list replace([1], single, 2)", "debe recibir 2 argumentos"),
        ("reverse(null)", "«list» debe ser lista y es nulo"),
        ("index of(null, 1)", "«list» debe ser lista y es nulo"),
        ("union([1], null)", "«list» debe ser lista y es nulo"),
        ("distinct values(null)", "«list» debe ser lista y es nulo"),
        ("flatten(null)", "«list» debe ser lista y es nulo"),
        ("sort(null, smaller)", "«list» debe ser lista y es nulo"),
        ("sort([1, 2], null)", "«precedes» debe ser función y es nulo"),
        ("sort([1, 2], 1)", "«precedes» debe ser función y es número"),
        ("sort([1, 2], nothing)", "verdadero o falso y responde nulo"),
        ("sort([1, 2], single)", "debe recibir 2 argumentos"),
    ],
)
def test_arguments_that_do_not_fit_are_null_with_a_reason(text: str, reason: str) -> None:
    (warning,) = warnings_of(text, **FACTS)

    assert reason in warning


def test_a_function_without_an_answer_leaves_none_to_the_sort() -> None:
    def refuse(_run: Run, _arguments: object) -> Value:
        raise NoValue("no hay respuesta")

    (warning,) = warnings_of("sort([1, 2], f)", f=FunctionValue("f", ("x", "y"), refuse))

    assert "no hay respuesta" in warning


@pytest.mark.parametrize(
    "text",
    [
        "distinct values(many)",
        "union(many, many)",
        "sort(many, smaller)",
        "concatenate(many, many)",
        "index of([many, many, many, many, many, many, many, many, many, many, many, many], many)",
    ],
)
def test_what_is_long_to_do_spends_the_budget(text: str) -> None:
    many: Value = [(number * 7_919) % 10_007 for number in range(9_000)]
    facts: dict[str, Value] = {"many": many, **FACTS}
    start = process_time()

    with pytest.raises(BudgetExceeded):
        compile_expression(text, names=facts).evaluate(facts, now=NOW)

    assert process_time() - start < 2
