"""Equality, order and belonging, with FEEL's third answer (DMN 1.5, tables 53 and 54).

Values of different kinds are not different: there is no answer, and NoValue says why.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from processes.decisions.budget import Budget
from processes.decisions.errors import NoValue
from processes.decisions.far_dates import FarDate, FarDateTime
from processes.decisions.temporal import aligned, time_key
from processes.decisions.values import Kind, Range, Value, YearsMonths, kind_of

PLAIN = frozenset({bool, Decimal, str, date, FarDate, FarDateTime, timedelta, YearsMonths})
_ORDERED = frozenset({Decimal, str, date, FarDate, timedelta, YearsMonths})
_RANGED = _ORDERED | {datetime, time}
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}

ORDER_OPERATORS = frozenset(_ORDER)


def equal(left: Value, right: Value, budget: Budget) -> bool:
    """Whether both are the same value; null equals only null. Raises NoValue across kinds."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        raise NoValue(f"no se puede comparar {kind_of(left)} con {kind_of(right)}")
    if kind in PLAIN:
        return left == right
    if isinstance(left, datetime) and isinstance(right, datetime):
        one, other = aligned(left, right)
        return one == other
    if isinstance(left, time) and isinstance(right, time):
        return time_key(left) == time_key(right)
    with budget.inside():
        return _equal_parts(left, right, budget)


def equal_or_only(left: Value, right: Value, budget: Budget) -> bool:
    """As `equal`, for `=`: a list of one item is that item (10.3.2.9.4)."""
    if isinstance(left, list) and len(left) == 1 and right is not None and not isinstance(right, list):
        left = left[0]
    elif isinstance(right, list) and len(right) == 1 and left is not None and not isinstance(left, list):
        right = right[0]
    return equal(left, right, budget)


def same(left: Value, right: Value, budget: Budget) -> bool:
    """As `equal`, and values of different kinds are simply not the same."""
    try:
        return equal(left, right, budget)
    except NoValue:
        return False


def compare(operator: str, left: Value, right: Value) -> bool:
    """`left operator right` for `<`, `<=`, `>`, `>=`; raises NoValue across kinds and for null."""
    if type(left) is type(right):
        if type(left) in _ORDERED:
            return _ORDER[operator](left, right)
        if isinstance(left, datetime) and isinstance(right, datetime):
            return _ORDER[operator](*aligned(left, right))
        if isinstance(left, time) and isinstance(right, time):
            return _ORDER[operator](time_key(left), time_key(right))
    raise NoValue(f"no se puede ordenar {kind_of(left)} con {kind_of(right)}")


def range_of(low: Value, high: Value, *, low_closed: bool, high_closed: bool) -> Range:
    """The range between two ends; raises NoValue unless both are of one kind that has an order."""
    if low is None or high is None:
        raise NoValue("el rango tiene un extremo nulo")
    if type(low) is not type(high) or type(low) not in _RANGED:
        raise NoValue(f"un rango no puede ir de {kind_of(low)} a {kind_of(high)}")
    return Range(low, high, low_closed, high_closed)


def open_range(operator: str, end: Value) -> Range:
    """`(< end)` and the like as a range; raises NoValue for what has no order, and for `!=`."""
    if type(end) not in _RANGED or operator == "!=":
        raise NoValue(f"«{operator} {kind_of(end)}» no es un rango")
    closed = operator in ("<=", ">=", "=")
    low = None if operator in ("<", "<=") else end
    high = None if operator in (">", ">=") else end
    return Range(low, high, closed and low is not None, closed and high is not None)


def within(value: Value, span: Range) -> bool:
    """Whether `value` lies in `span`; an open end (None) does not bound. Raises NoValue as `compare`."""
    above = span.low is None or compare(">=" if span.low_closed else ">", value, span.low)
    below = span.high is None or compare("<=" if span.high_closed else "<", value, span.high)
    return above and below


def belongs(value: Value, container: Value, budget: Budget) -> bool:
    """`value in container`: a range holds it, a list has it or a range that holds it, or equality.

    A range in a range is equality too.
    """
    if isinstance(container, Range) and not isinstance(value, Range):
        return within(value, container)
    if isinstance(container, list):
        budget.items(len(container))
        if any(_is_item(value, item, budget) for item in container):
            return True
        return isinstance(value, list) and equal(value, container, budget)
    return equal(value, container, budget)


def _is_item(value: Value, item: Value, budget: Budget) -> bool:
    if isinstance(item, Range) and kind_of(value) is not Kind.RANGE:
        try:
            return within(value, item)
        except NoValue:
            return False
    return same(value, item, budget)


def _equal_parts(left: Value, right: Value, budget: Budget) -> bool:
    if isinstance(left, Range) and isinstance(right, Range):
        ends = (left.low_closed, left.high_closed) == (right.low_closed, right.high_closed)
        return ends and same(left.low, right.low, budget) and same(left.high, right.high, budget)
    if isinstance(left, list) and isinstance(right, list):
        budget.items(len(left))
        return len(left) == len(right) and all(
            same(one, other, budget) for one, other in zip(left, right, strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        budget.items(len(left))
        return left.keys() == right.keys() and all(
            same(item, right[name], budget) for name, item in left.items()
        )
    return False  # two functions, which are never equal
