"""Values worth trying in a column: those that its cells name, and one between each two of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.compiler import compile_node
from processes.decisions.decimals import CONTEXT
from processes.decisions.errors import NoValue
from processes.decisions.values import Kind, Range, Value, YearsMonths

_DAY = timedelta(days=1)
_HALF = Decimal("0.5")
_OTHER_TEXTS = ("otro", "otro valor", "ninguno de los anteriores")
_UNNAMED: Mapping[Kind | None, list[Value]] = {Kind.TEXT: ["otro"], Kind.NUMBER: [Decimal(0)]}
_TESTS = (syntax.RangeOf, syntax.OrderTest, syntax.ListOf, syntax.Tests)


def constants_of(tests: syntax.Tests, frame: Frame) -> Iterator[Value]:
    """The values that a cell names: its literals, the ends of its ranges, `date("2026-03-01")`.

    Parts that read a fact or `?` are entered, for they name values too.
    """
    pending: list[syntax.Node] = [tests]
    while pending:
        node = pending.pop()
        if isinstance(node, _TESTS) or _reads_a_name(node):
            pending.extend(reversed(list(node.children())))
        else:
            yield from _elementary(_value(node, frame))


def points(constants: Iterable[Value], kind: Kind | None, *, free: bool, whole: bool = False) -> list[Value]:
    """What to try in a column: its `constants` first, each once, then what lies around them.

    Only `constants` when the column is not `free`, that is, when its values are computed and others
    may never occur; of a column of `whole` numbers only those. Null is tried where a cell names it.
    """
    named = _distinct(constants)
    found: list[Value] = [value for value in named if value is not None]
    if not found and free:
        found = _UNNAMED.get(kind, [])
    if kind is Kind.BOOLEAN:
        found = [True, False]
    elif free:
        for sort in dict.fromkeys(map(type, found)):
            found = found + _around([value for value in found if type(value) is sort], sort)
    if whole:
        found = [
            value for value in found if not isinstance(value, Decimal) or value == value.to_integral_value()
        ]
    return [*_distinct(found), *([None] if None in named else [])]


def _reads_a_name(node: syntax.Node) -> bool:
    return any(isinstance(part, syntax.Name) for part, _ in syntax.walk(node))


def _value(node: syntax.Node, frame: Frame) -> Value:
    try:
        return compile_node(node)(frame)
    except NoValue:
        return None


def _elementary(value: Value) -> Iterator[Value]:
    if isinstance(value, Range):
        yield from (end for end in (value.low, value.high) if end is not None)
    elif isinstance(value, list):
        for item in value:
            yield from _elementary(item)
    elif value is None or type(value) in (bool, str, *_STEPS):
        yield value


def _distinct(values: Iterable[Value]) -> list[Value]:
    """Each once; true is not 1."""
    return list({(type(value), value): value for value in values}.values())


def _around(values: list[Any], sort: type) -> list[Value]:
    """Of values of one sort: one below all, one between each two, one above all."""
    if sort is str:
        return [next((other for other in _OTHER_TEXTS if other not in values), "…")]
    if sort not in _STEPS:
        return []
    below, between, above = _STEPS[sort]
    try:
        ordered = sorted(values)
        tried = [below(ordered[0]), *(between(*pair) for pair in pairwise(ordered)), above(ordered[-1])]
    except (OverflowError, TypeError):
        return []
    return [value for value in tried if value is not None]


def _number_between(low: Decimal, high: Decimal) -> Value:
    """A whole number where there is one: an example that an office would meet."""
    whole = CONTEXT.add(low.to_integral_value(rounding="ROUND_FLOOR"), Decimal(1))
    return whole if whole < high else CONTEXT.multiply(CONTEXT.add(low, high), _HALF)


def _date_between(low: date, high: date) -> Value:
    return low + _DAY if low + _DAY < high else None


def _months_between(low: YearsMonths, high: YearsMonths) -> Value:
    return YearsMonths(low.months + 1) if low.months + 1 < high.months else None


def _time_between(low: time, high: time) -> Value:
    if low.tzinfo is not None or high.tzinfo is not None:
        return None
    start = datetime.combine(date.min, low)
    return (start + (datetime.combine(date.min, high) - start) / 2).time()


_STEPS: Mapping[type, tuple[Callable[[Any], Value], Callable[[Any, Any], Value], Callable[[Any], Value]]] = {
    Decimal: (
        lambda value: CONTEXT.subtract(value, Decimal(1)),
        _number_between,
        lambda value: CONTEXT.add(value, Decimal(1)),
    ),
    date: (lambda value: value - _DAY, _date_between, lambda value: value + _DAY),
    datetime: (
        lambda value: value - _DAY,
        lambda low, high: low + (high - low) / 2,
        lambda value: value + _DAY,
    ),
    timedelta: (
        lambda value: value - _DAY,
        lambda low, high: low + (high - low) / 2,
        lambda value: value + _DAY,
    ),
    YearsMonths: (
        lambda value: YearsMonths(value.months - 1),
        _months_between,
        lambda value: YearsMonths(value.months + 1),
    ),
    time: (
        lambda value: time.min if value > time.min else None,
        _time_between,
        lambda _value: time.max.replace(microsecond=0),
    ),
}
"""By sort: a value below, one between two, one above; None when there is none."""
