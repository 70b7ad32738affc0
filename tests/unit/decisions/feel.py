"""Short ways to speak FEEL in tests: one instant, one answer, one refusal."""

from datetime import UTC, datetime

import pytest

from processes.common.calendar import WorkCalendar
from processes.decisions import FeelError, Value, compile_expression, compile_unary_tests

# 3 March 2026, a Tuesday, 22:00 in Bogotá: already the 4th in UTC.
NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)


def value_of(text: str, *, calendar: WorkCalendar | None = None, **facts: Value) -> Value:
    """What the expression answers, whatever it warns of."""
    return compile_expression(text, names=facts).evaluate(facts, now=NOW, calendar=calendar)


def warnings_of(text: str, **facts: Value) -> list[str]:
    """What the expression, which must answer null, warns of."""
    warnings: list[str] = []
    answer = compile_expression(text, names=facts).evaluate(facts, now=NOW, warnings=warnings)
    assert answer is None
    return warnings


def passes(test: str, value: Value, **facts: Value) -> bool | None:
    """Whether the value passes the cell."""
    return compile_unary_tests(test, names=facts).matches(value, facts, now=NOW)


def refusal_of(text: str, *names: str) -> str:
    """Why the expression does not compile."""
    with pytest.raises(FeelError) as caught:
        compile_expression(text, names=names)
    return str(caught.value)
