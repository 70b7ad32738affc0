"""Preparing a change of the calendar: closures, hours, how the norms are read, the traffic light."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm
from api.pages.calendar import NOTICES, hours_values
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.visit import CalendarKeeperVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid, NotFound
from processes.directory.calendar_checks import (
    WEEKDAYS,
    WrittenClosure,
    checked_after_hours,
    checked_hours,
    checked_packs,
    checked_thresholds,
)
from processes.directory.calendar_settings import CalendarSettings
from processes.directory.people import Person
from processes.petitions.calendars import (
    CalendarView,
    add_closure,
    change_settings,
    read_calendar,
    remove_closure,
)
from processes.terms.clock import AfterHours
from processes.terms.kinds import KIND_LABELS, PACK_LABELS, PetitionKind

router = APIRouter()
_LONGEST_SEEN = 11
_EMPTY_CLOSURE = {
    "on": "",
    "name": "",
    "act_number": "",
    "act_date": "",
    "effect": "suspends",
}
_EFFECTS = {
    "suspends": "Cierre que suspende términos: el día no cuenta",
    "counts": "Cierre que no suspende términos: el día cuenta aunque no se atienda",
    "national": "Festivo nacional nuevo, creado por una ley que esta versión todavía no conoce",
}
_READINGS = {
    AfterHours.NEXT_WORKING_DAY: "Se radica el día hábil siguiente",
    AfterHours.AS_RECEIVED: "Se radica el mismo día en que llega",
}


@router.get("/calendario/cierres")
def closures(visit: CalendarKeeperVisit) -> Response:
    """The closures, and the form for one more."""
    return _closures(visit, _EMPTY_CLOSURE)


@router.post("/calendario/cierres")
def add(visit: CalendarKeeperVisit, sent: FormDep) -> Response:
    """Put a closure into the draft."""
    values = {name: sent.text(name) for name in _EMPTY_CLOSURE}
    written = WrittenClosure(
        on=values["on"],
        name=values["name"],
        act_number=values["act_number"],
        act_date=values["act_date"],
        suspends_terms=values["effect"] != "counts",
        national=values["effect"] == "national",
    )
    try:
        add_closure(visit.office, visit.person, written)
    except Invalid as refusal:
        return _closures(visit, values, refusal)
    except Conflict as refusal:
        return _closures(visit, values, Invalid(refusal.message, {"on": refusal.message}), status=409)
    return prepared(visit, "/calendario/cierres")


@router.post("/calendario/cierres/{day}/quitar")
def remove(visit: CalendarKeeperVisit, day: str) -> Response:
    """Take a closure out in the draft."""
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise NotFound("Ese día no existe. Vuelva a la lista de cierres.") from error
    remove_closure(visit.office, visit.person, on)
    return prepared(visit, "/calendario/cierres")


@router.get("/calendario/horario")
def hours(visit: CalendarKeeperVisit) -> Response:
    """The form of the office hours."""
    return _hours(visit, hours_values(read_calendar(visit.office, visit.person)))


@router.post("/calendario/horario")
def change_hours(visit: CalendarKeeperVisit, sent: FormDep) -> Response:
    """Put the hours into the draft."""
    values = {f"hours_{day}": sent.text(f"hours_{day}") for day in range(len(WEEKDAYS))}
    try:
        new = checked_hours({day: values[f"hours_{day}"] for day in range(len(WEEKDAYS))})
    except Invalid as refusal:
        return _hours(visit, {**values, "seen": sent.text("seen")}, refusal)
    try:
        _change(visit, sent, lambda settings: replace(settings, hours=new))
    except Conflict as refusal:
        return _hours(visit, values, Invalid(refusal.message, {"hours_0": refusal.message}), status=409)
    return prepared(visit, "/calendario/horario")


@router.get("/calendario/reglas")
def rules(visit: CalendarKeeperVisit) -> Response:
    """The forms of the reading of the norms, the packs and the traffic light."""
    view = read_calendar(visit.office, visit.person)
    return _rules(visit, view, _rule_values(view.shown))


@router.post("/calendario/reglas")
def change_rules(visit: CalendarKeeperVisit, sent: FormDep) -> Response:
    """Put the reading of the norms, the packs and the traffic light into the draft."""
    try:
        reading = checked_after_hours(sent.text("after_hours"))
        packs = checked_packs(frozenset(_several(sent, "packs")))
        thresholds = checked_thresholds(_threshold_texts(sent))
    except Invalid as refusal:
        view = read_calendar(visit.office, visit.person)
        return _rules(visit, view, sent.texts(), packs=_several(sent, "packs"), refusal=refusal)
    try:
        _change(
            visit,
            sent,
            lambda settings: replace(settings, after_hours=reading, packs=packs, thresholds=thresholds),
        )
    except Conflict as conflict:
        view, packs_sent = read_calendar(visit.office, visit.person), _several(sent, "packs")
        told = Invalid(conflict.message, {"after_hours": conflict.message})
        typed = {**sent.texts(), "seen": ""}
        return _rules(visit, view, typed, packs=packs_sent, refusal=told, status=409)
    return prepared(visit, "/calendario/reglas")


def prepared(visit: Visit[Person], back: str) -> Response:
    """Back to the form, which says whether a change is now being prepared."""
    view = read_calendar(visit.office, visit.person)
    notice = "preparado" if view.draft else "sin-cambios"
    return RedirectResponse(f"{back}?aviso={notice}", 303)


def _change(
    visit: Visit[Person], sent: SentForm, change: Callable[[CalendarSettings], CalendarSettings]
) -> None:
    seen = sent.text("seen")
    written = seen.isascii() and seen.removeprefix("-").isdigit() and len(seen) <= _LONGEST_SEEN
    change_settings(visit.office, visit.person, change, seen=int(seen) if written else 0)


def _closures(
    visit: Visit[Person], values: Mapping[str, str], refusal: Invalid | None = None, status: int = 422
) -> Response:
    view = read_calendar(visit.office, visit.person)
    chosen = values["effect"] if values["effect"] in _EFFECTS else "suspends"
    return visit.show(
        "calendar_closures.html",
        status=200 if refusal is None else status,
        view=view,
        may_change=True,
        errors=_errors(refusal),
        notice=notice_of(visit.request, NOTICES),
        values=values,
        effects=tuple(Choice(value, label, value == chosen) for value, label in _EFFECTS.items()),
    )


def _hours(
    visit: Visit[Person], values: Mapping[str, str], refusal: Invalid | None = None, status: int = 422
) -> Response:
    view = read_calendar(visit.office, visit.person)
    return visit.show(
        "calendar_hours.html",
        status=200 if refusal is None else status,
        view=view,
        seen=values.get("seen") or view.shown_as,
        may_change=True,
        errors=_errors(refusal),
        notice=notice_of(visit.request, NOTICES),
        values=values,
        weekdays=tuple((f"hours_{day}", name.capitalize()) for day, name in enumerate(WEEKDAYS)),
    )


def _rules(
    visit: Visit[Person],
    view: CalendarView,
    values: Mapping[str, str],
    *,
    packs: list[str] | None = None,
    refusal: Invalid | None = None,
    status: int = 422,
) -> Response:
    chosen = view.shown.packs if packs is None else packs
    return visit.show(
        "calendar_rules.html",
        status=200 if refusal is None else status,
        view=view,
        seen=values.get("seen") or view.shown_as,
        may_change=True,
        errors=_errors(refusal),
        notice=notice_of(visit.request, NOTICES),
        values=FieldErrors(values),
        readings=tuple(
            Choice(each.value, f"{label}. {each.reason}", values.get("after_hours") == each.value)
            for each, label in _READINGS.items()
        ),
        packs=tuple(Choice(each.value, label, each.value in chosen) for each, label in PACK_LABELS.items()),
        kinds=(("general", "Todas las demás"), *((each.value, KIND_LABELS[each]) for each in PetitionKind)),
    )


def _errors(refusal: Invalid | None) -> FieldErrors:
    return FieldErrors(refusal.fields if refusal else {})


def _several(sent: SentForm, name: str) -> list[str]:
    found = sent.values().get(name, [])
    return [found] if isinstance(found, str) else list(found)


def _rule_values(settings: CalendarSettings) -> dict[str, str]:
    values = {"after_hours": settings.after_hours.value}
    for row in settings.thresholds:
        name = "general" if row.kind is None else row.kind.value
        values[f"target_{name}"] = str(row.target_working_days)
        values[f"due_soon_{name}"] = str(row.due_soon_working_days)
    return values


def _threshold_texts(sent: SentForm) -> dict[PetitionKind | None, tuple[str, str]]:
    """The rows that were filled in; one left empty goes by the general row."""
    found: dict[PetitionKind | None, tuple[str, str]] = {
        None: (sent.text("target_general"), sent.text("due_soon_general"))
    }
    for kind in PetitionKind:
        row = (sent.text(f"target_{kind.value}"), sent.text(f"due_soon_{kind.value}"))
        if any(each.strip() for each in row):
            found[kind] = row
    return found
