"""Functions of the calendar: FEEL's, and ours of working days.

Ours serve internal targets only: legal terms come from the terms room and never from a diagram.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from processes.common.calendar import WorkCalendar
from processes.decisions.budget import Run
from processes.decisions.decimals import whole
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.temporal import entity_now
from processes.decisions.values import Kind, Value

_MAX_WORKING_DAYS = 2_000
_MAX_CALENDAR_DAYS = 4_000
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = of("date", Kind.DATE, Kind.DATE_TIME)


def _now(run: Run) -> Value:
    return entity_now(run.now)


def _today(run: Run) -> Value:
    return entity_now(run.now).date()


def _named(names: tuple[str, ...], place: Callable[[date], int]) -> Callable[[Run, date], Value]:
    def name_of(_run: Run, day: date) -> Value:
        return names[place(day)]

    return name_of


def _day_of_year(_run: Run, day: date) -> Value:
    return Decimal(day.timetuple().tm_yday)


def _week_of_year(_run: Run, day: date) -> Value:
    return Decimal(day.isocalendar().week)


def _last_day_of_month(_run: Run, day: date) -> Value:
    last = monthrange(day.year, day.month)[1]
    return _plain(day).replace(day=last)


def _calendar(run: Run) -> WorkCalendar:
    if run.calendar is None:
        raise NoValue("aquí no hay calendario laboral")
    return run.calendar


def _working_days_after(run: Run, day: date, amount: Decimal) -> Value:
    days = whole(amount)
    if abs(days) > _MAX_WORKING_DAYS:
        raise NoValue(f"los días hábiles no pueden pasar de {_MAX_WORKING_DAYS}")
    run.budget.spend(2 * abs(days))
    try:
        return _calendar(run).add_working_days(_plain(day), days)
    except OverflowError as error:
        raise NoValue("la fecha queda fuera del calendario") from error


def _working_days_between(run: Run, start: date, end: date) -> Value:
    first, last = _plain(start), _plain(end)
    span = abs((last - first).days)
    if span > _MAX_CALENDAR_DAYS:
        raise NoValue(f"entre las fechas no puede haber más de {_MAX_CALENDAR_DAYS} días")
    run.budget.spend(span)
    return Decimal(_calendar(run).working_days_between(first, last))


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


FUNCTIONS: tuple[Function, ...] = (
    function("now", way(body=_now)),
    function("today", way(body=_today)),
    function("day of week", way(_DAY, body=_named(_DAY_NAMES, lambda day: day.weekday()))),
    function("month of year", way(_DAY, body=_named(_MONTH_NAMES, lambda day: day.month - 1))),
    function("day of year", way(_DAY, body=_day_of_year)),
    function("week of year", way(_DAY, body=_week_of_year)),
    function("last day of month", way(_DAY, body=_last_day_of_month)),
    function("working days after", way(_DAY, of("n", Kind.NUMBER), body=_working_days_after)),
    function(
        "working days between",
        way(
            of("start", Kind.DATE, Kind.DATE_TIME),
            of("end", Kind.DATE, Kind.DATE_TIME),
            body=_working_days_between,
        ),
    ),
)
