"""Arithmetic by kinds of operands (DMN 1.5, tables 60 to 63)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from processes.decisions.budget import Budget
from processes.decisions.decimals import CONTEXT, calculate
from processes.decisions.errors import NoValue
from processes.decisions.temporal import add_months, aligned, located_instant, time_key, utc_midnight
from processes.decisions.values import Kind, Value, YearsMonths, kind_of

_POWER_OPERATIONS = 500  # a power of 34 digits costs as much as that many additions
_CALENDAR_OPERATIONS = 8
_LONGEST_DURATION_EXPONENT = 20  # 9,999 years are some 10**17 microseconds
_MICROSECOND = timedelta(microseconds=1)


def combine(operator: str, left: Value, right: Value, budget: Budget) -> Value:
    """`left operator right`; raises NoValue when the kinds have no such operation."""
    if type(left) is Decimal and type(right) is Decimal:
        if operator == "**":
            budget.spend(_POWER_OPERATIONS)
        return calculate(operator, left, right)
    if type(left) is str and type(right) is str and operator == "+":
        return budget.text(left + right)
    kinds = kind_of(left), kind_of(right)
    operation = _OPERATIONS.get((operator, *kinds))
    if operation is None:
        raise NoValue(_no_operation(operator, *kinds))
    budget.spend(_CALENDAR_OPERATIONS)
    try:
        return operation(left, right)
    except OverflowError as error:
        raise NoValue("el resultado queda fuera del calendario") from error


def negate(value: Value) -> Value:
    """`-value` for numbers and durations; raises NoValue for the rest."""
    if type(value) is Decimal:
        return CONTEXT.minus(value)
    if isinstance(value, timedelta):
        return -value
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    raise NoValue(f"no se puede cambiar el signo de {kind_of(value)}")


def _no_operation(operator: str, left: Kind, right: Kind) -> str:
    return f"no se puede calcular {left} {operator} {right}"


def _scaled(duration: timedelta, factor: Decimal, operator: str = "*") -> timedelta:
    microseconds = calculate(operator, Decimal(duration // _MICROSECOND), factor)
    return timedelta(microseconds=int(_bounded(microseconds).to_integral_value()))


def _scaled_months(span: YearsMonths, factor: Decimal, operator: str = "*") -> YearsMonths:
    return YearsMonths(int(_bounded(calculate(operator, Decimal(span.months), factor))))


def _bounded(amount: Decimal) -> Decimal:
    if amount.adjusted() > _LONGEST_DURATION_EXPONENT:
        raise NoValue("la duración es demasiado larga")
    return amount


def _shared(left: timedelta, right: timedelta) -> Decimal:
    return calculate("/", Decimal(left // _MICROSECOND), Decimal(right // _MICROSECOND))


def _shared_months(left: YearsMonths, right: YearsMonths) -> Decimal:
    return calculate("/", Decimal(left.months), Decimal(right.months))


def _shift(moment: datetime, duration: timedelta) -> datetime:
    """Elapsed time, so an aware moment is moved in UTC and shown again in its own zone."""
    if moment.tzinfo is None:
        return moment + duration
    return (located_instant(moment) + duration).astimezone(moment.tzinfo)


def _shift_time(clock: time, duration: timedelta) -> time:
    day = timedelta(days=1)
    moved = datetime.combine(date(2000, 1, 1), clock.replace(tzinfo=None)) + duration % day
    return moved.time().replace(tzinfo=clock.tzinfo)


def _shift_day(day: date, duration: timedelta) -> date:
    moved = datetime.combine(day, time()) + duration
    return moved.date()


def _elapsed(left: date, right: date) -> timedelta:
    """A date beside a date and time is its midnight in UTC (table 57)."""
    later, earlier = _instant(left), _instant(right)
    _check_zones(later, earlier)
    later, earlier = aligned(later, earlier)
    return later - earlier


def _instant(day: date) -> datetime:
    return day if isinstance(day, datetime) else utc_midnight(day)


def _between_times(left: time, right: time) -> timedelta:
    _check_zones(left, right)
    return time_key(left) - time_key(right)


def _check_zones(left: datetime | time, right: datetime | time) -> None:
    """The specification does not subtract what has a zone from what has none (table 57)."""
    if (left.tzinfo is None) != (right.tzinfo is None):
        raise NoValue("no se puede restar una hora con zona y otra sin ella")


_OPERATIONS: Mapping[tuple[str, Kind, Kind], Callable[[Any, Any], Value]] = {
    ("-", Kind.DATE, Kind.DATE): _elapsed,
    ("-", Kind.DATE, Kind.DATE_TIME): _elapsed,
    ("-", Kind.DATE_TIME, Kind.DATE): _elapsed,
    ("-", Kind.DATE_TIME, Kind.DATE_TIME): _elapsed,
    ("-", Kind.TIME, Kind.TIME): _between_times,
    ("+", Kind.DATE, Kind.DAYS): _shift_day,
    ("+", Kind.DAYS, Kind.DATE): lambda duration, day: _shift_day(day, duration),
    ("-", Kind.DATE, Kind.DAYS): lambda day, duration: _shift_day(day, -duration),
    ("+", Kind.DATE_TIME, Kind.DAYS): _shift,
    ("+", Kind.DAYS, Kind.DATE_TIME): lambda duration, moment: _shift(moment, duration),
    ("-", Kind.DATE_TIME, Kind.DAYS): lambda moment, duration: _shift(moment, -duration),
    ("+", Kind.TIME, Kind.DAYS): _shift_time,
    ("+", Kind.DAYS, Kind.TIME): lambda duration, clock: _shift_time(clock, duration),
    ("-", Kind.TIME, Kind.DAYS): lambda clock, duration: _shift_time(clock, -duration),
    ("+", Kind.DATE, Kind.MONTHS): lambda day, span: add_months(day, span.months),
    ("+", Kind.MONTHS, Kind.DATE): lambda span, day: add_months(day, span.months),
    ("-", Kind.DATE, Kind.MONTHS): lambda day, span: add_months(day, -span.months),
    ("+", Kind.DATE_TIME, Kind.MONTHS): lambda day, span: add_months(day, span.months),
    ("+", Kind.MONTHS, Kind.DATE_TIME): lambda span, day: add_months(day, span.months),
    ("-", Kind.DATE_TIME, Kind.MONTHS): lambda day, span: add_months(day, -span.months),
    ("+", Kind.DAYS, Kind.DAYS): lambda left, right: left + right,
    ("-", Kind.DAYS, Kind.DAYS): lambda left, right: left - right,
    ("*", Kind.DAYS, Kind.NUMBER): _scaled,
    ("*", Kind.NUMBER, Kind.DAYS): lambda factor, duration: _scaled(duration, factor),
    ("/", Kind.DAYS, Kind.NUMBER): lambda span, share: _scaled(span, share, "/"),
    ("/", Kind.DAYS, Kind.DAYS): _shared,
    ("+", Kind.MONTHS, Kind.MONTHS): lambda left, right: YearsMonths(left.months + right.months),
    ("-", Kind.MONTHS, Kind.MONTHS): lambda left, right: YearsMonths(left.months - right.months),
    ("*", Kind.MONTHS, Kind.NUMBER): _scaled_months,
    ("*", Kind.NUMBER, Kind.MONTHS): lambda factor, span: _scaled_months(span, factor),
    ("/", Kind.MONTHS, Kind.NUMBER): lambda span, share: _scaled_months(span, share, "/"),
    ("/", Kind.MONTHS, Kind.MONTHS): _shared_months,
}
