"""A danger to life: what whoever is on call needs, and the button that says that they attend to it."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.visit import SignedInVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid, OfficeError
from processes.directory.people import Person
from processes.petitions.danger import acknowledge_danger, declare_danger, read_danger
from processes.petitions.reception_words import emergency_numbers

router = APIRouter()
_PAGE = "/peticiones/{filing_number}/riesgo"
_NOTICES = {
    "atendido": "Quedó escrito que usted lo atiende. Los avisos se detienen.",
    "avisado": "Se avisó a las personas de turno.",
}


@router.get(_PAGE)
def danger(visit: SignedInVisit, filing_number: str) -> Response:
    """The danger, and who is told of it."""
    return _show(visit, filing_number, notice=notice_of(visit.request, _NOTICES))


@router.post(f"{_PAGE}/atender")
def attend(sent: FormDep, visit: SignedInVisit, filing_number: str) -> Response:
    """Say that one attends to it; or the page again, with who does already."""
    note = sent.text("note")
    try:
        acknowledge_danger(visit.office, visit.person, filing_number, note=note)
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, refusal=refusal, note=note)
    return RedirectResponse(f"/peticiones/{filing_number}/riesgo?aviso=atendido", 303)


@router.post(f"{_PAGE}/avisar")
def declare(sent: FormDep, visit: SignedInVisit, filing_number: str) -> Response:
    """Say that somebody is in danger; or the page again, with what is missing."""
    reason = sent.text("reason")
    try:
        declare_danger(visit.office, visit.person, filing_number, reason=reason)
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, refusal=refusal, reason=reason)
    return RedirectResponse(f"/peticiones/{filing_number}/riesgo?aviso=avisado", 303)


def _show(
    visit: Visit[Person],
    filing_number: str,
    *,
    notice: str = "",
    refusal: OfficeError | None = None,
    note: str = "",
    reason: str = "",
) -> Response:
    return visit.show(
        "danger.html",
        refusal=refusal,
        view=read_danger(visit.office, visit.person, filing_number),
        emergency_numbers=emergency_numbers(visit.office.entity()),
        notice=notice,
        note_text=note,
        reason=reason,
    )
