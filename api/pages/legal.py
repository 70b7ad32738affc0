"""The legal acts on a petition: which the law permits now, until when, and why not the others."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Response

from api.pages.act_words import OFFICE_ACTS, ActWords
from api.pages.visit import ReaderVisit, Visit, notice_of
from processes.directory.people import Person
from processes.petitions.act_refusals import why_not
from processes.petitions.legal_file import LegalFile, read_legal_file
from processes.petitions.status import ENDED, STATUS_LABELS, TERM_STATE_LABELS, PetitionStatus, TermState
from processes.terms.kinds import KIND_LABELS
from processes.terms.moves import MOVES
from processes.terms.targets import TARGET_LABELS, Target

router = APIRouter()
_NOTICES = {
    "hecha": "La actuación quedó en el expediente.",
    "asuntos": "La petición quedó separada en asuntos.",
}


@dataclass(frozen=True, slots=True)
class PermittedAct:
    """An act that the person may do now, `until` a day where the law sets one."""

    words: ActWords
    until: date | None
    citation: str


@dataclass(frozen=True, slots=True)
class RefusedNow:
    """An act that is not open to the person now, and `why`."""

    words: ActWords
    why: str
    citation: str


@router.get("/peticiones/{filing_number}/actuaciones")
def acts(visit: ReaderVisit, filing_number: str) -> Response:
    """What the law permits now, until when, and why the rest is not open."""
    file = read_legal_file(visit.office, visit.person, filing_number)
    clocks = ((target, date) for target, date in file.clocks.items() if target is not Target.RESPONSE)
    return visit.show(
        "acts.html",
        file=file,
        home=f"/peticiones/{file.filing_number}",
        notice=notice_of(visit.request, _NOTICES),
        status_label=STATUS_LABELS[file.status],
        waiting=file.status not in ENDED and file.status is not PetitionStatus.SENT,
        suspended=file.term_state is TermState.SUSPENDED,
        term_label=TERM_STATE_LABELS[file.term_state],
        permitted=_permitted(file),
        refused=_refused(visit, file),
        clocks=tuple((TARGET_LABELS[target], explanation) for target, explanation in clocks),
        kind_labels=KIND_LABELS,
    )


def _permitted(file: LegalFile) -> tuple[PermittedAct, ...]:
    return tuple(
        PermittedAct(OFFICE_ACTS[each.kind], each.until, each.citation)
        for each in file.choices
        if each.kind in OFFICE_ACTS
    )


def _refused(visit: Visit[Person], file: LegalFile) -> tuple[RefusedNow, ...]:
    open_now = {each.kind for each in file.choices}
    return tuple(
        RefusedNow(words, why_not(file, kind, on=visit.today), MOVES[kind].citation)
        for kind, words in OFFICE_ACTS.items()
        if kind not in open_now
    )
