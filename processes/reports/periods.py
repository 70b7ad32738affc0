"""The periods that reports cover: pure dates. A period is reported once it has ended."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from processes.common.calendar import BOGOTA, WorkCalendar, day_in_bogota

_HALF = 15
_MORNING = timedelta(hours=7)
_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)


class Cadence(StrEnum):
    """How often a report is made."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    FOUR_MONTHS = "four_months"
    HALF_YEAR = "half_year"
    YEAR = "year"


CADENCE_LABELS: Mapping[Cadence, str] = MappingProxyType(
    {
        Cadence.WEEK: "semanal",
        Cadence.FORTNIGHT: "quincenal",
        Cadence.MONTH: "mensual",
        Cadence.QUARTER: "trimestral",
        Cadence.FOUR_MONTHS: "cuatrimestral",
        Cadence.HALF_YEAR: "semestral",
        Cadence.YEAR: "anual",
    }
)
_LENGTHS: Mapping[Cadence, int] = MappingProxyType(
    {Cadence.MONTH: 1, Cadence.QUARTER: 3, Cadence.FOUR_MONTHS: 4, Cadence.HALF_YEAR: 6, Cadence.YEAR: 12}
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `first` to `last`, both included. `key` is unique for its cadence and sorts by time."""

    first: date
    last: date
    key: str
    label: str

    @property
    def reported_on(self) -> date:
        """The first day on which the period can be reported: the day after its last."""
        return self.last + timedelta(days=1)


def reporting_day(now: datetime) -> date:
    """The day in Bogotá whose morning, at seven, has come: nothing is written to people at night."""
    return day_in_bogota(now - _MORNING)


def morning_of(day: date) -> datetime:
    """The instant at which `day` becomes the reporting day."""
    return datetime.combine(day, time(), BOGOTA) + _MORNING


def period_of(cadence: Cadence, day: date) -> Period:
    """The period of `cadence` that holds `day`.

    A week runs from Monday to Sunday (ISO 8601), the first fortnight to the 15th, and the others
    begin with the year.
    """
    if cadence is Cadence.WEEK:
        return _week(day)
    if cadence is Cadence.FORTNIGHT:
        return _fortnight(day)
    length = _LENGTHS[cadence]
    number = (day.month - 1) // length
    first_month = number * length + 1
    last_month = first_month + length - 1
    first = date(day.year, first_month, 1)
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    if cadence is Cadence.YEAR:
        return Period(first, last, f"{day.year}", f"año {day.year}")
    if cadence is Cadence.MONTH:
        return Period(first, last, f"{day.year}-{day.month:02}", f"{_MONTHS[day.month - 1]} de {day.year}")
    months = f"{_MONTHS[first_month - 1]} a {_MONTHS[last_month - 1]} de {day.year}"
    return Period(first, last, f"{day.year}-{length}m{number + 1}", months)


def last_ended(cadence: Cadence, today: date) -> Period:
    """The newest period that is over: what a run that was missed makes up for."""
    return period_of(cadence, period_of(cadence, today).first - timedelta(days=1))


def circular_day(period: Period, calendar: WorkCalendar, *, working_days_before: int) -> date:
    """The day of the circular: so many working days before the report of `period`."""
    return calendar.add_working_days(period.reported_on, -working_days_before)


def _week(day: date) -> Period:
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    last = first + timedelta(days=6)
    return Period(first, last, f"{year}-s{number:02}", f"semana del {first:%d/%m/%Y} al {last:%d/%m/%Y}")


def _fortnight(day: date) -> Period:
    month = f"{_MONTHS[day.month - 1]} de {day.year}"
    if day.day <= _HALF:
        first, last = day.replace(day=1), day.replace(day=_HALF)
        return Period(first, last, f"{day.year}-{day.month:02}-q1", f"primera quincena de {month}")
    first, last = day.replace(day=_HALF + 1), day.replace(day=monthrange(day.year, day.month)[1])
    return Period(first, last, f"{day.year}-{day.month:02}-q2", f"segunda quincena de {month}")
