"""The days that do not count: Colombia's holidays and the closures that an entity decrees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays as holidays_library

from processes.common.calendar import OfficeHours, WorkCalendar, usual_hours
from processes.common.errors import Invalid

CALENDAR_YEARS = range(1991, 2101)
"""The years in which a petition may be filed."""

_HOLIDAY_YEARS = range(1991, 2104)
"""A term that begins in the last year of the calendar still finds its holidays."""

_CHIQUINQUIRA = "Chiquinquirá"
_VACATIONS = "Ley 4 de 1913, artículo 62"
_NEW_LAW = "Ley 2578 de 2026, artículo 6"


@dataclass(frozen=True, slots=True)
class LocalClosure:
    """A day that an entity decrees closed.

    Only a published act suspends terms (Ley 4 de 1913, artículo 62: "vacantes"); a closure that
    does not suspend them leaves the day counting.
    """

    on: date
    act: str
    suspends_terms: bool = True

    def __post_init__(self) -> None:
        if self.suspends_terms and not self.act.strip():
            raise Invalid(
                f"El cierre del {self.on.isoformat()} no suspende términos sin el acto que lo "
                "ordena. Escriba el número y la fecha del acto.",
                {"act": "Escriba el número y la fecha del acto."},
            )


def national_holidays(years: Iterable[int] = CALENDAR_YEARS) -> frozenset[date]:
    """The national holidays of `years`, those that move already on their Monday.

    Ley 51 de 1983; from 2026 also Ley 2578 de 2026, artículo 6 (9 July, moved to Monday). Years
    outside `CALENDAR_YEARS` have none.
    """
    wanted = frozenset(years)
    return frozenset(day for day in _holiday_reasons() if day.year in wanted)


def build_calendar(
    *,
    hours: OfficeHours | None = None,
    closures: Iterable[LocalClosure] = (),
) -> WorkCalendar:
    """The working calendar of one entity: national holidays, its closures and its office hours.

    Without `hours` the office opens Monday to Friday from 08:00 to 17:00. Saturday counts when it
    has hours. The first call costs 50 ms; keep the calendar, not one for each petition.
    """
    reasons = {
        closure.on: f"Cierre de la entidad que suspende términos ({closure.act.strip()}; {_VACATIONS})"
        for closure in closures
        if closure.suspends_terms
    }
    reasons |= _holiday_reasons()
    return WorkCalendar(non_working=frozenset(reasons), hours=hours or usual_hours(), reasons=reasons)


def new_holidays_in(days: Iterable[date]) -> bool:
    """Whether one of `days` is a holiday only since Ley 2578 de 2026."""
    return not _new_holidays().isdisjoint(days)


def closures_in(days: Iterable[date], calendar: WorkCalendar) -> bool:
    """Whether one of `days` does not count in `calendar` by a closure of the entity."""
    holidays = _holiday_reasons()
    return any(day in calendar.non_working and day not in holidays for day in days)


@cache
def _new_holidays() -> frozenset[date]:
    return frozenset(day for day, reason in _holiday_reasons().items() if _NEW_LAW in reason)


@cache
def _holiday_reasons() -> Mapping[date, str]:
    """The reason, in Spanish and with its law, for each holiday of the calendar's years."""
    # Without a language the names follow the locale of the process.
    named = holidays_library.country_holidays("CO", years=_HOLIDAY_YEARS, language="es")
    return MappingProxyType({day: _reason(name) for day, name in named.items()})


def _reason(name: str) -> str:
    feast = name.replace(" (observado)", "").replace("; ", " / ")
    law = _NEW_LAW if _CHIQUINQUIRA in name else "Ley 51 de 1983"
    return f"Festivo: {feast} ({law})"
