"""The citizen adds something on the tracking page: a question, a datum, a document."""

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.bodies import FormDep
from api.pages.kept_files import FIELD, ReceivedFiles, file_limits, keep, receive_files
from api.pages.tracking import Keys, keys_in, show_tracked
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Conflict, Invalid, OfficeError
from processes.directory.people import Person
from processes.petitions.citizen_adding import add_to_petition
from processes.petitions.tracking import track_petition

router = APIRouter()
_LIMITS = [Depends(PUBLIC), Depends(Limited(Act.TRACKING))]
_DONE = "Recibimos lo que nos envió. Lo leerá quien tiene su petición."


@router.post("/consultar/agregar", dependencies=_LIMITS)
def add(visit: PublicVisit, sent: FormDep) -> Response:
    """The form; or the petition, once something was added; or the form again, with what was written."""
    keys = keys_in(sent)
    if not sent.text("send"):
        return _form(visit, keys, "", ReceivedFiles((), ""))
    text, received = sent.text("text"), receive_files(visit.office.settings, sent)
    try:
        _add(visit, keys, text, received)
    except (Invalid, Conflict) as refusal:
        return _form(visit, keys, text, received, refusal)
    return show_tracked(visit, keys, notice=_DONE)


def _add(visit: Visit[Person | None], keys: Keys, text: str, received: ReceivedFiles) -> None:
    if received.problem:
        raise Invalid(received.problem, {FIELD: received.problem})
    add_to_petition(visit.office, keys.filing_number, keys.tracking_code, text=text, files=received.files)


def _form(
    visit: Visit[Person | None],
    keys: Keys,
    text: str,
    received: ReceivedFiles,
    refusal: OfficeError | None = None,
) -> Response:
    return visit.show(
        "citizen_adding.html",
        refusal=refusal,
        keys=keys,
        waits=track_petition(visit.office, keys.filing_number, keys.tracking_code).answer is None,
        text=text,
        kept=keep(visit.office.settings, received.files),
        limits=file_limits(visit.office.settings),
    )
