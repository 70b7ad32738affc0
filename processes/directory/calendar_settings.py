"""What an entity decides about its own calendar, as one frozen value, and how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from types import MappingProxyType

import orjson

from processes.common.calendar import OfficeHours, WorkCalendar, usual_hours
from processes.terms.clock import AfterHours
from processes.terms.kinds import Pack, PetitionKind

Holidays = Mapping[date, str]
"""Why each national holiday does not count, in Spanish and with its law."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A day that does not count, or on which the doors are closed and it counts all the same.

    Only an act suspends terms (Ley 4 de 1913, artículo 62). A `national` one is a holiday that a law
    made after the national list of this release; its act is the law.
    """

    on: date
    name: str
    act_number: str = ""
    act_date: date | None = None
    suspends_terms: bool = True
    national: bool = False

    @property
    def act(self) -> str:
        """The act as it is cited: "Decreto 012 del 05/01/2027"; empty without one."""
        dated = f" del {self.act_date:%d/%m/%Y}" if self.act_date else ""
        return f"{self.act_number}{dated}" if self.act_number else ""

    @property
    def reason(self) -> str:
        """Why the day does not count, for whoever reads the list of days."""
        what = "Festivo" if self.national else "Cierre de la entidad que suspende términos"
        return f"{what}: {self.name} ({self.act})"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A row of the traffic light's table; `kind` None is the row of every kind that has none of its own.

    `target_working_days` before the due date lies the office's own target; the light turns amber
    `due_soon_working_days` before that target.
    """

    kind: PetitionKind | None
    target_working_days: int
    due_soon_working_days: int


USUAL_THRESHOLDS = (Threshold(None, target_working_days=1, due_soon_working_days=3),)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """All that an entity maintains; the national holidays and the terms come from the law.

    `closures` are in the order of their days, one a day; `thresholds` begin with the general row.
    """

    hours: OfficeHours = field(default_factory=usual_hours)
    after_hours: AfterHours = AfterHours.NEXT_WORKING_DAY
    closures: tuple[Closure, ...] = ()
    packs: frozenset[Pack] = frozenset()
    thresholds: tuple[Threshold, ...] = USUAL_THRESHOLDS

    def with_closure(self, closure: Closure) -> "CalendarSettings":
        """With `closure` in its place."""
        return replace(self, closures=tuple(sorted((*self.closures, closure), key=lambda each: each.on)))

    def without_closure(self, on: date) -> "CalendarSettings":
        """Without the closure of that day."""
        return replace(self, closures=tuple(each for each in self.closures if each.on != on))

    def threshold(self, kind: PetitionKind) -> Threshold:
        """The row for `kind`, its own or the general one."""
        own = (each for each in self.thresholds if each.kind is kind)
        return next(own, self.thresholds[0])

    def work_calendar(self, holidays: Holidays) -> WorkCalendar:
        """The days that count and the hours of the office."""
        reasons = {each.on: each.reason for each in self.closures if each.suspends_terms}
        reasons |= holidays
        return WorkCalendar(non_working=frozenset(reasons), hours=self.hours, reasons=reasons)


def settings_to_json(settings: CalendarSettings) -> str:
    """The settings as they are stored."""
    stored = {
        "hours": {
            str(day): [[opens.isoformat("minutes"), closes.isoformat("minutes")] for opens, closes in spans]
            for day, spans in settings.hours.items()
        },
        "after_hours": settings.after_hours,
        "closures": settings.closures,
        "packs": sorted(settings.packs),
        "thresholds": settings.thresholds,
    }
    return orjson.dumps(stored, option=orjson.OPT_SORT_KEYS).decode()


def settings_from_json(text: str) -> CalendarSettings:
    """The settings that `settings_to_json` wrote."""
    stored = orjson.loads(text)
    return CalendarSettings(
        hours=_hours(stored["hours"]),
        after_hours=AfterHours(stored["after_hours"]),
        closures=tuple(_closure(each) for each in stored["closures"]),
        packs=frozenset(Pack(each) for each in stored["packs"]),
        thresholds=tuple(_threshold(each) for each in stored["thresholds"]),
    )


def _hours(stored: Mapping[str, list[list[str]]]) -> OfficeHours:
    return MappingProxyType(
        {
            int(day): tuple(
                (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans
            )
            for day, spans in stored.items()
        }
    )


def _closure(stored: dict[str, object]) -> Closure:
    act_date = stored["act_date"]
    return Closure(
        on=date.fromisoformat(str(stored["on"])),
        name=str(stored["name"]),
        act_number=str(stored["act_number"]),
        act_date=None if act_date is None else date.fromisoformat(str(act_date)),
        suspends_terms=stored["suspends_terms"] is True,
        national=stored["national"] is True,
    )


def _threshold(stored: dict[str, object]) -> Threshold:
    kind = stored["kind"]
    return Threshold(
        kind=None if kind is None else PetitionKind(str(kind)),
        target_working_days=int(str(stored["target_working_days"])),
        due_soon_working_days=int(str(stored["due_soon_working_days"])),
    )
