"""Facts of a case: their declared types, and their passage between storage and expressions.

Storage holds flat JSON scalars, so a date is text there: its declared type makes it a date again.
Guessing would make `received > date(...)` null in silence.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from processes.decisions.decimals import number
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.temporal import (
    read_date,
    read_date_time,
    read_duration,
    read_time,
    write_date_time,
    write_days,
)
from processes.decisions.values import Kind, Value, incoming, incoming_number, kind_of

StoredFact = str | int | float | bool | None

# Whole numbers up to here are the same in every JSON reader (RFC 8259, 6).
_LARGEST_SHARED_INTEGER = 2**53 - 1
_LARGEST_FLOAT_EXPONENT = 300


class FactType(StrEnum):
    """What a process declares a fact to be."""

    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATE_TIME = "date_time"
    DURATION = "duration"

    @property
    def kind(self) -> Kind:
        """The kind of values that the fact has."""
        return _KINDS[self]


_KINDS: Mapping[FactType, Kind] = {
    FactType.STRING: Kind.TEXT,
    FactType.NUMBER: Kind.NUMBER,
    FactType.BOOLEAN: Kind.BOOLEAN,
    FactType.DATE: Kind.DATE,
    FactType.DATE_TIME: Kind.DATE_TIME,
    FactType.DURATION: Kind.DAYS,
}
TYPE_REFERENCES: Mapping[str, Kind | None] = {
    "string": Kind.TEXT,
    "number": Kind.NUMBER,
    "integer": Kind.NUMBER,
    "long": Kind.NUMBER,
    "double": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "date and time": Kind.DATE_TIME,
    "dateTime": Kind.DATE_TIME,
    "date_time": Kind.DATE_TIME,
    "days and time duration": Kind.DAYS,
    "dayTimeDuration": Kind.DAYS,
    "duration": Kind.DAYS,
    "years and months duration": Kind.MONTHS,
    "yearMonthDuration": Kind.MONTHS,
    "Any": None,
    "any": None,
    "context": Kind.CONTEXT,
    "list": Kind.LIST,
    "function": Kind.FUNCTION,
}
"""The kinds behind the type names of DMN and of its editors; `Any` is any kind."""

_READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.DATE: read_date,
    Kind.DATE_TIME: read_date_time,
    Kind.TIME: read_time,
    Kind.DAYS: read_duration,
    Kind.MONTHS: read_duration,
}


def coerced(value: Value, kind: Kind | None) -> Value:
    """`value` as the declared kind: text is read as a date, a date is its midnight, `[x]` is x.

    Null stays null. Raises NoValue when the value is of another kind (DMN 1.5, 10.3.2.9.4).
    """
    if value is None or kind is None or kind_of(value) is kind:
        return value
    if isinstance(value, list) and len(value) == 1:
        return coerced(value[0], kind)
    if isinstance(value, str) and kind in _READERS:
        value = _READERS[kind](value)
    elif kind is Kind.DATE_TIME and type(value) is date:
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001  # the entity's zone
    if kind_of(value) is not kind:
        raise NoValue(f"se esperaba {kind} y es {kind_of(value)}")
    return value


def read_fact(value: Value, kind: Kind) -> Value:
    """A text from outside as the declared kind: a date, a time, a duration, a numeral; the rest as it is.

    Raises NoValue for a text that is none.
    """
    if not isinstance(value, str) or kind is Kind.TEXT:
        return value
    if kind is Kind.NUMBER:
        return number(value.strip())
    return _READERS[kind](value.strip()) if kind in _READERS else value


def to_stored(value: Value) -> StoredFact:
    """A value as a flat JSON scalar, without loss: dates in ISO 8601, whole numbers as int.

    A number that neither int nor float holds exactly is its text. Raises FeelError for lists,
    ranges and contexts, which are no facts.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        return _stored_number(incoming_number(value))
    if isinstance(value, datetime):
        return write_date_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return write_days(value)
    raise FeelError(f"un dato no puede ser {kind_of(value)}")


def from_stored(value: object, declared: FactType) -> Value:
    """A stored scalar as its declared type, ready for an expression.

    Raises FeelError when it is not of that type.
    """
    known = incoming(value)
    try:
        if declared is FactType.NUMBER and isinstance(known, str):
            return number(known)
        return coerced(known, declared.kind)
    except NoValue as error:
        raise FeelError(f"el dato guardado no es {declared.kind}: {error}") from error


def _stored_number(value: Decimal) -> StoredFact:
    if abs(value.adjusted()) > _LARGEST_FLOAT_EXPONENT:
        return str(value)
    if value == value.to_integral_value() and abs(value) <= _LARGEST_SHARED_INTEGER:
        return int(value)
    inexact = float(value)
    return inexact if Decimal(repr(inexact)) == value else str(value)
