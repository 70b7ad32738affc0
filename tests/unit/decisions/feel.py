"""Short ways to speak FEEL in tests: one instant, one answer, one refusal."""

from datetime import UTC, datetime

import pytest

from processes.common.calendar import WorkCalendar
from processes.decisions import FeelError, Value, compile_expression, compile_unary_tests
from processes.decisions.expression import expression_in
from processes.decisions.lexer import known_names
from processes.decisions.scope import Scope

# 3 March 2026, a Tuesday, 22:00 in Bogotá: already the 4th in UTC.
NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


def value_of(text: str, *, calendar: WorkCalendar | None = None, **facts: Value) -> Value:
    """What the expression answers, whatever it warns of; the entries of contexts are known to it."""
    fields = frozenset(name for fact in facts.values() if isinstance(fact, dict) for name in fact)
    expression = expression_in(text, Scope(known_names(facts), fields=fields))
    return expression.evaluate(facts, now=NOW, calendar=calendar)


def warnings_of(text: str, **facts: Value) -> list[str]:
    """What the expression, which must answer null, warns of."""
    warnings: list[str] = []
    answer = compile_expression(text, names=facts).evaluate(facts, now=NOW, warnings=warnings)
    assert answer is None
    return warnings


def read_leniently(text: str, **facts: Value) -> tuple[Value, list[str]]:
    """What the expression answers when only what does not parse is an error, and what it warns of."""
    warnings: list[str] = []
    expression = compile_expression(text, names=facts, lenient=True)
    return expression.evaluate(facts, now=NOW, warnings=warnings), warnings


def passes(test: str, value: Value, **facts: Value) -> bool | None:
    """Whether the value passes the cell."""
    return compile_unary_tests(test, names=facts).matches(value, facts, now=NOW)


def refusal_of(text: str, *names: str) -> str:
    """Why the expression does not compile."""
    with pytest.raises(FeelError) as caught:
        compile_expression(text, names=names)
    return str(caught.value)
