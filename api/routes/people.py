"""Who has a hand in a petition, for programs."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import Designator, Excluder, Lifter, Reader, Receptionist
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.bodies import ReasonBody
from api.routes.parameters import FilingNumber
from processes.petitions.citizen_adding import MAX_TEXT, add_for_citizen
from processes.petitions.excluding import declare_conflict, lift_exclusion, name_complained_of
from processes.petitions.people_file import PeopleFile, read_people_file
from processes.petitions.returning import return_assignment
from processes.petitions.standing_in import designate_stand_in

router = APIRouter(prefix="/api/petitions/{filing_number}", tags=["Personas de una petición"])
Username = Annotated[str, Field(max_length=60, description="El nombre de usuario.")]


class ExclusionBody(BaseModel):
    """Somebody to be kept apart, or who no longer is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"username": "carlos", "reason": "La queja trata de su atención en la oficina."}]
        },
    )

    username: Username
    reason: Annotated[str, Field(max_length=2000, description="Las razones; quedan en el expediente.")]


class AdditionBody(BaseModel):
    """What the citizen adds, in their words."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"text": "Llamó: el hueco creció con la lluvia."}]}
    )

    text: Annotated[str, Field(max_length=MAX_TEXT, description="Lo que agrega.")]


class StandInBody(BaseModel):
    """Who works in whose place."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"username": "elena", "instead_of": "diana"}]}
    )

    username: Username
    instead_of: Annotated[str, Field(max_length=60, description="Quien está apartado de la petición.")]


@router.get(
    "/people",
    summary="Ver las personas de una petición",
    description="Aportes pedidos, firmas, copias por pagar, devoluciones; y, para quien decide, quiénes "
    "están apartados y por qué.",
    response_model=PeopleFile,
)
def people(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """Who helps, who signs, who is kept apart."""
    return answer(read_people_file(office, person, filing_number))


@router.post(
    "/additions",
    status_code=204,
    summary="Anotar lo que agrega el ciudadano",
    description="Lo que dice, trae o envía por otro medio. Lo lee quien tiene la petición; su fecha no "
    "cambia.",
    response_class=Response,
)
def add(filing_number: FilingNumber, body: AdditionBody, person: Receptionist, office: OfficeDep) -> Response:
    """What the citizen says at the desk or by telephone."""
    add_for_citizen(office, person, filing_number, text=body.text)
    return Response(status_code=204)


@router.post(
    "/return",
    status_code=204,
    summary="Devolver la asignación",
    description="La dependencia la devuelve una sola vez, a más tardar el día hábil siguiente a la "
    "asignación. El término no cambia.",
    response_class=Response,
)
def give_back(filing_number: FilingNumber, body: ReasonBody, person: Reader, office: OfficeDep) -> Response:
    """Give the petition back for the caller's department."""
    return_assignment(office, person, filing_number, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/conflict",
    status_code=204,
    summary="Declararse impedido",
    description="Quien llama deja de ver la petición; quien distribuye decide quién la sigue.",
    response_class=Response,
)
def say_conflict(
    filing_number: FilingNumber, body: ReasonBody, person: Reader, office: OfficeDep
) -> Response:
    """Keep the caller apart by their own word."""
    declare_conflict(office, person, filing_number, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/exclusions",
    status_code=204,
    summary="Apartar al servidor del que se quejan",
    description="Esa persona deja de ver la petición en todas partes y no recibe mensajes de ella.",
    response_class=Response,
)
def exclude(
    filing_number: FilingNumber, body: ExclusionBody, person: Excluder, office: OfficeDep
) -> Response:
    """Keep apart the official of whom the petition complains."""
    name_complained_of(office, person, filing_number, username=body.username, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/exclusions/lift",
    status_code=204,
    summary="Dejar de apartar a alguien",
    description="Esa persona vuelve a ver la petición según su cargo; en el expediente queda por qué.",
    response_class=Response,
)
def lift(filing_number: FilingNumber, body: ExclusionBody, person: Lifter, office: OfficeDep) -> Response:
    """Let somebody find the petition again."""
    lift_exclusion(office, person, filing_number, username=body.username, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/stand-ins",
    status_code=204,
    summary="Designar a un funcionario ad hoc",
    description="Hace en esta petición, y solo en ella, las tareas de quien está apartado.",
    response_class=Response,
)
def designate(
    filing_number: FilingNumber, body: StandInBody, person: Designator, office: OfficeDep
) -> Response:
    """Name somebody in the place of one who is kept apart."""
    designate_stand_in(office, person, filing_number, username=body.username, instead_of=body.instead_of)
    return Response(status_code=204)
