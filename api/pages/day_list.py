"""The days of a term by month, as the pages list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from babel.dates import format_date
from markupsafe import Markup

from processes.terms.explained import DayCount

_LOCALE = "es_CO"


@dataclass(frozen=True, slots=True)
class MonthOfDays:
    """One month of a term: its name, its days in order, how many of them counted.

    `starts_on` is the weekday of the first of them, 1 on Monday: the column of a calendar. `whole`:
    no day is left out between the first and the last, as some are in a term of months.
    """

    name: str
    days: tuple[DayCount, ...]
    starts_on: int
    counted: int
    whole: bool

    @property
    def skipped(self) -> int:
        """Days of the month that did not count."""
        return len(self.days) - self.counted


def months(days: Iterable[DayCount]) -> tuple[MonthOfDays, ...]:
    """The days of a term, gathered by month, in order."""
    by_month = groupby(days, key=lambda each: each.date.replace(day=1))
    return tuple(_month(first, tuple(group)) for first, group in by_month)


def weekday_and_day(value: date) -> Markup:
    """A day inside a month that was named before: "lunes 23"; machines read the whole date."""
    spoken = format_date(value, "EEEE d", locale=_LOCALE)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), spoken)


def _month(first: date, days: tuple[DayCount, ...]) -> MonthOfDays:
    return MonthOfDays(
        name=format_date(first, "MMMM 'de' y", locale=_LOCALE).capitalize(),
        days=days,
        starts_on=days[0].date.isoweekday(),
        counted=sum(each.counted for each in days),
        whole=(days[-1].date - days[0].date).days == len(days) - 1,
    )
