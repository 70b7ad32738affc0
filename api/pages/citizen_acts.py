"""What a citizen does on the tracking page: complete, ask for more time, clarify, withdraw, insist.

Number and code travel in hidden fields, never in an address. What was written comes back with every
refusal, files too.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.bodies import FormDep, SentForm
from api.pages.act_words import CITIZEN_ACTS, ActWords, act_at
from api.pages.kept_files import FIELD, ReceivedFiles, file_limits, keep, receive_files
from api.pages.tracking import Keys, asked_for, keys_in, show_tracked
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Conflict, Invalid, NotFound, OfficeError
from processes.directory.people import Person
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import LegalFile, read_tracked_clock
from processes.terms.events import LegalEventKind

router = APIRouter()
_LIMITS = [Depends(PUBLIC), Depends(Limited(Act.TRACKING))]


@dataclass(frozen=True, slots=True)
class _CitizenAct:
    """The act that the form is about, and its petition."""

    keys: Keys
    kind: LegalEventKind
    words: ActWords
    file: LegalFile


@router.post("/consultar/actuar", dependencies=_LIMITS)
def citizen_act(visit: PublicVisit, sent: FormDep) -> Response:
    """The form of an act; or the act, and the petition as it then stands; or the form again."""
    act = _act(visit, sent)
    if not sent.text("send"):
        return _form(visit, act, "", ReceivedFiles((), ""))
    text, received = sent.text("text"), receive_files(visit.office.settings, sent)
    try:
        _do(visit, act, text, received)
    except (Invalid, Conflict) as refusal:
        return _form(visit, act, text, received, refusal)
    return show_tracked(visit, act.keys, notice=act.words.done)


def _act(visit: Visit[Person | None], sent: SentForm) -> _CitizenAct:
    keys = keys_in(sent)
    kind = act_at(CITIZEN_ACTS, sent.text("act"))
    if kind is None:
        raise NotFound("Esa acción no existe. Vuelva a consultar su petición.")
    file = read_tracked_clock(visit.office, keys.filing_number, keys.tracking_code)
    return _CitizenAct(keys, kind, CITIZEN_ACTS[kind], file)


def _do(visit: Visit[Person | None], act: _CitizenAct, text: str, received: ReceivedFiles) -> None:
    if received.problem:
        raise Invalid(received.problem, {FIELD: received.problem})
    keys = act.keys
    record_citizen_act(
        visit.office, keys.filing_number, keys.tracking_code, kind=act.kind, text=text, files=received.files
    )


def _form(
    visit: Visit[Person | None],
    act: _CitizenAct,
    text: str,
    received: ReceivedFiles,
    refusal: OfficeError | None = None,
) -> Response:
    return visit.show(
        "citizen_act.html",
        refusal=refusal,
        keys=act.keys,
        words=act.words,
        until=next((each.until for each in act.file.choices if each.kind is act.kind), None),
        asked=asked_for(act.file) if act.kind is not LegalEventKind.WITHDRAWN else "",
        text=text,
        kept=keep(visit.office.settings, received.files),
        limits=file_limits(visit.office.settings),
    )
