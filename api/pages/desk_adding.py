"""The front desk notes what a citizen adds to a petition: says, hands in or sends by post."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.kept_files import FIELD, ReceivedFiles, file_limits, keep, receive_files
from api.pages.visit import ReceptionistVisit, Visit
from processes.common.errors import Conflict, Invalid, OfficeError
from processes.directory.people import Person
from processes.petitions.citizen_adding import add_for_citizen
from processes.petitions.queries import read_petition

router = APIRouter()
_ADD = "/peticiones/{filing_number}/agregar"


@router.get(_ADD)
def addition_form(visit: ReceptionistVisit, filing_number: str) -> Response:
    """The form, empty."""
    return _form(visit, filing_number, "", ReceivedFiles((), ""))


# The form is read before anybody is asked who they are: when a session ended meanwhile, its page
# still shows what was written.
@router.post(_ADD)
def add(sent: FormDep, visit: ReceptionistVisit, filing_number: str) -> Response:
    """Keep it and tell whoever has the petition; or the form again, with what was written."""
    text, received = sent.text("text"), receive_files(visit.office.settings, sent)
    try:
        _add(visit, filing_number, text, received)
    except (Invalid, Conflict) as refusal:
        return _form(visit, filing_number, text, received, refusal)
    return RedirectResponse(f"/peticiones/{filing_number}/personas?aviso=agregada", 303)


def _add(visit: Visit[Person], filing_number: str, text: str, received: ReceivedFiles) -> None:
    if received.problem:
        raise Invalid(received.problem, {FIELD: received.problem})
    add_for_citizen(visit.office, visit.person, filing_number, text=text, files=received.files)


def _form(
    visit: Visit[Person],
    filing_number: str,
    text: str,
    received: ReceivedFiles,
    refusal: OfficeError | None = None,
) -> Response:
    found = read_petition(visit.office, visit.person, filing_number)
    return visit.show(
        "desk_adding.html",
        refusal=refusal,
        row=found.row,
        text=text,
        kept=keep(visit.office.settings, received.files),
        limits=file_limits(visit.office.settings),
    )
