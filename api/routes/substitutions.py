"""Who is away and who is in their place, for programs."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from api.access import SubstitutionKeeper
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import SubstitutionNumber
from processes.petitions.absences import SubstitutionView, list_substitutions
from processes.petitions.substituting import end_substitution, record_substitution

router = APIRouter(prefix="/api/substitutions", tags=["Ausencias"])


class SubstitutionBody(BaseModel):
    """Somebody who will be away, and who is in their place."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "absent": "carlos",
                    "substitute": "clara",
                    "first_on": "2026-11-23",
                    "last_on": "2026-11-27",
                    "act_number": "Resolución 120 del 20 de noviembre de 2026",
                }
            ]
        },
    )

    absent: Annotated[str, Field(max_length=60, description="El usuario de quien se ausenta.")]
    substitute: Annotated[str, Field(max_length=60, description="El usuario de quien reemplaza.")]
    first_on: Annotated[date, Field(description="El primer día.")]
    last_on: Annotated[date, Field(description="El último día, incluido.")]
    act_number: Annotated[str, Field(max_length=200, description="El acto que lo ordena, con su fecha.")]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A substitution that was just recorded, by its number."""

    number: int


@router.get(
    "",
    summary="Ver las ausencias",
    description="Las vigentes y las que vienen, y las últimas que terminaron. Una jefatura ve las de las "
    "personas de su dependencia.",
    response_model=list[SubstitutionView],
)
def substitutions(person: SubstitutionKeeper, office: OfficeDep) -> Response:
    """Who is away, will be or was."""
    return answer(list_substitutions(office, person))


@router.post(
    "",
    status_code=201,
    summary="Registrar una ausencia",
    description="Entre esos días, quien reemplaza tiene las tareas, las firmas, la lectura y los mensajes de "
    "quien se ausenta; lo que hace queda «por encargo de» esa persona.",
    response_model=Recorded,
)
def record(body: SubstitutionBody, person: SubstitutionKeeper, office: OfficeDep) -> Response:
    """Record an absence with its substitute."""
    number = record_substitution(
        office,
        person,
        absent=body.absent,
        substitute=body.substitute,
        first_on=body.first_on,
        last_on=body.last_on,
        act_number=body.act_number,
    )
    return answer(Recorded(number), status=201)


@router.post(
    "/{number}/end",
    status_code=204,
    summary="Terminar un reemplazo",
    description="Antes de su último día: la persona ausente volvió. Nada queda a nombre de quien la "
    "reemplazaba.",
    response_class=Response,
)
def end(number: SubstitutionNumber, person: SubstitutionKeeper, office: OfficeDep) -> Response:
    """End a substitution before its last day."""
    end_substitution(office, person, number)
    return Response(status_code=204)
