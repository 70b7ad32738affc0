"""The entity's calendar: what is in force, what the law says, what is left to verify."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response

from api.pages import words
from api.pages.visit import CalendarReaderVisit, Visit, notice_of
from processes.directory.calendar_checks import WEEKDAYS, written_hours
from processes.directory.calendar_settings import Threshold
from processes.directory.people import Person
from processes.petitions.calendars import CALENDAR_KEEPERS, CalendarView, read_calendar
from processes.terms.facts import unverified_facts
from processes.terms.holidays import CALENDAR_YEARS
from processes.terms.kinds import KIND_LABELS, PACK_LABELS
from processes.terms.norms import TermRule
from processes.terms.rules import law

router = APIRouter()
NOTICES = {
    "preparado": "El cambio quedó en preparación. Todavía no mueve ninguna fecha: revíselo y aplíquelo.",
    "sin-cambios": "No quedó ningún cambio en preparación.",
    "descartado": "El cambio en preparación se descartó.",
}


@dataclass(frozen=True, slots=True)
class KindTerms:
    """A kind of petition with its terms, the newest first."""

    label: str
    rules: tuple[TermRule, ...]


@router.get("/calendario")
def calendar(visit: CalendarReaderVisit) -> Response:
    """What is in force, and a change being prepared."""
    view = read_calendar(visit.office, visit.person)
    settings = view.in_force.settings
    return visit.show(
        "calendar.html",
        notice=notice_of(visit.request, NOTICES),
        view=view,
        may_change=may_change(visit),
        hours=words.office_hours(settings.hours),
        packs=tuple(label for pack, label in PACK_LABELS.items() if pack in settings.packs),
        thresholds=tuple((threshold_label(row), row) for row in settings.thresholds),
        coming=tuple(each for each in settings.closures if each.on >= visit.today),
        past=tuple(each for each in reversed(settings.closures) if each.on < visit.today),
    )


@router.get("/calendario/festivos")
def holidays(visit: CalendarReaderVisit, anio: str = "") -> Response:
    """The national holidays of a year, with their law."""
    view = read_calendar(visit.office, visit.person)
    year = _year(anio, visit.today.year)
    of_year = sorted(item for item in view.in_force.holidays.items() if item[0].year == year)
    return visit.show(
        "calendar_holidays.html",
        view=view,
        may_change=may_change(visit),
        weekdays=WEEKDAYS,
        year=year,
        earlier=year - 1 if year - 1 in CALENDAR_YEARS else None,
        later=year + 1 if year + 1 in CALENDAR_YEARS else None,
        holidays=tuple((day, WEEKDAYS[day.weekday()], reason) for day, reason in of_year),
        closures=tuple(each for each in view.in_force.settings.closures if each.on.year == year),
    )


@router.get("/calendario/terminos")
def terms(visit: CalendarReaderVisit) -> Response:
    """The rules of the terms with their validity, and each fact that nobody has verified yet."""
    kinds = tuple(
        KindTerms(KIND_LABELS[kind], tuple(reversed(rules))) for kind, rules in law().terms.items() if rules
    )
    return visit.show(
        "calendar_terms.html",
        kinds=kinds,
        facts=unverified_facts(),
        today=visit.today,
        may_change=may_change(visit),
    )


def may_change(visit: Visit[Person]) -> bool:
    """Whether the visitor changes the calendar."""
    return visit.person.has(*CALENDAR_KEEPERS)


def threshold_label(row: Threshold) -> str:
    """Which petitions a row of the traffic light's table is for."""
    return "Todas las demás" if row.kind is None else KIND_LABELS[row.kind]


def hours_values(view: CalendarView) -> dict[str, str]:
    """The hours as the form shows them, by the name of their field."""
    return {f"hours_{day}": text for day, text in written_hours(view.shown.hours).items()}


def _year(text: str, usual: int) -> int:
    known = text.isascii() and text.isdigit() and len(text) == len(str(date.max.year))
    return int(text) if known and int(text) in CALENDAR_YEARS else usual
