"""Functions that convert between kinds (DMN 1.5, tables 71 and 73)."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

from processes.decisions.budget import Run
from processes.decisions.decimals import number, whole
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, anything, function, of, way
from processes.decisions.temporal import (
    MONTHS_A_YEAR,
    read_date,
    read_date_time,
    read_duration,
    read_time,
)
from processes.decisions.values import Kind, Value, YearsMonths
from processes.decisions.writing import write

_NUMERAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPINGS = (" ", ",", ".", None)
_DECIMAL_SEPARATORS = (".", ",", None)


def _string(run: Run, value: Value) -> Value:
    return None if value is None else write(value, run.budget)


def _number(run: Run, text: str, grouping: str | None = None, separator: str | None = None) -> Value:
    run.budget.text(text)
    if grouping not in _GROUPINGS or separator not in _DECIMAL_SEPARATORS:
        raise NoValue("los separadores de un número son espacio, coma o punto")
    if grouping is not None and grouping == separator:
        raise NoValue("el separador de miles y el decimal deben ser distintos")
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(separator, ".") if separator else plain
    if not _NUMERAL.fullmatch(plain):
        raise NoValue(f"«{text[:40]}» no es un número")
    return number(plain)


def _date_from(_run: Run, value: str | date) -> Value:
    if isinstance(value, str):
        return read_date(value)
    return value.date() if isinstance(value, datetime) else value


def _date_of(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    try:
        return date(whole(year), whole(month), whole(day))
    except (ValueError, OverflowError) as error:
        raise NoValue("no es un día del calendario") from error


def _time_from(_run: Run, value: str | date) -> Value:
    if isinstance(value, str):
        return read_time(value)
    return value.timetz() if isinstance(value, datetime) else time(tzinfo=UTC)


def _time_of(
    _run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> Value:
    whole_second = int(second) if second.adjusted() < 2 else -1  # noqa: PLR2004  # two digits
    micros = int((second - whole_second) * 1_000_000)
    try:
        zone = None if offset is None else timezone(offset)
        return time(whole(hour), whole(minute), whole_second, micros, tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise NoValue("no es una hora del día") from error


def _date_time_from(_run: Run, value: str | date) -> Value:
    if isinstance(value, str):
        return read_date_time(value)
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _date_time_of(_run: Run, day: date, clock: time) -> Value:
    return datetime.combine(day, clock)


def _duration(_run: Run, text: str) -> Value:
    return read_duration(text)


def _months_between(_run: Run, start: date, end: date) -> Value:
    """Whole months from `start` to `end`, negative when `end` is earlier."""
    if end < start:
        return YearsMonths(-_whole_months(end, start))
    return YearsMonths(_whole_months(start, end))


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    return months - (1 if end.day < start.day else 0)


_FROM_DAY = of("from", Kind.TEXT, Kind.DATE, Kind.DATE_TIME)
_SEPARATOR_KINDS = (Kind.TEXT, Kind.NULL)

FUNCTIONS: tuple[Function, ...] = (
    function("string", way(anything("from"), body=_string)),
    function(
        "number",
        way(
            of("from", Kind.TEXT),
            of("grouping separator", *_SEPARATOR_KINDS, optional=True),
            of("decimal separator", *_SEPARATOR_KINDS, optional=True),
            body=_number,
        ),
    ),
    function(
        "date",
        way(_FROM_DAY, body=_date_from),
        way(
            of("year", Kind.NUMBER),
            of("month", Kind.NUMBER),
            of("day", Kind.NUMBER),
            body=_date_of,
        ),
    ),
    function(
        "time",
        way(_FROM_DAY, body=_time_from),
        way(
            of("hour", Kind.NUMBER),
            of("minute", Kind.NUMBER),
            of("second", Kind.NUMBER),
            of("offset", Kind.DAYS, Kind.NULL, optional=True),
            body=_time_of,
        ),
    ),
    function(
        "date and time",
        way(_FROM_DAY, body=_date_time_from),
        way(of("date", Kind.DATE), of("time", Kind.TIME), body=_date_time_of),
    ),
    function("duration", way(of("from", Kind.TEXT), body=_duration)),
    function(
        "years and months duration",
        way(of("from", Kind.DATE), of("to", Kind.DATE), body=_months_between),
    ),
)
