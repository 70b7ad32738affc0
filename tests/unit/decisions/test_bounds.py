"""Attacks: each ends at once in a Spanish error, or in null, and never in a stall or a trace."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest

import processes.decisions
from processes.decisions import (
    Budget,
    BudgetExceeded,
    FeelError,
    Value,
    compile_expression,
    compile_script,
    compile_unary_tests,
)
from processes.decisions.limits import MAX_STRING_LENGTH, MAX_TEXT_LENGTH
from tests.unit.decisions.feel import NOW, value_of

_SECONDS = 5


@pytest.fixture(autouse=True)
def _bounded_time() -> Iterator[None]:
    begun = process_time()
    yield
    assert process_time() - begun < _SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9_000 + "1" + ")" * 9_000,
        "[" * 9_000 + "]" * 9_000,
        "not(" * 4_000 + "true" + ")" * 4_000,
        "if " * 5_000,
        "if true then " * 1_000 + "1",
        "1 in (" * 3_000,
        "[1.." * 4_000,
        "1 + (" * 3_000 + "1" + ")" * 3_000,
        "1 and (" * 2_000 + "1" + ")" * 2_000,
        "abs(-" * 3_000 + "1" + ")" * 3_000,
        "1 ** -(" * 2_000,
        "{a: " * 4_000,
        "function(a) " * 1_500,
        "for x in " * 2_000,
        "for x in [1] return " * 900 + "x",
        "for " + ", ".join(f"x{n} in [1]" for n in range(1_000)) + " return 1",
        "some x in (" * 1_800,
        "[1]" + "[1]" * 5_000,
        "1 instance of " + "list<" * 3_000,
        "abs" + "(1)" * 5_000,
        "a" * (MAX_TEXT_LENGTH + 1),
        "1" * (MAX_TEXT_LENGTH - 1),
    ],
    ids=lambda text: f"{text[:8]} {len(text)}",
)
@pytest.mark.parametrize("compile_text", [compile_expression, compile_unary_tests])
def test_a_text_too_deep_or_too_long_does_not_compile(text: str, compile_text: Callable[..., object]) -> None:
    with pytest.raises(FeelError, match=r"niveles|caracteres|grande|admite"):
        compile_text(text, names=())


def test_the_deepest_text_that_compiles_also_runs_with_little_stack_left() -> None:
    text = "((((((((((1 + 2 * 3 ** 1) < 9 and true) or false) = true" + ")" * 7 + " = true"
    nested = "(" * 50 + "1 + 1" + ")" * 50

    def at_depth(frames: int) -> Value:
        return at_depth(frames - 1) if frames else value_of(nested)

    room = sys.getrecursionlimit() - len(inspect.stack()) - 500
    assert at_depth(max(room, 0)) == 2
    assert value_of(text) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1" + " + 1" * 3_000, 3_001),
        ("1" + " * 1" * 3_000, 1),
        ("true" + " and true" * 2_000, True),
        ("false" + " or false" * 2_000, False),
        ("-" * 10_000 + "1", 1),
        ("if 1 = 2 then 1 else " * 900 + "2", 2),
        ("count([" + "1, " * 5_000 + "1])", 5_001),
        ("1 in (" + "2, " * 5_000 + "1)", True),
    ],
    ids=lambda part: str(part)[:12],
)
def test_thousands_of_terms_are_long_and_not_deep(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "10 ** 999999",
        "9 ** 9 ** 9 ** 9 ** 9",
        "string(10 ** 999999)",
        "2 ** 1e6000",
        "1.0000001 ** 1e30",
        "exp(1e6000)",
        "round up(1, 1e30)",
        "date(1e30, 1, 1)",
        'duration("P" + string(10 ** 30) + "D")',
        'number("1e999999")',
        'substring("a", 1e30)',
        "sublist([1], 1e6000)",
    ],
)
def test_giant_numbers_are_null(text: str) -> None:
    assert value_of(text) is None


def test_the_largest_number_is_written_within_bounds() -> None:
    text = value_of("string(10 ** 6144)")

    assert isinstance(text, str)
    assert len(text) == 6145


@pytest.mark.parametrize(
    "line",
    [
        "x = x + x",
        "x = string join([x, x, x])",
        "x = upper case(x + x)",
        "x = string([x, x])",
    ],
)
def test_a_text_that_doubles_is_stopped(line: str) -> None:
    script = compile_script('x = "aaaaaaaa"\n' + f"{line}\n" * 60, names=())

    with pytest.raises(BudgetExceeded):
        script.execute({}, now=NOW)


@pytest.mark.parametrize(
    "line",
    [
        "x = concatenate(x, x)",
        "x = append(x, x, x)\ny = string(x)",
        "x = [x, x]\ny = x = [x, x]",
        "x = [x, x]\ny = flatten(x)",
        "x = [x]\ny = string(x)",
        "x = union(x, concatenate(x, [count(x) + 1]))",
        "x = concatenate(x, x)\ny = distinct values(x)",
    ],
)
def test_a_list_that_grows_is_stopped(line: str) -> None:
    script = compile_script("x = [1, 2]\n" + f"{line}\n" * 300, names=())

    with pytest.raises(BudgetExceeded):
        script.execute({}, now=NOW)


def test_the_budget_ends_an_evaluation_with_an_error_and_not_with_null() -> None:
    expression = compile_expression("1" + " + 1" * 100, names=())

    with pytest.raises(BudgetExceeded, match="más de 50 operaciones"):
        expression.evaluate({}, now=NOW, budget=Budget(50))


def test_one_budget_serves_a_whole_step() -> None:
    expression, budget = compile_expression("1 + 1", names=()), Budget(7)

    expression.evaluate({}, now=NOW, budget=budget)
    expression.evaluate({}, now=NOW, budget=budget)

    assert budget.used == 6
    with pytest.raises(BudgetExceeded):
        expression.evaluate({}, now=NOW, budget=budget)


def test_costly_operations_cost_more() -> None:
    with pytest.raises(BudgetExceeded):
        value_of("1.1" + " ** 1.0001" * 1_500)


def test_warnings_are_bounded() -> None:
    warnings: list[str] = []

    compile_expression("1" + " and 1" * 2_000, names=()).evaluate({}, now=NOW, warnings=warnings)

    assert len(warnings) == 50


@pytest.mark.parametrize(
    "value",
    [
        "a" * (MAX_STRING_LENGTH + 1),
        [0] * 20_000,
        10**100_000,
        float("nan"),
        object(),
        b"bytes",
        len,
    ],
    ids=["long text", "long list", "large number", "not a number", "object", "bytes", "function"],
)
def test_a_fact_beyond_the_bounds_is_refused(value: Value) -> None:
    with pytest.raises(FeelError):
        value_of("x = 1", x=value)


@pytest.mark.parametrize(
    "text",
    [
        "some x in 1..1e12 satisfies false",
        "for x in 1..1e12 return x",
        "for x in 1..1e12, y in 1..1e12 return x",
        'for d in @"0001-01-01"..@"9999-12-31" return d',
        "every a in 1..999, b in 1..999, c in 1..999 satisfies a + b + c > 0",
        "for x in 1..5000 return partial",
        "for x in 1..900 return for y in 1..900 return y",
        'for x in 1..9000 return date and time("2026-01-01T10:00:00@Europe/Paris")',
        "(for x in 1..9000 return x)[some y in 1..1000 satisfies y < 0]",
        "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r",
        "(for x in 1..200 return [partial[-1]]) = (for x in 1..200 return [partial[-1]])",
        "string(for x in 1..200 return [partial[-1], partial[-1]])",
        "(for x in 1..60 return [partial[-1], partial[-1]])[-1].a",
        "count(flatten(for x in 1..60 return [partial[-1], partial[-1]]))",
    ],
)
def test_work_without_end_is_stopped(text: str) -> None:
    with pytest.raises(BudgetExceeded):
        value_of(text.replace(".a", ".year"))


def test_the_largest_context_compiles_in_time() -> None:
    text = "{" + ", ".join(f"a{n}+b: {n}" for n in range(1_400)) + "}"

    assert isinstance(value_of(text), dict)


def test_a_fact_nested_too_deep_is_refused() -> None:
    value: Value = 1
    for _ in range(500):
        value = [value]

    with pytest.raises(FeelError, match="niveles"):
        value_of("x = 1", x=value)


def test_nothing_in_the_room_evaluates_python() -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "globals", "locals", "vars", "setattr"}
    room = Path(processes.decisions.__file__).parent
    calls = [
        (file.name, node.func.id)
        for file in room.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]

    assert len(calls) > 100
    assert not [call for call in calls if call[1] in forbidden]
