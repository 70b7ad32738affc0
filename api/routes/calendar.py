"""The entity's calendar for programs: read, changed through a draft, applied after its preview."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Path, Query, Response

from api.access import CalendarKeeper, CalendarReader
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.calendar_bodies import (
    Applied,
    ApplyBody,
    CalendarAnswer,
    ClosureBody,
    HolidayView,
    HoursBody,
    PreviewAnswer,
    RulesBody,
    TermView,
)
from api.routes.parameters import LARGEST_KEY, Cursor, Limit
from processes.directory.calendar_checks import (
    checked_after_hours,
    checked_hours,
    checked_packs,
    checked_thresholds,
)
from processes.petitions import calendars, recalculation_preview
from processes.petitions.paging import Page
from processes.petitions.recalculation import apply_change, continue_recalculation
from processes.petitions.recalculation_preview import DateMove, VersionView
from processes.terms.facts import Fact, unverified_facts
from processes.terms.holidays import CALENDAR_YEARS
from processes.terms.rules import law

router = APIRouter(prefix="/api/calendar", tags=["Calendario"])
_DRAFT = "Queda en preparación y no mueve ninguna fecha."
Version = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Versión del calendario.")]
Year = Annotated[int, Query(ge=CALENDAR_YEARS[0], le=CALENDAR_YEARS[-1], description="El año.")]


@router.get(
    "",
    summary="Leer el calendario",
    description="Horario, cierres, lectura de las normas y semáforo en vigor, y el cambio en preparación.",
    response_model=CalendarAnswer,
)
def read(person: CalendarReader, office: OfficeDep) -> Response:
    """The calendar in force."""
    return answer(CalendarAnswer.of(calendars.read_calendar(office, person)))


@router.get(
    "/holidays",
    summary="Listar los festivos de un año",
    description="Los festivos nacionales en vigor, cada uno con su ley.",
    response_model=list[HolidayView],
)
def holidays(person: CalendarReader, office: OfficeDep, year: Year) -> Response:
    """The national holidays of a year."""
    found = calendars.read_calendar(office, person).in_force.holidays
    return answer([HolidayView(day, found[day]) for day in sorted(found) if day.year == year])


@router.get(
    "/terms",
    summary="Listar las reglas de los términos",
    description="Cada regla con su norma, desde cuándo vale y qué tan cierta es.",
    response_model=list[TermView],
)
def terms(person: CalendarReader) -> Response:  # noqa: ARG001 - `person` says who may
    """The rules of the terms."""
    return answer([TermView.of(rule) for rules in law().terms.values() for rule in rules])


@router.get(
    "/unverified",
    summary="Listar lo que está por verificar",
    description="Los datos de los que dependen fechas y que no se leyeron en la norma misma.",
    response_model=list[Fact],
)
def unverified(person: CalendarReader) -> Response:  # noqa: ARG001 - the same
    """Facts that nobody verified yet."""
    return answer(unverified_facts())


@router.post(
    "/draft/closures",
    status_code=204,
    summary="Preparar un cierre",
    description=f"Un día que no cuenta, con su acto, o que cuenta aunque no se atienda. {_DRAFT}",
    response_class=Response,
)
def add_closure(body: ClosureBody, person: CalendarKeeper, office: OfficeDep) -> Response:
    """Put a closure into the draft."""
    calendars.add_closure(office, person, body.written())
    return Response(status_code=204)


@router.delete(
    "/draft/closures/{day}",
    status_code=204,
    summary="Quitar un cierre",
    description=_DRAFT,
    response_class=Response,
)
def remove_closure(
    day: Annotated[date, Path(description="El día, AAAA-MM-DD.", examples=["2026-12-07"])],
    person: CalendarKeeper,
    office: OfficeDep,
) -> Response:
    """Take a closure out in the draft."""
    calendars.remove_closure(office, person, day)
    return Response(status_code=204)


@router.put(
    "/draft/hours",
    status_code=204,
    summary="Preparar el horario",
    description=f"El horario de toda la semana. {_DRAFT}",
    response_class=Response,
)
def change_hours(body: HoursBody, person: CalendarKeeper, office: OfficeDep) -> Response:
    """Put the hours into the draft."""
    hours = checked_hours({int(day): text for day, text in body.hours.items()})
    calendars.change_settings(office, person, lambda settings: replace(settings, hours=hours))
    return Response(status_code=204)


@router.put(
    "/draft/rules",
    status_code=204,
    summary="Preparar las reglas",
    description=f"La lectura de las normas, las clases especiales y el semáforo. {_DRAFT}",
    response_class=Response,
)
def change_rules(body: RulesBody, person: CalendarKeeper, office: OfficeDep) -> Response:
    """Put the reading of the norms, the packs and the traffic light into the draft."""
    reading = checked_after_hours(body.after_hours)
    packs = checked_packs(frozenset(body.packs))
    thresholds = checked_thresholds(
        {row.kind: (str(row.target_working_days), str(row.due_soon_working_days)) for row in body.thresholds}
    )
    calendars.change_settings(
        office,
        person,
        lambda settings: replace(settings, after_hours=reading, packs=packs, thresholds=thresholds),
    )
    return Response(status_code=204)


@router.post(
    "/draft/release",
    status_code=204,
    summary="Preparar las novedades del programa",
    description=f"Los festivos y las reglas que trae esta versión del programa. {_DRAFT}",
    response_class=Response,
)
def take_release(person: CalendarKeeper, office: OfficeDep) -> Response:
    """Put this release's holidays and rules into the draft."""
    calendars.take_release(office, person)
    return Response(status_code=204)


@router.post(
    "/draft/undo",
    status_code=204,
    summary="Preparar deshacer el último cambio",
    description=f"El calendario vuelve a la versión anterior. {_DRAFT}",
    response_class=Response,
)
def undo(person: CalendarKeeper, office: OfficeDep) -> Response:
    """A draft that takes back the version in force."""
    calendars.draft_undoing(office, person)
    return Response(status_code=204)


@router.delete(
    "/draft",
    status_code=204,
    summary="Descartar el cambio en preparación",
    description="El calendario en vigor sigue como está.",
    response_class=Response,
)
def discard(person: CalendarKeeper, office: OfficeDep) -> Response:
    """Forget the draft."""
    calendars.discard_draft(office, person)
    return Response(status_code=204)


@router.get(
    "/draft/preview",
    summary="Ver qué fechas movería el cambio",
    description="Los totales de todas las peticiones abiertas y, por páginas, las que cambian de fecha.",
    response_model=PreviewAnswer,
)
def preview(person: CalendarKeeper, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What the draft would move."""
    found = recalculation_preview.preview_change(office, person, cursor=cursor, limit=limit)
    return answer(PreviewAnswer.of(found))


@router.post(
    "/draft/apply",
    status_code=202,
    summary="Aplicar el cambio",
    description="Rige desde ahora. Las fechas de las peticiones abiertas se mueven después de responder; "
    "la versión dice cuántas faltan.",
    response_model=Applied,
)
def apply(body: ApplyBody, person: CalendarKeeper, office: OfficeDep, after: BackgroundTasks) -> Response:
    """Put the draft in force."""
    number = apply_change(office, person, revision=body.revision, reason=body.reason)
    after.add_task(continue_recalculation, office)
    response = answer(Applied(number), status=202)
    response.background = after
    return response


@router.get(
    "/versions",
    summary="Listar las versiones del calendario",
    description="Primero la más reciente, con lo que cambió y cuántas fechas movió.",
    response_model=list[VersionView],
)
def versions(person: CalendarReader, office: OfficeDep) -> Response:
    """The history of the calendar."""
    return answer(recalculation_preview.list_versions(office, person))


@router.get(
    "/versions/{number}",
    summary="Leer una versión del calendario",
    description="Lo que cambió, cuántas fechas movió y cuántas peticiones faltan por contar.",
    response_model=VersionView,
)
def version(number: Version, person: CalendarReader, office: OfficeDep) -> Response:
    """One version."""
    return answer(recalculation_preview.read_version_view(office, person, number))


@router.get(
    "/versions/{number}/moves",
    summary="Listar las fechas que movió una versión",
    description="Por páginas, en el orden de los radicados.",
    response_model=Page[DateMove],
)
def moves(
    number: Version, person: CalendarReader, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """The dates that a version moved."""
    return answer(recalculation_preview.list_moves(office, person, number, cursor=cursor, limit=limit))
