"""The hours in which people of the entity are written to; what comes outside them waits until they begin."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Self

from processes.common.calendar import BOGOTA, WorkCalendar

_WRITTEN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class StaffHours:
    """From `opens` until before `closes`, in Bogota, on the working days of the entity.

    Raises ValueError when they do not begin before they end.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("hours begin before they end")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The hours written as "07:00-18:00"; None, any hour, for an empty text. Raises ValueError."""
        if not text:
            return None
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError("hours are written as 07:00-18:00")
        opens_hour, opens_minute, closes_hour, closes_minute = map(int, written.groups())
        return cls(time(opens_hour, opens_minute), time(closes_hour, closes_minute))

    def opening(self, now: datetime, calendar: WorkCalendar) -> datetime | None:
        """When a letter of `now` (aware) may leave, in UTC; None when it may leave at once."""
        local = now.astimezone(BOGOTA)
        day = local.date()
        if calendar.is_working_day(day):
            if self.opens <= local.time() < self.closes:
                return None
            if local.time() < self.opens:
                return datetime.combine(day, self.opens, BOGOTA).astimezone(UTC)
        return datetime.combine(calendar.next_working_day(day), self.opens, BOGOTA).astimezone(UTC)
