"""Days that Python's calendar cannot hold: those of years before 1 and after 9999 (DMN 1.5, 10.3.2.3.5).

They can be read, written, asked for their parts, told equal and, days alone, ordered. Nothing is added to
them, and they are not compared with the days of other years: there is no answer, and no case has such days.
"""

from dataclasses import dataclass
from datetime import date, time

from processes.decisions.errors import NoValue

_LARGEST_YEAR = 999_999_999
_YEARS_OF_A_CYCLE = 400  # after which the calendar repeats itself, its days of the week too
_SOME_CYCLE = 2000


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A day of a year below 1 (there is a year 0) or above 9999."""

    year: int
    month: int
    day: int

    def twin(self) -> date:
        """The day of our times that has the same name, month and day of the week."""
        return date(_SOME_CYCLE + self.year % _YEARS_OF_A_CYCLE, self.month, self.day)


@dataclass(frozen=True, slots=True)
class FarDateTime:
    """A time of such a day."""

    date: FarDate
    time: time


def day_of(year: int, month: int, day: int) -> date | FarDate:
    """The day of these parts; raises NoValue when it does not exist."""
    if abs(year) > _LARGEST_YEAR:
        raise NoValue("el año tiene más de nueve cifras")
    far = FarDate(year, month, day)
    try:
        twin = far.twin()
        return twin.replace(year=year) if date.min.year <= year <= date.max.year else far
    except (ValueError, OverflowError) as error:
        raise NoValue("no es un día del calendario") from error


def write_far_date(day: FarDate) -> str:
    """ISO 8601: four figures of the year at least, and the sign of one before 0."""
    return f"{'-' if day.year < 0 else ''}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"
