"""The values of FEEL, and their kinds in the analyst's words.

Inside this package a number is always a Decimal and a list a Python list: `incoming` makes them so.
int and float are values only on their way in.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from processes.decisions.decimals import number
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.far_dates import FarDate, FarDateTime
from processes.decisions.limits import MAX_DEPTH, MAX_LIST_LENGTH, MAX_STRING_LENGTH

if TYPE_CHECKING:
    from processes.decisions.types_of_values import ValueType

Scalar: TypeAlias = bool | int | Decimal | str | date | datetime | timedelta | None


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration in years and months, kept as months; negative when it goes back."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """Values from `low` to `high`; None is an open end. Closed ends belong to it."""

    low: "Value"
    high: "Value"
    low_closed: bool = True
    high_closed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class FunctionValue:
    """A function as a value: written in FEEL, a knowledge model of a file, or one of the catalogue.

    `call(run, arguments)` takes them in the order of `parameters`; it raises NoValue when there is no
    answer. Two function values are never equal. `types` are those of its parameters and `answer` that of
    what it answers, where they are declared.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[..., "Value"]
    types: tuple["ValueType", ...] | None = None
    answer: "ValueType | None" = None


Value: TypeAlias = (
    bool
    | int
    | float
    | Decimal
    | str
    | date
    | datetime
    | time
    | FarDate
    | FarDateTime
    | timedelta
    | YearsMonths
    | Range
    | FunctionValue
    | Sequence["Value"]
    | Mapping[str, "Value"]
    | None
)


class Kind(StrEnum):
    """What a value is, in the analyst's words."""

    NULL = "nulo"
    BOOLEAN = "verdadero o falso"
    NUMBER = "número"
    TEXT = "texto"
    DATE = "fecha"
    DATE_TIME = "fecha y hora"
    FAR_DATE = "fecha de otra era"
    FAR_DATE_TIME = "fecha y hora de otra era"
    TIME = "hora"
    DAYS = "duración en días y horas"
    MONTHS = "duración en años y meses"
    LIST = "lista"
    RANGE = "rango"
    CONTEXT = "contexto"
    FUNCTION = "función"


_KINDS: Mapping[type, Kind] = {
    type(None): Kind.NULL,
    bool: Kind.BOOLEAN,
    Decimal: Kind.NUMBER,
    str: Kind.TEXT,
    date: Kind.DATE,
    datetime: Kind.DATE_TIME,
    FarDate: Kind.FAR_DATE,
    FarDateTime: Kind.FAR_DATE_TIME,
    time: Kind.TIME,
    timedelta: Kind.DAYS,
    YearsMonths: Kind.MONTHS,
    list: Kind.LIST,
    Range: Kind.RANGE,
    dict: Kind.CONTEXT,
    FunctionValue: Kind.FUNCTION,
}
_EXACT = 10**30  # whole numbers below it need no rounding
_AS_THEY_ARE = frozenset(
    {
        type(None),
        bool,
        date,
        datetime,
        FarDate,
        FarDateTime,
        time,
        timedelta,
        YearsMonths,
        Range,
        FunctionValue,
    }
)


def kind_of(value: Value) -> Kind:
    """The kind of a value of ours, one that `incoming` has seen."""
    return _KINDS[type(value)]


def incoming(value: object, depth: int = 0) -> Value:  # one answer a type
    """`value` from outside as a value of ours; numbers become Decimal.

    Raises FeelError for what is no value, is not finite or is beyond the bounds.
    """
    if type(value) is int and -_EXACT < value < _EXACT:
        return Decimal(value)
    if type(value) in _AS_THEY_ARE:
        return value  # type: ignore[return-value]  # narrowed by the set of types above
    if isinstance(value, str):
        return _text(str(value))
    if isinstance(value, int | Decimal | float):
        return incoming_number(value)
    if depth > MAX_DEPTH:
        raise FeelError(f"un valor no puede tener más de {MAX_DEPTH} niveles")
    if isinstance(value, list | tuple):
        return _list(value, depth)
    if isinstance(value, Mapping):
        return {str(name): incoming(item, depth + 1) for name, item in value.items()}
    raise FeelError(f"un valor de tipo «{type(value).__name__}» no se puede usar en una expresión")


def _text(value: str) -> str:
    if len(value) > MAX_STRING_LENGTH:
        raise FeelError(f"un texto no puede pasar de {MAX_STRING_LENGTH} caracteres")
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _list(value: Sequence[object], depth: int) -> Value:
    if len(value) > MAX_LIST_LENGTH:
        raise FeelError(f"una lista no puede pasar de {MAX_LIST_LENGTH} elementos")
    return [incoming(item, depth + 1) for item in value]


def incoming_number(value: float | Decimal) -> Decimal:
    """A number from outside as a number of ours; raises FeelError when it is not finite."""
    try:
        return number(value)
    except NoValue as error:
        raise FeelError(str(error)) from error
