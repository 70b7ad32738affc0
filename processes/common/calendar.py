"""The working calendar: a frozen value that is passed in wherever days are counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

BOGOTA = ZoneInfo("America/Bogota")
"""The one zone in which the office's days and hours are counted."""

MONDAY_TO_FRIDAY = range(5)
_MAX_SPAN_DAYS = 4000

OfficeHours = Mapping[int, tuple[tuple[time, time], ...]]
"""Opening spans by weekday (0 is Monday); a weekday without spans is closed."""


def usual_hours() -> OfficeHours:
    """Monday to Friday, 08:00 to 17:00."""
    return MappingProxyType({day: ((time(8), time(17)),) for day in MONDAY_TO_FRIDAY})


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days count, and when the office is open.

    `non_working` holds national holidays and the local closures that suspend terms; days without
    office hours (Saturday and Sunday, usually) never count. `reasons` says why a date of
    `non_working` does not count, in Spanish.
    """

    non_working: frozenset[date] = frozenset()
    hours: OfficeHours = field(default_factory=usual_hours)
    reasons: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not any(self.hours.values()):
            message = "a calendar needs at least one weekday with office hours"
            raise ValueError(message)

    def is_working_day(self, day: date) -> bool:
        """Whether `day` counts in a term of working days (Ley 4 de 1913, art. 62)."""
        return bool(self.hours.get(day.weekday())) and day not in self.non_working

    def is_open_at(self, local: datetime) -> bool:
        """Whether the office receives at this local time; the closing minute is inside."""
        moment = local.time().replace(second=0, microsecond=0, tzinfo=None)
        return self.is_working_day(local.date()) and any(
            opens <= moment <= closes for opens, closes in self.hours[local.weekday()]
        )

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.add_working_days(day, 1)

    def on_or_after(self, day: date) -> date:
        """`day` when it is a working day, else the first one after it."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, start: date, working_days: int) -> date:
        """Last day of a term of `working_days` days; the day after `start` is day one.

        Only working days count (Ley 4 de 1913, art. 62). Zero returns `start`; a negative number
        counts back. Raises ValueError beyond 4,000 days.
        """
        if abs(working_days) > _MAX_SPAN_DAYS:
            message = f"a term of {working_days} working days is not a term"
            raise ValueError(message)
        step = timedelta(days=1 if working_days >= 0 else -1)
        day, left = start, abs(working_days)
        while left:
            day += step
            if self.is_working_day(day):
                left -= 1
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        whole_days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, whole_days + 1))

    def opening_time(self, day: date) -> time:
        """When the office opens on `day`, a working day. Raises ValueError on another."""
        spans = self.hours.get(day.weekday(), ())
        if not spans or day in self.non_working:
            message = f"the office does not open on {day.isoformat()}"
            raise ValueError(message)
        return spans[0][0]
