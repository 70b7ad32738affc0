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
from processes.decisions.temporal import aligned, time_key
from processes.decisions.values import Kind, Range, Value, YearsMonths, kind_of

PLAIN = frozenset({bool, Decimal, str, date, timedelta, YearsMonths})
_ORDERED = frozenset({Decimal, str, date, timedelta, YearsMonths})
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


def within(value: Value, span: Range) -> bool:
    """Whether `value` lies in `span`; an open end (None) does not bound. Raises NoValue as `compare`."""
    above = span.low is None or compare(">=" if span.low_closed else ">", value, span.low)
    below = span.high is None or compare("<=" if span.high_closed else "<", value, span.high)
    return above and below


def belongs(value: Value, container: Value, budget: Budget) -> bool:
    """`value in container`: a range holds it, a list has it or a range that holds it, or equality."""
    if isinstance(container, Range):
        return within(value, container)
    if isinstance(container, list):
        budget.items(len(container))
        return any(_is_item(value, item, budget) for item in container)
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
    raise NoValue(f"no se puede comparar {kind_of(left)}")
