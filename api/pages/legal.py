"""The legal acts on a petition: which the law permits now, until when, and why not the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from fastapi import APIRouter, Response

from api.pages.act_words import OFFICE_ACTS, ActWords
from api.pages.visit import ReaderVisit, notice_of
from processes.directory.roles import Role
from processes.petitions.act_refusals import refused_now
from processes.petitions.legal_file import LegalFile, read_legal_file
from processes.petitions.matters import MAY_SPLIT
from processes.petitions.proposals import proposal_of
from processes.petitions.status import STATUS_LABELS, TERM_STATE_LABELS, TermState
from processes.terms.kinds import KIND_LABELS
from processes.terms.reckoning import MatterState
from processes.terms.targets import TARGET_LABELS, Target

router = APIRouter()
_NOTICES = {
    "hecha": "La actuación quedó en el expediente.",
    "propuesta": "El cambio de clase espera la aprobación; la petición sigue igual mientras tanto.",
    "asuntos": "La petición quedó separada en asuntos.",
}
_MATTER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        MatterState.OPEN: "abierto",
        MatterState.ANSWERED: "respondido",
        MatterState.REFUSED: "negado por reserva",
        MatterState.TRANSFERRED: "trasladado",
        MatterState.WITHDRAWN: "desistido",
    }
)


@dataclass(frozen=True, slots=True)
class PermittedAct:
    """An act that the person may do now, `until` a day where the law sets one; `late` when it has gone by."""

    words: ActWords
    until: date | None
    late: bool
    citation: str


@router.get("/peticiones/{filing_number}/actuaciones")
def acts(visit: ReaderVisit, filing_number: str) -> Response:
    """What the law permits now, until when, and why the rest is not open."""
    file = read_legal_file(visit.office, visit.person, filing_number)
    clocks = ((target, date) for target, date in file.clocks.items() if target is not Target.RESPONSE)
    return visit.show(
        "acts.html",
        file=file,
        proposal=proposal_of(visit.office, visit.person, filing_number),
        decides=visit.person.has(Role.CITIZEN_SERVICE_HEAD),
        home=f"/peticiones/{file.filing_number}",
        notice=notice_of(visit.request, _NOTICES),
        status_label=STATUS_LABELS[file.status],
        waiting=file.waiting,
        suspended=file.term_state is TermState.SUSPENDED,
        term_label=TERM_STATE_LABELS[file.term_state],
        permitted=_permitted(file, visit.today),
        refused=tuple(
            (OFFICE_ACTS[each.kind].verb, each)
            for each in refused_now(file, on=visit.today)
            if each.kind in OFFICE_ACTS
        ),
        clocks=tuple(
            (TARGET_LABELS[target], explanation, explanation.due_on < visit.today)
            for target, explanation in clocks
        ),
        kind_labels=KIND_LABELS,
        matter_labels=_MATTER_LABELS,
        may_split=not file.events and file.waiting and visit.person.has(*MAY_SPLIT),
    )


def _permitted(file: LegalFile, today: date) -> tuple[PermittedAct, ...]:
    return tuple(
        PermittedAct(
            words=OFFICE_ACTS[each.kind],
            until=each.until,
            late=each.until is not None and each.until < today,
            citation=each.citation,
        )
        for each in file.choices
        if each.kind in OFFICE_ACTS
    )
