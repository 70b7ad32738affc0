"""Changes of kind that lengthen a term, which the head of citizen service approves or declines."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm
from api.pages.acts import after_words
from api.pages.field_errors import FieldErrors, fields_of
from api.pages.visit import CitizenServiceHeadVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid, NotFound, OfficeError
from processes.directory.people import Person
from processes.petitions.legal_file import read_legal_file
from processes.petitions.legal_preview import preview_legal_act
from processes.petitions.proposals import (
    approve_proposal,
    decline_proposal,
    pending_proposals,
    proposal_of,
)
from processes.terms.kinds import KIND_LABELS

router = APIRouter()
_ONE = "/aprobaciones/{filing_number}"
_NOTICES = {
    "aprobada": "El cambio de clase quedó aprobado y hecho.",
    "negada": "El cambio de clase no se aprobó: la petición sigue como estaba.",
}


@router.get("/aprobaciones")
def approvals(visit: CitizenServiceHeadVisit) -> Response:
    """What waits, the earliest due first."""
    return visit.show(
        "approvals.html",
        proposals=pending_proposals(visit.office, visit.person),
        kind_labels=KIND_LABELS,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get(_ONE)
def approval(visit: CitizenServiceHeadVisit, filing_number: str) -> Response:
    """One change: who asks and why, and how the date would move."""
    return _show(visit, filing_number)


@router.post(f"{_ONE}/aprobar")
def approve(sent: FormDep, visit: CitizenServiceHeadVisit, filing_number: str) -> Response:
    """Carry out the change; or the page again, with why it cannot be done."""
    try:
        approve_proposal(visit.office, visit.person, filing_number, seen=_seen(sent))
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, refusal)
    return RedirectResponse("/aprobaciones?aviso=aprobada", 303)


@router.post(f"{_ONE}/negar")
def decline(sent: FormDep, visit: CitizenServiceHeadVisit, filing_number: str) -> Response:
    """Leave the kind as it is, with the reason; or the page again, with what was typed."""
    reason = sent.text("reason")
    try:
        decline_proposal(visit.office, visit.person, filing_number, reason=reason, seen=_seen(sent))
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, refusal, reason=reason)
    return RedirectResponse("/aprobaciones?aviso=negada", 303)


def _seen(sent: SentForm) -> datetime:
    """When the change on the page was proposed; an instant at which none was, for anything else."""
    try:
        return datetime.fromisoformat(sent.text("proposed_at")).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _show(
    visit: Visit[Person], filing_number: str, refusal: OfficeError | None = None, *, reason: str = ""
) -> Response:
    proposal = proposal_of(visit.office, visit.person, filing_number)
    if proposal is None:
        raise NotFound("En esta petición no hay un cambio de clase que espere aprobación.")
    try:
        outcome, obstacle = preview_legal_act(visit.office, visit.person, filing_number, proposal.act), ""
    except (Invalid, Conflict) as refused:
        outcome, obstacle = None, refused.message
    errors = FieldErrors({name: why for name, why in fields_of(refusal).items() if name == "reason"})
    return visit.show(
        "approval.html",
        refusal=refusal,
        proposal=proposal,
        file=read_legal_file(visit.office, visit.person, filing_number),
        outcome=outcome,
        after_label=after_words(outcome) if outcome else "",
        obstacle=obstacle or (refusal.message if refusal and not errors else ""),
        kind_labels=KIND_LABELS,
        reason=reason,
        errors=errors,
    )
