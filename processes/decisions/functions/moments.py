"""Functions that make dates, times and durations (DMN 1.5, tables 71 and 73)."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TypeAlias

from processes.decisions.budget import Run
from processes.decisions.decimals import calculate, whole
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.temporal import (
    MONTHS_A_YEAR,
    read_date,
    read_date_time,
    read_duration,
    read_time,
)
from processes.decisions.values import Kind, Value, YearsMonths

_MICROSECONDS = Decimal(1_000_000)
_SECONDS_AN_HOUR = Decimal(3600)
_MIDNIGHT = "00:00:00@"

_Zone: TypeAlias = timedelta | Decimal | str | None


def _date_from(_run: Run, value: str | date) -> Value:
    return read_date(value) if isinstance(value, str) else _day(value)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _date_of(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> date:
    try:
        return date(whole(year), whole(month), whole(day))
    except (ValueError, OverflowError) as error:
        raise NoValue("no es un día del calendario") from error


def _time_from(_run: Run, value: str | date | time) -> Value:
    if isinstance(value, str):
        return read_time(value)
    if isinstance(value, time):
        return value
    return value.timetz() if isinstance(value, datetime) else time(tzinfo=UTC)


def _time_of(_run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: _Zone = None) -> Value:
    return _clock(hour, minute, second, _zone(offset))


def _clock(hour: Decimal, minute: Decimal, second: Decimal, zone: tzinfo | None) -> time:
    whole_second = int(second) if second.adjusted() < 2 else -1  # noqa: PLR2004  # two digits
    fraction = calculate("-", second, Decimal(whole_second))
    try:
        micros = int(calculate("*", fraction, _MICROSECONDS))
        return time(whole(hour), whole(minute), whole_second, micros, tzinfo=zone)
    except (ValueError, OverflowError) as error:
        raise NoValue("no es una hora del día") from error


def _zone(offset: _Zone) -> tzinfo | None:
    """An offset as a duration, an offset in hours, or a zone by its name."""
    if isinstance(offset, str):
        return read_date_time(f"2000-01-01T{_MIDNIGHT}{offset}").tzinfo
    if isinstance(offset, Decimal):
        offset = _hours(offset)
    if offset is None:
        return None
    try:
        return timezone(offset) if offset else UTC
    except ValueError as error:
        raise NoValue("la diferencia con UTC debe ser menor que un día") from error


def _hours(amount: Decimal) -> timedelta:
    try:
        return timedelta(seconds=whole(calculate("*", amount, _SECONDS_AN_HOUR)))
    except OverflowError as error:
        raise NoValue("la diferencia con UTC debe ser menor que un día") from error


def _date_time_from(_run: Run, value: str | date) -> Value:
    if isinstance(value, str):
        return read_date_time(value)
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _date_time_of(_run: Run, day: date, clock: time) -> Value:
    return datetime.combine(_day(day), clock)


def _date_time_of_parts(run: Run, *parts: Decimal) -> Value:
    year, month, day, hour, minute, second, *zone = parts
    clock = _clock(hour, minute, second, _zone(zone[0] if zone else None))
    return datetime.combine(_date_of(run, year, month, day), clock)


def _duration(_run: Run, value: str | timedelta | YearsMonths) -> Value:
    return read_duration(value) if isinstance(value, str) else value


def _months_between(_run: Run, start: date, end: date) -> Value:
    """Whole months between two days, negative when `end` is earlier; the time of day does not count."""
    first, last = _day(start), _day(end)
    if last < first:
        return YearsMonths(-_whole_months(last, first))
    return YearsMonths(_whole_months(first, last))


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    return months - (1 if end.day < start.day else 0)


_FROM_DAY = of("from", Kind.TEXT, Kind.DATE, Kind.DATE_TIME)
_DAY_PARTS = tuple(of(name, Kind.NUMBER) for name in ("year", "month", "day"))
_CLOCK_PARTS = tuple(of(name, Kind.NUMBER) for name in ("hour", "minute", "second"))
_ZONES = (Kind.DAYS, Kind.NUMBER, Kind.TEXT, Kind.NULL)

FUNCTIONS: tuple[Function, ...] = (
    function("date", way(_FROM_DAY, body=_date_from), way(*_DAY_PARTS, body=_date_of)),
    function(
        "time",
        way(of("from", Kind.TEXT, Kind.DATE, Kind.DATE_TIME, Kind.TIME), body=_time_from),
        way(*_CLOCK_PARTS, of("offset", Kind.DAYS, Kind.NULL, optional=True), body=_time_of),
    ),
    function(
        "date and time",
        way(_FROM_DAY, body=_date_time_from),
        way(of("date", Kind.DATE, Kind.DATE_TIME), of("time", Kind.TIME), body=_date_time_of),
        way(*_DAY_PARTS, *_CLOCK_PARTS, body=_date_time_of_parts),
        *(
            way(*_DAY_PARTS, *_CLOCK_PARTS, of(name, *_ZONES), body=_date_time_of_parts)
            for name in ("offset", "hour offset", "timezone")
        ),
    ),
    function("duration", way(of("from", Kind.TEXT, Kind.DAYS, Kind.MONTHS), body=_duration)),
    function(
        "years and months duration",
        way(
            of("from", Kind.DATE, Kind.DATE_TIME),
            of("to", Kind.DATE, Kind.DATE_TIME),
            body=_months_between,
        ),
    ),
)
