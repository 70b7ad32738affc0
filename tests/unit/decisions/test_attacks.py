"""What somebody who means harm may write in a cell: refused, or null, within the step's operations.

Work is counted and not timed: every operation of the budget is at most a microsecond or so of work.
"""

import tracemalloc

import pytest

from processes.decisions import (
    Budget,
    BudgetExceeded,
    FeelError,
    Value,
    compile_expression,
    examine_decisions,
)
from processes.decisions.limits import MAX_OPERATIONS
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import FACTS, column, decision, file, output, rule, table
from tests.unit.decisions.tables import decide as decided_by

LAST_COSTS = 40_000
"""One operation may ask for the rest at once, and is refused before it is done."""


def answer_of(text: str, **facts: Value) -> tuple[Value | FeelError, int]:
    """What a hostile text gives where nothing is checked beforehand, and the operations that it used."""
    budget = Budget()
    try:
        expression = compile_expression(text, names=facts, lenient=True)
        return expression.evaluate(facts, now=NOW, budget=budget), budget.used
    except FeelError as error:
        return error, budget.used


@pytest.mark.parametrize(
    "text",
    [
        "x.__class__",
        '"a".__class__.__mro__',
        "(1).real",
        '{a: "b"}.__class__',
        "{a: 1}.keys",
        "{a: 1}.items()",
        "(function(a) a).call",
        "(function(a) a).__globals__",
        "abs.__self__",
        'date("2026-01-01").fromordinal',
        'duration("P1D").total_seconds',
        "[1..2].__slots__",
        '__import__("os")',
        '__import__("os").system("true")',
        "open",
        'open("/etc/passwd")',
        'eval("1")',
        'get value({a: 1}, "__class__")',
        'get value("a", "__class__")',
        "lambda: 1",
        "x.format",
        '"{0.__class__}".format(1)',
    ],
)
def test_nothing_of_python_is_reached_by_a_path_or_a_call(text: str) -> None:
    answer, _ = answer_of(text, x="a")

    assert answer is None or isinstance(answer, FeelError)


def test_a_key_that_looks_like_python_is_only_a_key() -> None:
    answer, _ = answer_of('{"__class__": 1, "__init__": 2}.__class__')

    assert answer == 1


@pytest.mark.parametrize(
    "text",
    [
        "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
        "for a in 1..1000 return for b in 1..1000 return for c in 1..1000 return a",
        "for a in 1..1000000000000 return a",
        "some a in 1..1000000000 satisfies a < 0",
        "every a in 1..1000, b in 1..1000 satisfies true",
        'for d in date("0001-01-01")..date("9999-12-31") return d',
        "for i in 1..9000 return partial",
        "for i in 1..9000 return sum(partial)",
        "for i in 1..99 return if i = 1 then [1] else concatenate(partial[-1], partial[-1])",
        'for i in 1..99 return if i = 1 then "aaaaaaaa" else partial[-1] + partial[-1]',
        "string(for i in 1..60 return partial)",
    ],
)
def test_iterations_without_end_are_stopped(text: str) -> None:
    answer, operations = answer_of(text)

    assert isinstance(answer, BudgetExceeded)
    assert operations <= MAX_OPERATIONS + LAST_COSTS


@pytest.mark.parametrize(
    "text",
    [
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "{f: function(n) [f(n), f(n)], r: f(1)}.r",
        "(function(f) f(f))(function(f) f(f))",
        "(function(f) f(f, f))(function(f, g) g(f, g) + g(f, g))",
        "{a: function(n) if n = 0 then 0 else a(n - 1), r: a(100000)}.r",
    ],
)
def test_functions_that_call_themselves_are_stopped(text: str) -> None:
    answer, _ = answer_of(text)

    assert isinstance(answer, BudgetExceeded)


@pytest.mark.parametrize(
    "text",
    [
        "distinct values(for i in 1..9000 return i)",
        "union(for i in 1..5000 return i, for i in 5000..9000 return i)",
        "duplicate values(for i in 1..9000 return i)",
        "for i in 1..300 return index of(for j in 1..300 return j, i)",
        "some i in 1..3000 satisfies list contains(for j in 1..3000 return j, -i)",
        "sort(for i in 1..9000 return -i, function(a, b) a < b)",
        "for i in 1..3000 return remove(for j in 1..3000 return j, 1)",
        "for i in 1..3000 return reverse(for j in 1..3000 return j)",
        "flatten(for i in 1..100 return for j in 1..100 return [[i], [j]])",
        "context merge(for i in 1..500 return {a: for j in 1..500 return j})",
        'replace(string join(for i in 1..5000 return "a"), "a", string join(for i in 1..5000 return "b"))',
        'string join(for i in 1..9000 return "aaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb")',
        'for i in 1..2000 return upper case(string join(for j in 1..2000 return "a"))',
    ],
)
def test_lists_and_texts_that_cost_their_square_are_stopped(text: str) -> None:
    answer, operations = answer_of(text)

    assert answer is None or isinstance(answer, BudgetExceeded)
    assert operations <= 4 * MAX_OPERATIONS


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "^(a|aa)+$",
        "^(a|a)*b",
        "(.*)*x",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(a*)*(a*)*(a*)*(a*)*b",
        "(((a{1,100}){1,100}){1,100}){1,100}b",
        "a{1,999999999}",
        "(a?){60}a{60}$",
        "(a)(a)?\\\\1\\\\2*(\\\\1|\\\\2)*b",
        "(?:a+)+$",
        "((((((((((a+)+)+)+)+)+)+)+)+)+)+b",
    ],
)
@pytest.mark.parametrize(
    "call",
    ['matches(x, "{}")', 'replace(x, "{}", "y")', 'split(x, "{}")'],
    ids=["matches", "replace", "split"],
)
def test_catastrophic_patterns_end(call: str, pattern: str) -> None:
    answer, operations = answer_of(call.replace("{}", pattern), x="a" * 60 + "!")

    assert answer is None or isinstance(answer, bool | str | list | FeelError)
    assert operations <= MAX_OPERATIONS + LAST_COSTS


@pytest.mark.parametrize(
    "text",
    [
        "string(10 ** 6144)",
        "10 ** 6144 * 10 ** 6144",
        "exp(20000)",
        "2 ** 0.00000000001 ** 999",
        'range("[1..99999999999999999999]")',
        'duration("P99999999999999999999D") + duration("P99999999999999999999D")',
        'date("999999999-12-31") + duration("P999999999Y")',
        'date and time("9999-12-31T23:59:59") + duration("P9999Y")',
        "years and months duration(date(1, 1, 1), date(999999999, 1, 1))",
        "decimal(1, 10 ** 30)",
        "modulo(10 ** 6000, 3)",
    ],
)
def test_giant_values_stay_small(text: str) -> None:
    answer, operations = answer_of(text)

    assert len(str(answer)) < 7_000
    assert operations < 5_000


@pytest.mark.parametrize(
    "text",
    [
        "for x in " * 300 + "[1]" + " return x" * 300,
        "function(x) " * 2_000 + "x",
        "{a: " * 3_000 + "1" + "}" * 3_000,
        "[" * 3_000 + "1" + "]" * 3_000,
        "some x in [1] satisfies " * 800 + "true",
        "x instance of " + "list<" * 3_000 + "number" + ">" * 3_000,
        "abs(" * 4_000 + "1" + ")" * 4_000,
        "x" + "[1]" * 5_000,
        "x" + ".a" * 8_000,
        "(function(x) x)" + "(1)" * 5_000,
        "{a: 1}" + ".a" * 8_000,
    ],
    ids=lambda text: f"{text[:12]} {len(text)}",
)
def test_what_is_too_deep_is_told_and_no_stack_overflows(text: str) -> None:
    answer, _ = answer_of(text, x=1)

    assert answer is None or isinstance(answer, FeelError | int | dict)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count([1, 2])", 2),
        ("for count in [1, 2] return count", [1, 2]),
        ("{count: 5, n: count}.n", 5),
        ("(function(sum) sum + 1)(1)", 2),
        ("{true: 1}", None),
        ("for item in [1, 2] return [item, 3][item > 1]", [[3], [2, 3]]),
        ("for partial in [1] return partial", None),
        ("{date: 1, d: date}.d", 1),
        ('{date: 1, d: date("2026-01-01").year}.d', 2026),
    ],
)
def test_names_that_shadow_others_change_nothing_else(text: str, expected: Value) -> None:
    answer, _ = answer_of(text)

    if expected is None:
        assert answer is None or isinstance(answer, FeelError | list | dict)
    else:
        assert answer == expected


def test_a_fact_named_like_a_function_does_not_take_its_place() -> None:
    answer, _ = answer_of("count([1, 2]) + count", count=5)

    assert answer == 7


@pytest.mark.parametrize(
    "text",
    [
        "for a in 1..9000 return for b in 1..9000 return [a, b]",
        'for i in 1..99 return if i = 1 then "aaaaaaaa" else partial[-1] + partial[-1]',
        "for i in 1..9000 return {a: i, b: [i, {c: i}]}",
        'split(string join(for i in 1..9000 return "a,"), ",")',
    ],
)
def test_memory_is_bounded_with_the_operations(text: str) -> None:
    tracemalloc.start()
    try:
        answer_of(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 30_000_000


def test_a_table_of_costly_cells_is_stopped_too() -> None:
    costly = "count(for a in 1..1000 return a ** 2) > ?"
    rules = [rule([costly], ['"x"']) for _ in range(200)]

    with pytest.raises(Exception, match="operaciones en un paso"):
        decided_by(table(column("amount", "number"), output("n"), *rules, policy="COLLECT"), amount=1)


@pytest.mark.parametrize(
    "cell",
    [
        'matches(?, "^(a|aa)+$")',
        "? in (for a in 1..9000 return string(a))",
        "some a in 1..1000000 satisfies string(a) = ?",
        "{f: function(n) f(n + 1), r: f(1)}.r",
        "[1..10 ** 6000]",
        "-" * 5_000 + "1",
        ", ".join(f'"{number}"' for number in range(2_000)),
    ],
    ids=lambda cell: cell[:24],
)
def test_a_hostile_cell_is_examined_within_its_bounds(cell: str) -> None:
    rules = [rule([cell], ['"x"']), rule(['"a","b"'], ['"y"'])]
    data = file(decision(table(column("kind", ""), output("n"), *rules)))
    budget = Budget(50_000)

    found = examine_decisions(data, source="r.dmn", facts=FACTS, budget=budget)

    assert budget.used < 50_000 + LAST_COSTS
    assert len(found.problems) + len(found.warnings) <= 13
