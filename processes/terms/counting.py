"""How days, months and hours are counted, with and without an account of each day."""

import calendar as months_of_the_year
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.terms.explained import DayCount, Stop
from processes.terms.lengths import Length, TermUnit

_WEEKDAYS = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo")
_ONLY_WORKING_DAYS = "Ley 4 de 1913, artículo 62"
_NO_DAYS_LEFT = "El término sigue y vence este mismo día: no quedaban más días"
_ONE_DAY = timedelta(days=1)
Days = tuple[DayCount, ...]


def last_day(start: date, length: Length, calendar: WorkCalendar, stops: Sequence[Stop] = ()) -> date:
    """The last day of a term that counts from the day after `start`.

    Working days skip what `calendar` skips; months end on the same day number, or on the last day of
    a shorter month (Código Civil, artículo 67), and on the first working day after it when that day
    is none (Ley 4 de 1913, artículo 62); calendar days skip nothing. Working days alone stop and go
    on (`stops`); with none left they end the day they go on. Raises ValueError for hours: they end at
    an instant.
    """
    if length.unit is TermUnit.WORKING_DAYS:
        return (
            _with_stops(start, length.amount, calendar, stops)
            if stops
            else calendar.add_working_days(start, length.amount)
        )
    if length.unit is TermUnit.MONTHS:
        return calendar.on_or_after(add_months(start, length.amount))
    if length.unit is TermUnit.CALENDAR_DAYS:
        return start + timedelta(days=length.amount)
    message = "a term in hours ends at an instant"
    raise ValueError(message)


def last_instant(start: datetime, hours: int) -> datetime:
    """The instant, in Bogota, at which `hours` by the clock end (Ley 4 de 1913, artículo 60)."""
    return start.astimezone(BOGOTA) + timedelta(hours=hours)


def add_months(start: date, months: int) -> date:
    """The same day number so many months later; the last day of a month that is shorter.

    Código Civil, artículo 67: a month from 31 January ends on 28 or 29 February.
    """
    whole = start.year * 12 + start.month - 1 + months
    year, month = divmod(whole, 12)
    longest = months_of_the_year.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, longest))


def _with_stops(start: date, amount: int, calendar: WorkCalendar, stops: Sequence[Stop]) -> date:
    day, left = start, amount
    for stop in stops:
        used = max(0, calendar.working_days_between(day, stop.after))
        if stop.until is None or left < used:
            break
        day, left = stop.until, left - used
    return calendar.on_or_after(calendar.add_working_days(day, left))


def account(
    start: date, length: Length, calendar: WorkCalendar, *, why_start: str, stops: Sequence[Stop] = ()
) -> Days:
    """Every day from `start` to the last one of `last_day`, counted or skipped, and why."""
    return _ACCOUNTS[length.unit](start, length.amount, calendar, stops, DayCount(start, None, why_start))


def account_of_hours(start: datetime, hours: int) -> Days:
    """Every date that a term in hours touches, with the hours gone by at its end."""
    begins, ends = start.astimezone(BOGOTA), last_instant(start, hours)
    days: list[DayCount] = []
    day = begins.date()
    while day <= ends.date():
        until = min(ends, datetime.combine(day + _ONE_DAY, time.min, BOGOTA))
        gone = (until - begins) // timedelta(hours=1)
        since = f"desde las {begins:%H:%M}" if day == begins.date() else "desde las 00:00"
        last = f" hasta las {ends:%H:%M}" if day == ends.date() else ""
        why = f"{_WEEKDAYS[day.weekday()]}: las horas corren {since}{last}; van {gone} de {hours}"
        days.append(DayCount(day, gone, why))
        day += _ONE_DAY
    return tuple(days)


def _working_days(
    start: date, amount: int, calendar: WorkCalendar, stops: Sequence[Stop], first: DayCount
) -> Days:
    last = last_day(start, Length(amount), calendar, stops)
    stopped, counted, days = _stopped_days(stops, last), iter(_counted(amount)), [first]
    opens, closed = [bool(calendar.hours.get(weekday)) for weekday in range(7)], calendar.non_working
    # By the ordinal, with no call for a day that counts: an account of sixty days is asked for often.
    for day in map(date.fromordinal, range(start.toordinal() + 1, last.toordinal() + 1)):
        if day in stopped:
            days.append(DayCount(day, None, stopped[day]))
        elif opens[day.weekday()] and day not in closed:
            days.append(DayCount(day, *next(counted)))
        else:
            days.append(DayCount(day, None, why_skipped(day, calendar)))
    if last in stopped:
        days[-1] = DayCount(last, amount, _NO_DAYS_LEFT)
    return tuple(days)


@lru_cache(maxsize=256)
def _counted(amount: int) -> tuple[tuple[int, str], ...]:
    return tuple((number, f"Día hábil {number} de {amount}") for number in range(1, amount + 1))


def _stopped_days(stops: Sequence[Stop], last: date) -> Mapping[date, str]:
    """Why each day of the stops does not count."""
    why: dict[date, str] = {}
    for stop in stops:
        until = min(stop.until or last, last)
        for number in range(1, (until - stop.after).days + 1):
            why[stop.after + timedelta(days=number)] = stop.why
    return why


def _calendar_days(
    start: date, amount: int, _calendar: WorkCalendar, _stops: Sequence[Stop], first: DayCount
) -> Days:
    counted = (
        DayCount(start + timedelta(days=number), number, f"Día calendario {number} de {amount}")
        for number in range(1, amount + 1)
    )
    return (first, *counted)


def _months(
    start: date, amount: int, calendar: WorkCalendar, _stops: Sequence[Stop], first: DayCount
) -> Days:
    days = [first]
    for number in range(1, amount + 1):
        day = add_months(start, number)
        shorter = "" if day.day == start.day else "; el mes es más corto y termina su último día"
        why = f"Termina el mes {number} de {amount} (Código Civil, artículo 67){shorter}"
        days.append(DayCount(day, number, why))
    day, last = days[-1].date, calendar.on_or_after(days[-1].date)
    if day < last:
        days[-1] = DayCount(day, None, f"{days[-1].why}. {why_skipped(day, calendar)}")
        between = (day + timedelta(days=number) for number in range(1, (last - day).days))
        days.extend(DayCount(each, None, why_skipped(each, calendar)) for each in between)
        days.append(DayCount(last, amount, f"Primer día hábil: aquí vence ({_ONLY_WORKING_DAYS})"))
    return tuple(days)


def why_skipped(day: date, calendar: WorkCalendar) -> str:
    """Why a day that is not a working day does not count, in Spanish, with its norm."""
    if day in calendar.non_working:
        return calendar.reasons.get(day, f"Día no hábil ({_ONLY_WORKING_DAYS})")
    return f"{_WEEKDAYS[day.weekday()]}: no es día hábil ({_ONLY_WORKING_DAYS})"


_Account = Callable[[date, int, WorkCalendar, Sequence[Stop], DayCount], Days]
_ACCOUNTS: Mapping[TermUnit, _Account] = MappingProxyType(
    {
        TermUnit.WORKING_DAYS: _working_days,
        TermUnit.CALENDAR_DAYS: _calendar_days,
        TermUnit.MONTHS: _months,
    }
)
