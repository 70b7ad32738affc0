"""Values with their kind beside them, as `feelin/answer.mjs` writes them, and when two are the same."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from processes.decisions import FeelError, Range, Value, YearsMonths, compile_expression, compile_unary_tests
from processes.decisions.budget import Budget
from processes.decisions.errors import NoValue
from processes.decisions.far_dates import FarDate, FarDateTime
from processes.decisions.temporal import read_duration
from processes.decisions.values import FunctionValue
from processes.decisions.writing import write
from tests.unit.decisions.feel import NOW

Tagged: TypeAlias = bool | float | str | Sequence["Tagged"] | Mapping[str, "Tagged"] | None

DOES_NOT_PARSE: Tagged = {"error": True}
_OPERATIONS = 10_000_000  # the oracle is asked for values, and has no bounds


def our_answer(text: str, facts: Mapping[str, Value]) -> Tagged:
    """What we answer to an expression, or that it does not parse."""
    try:
        asked = compile_expression(text, names=facts, lenient=True)
        return tagged(asked.evaluate(facts, now=NOW, budget=Budget(_OPERATIONS)))
    except FeelError:
        return DOES_NOT_PARSE


def our_verdict(text: str, value: str, facts: Mapping[str, Value]) -> Tagged:
    """Whether a value, written in FEEL, passes our unary tests, or that they do not parse."""
    asked = compile_expression(value, names=facts).evaluate(facts, now=NOW)
    try:
        return compile_unary_tests(text, names=facts, lenient=True).matches(asked, facts, now=NOW)
    except FeelError:
        return DOES_NOT_PARSE


def tagged(value: Value) -> Tagged:  # noqa: PLR0911  # one answer a kind
    """A value of ours with its kind."""
    match value:
        case None | bool() | str():
            return value
        case int() | float() | Decimal():
            return float(value)
        case Range():
            return {"range": [value.low_closed, tagged(value.low), tagged(value.high), value.high_closed]}
        case FunctionValue():
            return {"function": True}
        case Mapping():
            return {"context": {name: tagged(item) for name, item in value.items()}}
        case date() | FarDate() | FarDateTime() | time() | timedelta() | YearsMonths():
            return {_tag(value): write(value, Budget())}
    return [tagged(item) for item in value]


def _tag(value: date | FarDate | FarDateTime | time | timedelta | YearsMonths) -> str:
    if isinstance(value, datetime | FarDateTime):
        return "date and time"
    if isinstance(value, date | FarDate):
        return "date"
    return "time" if isinstance(value, time) else "duration"


def agree(ours: Tagged, theirs: Tagged) -> bool:
    """Whether both are the same value: theirs counts in binary, so a number may be off by a hair."""
    if isinstance(ours, bool | str | None) or isinstance(theirs, bool | str | None):
        return type(ours) is type(theirs) and ours == theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return ours.keys() == theirs.keys() and all(_entries_agree(name, ours, theirs) for name in ours)
    if isinstance(ours, Sequence) and isinstance(theirs, Sequence):
        return len(ours) == len(theirs) and all(map(agree, ours, theirs))
    if isinstance(ours, float | int) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return False


def _entries_agree(name: str, ours: Mapping[str, Tagged], theirs: Mapping[str, Tagged]) -> bool:
    one, other = ours[name], theirs[name]
    if name == "duration" and isinstance(one, str) and isinstance(other, str):
        return _same_length(one, other)
    return name == "error" or agree(one, other)


def _same_length(one: str, other: str) -> bool:
    try:
        return read_duration(one) == read_duration(other)
    except NoValue:  # theirs may count years and days together
        return False
