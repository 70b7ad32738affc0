"""Whatever values a function or an operator is given: a value, null or a Spanish error, in counted work."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as some

from processes.common.calendar import WorkCalendar
from processes.decisions import Budget, FeelError, compile_expression
from processes.decisions.functions.catalogue import CATALOGUE
from tests.unit.decisions.feel import NOW

VALUES = """
null | true | 0 | 1 | -1 | 1.5 | 10 ** 30 | -10 ** 6000 | 0.0000001 | "" | "a" | "ñ😀" | "2026-01-01" | "P1D"
"[" | "(a+)+" | "$1" | "x" | [] | [1] | [null] | ["a", 1] | [[1], [2]] | [duration("P1D"), duration("P2D")]
[1..3] | ["a".."c"] | (> 5)
[date("2026-01-01")..date("2026-02-01")] | {} | {a: 1} | [{key: "a", value: 1}] | abs
date("2026-01-01") | date("0001-01-01") | date("9999-12-31")
date("12026-02-28") | date("-0001-01-01") | date and time("12026-01-01T00:00:00-05:00")
time("10:00:00") | time("10:00:00@Europe/Paris")
date and time("2026-01-01T00:00:00") | date and time("9999-12-31T23:59:59Z") | duration("-P999999999D")
date and time("0001-01-01T00:00:00@America/Bogota") | duration("P1Y") | duration("P999999999Y")
function(x) x | function(x, y) x < y | function(x) x.a
"""
OPERATORS = """
{} + {} | {} - {} | {} * {} | {} / {} | {} ** {} | {} = {} | {} < {} | {} in {} | {} and {} | {}[{}] | -({})
{} between {} and {} | for x in {} return x + {} | for x in {}..{} return x | some x in {} satisfies {}
if {} then 1 else {} | {} in ({}, < {}) | [{}..{}] | ({}).year | ({}).time offset | ({}).start | ({})({})
"""


def _listed(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split(" | ")]


values = some.sampled_from(_listed(VALUES))
calls = some.tuples(some.sampled_from(sorted(CATALOGUE)), some.lists(values, max_size=4)).map(
    lambda call: f"{call[0]}({', '.join(call[1])})"
)
operations = some.tuples(some.sampled_from(_listed(OPERATORS)), values, values, values).map(
    lambda parts: parts[0].format(*(f"({value})" for value in parts[1:]))
)


@settings(max_examples=300, deadline=None)
@given(text=some.one_of(calls, calls.map(lambda call: f"string({call})"), operations))
def test_any_call_ends_in_a_value_or_in_an_error_in_words(text: str) -> None:
    budget = Budget()

    with suppress(FeelError):
        expression = compile_expression(text, names=(), lenient=True)
        expression.evaluate({}, now=NOW, budget=budget, calendar=WorkCalendar())

    assert budget.used <= 3 * budget.max_operations
