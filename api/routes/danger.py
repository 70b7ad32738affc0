"""A danger to life, for programs: say that there is one, and that somebody attends to it."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import SignedInPerson
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.bodies import ReasonBody
from api.routes.parameters import FilingNumber
from processes.petitions.danger import DangerView, acknowledge_danger, declare_danger, read_danger

router = APIRouter(prefix="/api", tags=["Peligro para la vida"])


class NoteBody(BaseModel):
    """What whoever attends to the danger is going to do."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"note": "Va la patrulla 12."}]}
    )

    note: Annotated[str, Field(description="A quién llamó, quién va y cuándo.")] = ""


@router.get(
    "/petitions/{filing_number}/danger",
    summary="Leer un peligro",
    description="Lo que necesita quien está de turno, y quién lo atiende.",
    response_model=DangerView,
)
def danger(filing_number: FilingNumber, person: SignedInPerson, office: OfficeDep) -> Response:
    """What whoever is on call needs."""
    return answer(read_danger(office, person, filing_number))


@router.post(
    "/petitions/{filing_number}/danger",
    status_code=204,
    summary="Avisar que hay peligro",
    description="Avisa enseguida, a cualquier hora, a las personas de turno.",
    response_class=Response,
)
def declare(
    filing_number: FilingNumber, body: ReasonBody, person: SignedInPerson, office: OfficeDep
) -> Response:
    """Say that somebody is in danger."""
    declare_danger(office, person, filing_number, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/petitions/{filing_number}/danger/acknowledgement",
    status_code=204,
    summary="Atender un peligro",
    description="Queda escrito quién lo atiende, y los avisos se detienen. Si ya lo atiende alguien, 409.",
    response_class=Response,
)
def acknowledge(
    filing_number: FilingNumber, body: NoteBody, person: SignedInPerson, office: OfficeDep
) -> Response:
    """Say that one attends to it."""
    acknowledge_danger(office, person, filing_number, note=body.note)
    return Response(status_code=204)
