"""Functions that make dates, times and durations (DMN 1.5, tables 71 and 73)."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TypeAlias

from processes.decisions.budget import Run
from processes.decisions.decimals import calculate, whole
from processes.decisions.errors import NoValue
from processes.decisions.far_dates import FarDate, FarDateTime, day_of
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.temporal import (
    MONTHS_A_YEAR,
    combined,
    read_date,
    read_date_time,
    read_duration,
    read_time,
)
from processes.decisions.values import Kind, Value, YearsMonths

_MICROSECONDS = Decimal(1_000_000)
_SECONDS_AN_HOUR = Decimal(3600)
_READING_OPERATIONS = 20
_MIDNIGHT = "00:00:00@"

_Zone: TypeAlias = timedelta | Decimal | str | None
_AnyDate: TypeAlias = date | FarDate | FarDateTime  # a datetime is a date too


def _date_from(run: Run, value: str | _AnyDate) -> Value:
    return read_date(_paid(run, value)) if isinstance(value, str) else _day(value)


def _paid(run: Run, text: str) -> str:
    """The text, its reading paid for: with a zone it takes some ten microseconds."""
    run.budget.spend(_READING_OPERATIONS)
    return text


def _day(value: _AnyDate) -> date | FarDate:
    if isinstance(value, FarDateTime):
        return value.date
    return value.date() if isinstance(value, datetime) else value


def _date_of(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> date | FarDate:
    return day_of(whole(year), whole(month), whole(day))


def _time_from(run: Run, value: str | _AnyDate | time) -> Value:
    if isinstance(value, str):
        return read_time(_paid(run, value))
    if isinstance(value, time):
        return value
    if isinstance(value, FarDateTime):
        return value.time
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
        return read_time(f"{_MIDNIGHT}{offset}").tzinfo
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


def _date_time_from(run: Run, value: str | _AnyDate) -> Value:
    if isinstance(value, str):
        return read_date_time(_paid(run, value))
    return value if isinstance(value, datetime | FarDateTime) else combined(value, time())


def _date_time_of(_run: Run, day: _AnyDate, clock: time) -> Value:
    return combined(_day(day), clock)


def _date_time_of_parts(run: Run, *parts: Decimal) -> Value:
    year, month, day, hour, minute, second, *zone = parts
    clock = _clock(hour, minute, second, _zone(zone[0] if zone else None))
    return combined(_date_of(run, year, month, day), clock)


def _duration(run: Run, value: str | timedelta | YearsMonths) -> Value:
    return read_duration(_paid(run, value)) if isinstance(value, str) else value


def _months_between(_run: Run, start: _AnyDate, end: _AnyDate) -> Value:
    """Whole months between two days, negative when `end` is earlier; the time of day does not count."""
    first, last = _parts(_day(start)), _parts(_day(end))
    if last < first:
        return YearsMonths(-_whole_months(last, first))
    return YearsMonths(_whole_months(first, last))


def _parts(day: date | FarDate) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _whole_months(start: tuple[int, int, int], end: tuple[int, int, int]) -> int:
    months = (end[0] - start[0]) * MONTHS_A_YEAR + end[1] - start[1]
    return months - (1 if end[2] < start[2] else 0)


_DATES = (Kind.DATE, Kind.DATE_TIME, Kind.FAR_DATE, Kind.FAR_DATE_TIME)
_FROM_DAY = of("from", Kind.TEXT, *_DATES)
_DAY_PARTS = tuple(of(name, Kind.NUMBER) for name in ("year", "month", "day"))
_CLOCK_PARTS = tuple(of(name, Kind.NUMBER) for name in ("hour", "minute", "second"))
_ZONES = (Kind.DAYS, Kind.NUMBER, Kind.TEXT, Kind.NULL)

FUNCTIONS: tuple[Function, ...] = (
    function("date", way(_FROM_DAY, body=_date_from), way(*_DAY_PARTS, body=_date_of)),
    function(
        "time",
        way(of("from", Kind.TEXT, Kind.TIME, *_DATES), body=_time_from),
        way(*_CLOCK_PARTS, of("offset", Kind.DAYS, Kind.NULL, optional=True), body=_time_of),
    ),
    function(
        "date and time",
        way(_FROM_DAY, body=_date_time_from),
        way(of("date", *_DATES), of("time", Kind.TIME), body=_date_time_of),
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
            of("from", *_DATES),
            of("to", *_DATES),
            body=_months_between,
        ),
    ),
)
