"""Changes of kind that wait for the head of citizen service, for programs."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.access import CitizenServiceHead, Reader
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.bodies import ReasonBody
from api.routes.parameters import FilingNumber
from processes.petitions.legal_act import MAX_TEXT, LegalAct, LegalOutcome
from processes.petitions.matters import MOST_MATTERS
from processes.petitions.proposals import (
    Proposal,
    approve_proposal,
    decline_proposal,
    pending_proposals,
    propose_reclassification,
)
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind

router = APIRouter(prefix="/api", tags=["Términos y actuaciones"])
Seen = Annotated[
    AwareDatetime | None,
    Query(description="El «proposed_at» de lo que se leyó; si después pidieron otro cambio, 409."),
]
_PROPOSAL = "/petitions/{filing_number}/reclassification-proposal"


class ProposalBody(BaseModel):
    """A change of kind that somebody asks for."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"new_kind": "consultation", "reason": "Pide un concepto sobre la norma."}]
        },
    )

    new_kind: Annotated[PetitionKind, Field(description="La clase nueva.")]
    reason: Annotated[str, Field(max_length=MAX_TEXT, description="Por qué es de esa clase.")]
    matters: Annotated[
        list[int], Field(max_length=MOST_MATTERS, description="A qué asuntos; vacío, a todos los abiertos.")
    ] = []


@router.get(
    "/reclassification-proposals",
    summary="Listar lo que espera aprobación",
    description="Los cambios de clase que alargan el término, primero el que antes vence.",
    response_model=list[Proposal],
)
def proposals(person: CitizenServiceHead, office: OfficeDep) -> Response:
    """What waits."""
    return answer(pending_proposals(office, person))


@router.post(
    _PROPOSAL,
    status_code=204,
    summary="Pedir que se apruebe un cambio de clase",
    description="La petición sigue con su clase y su fecha mientras no se decida. Reemplaza lo pedido antes.",
    response_class=Response,
)
def propose(filing_number: FilingNumber, body: ProposalBody, person: Reader, office: OfficeDep) -> Response:
    """Ask for a change of kind."""
    act = LegalAct(
        kind=LegalEventKind.RECLASSIFIED,
        new_kind=body.new_kind,
        reason=body.reason,
        matters=frozenset(body.matters),
    )
    propose_reclassification(office, person, filing_number, act)
    return Response(status_code=204)


@router.post(
    f"{_PROPOSAL}/approve",
    summary="Aprobar un cambio de clase",
    description="Hace el cambio: la clase, la fecha y el aviso al ciudadano.",
    response_model=LegalOutcome,
)
def approve(
    filing_number: FilingNumber, person: CitizenServiceHead, office: OfficeDep, proposed_at: Seen = None
) -> Response:
    """Carry out the change that waits."""
    return answer(approve_proposal(office, person, filing_number, seen=proposed_at))


@router.post(
    f"{_PROPOSAL}/decline",
    status_code=204,
    summary="No aprobar un cambio de clase",
    description="La petición sigue como estaba; el motivo queda en el expediente.",
    response_class=Response,
)
def decline(
    filing_number: FilingNumber,
    body: ReasonBody,
    person: CitizenServiceHead,
    office: OfficeDep,
    proposed_at: Seen = None,
) -> Response:
    """Leave the kind as it is."""
    decline_proposal(office, person, filing_number, reason=body.reason, seen=proposed_at)
    return Response(status_code=204)
