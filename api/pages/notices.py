"""«Avisos»: what the office told the person who is signed in."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.pages.inbox import list_address
from api.pages.visit import SignedInVisit, notice_of
from processes.petitions.personal_notices import (
    count_unread,
    list_notices,
    read_all_notices,
    read_notice,
)

router = APIRouter()
_PAGE = 50
_READ = "leidos"
_NOTICES = {_READ: "Todos sus avisos quedaron como leídos."}


@router.get("/avisos")
def notices(visit: SignedInVisit, desde: str | None = None) -> Response:
    """Every notice of the person, the newest first."""
    page = list_notices(visit.office, visit.person, cursor=desde, limit=_PAGE)
    return visit.show(
        "notices.html",
        notices=page.items,
        unread=count_unread(visit.office, visit.person),
        next_href=list_address("/avisos", page.next_cursor),
        first_href=list_address("/avisos", "" if desde else None),
        notice=notice_of(visit.request, _NOTICES),
    )


@router.post("/avisos/leidos")
def read_all(visit: SignedInVisit) -> Response:
    """Nothing is new any more."""
    read_all_notices(visit.office, visit.person)
    return RedirectResponse(f"/avisos?aviso={_READ}", 303)


@router.post("/avisos/{number}")
def open_notice(visit: SignedInVisit, number: int) -> Response:
    """Note that it was read, and go where it leads."""
    opened = read_notice(visit.office, visit.person, number)
    return RedirectResponse(opened.place or "/avisos", 303)
