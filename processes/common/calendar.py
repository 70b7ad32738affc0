"""The working calendar: a frozen value that is passed in wherever days are counted."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from zoneinfo import ZoneInfo

BOGOTA = ZoneInfo("America/Bogota")
"""The one zone in which the office's days and hours are counted."""

MONDAY_TO_FRIDAY = range(5)
_MAX_SPAN_DAYS = 4000
_INDEXED_FROM, _INDEXED_TO = date(1990, 1, 1).toordinal(), date(2105, 1, 1).toordinal()

OfficeHours = Mapping[int, tuple[tuple[time, time], ...]]
"""Opening spans by weekday (0 is Monday); a weekday without spans is closed."""


def day_in_bogota(instant: datetime) -> date:
    """The day of an aware instant in Bogota.

    In the first and last hours of time, which Bogota's clock cannot say, its day where it was written.
    """
    try:
        return instant.astimezone(BOGOTA).date()
    except OverflowError:
        return instant.date()


def usual_hours() -> OfficeHours:
    """Monday to Friday, 08:00 to 17:00."""
    return MappingProxyType({day: ((time(8), time(17)),) for day in MONDAY_TO_FRIDAY})


@dataclass(frozen=True, slots=True)
class _WorkingDays:
    """The working days of the indexed years: counting them is looking them up.

    `until` holds how many there are up to and including each day, `ordinals` each of them.
    """

    until: "array[int]"
    ordinals: "array[int]"


@lru_cache(maxsize=32)
def _working_days(non_working: frozenset[date], weekdays: tuple[int, ...]) -> _WorkingDays:
    skipped = {day.toordinal() for day in non_working}
    # The ordinal 1, 1 January of year 1, was a Monday.
    flags = [
        (ordinal - 1) % 7 in weekdays and ordinal not in skipped
        for ordinal in range(_INDEXED_FROM, _INDEXED_TO)
    ]
    ordinals = array("i", (_INDEXED_FROM + place for place, works in enumerate(flags) if works))
    return _WorkingDays(array("i", accumulate(flags)), ordinals)


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
    _index: _WorkingDays = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weekdays = tuple(day for day in range(7) if self.hours.get(day))
        if not weekdays:
            message = "a calendar needs at least one weekday with office hours"
            raise ValueError(message)
        object.__setattr__(self, "_index", _working_days(frozenset(self.non_working), weekdays))

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
        if not working_days:
            return start
        place = start.toordinal() - _INDEXED_FROM
        if 0 <= place < len(self._index.until):
            before = self._index.until[place] - (working_days < 0 and self.is_working_day(start))
            wanted = before + working_days - (working_days > 0)
            if 0 <= wanted < len(self._index.ordinals):
                return date.fromordinal(self._index.ordinals[wanted])
        return self._walk(start, working_days)

    def _walk(self, start: date, working_days: int) -> date:
        """Day by day, outside the indexed years."""
        step = timedelta(days=1 if working_days > 0 else -1)
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
        first, last = start.toordinal() - _INDEXED_FROM, end.toordinal() - _INDEXED_FROM
        if first >= 0 and last < len(self._index.until):
            return self._index.until[last] - self._index.until[first]
        whole_days = (end - start).days
        return sum(self.is_working_day(start + timedelta(days=n)) for n in range(1, whole_days + 1))

    def opening_time(self, day: date) -> time:
        """When the office opens on `day`, a working day. Raises ValueError on another."""
        spans = self.hours.get(day.weekday(), ())
        if not spans or day in self.non_working:
            message = f"the office does not open on {day.isoformat()}"
            raise ValueError(message)
        return spans[0][0]
