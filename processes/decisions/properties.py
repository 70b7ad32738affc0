"""The properties of values: `date.year`, `duration.days`, `range.start` (DMN 1.5, table 65).

A closed table by kind: no attribute of a Python object can be reached from an expression.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from processes.decisions.budget import Budget
from processes.decisions.errors import NoValue
from processes.decisions.far_dates import FarDate
from processes.decisions.temporal import MONTHS_A_YEAR, offset_of
from processes.decisions.values import Kind, Range, Value, YearsMonths, kind_of

_Reader = Callable[[Any], Value]
_SECOND = timedelta(seconds=1)
_OPERATIONS_AN_ITEM = 3


def property_of(value: Value, name: str, budget: Budget) -> Value:
    """The property of a value; of a list, that of each item, null where an item has none.

    Raises NoValue when its kind has no such property.
    """
    if value is None:
        raise NoValue(f"no se puede leer «{name}» de un valor nulo")
    if isinstance(value, list):
        budget.spend(_OPERATIONS_AN_ITEM * len(value))
        with budget.inside():
            return [_property_or_null(item, name, budget) for item in value]
    if isinstance(value, Mapping):
        return _field(value, name)
    reader = _READERS.get(kind_of(value), {}).get(name)
    if reader is None:
        raise NoValue(f"{kind_of(value)} no tiene la propiedad «{name}»")
    return reader(value)


def _property_or_null(value: Value, name: str, budget: Budget) -> Value:
    try:
        return property_of(value, name, budget)
    except NoValue:
        return None


def _field(context: Mapping[str, Value], name: str) -> Value:
    if name not in context:
        raise NoValue(f"el contexto no tiene «{name[:60]}»")
    return context[name]


def _count(read: Callable[[Any], int]) -> _Reader:
    return lambda value: Decimal(read(value))


def _duration_part(seconds_a_unit: int, units: int | None = None) -> _Reader:
    """A component of a duration, with the duration's sign."""

    def part(duration: timedelta) -> Value:
        whole = abs(duration) // _SECOND // seconds_a_unit
        amount = whole if units is None else whole % units
        return Decimal(amount if duration >= timedelta() else -amount)

    return part


def _months_part(read: Callable[[int], int]) -> _Reader:
    def part(duration: YearsMonths) -> Value:
        amount = read(abs(duration.months))
        return Decimal(amount if duration.months >= 0 else -amount)

    return part


def _second(clock: datetime | time) -> Value:
    return Decimal(clock.second) + Decimal(clock.microsecond).scaleb(-6)


def _offset(clock: datetime | time) -> Value:
    """A time of a region with summer time has an offset only on some day: we take the first of January."""
    return clock.utcoffset() if isinstance(clock, datetime) else offset_of(clock)


def _zone(clock: datetime | time) -> Value:
    return clock.tzinfo.key if isinstance(clock.tzinfo, ZoneInfo) else None


def _end(name: str) -> _Reader:
    def read(span: Range) -> Value:
        ends: Mapping[str, Value] = {
            "start": span.low,
            "end": span.high,
            "start included": span.low_closed,
            "end included": span.high_closed,
        }
        return ends[name]

    return read


_DATE: Mapping[str, _Reader] = {
    "year": _count(lambda day: day.year),
    "month": _count(lambda day: day.month),
    "day": _count(lambda day: day.day),
    "weekday": _count(date.isoweekday),
}
_TIME: Mapping[str, _Reader] = {
    "hour": _count(lambda clock: clock.hour),
    "minute": _count(lambda clock: clock.minute),
    "second": _second,
    "time offset": _offset,
    "timezone": _zone,
}
_FAR_DATE: Mapping[str, _Reader] = {
    "year": _count(lambda day: day.year),
    "month": _count(lambda day: day.month),
    "day": _count(lambda day: day.day),
    "weekday": _count(lambda day: FarDate.twin(day).isoweekday()),
}


def _of(part: str, readers: Mapping[str, _Reader]) -> Mapping[str, _Reader]:
    """The readers of a part of a value, for the whole value."""

    def through(read: _Reader) -> _Reader:
        return lambda value: read(part_of(value))

    part_of = attrgetter(part)
    return {name: through(read) for name, read in readers.items()}


_READERS: Mapping[Kind, Mapping[str, _Reader]] = {
    Kind.DATE: _DATE,
    Kind.DATE_TIME: {**_DATE, **_TIME},
    Kind.FAR_DATE: _FAR_DATE,
    Kind.FAR_DATE_TIME: {**_of("date", _FAR_DATE), **_of("time", _TIME)},
    Kind.TIME: _TIME,
    Kind.DAYS: {
        "days": _duration_part(86_400),
        "hours": _duration_part(3_600, 24),
        "minutes": _duration_part(60, 60),
        "seconds": _duration_part(1, 60),
    },
    Kind.MONTHS: {
        "years": _months_part(lambda months: months // MONTHS_A_YEAR),
        "months": _months_part(lambda months: months % MONTHS_A_YEAR),
    },
    Kind.RANGE: {name: _end(name) for name in ("start", "end", "start included", "end included")},
}
