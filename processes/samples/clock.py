"""The clock of the samples: it stands where it is put, and is only ever put forward."""

from datetime import UTC, date, datetime, time

from processes.common.calendar import BOGOTA, WorkCalendar


class StandingClock:
    """Tells the same instant until it is set to a later one."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant that it was set to."""
        return self._now

    def set_forward(self, to: datetime) -> None:
        """Stand at `to` from now on. Raises ValueError for an earlier instant."""
        if to < self._now:
            message = f"the sample's clock cannot go back from {self._now} to {to}"
            raise ValueError(message)
        self._now = to


def instant_before(day: date, *, working_days: int, at: time, calendar: WorkCalendar) -> datetime:
    """The local time `at`, so many working days before `day`; aware, in UTC as every clock tells it."""
    return datetime.combine(calendar.add_working_days(day, -working_days), at, BOGOTA).astimezone(UTC)
