"""«Mi cuenta»: who one is here, and which notices come by mail besides."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.forms import Choice
from api.pages.visit import SignedInVisit, notice_of
from processes.directory.preferences import (
    ALWAYS_BY_MAIL,
    GROUP_LABELS,
    MailGroup,
    read_mail_off,
    save_mail_off,
)

router = APIRouter()
_SAVED = "guardado"
_NOTICES = {_SAVED: "Queda guardado. Vale para los avisos que salgan desde ahora."}


@router.get("/mi-cuenta")
def account(visit: SignedInVisit) -> Response:
    """What the person may choose, and what comes by mail whatever they choose."""
    off = read_mail_off(visit.office.engine, visit.person)
    return visit.show(
        "account.html",
        groups=tuple(Choice(each, label, each not in off) for each, label in GROUP_LABELS.items()),
        always=ALWAYS_BY_MAIL,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.post("/mi-cuenta")
def save(sent: FormDep, visit: SignedInVisit) -> Response:
    """Keep what is ticked; what is not is read in Ventanilla alone."""
    given = sent.values().get("by_mail", [])
    by_mail = {given} if isinstance(given, str) else set(given)
    off = [each for each in MailGroup if each not in by_mail]
    save_mail_off(visit.office.engine, visit.person, off, now=visit.office.now())
    return RedirectResponse(f"/mi-cuenta?aviso={_SAVED}", 303)
