"""The legal acts on a petition, for programs: what is open, what an act would do, and the act itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response

from api.access import PUBLIC, Reader
from api.answers import answer
from api.dependencies import OfficeDep
from api.rates import Act, Limited
from api.routes.legal_bodies import CitizenActBody, LegalActBody, MattersBody
from api.routes.parameters import FilingNumber
from processes.common.calendar import BOGOTA
from processes.petitions.act_refusals import RefusedNow, refused_now
from processes.petitions.legal_act import LegalOutcome
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import (
    ActChoice,
    LegalEventView,
    LegalFile,
    MatterView,
    read_legal_file,
    read_tracked_clock,
)
from processes.petitions.legal_preview import preview_legal_act
from processes.petitions.matters import register_matters
from processes.petitions.status import PetitionStatus, TermState
from processes.terms.explained import ExplainedDate
from processes.terms.targets import TARGET_LABELS, Target

router = APIRouter(prefix="/api/petitions/{filing_number}")
_TAG = "Términos y actuaciones"
_CITIZEN_TAG = "Peticiones del ciudadano"
TrackingCode = Annotated[
    str,
    Header(alias="Tracking-Code", max_length=40, description="Código de verificación de la constancia."),
]


@dataclass(frozen=True, slots=True)
class ClockView:
    """A date that the law sets to somebody, explained."""

    target: Target
    label: str
    explanation: ExplainedDate


@dataclass(frozen=True, slots=True)
class LegalFileView:
    """Where a petition stands before the law. `refused` says why each other act is not open now."""

    filing_number: str
    status: PetitionStatus
    term_state: TermState
    due_on: date
    due_at: datetime | None
    explanation: ExplainedDate
    clocks: tuple[ClockView, ...]
    matters: tuple[MatterView, ...]
    events: tuple[LegalEventView, ...]
    permitted: tuple[ActChoice, ...]
    refused: tuple[RefusedNow, ...]


@dataclass(frozen=True, slots=True)
class NumberedMatters:
    """The due date after the requests were numbered."""

    due_on: date


@router.get(
    "/legal-file",
    tags=[_TAG],
    summary="Leer el término y las actuaciones",
    description="El término con su explicación, los demás plazos, los asuntos, lo que se ha hecho, lo que "
    "la persona puede hacer hoy y hasta cuándo, y por qué no procede lo demás.",
    response_model=LegalFileView,
)
def legal_file(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """Where a petition stands before the law."""
    file = read_legal_file(office, person, filing_number)
    today = office.now().astimezone(BOGOTA).date()
    return answer(_view(file, refused_now(file, on=today)))


@router.post(
    "/legal-acts/preview",
    tags=[_TAG],
    summary="Ensayar una actuación",
    description="Qué pasaría con la fecha si se hiciera ahora. No guarda nada ni avisa a nadie.",
    response_model=LegalOutcome,
)
def preview(filing_number: FilingNumber, body: LegalActBody, person: Reader, office: OfficeDep) -> Response:
    """What an act would lead to."""
    return answer(preview_legal_act(office, person, filing_number, body.as_act()))


@router.post(
    "/legal-acts",
    tags=[_TAG],
    status_code=201,
    summary="Hacer una actuación",
    description="La actuación, las fechas, las alertas y el aviso al ciudadano quedan juntos, o nada. Si la "
    "ley no la permite, 422 dice la regla y qué hacer.",
    response_model=LegalOutcome,
)
def do(filing_number: FilingNumber, body: LegalActBody, person: Reader, office: OfficeDep) -> Response:
    """Carry out an act."""
    return answer(record_legal_act(office, person, filing_number, body.as_act()), status=201)


@router.post(
    "/matters",
    tags=[_TAG],
    status_code=201,
    summary="Numerar los asuntos",
    description="Cada asunto de la petición con su clase; manda la fecha más próxima. Una sola vez.",
    response_model=NumberedMatters,
)
def matters(filing_number: FilingNumber, body: MattersBody, person: Reader, office: OfficeDep) -> Response:
    """Number the requests of a petition."""
    due_on = register_matters(office, person, filing_number, body.as_matters())
    return answer(NumberedMatters(due_on), status=201)


@router.get(
    "/tracking/legal-file",
    tags=[_CITIZEN_TAG],
    summary="Consultar los plazos",
    description="Los plazos, día por día, y lo que el ciudadano puede hacer hoy.",
    response_model=LegalFileView,
    dependencies=[Depends(PUBLIC), Depends(Limited(Act.TRACKING))],
)
def tracked_legal_file(
    filing_number: FilingNumber, office: OfficeDep, tracking_code: TrackingCode
) -> Response:
    """The same for whoever has number and code."""
    return answer(_view(read_tracked_clock(office, filing_number, tracking_code), ()))


@router.post(
    "/tracking/legal-acts",
    tags=[_CITIZEN_TAG],
    status_code=201,
    summary="Completar, pedir más tiempo, aclarar, desistir, insistir o recurrir",
    description="Lo que el ciudadano hace con su número y su código, con sus palabras.",
    response_model=LegalOutcome,
    dependencies=[Depends(PUBLIC), Depends(Limited(Act.TRACKING))],
)
def citizen_act(
    filing_number: FilingNumber, body: CitizenActBody, office: OfficeDep, tracking_code: TrackingCode
) -> Response:
    """Carry out an act of the citizen."""
    outcome = record_citizen_act(office, filing_number, tracking_code, kind=body.kind, text=body.text)
    return answer(outcome, status=201)


def _view(file: LegalFile, refused: tuple[RefusedNow, ...]) -> LegalFileView:
    return LegalFileView(
        filing_number=file.filing_number,
        status=file.status,
        term_state=file.term_state,
        due_on=file.due_on,
        due_at=file.due_at,
        explanation=file.explanation,
        clocks=tuple(ClockView(target, TARGET_LABELS[target], date) for target, date in file.clocks.items()),
        matters=file.matters,
        events=file.events,
        permitted=file.choices,
        refused=refused,
    )
