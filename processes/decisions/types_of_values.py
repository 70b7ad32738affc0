"""The types of FEEL: which values are of one, and how a value becomes one (DMN 1.5, 10.3.2.9)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from processes.decisions.budget import Budget
from processes.decisions.errors import NoValue
from processes.decisions.temporal import utc_midnight
from processes.decisions.values import FunctionValue, Kind, Range, Value, kind_of

_TYPE_OF_FAR = {Kind.FAR_DATE: Kind.DATE, Kind.FAR_DATE_TIME: Kind.DATE_TIME}
_NO_FIELDS: Mapping[str, "ValueType"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type. Without `kind` every value but null is of it.

    `item` is the type of a list's items, of a range's ends and of a function's answer; `fields` are
    those that a context must have; `parameters`, without which any function fits, a function's. One
    that is not `known` is only a name that a lenient reading came across.
    """

    name: str
    kind: Kind | None = None
    item: "ValueType | None" = None
    fields: Mapping[str, "ValueType"] = field(default_factory=lambda: _NO_FIELDS)
    parameters: tuple["ValueType", ...] | None = None
    known: bool = True


ANY = ValueType("Any")
SIMPLE_TYPES: Mapping[str, ValueType] = MappingProxyType(
    {
        name: ValueType(name, kind)
        for name, kind in {
            "Any": None,
            "Null": Kind.NULL,
            "boolean": Kind.BOOLEAN,
            "number": Kind.NUMBER,
            "string": Kind.TEXT,
            "date": Kind.DATE,
            "time": Kind.TIME,
            "date and time": Kind.DATE_TIME,
            "dateTime": Kind.DATE_TIME,
            "days and time duration": Kind.DAYS,
            "dayTimeDuration": Kind.DAYS,
            "years and months duration": Kind.MONTHS,
            "yearMonthDuration": Kind.MONTHS,
            "list": Kind.LIST,
            "context": Kind.CONTEXT,
            "range": Kind.RANGE,
            "function": Kind.FUNCTION,
        }.items()
    }
)
"""The types that have a name of their own; `list`, `range` and the like take anything inside."""


def is_of(value: Value, wanted: ValueType, budget: Budget) -> bool:
    """Whether `value` is an instance of `wanted`; null is only of `Null` (table 49)."""
    if wanted.kind is None:
        return value is not None
    kind = kind_of(value)
    if kind is not wanted.kind and _TYPE_OF_FAR.get(kind) is not wanted.kind:
        return False
    if wanted.item is None and not wanted.fields and wanted.parameters is None:
        return True
    with budget.inside():
        return _parts_are_of(value, wanted, budget)


def _parts_are_of(value: Value, wanted: ValueType, budget: Budget) -> bool:
    if isinstance(value, dict):
        budget.items(len(wanted.fields))
        return all(name in value and _fits(value[name], part, budget) for name, part in wanted.fields.items())
    if isinstance(value, FunctionValue):
        return _takes(value, wanted)
    if wanted.item is None:
        return True
    if isinstance(value, Range):
        return all(_fits(end, wanted.item, budget) for end in (value.low, value.high))
    items = value if isinstance(value, list) else []
    budget.items(len(items))
    return wanted.item.kind is None or all(is_of(item, wanted.item, budget) for item in items)


def _fits(value: Value, wanted: ValueType, budget: Budget) -> bool:
    """An entry of a context, and the open end of a range, may be null whatever their type."""
    return value is None or is_of(value, wanted, budget)


def _takes(function: FunctionValue, wanted: ValueType) -> bool:
    """Whether the function may stand where `wanted` is asked for: it takes at least what that takes."""
    if wanted.parameters is None:
        return True
    if len(function.parameters) != len(wanted.parameters):
        return False
    own = function.types or (ANY,) * len(function.parameters)
    taken = all(_conforms(given, mine) for given, mine in zip(wanted.parameters, own, strict=True))
    # What a function answers is not declared in FEEL, so most functions may answer anything.
    answers = wanted.item is None or function.answer is None or _conforms(function.answer, wanted.item)
    return taken and answers


def _conforms(one: ValueType, other: ValueType) -> bool:
    """Whether every value of `one` is of `other`, as far as their kinds tell."""
    if other.kind is None:
        return True
    if one.kind is not other.kind:
        return False
    return one.item is None or other.item is None or _conforms(one.item, other.item)


def converted(value: Value, wanted: ValueType, budget: Budget) -> Value:
    """`value` as `wanted`, by the implicit conversions (10.3.2.9.4).

    `[x]` is x, x is `[x]`, and a date is its midnight in UTC. Null stays null. Raises NoValue when
    no conversion makes it one.
    """
    if value is None or wanted.kind is None or is_of(value, wanted, budget):
        return value
    only: Value = value[0] if isinstance(value, list) and len(value) == 1 else None
    if only is not None and is_of(only, wanted, budget):
        return only
    if wanted.kind is Kind.LIST and not isinstance(value, list) and is_of([value], wanted, budget):
        return [value]
    if wanted.kind is Kind.DATE_TIME and type(value) is date:
        return utc_midnight(value)
    raise NoValue(f"se esperaba {wanted.name} y es {kind_of(value)}")
