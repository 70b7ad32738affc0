"""A change of the calendar: what it would move, applied, discarded, taken back; and the history."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from starlette.background import BackgroundTask

from api.bodies import FormDep
from api.pages.calendar import NOTICES, may_change
from api.pages.inbox import list_address
from api.pages.visit import CalendarKeeperVisit, CalendarReaderVisit, Visit, notice_of
from api.routes.parameters import LARGEST_KEY
from processes.common.errors import Invalid
from processes.directory.people import Person
from processes.petitions.calendars import discard_draft, draft_undoing, read_calendar, take_release
from processes.petitions.recalculation import apply_change, continue_recalculation
from processes.petitions.recalculation_preview import (
    list_moves,
    list_versions,
    preview_change,
    read_version_view,
)
from processes.terms.kinds import KIND_LABELS

router = APIRouter()
_PAGE = 50
_REVIEW = "/calendario/cambio"
_NOTICES = {
    **NOTICES,
    "aplicado": "El cambio está en vigor. Las fechas de las peticiones abiertas se están moviendo.",
}


@router.get(_REVIEW)
def review(visit: CalendarKeeperVisit, desde: str | None = None) -> Response:
    """Every open petition whose date would move, and by how much."""
    return _review(visit, cursor=desde)


@router.post("/calendario/cambio/aplicar")
def apply(visit: CalendarKeeperVisit, sent: FormDep) -> Response:
    """Put the draft in force, as it was reviewed; the dates move once this is answered."""
    try:
        number = apply_change(
            visit.office,
            visit.person,
            revision=_number(sent.text("revision")),
            reason=sent.text("reason"),
        )
    except Invalid as refusal:
        return _review(visit, refusal=refusal, reason=sent.text("reason"))
    carry = BackgroundTask(continue_recalculation, visit.office)
    return RedirectResponse(f"/calendario/historia/{number}?aviso=aplicado", 303, background=carry)


@router.post("/calendario/cambio/descartar")
def discard(visit: CalendarKeeperVisit) -> Response:
    """Forget the draft."""
    discard_draft(visit.office, visit.person)
    return RedirectResponse("/calendario?aviso=descartado", 303)


@router.post("/calendario/cambio/deshacer")
def undo(visit: CalendarKeeperVisit) -> Response:
    """Prepare to take back the version in force; it is reviewed and applied as any other change."""
    draft_undoing(visit.office, visit.person)
    return RedirectResponse(_REVIEW, 303)


@router.post("/calendario/cambio/novedades")
def take(visit: CalendarKeeperVisit) -> Response:
    """Put this release's holidays and rules into the draft."""
    take_release(visit.office, visit.person)
    return RedirectResponse(_REVIEW, 303)


@router.get("/calendario/historia")
def history(visit: CalendarReaderVisit) -> Response:
    """Every version of the calendar."""
    view = read_calendar(visit.office, visit.person)
    return visit.show(
        "calendar_history.html",
        versions=list_versions(visit.office, visit.person),
        view=view,
        may_change=may_change(visit),
    )


@router.get("/calendario/historia/{number}")
def version(visit: CalendarReaderVisit, number: str, desde: str | None = None) -> Response:
    """One version: what it changed, how far it has come, the dates that it moved."""
    return _version(visit, _number(number), desde)


def _version(visit: Visit[Person], number: int, desde: str | None) -> Response:
    here = f"/calendario/historia/{number}"
    found = read_version_view(visit.office, visit.person, number)
    page = list_moves(visit.office, visit.person, number, cursor=desde, limit=_PAGE)
    return visit.show(
        "calendar_version.html",
        version=found,
        moves=page.items,
        kind_labels=KIND_LABELS,
        next_href=list_address(here, page.next_cursor),
        first_href=list_address(here, "" if desde else None),
        notice=notice_of(visit.request, _NOTICES),
        view=read_calendar(visit.office, visit.person),
        may_change=may_change(visit),
    )


def _number(text: str) -> int:
    """A number that the page itself wrote; 0, which nothing has, for anything else."""
    known = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_KEY))
    return min(int(text), LARGEST_KEY) if known else 0


def _review(
    visit: Visit[Person], *, cursor: str | None = None, refusal: Invalid | None = None, reason: str = ""
) -> Response:
    view = read_calendar(visit.office, visit.person)
    if view.draft is None:
        return RedirectResponse("/calendario?aviso=sin-cambios", 303)
    preview = preview_change(visit.office, visit.person, cursor=cursor, limit=_PAGE)
    return visit.show(
        "calendar_review.html",
        refusal=refusal,
        preview=preview,
        stale=view.draft.base != view.in_force.number,
        kind_labels=KIND_LABELS,
        reason=reason,
        next_href=list_address(_REVIEW, preview.page.next_cursor),
        first_href=list_address(_REVIEW, "" if cursor else None),
        view=view,
        may_change=may_change(visit),
    )
