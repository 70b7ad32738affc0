"""What outlives a petition, for programs: what is owed, and that it was done."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import DutyDoer, DutyReader
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import FilingNumber
from processes.petitions import duty_list
from processes.petitions.answer_tables import DeliveredHow
from processes.petitions.duty_list import MAX_NOTE, DutyView
from processes.petitions.duty_tables import DutyKind

router = APIRouter(prefix="/api", tags=["Deberes"])
Kind = Annotated[DutyKind, Path(description="Cuál deber: `danger` o `returned_answer`.")]


class DoneBody(BaseModel):
    """What was done of a duty that no act of the law ends."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"note": "La cuadrilla aseguró el poste hoy."}]}
    )

    note: Annotated[str, Field(description="Qué se hizo y cuándo.", max_length=MAX_NOTE)]
    delivered_how: Annotated[
        DeliveredHow,
        Field(description="Cómo se entregó la respuesta que volvió: de ese deber es obligatorio."),
    ] = DeliveredHow.NOT_YET


@router.get(
    "/duties",
    summary="Listar los deberes pendientes",
    description="Lo que se debe aparte de la respuesta y sigue cuando la petición termina: recursos, órdenes "
    "de jueces, riesgos y respuestas que volvieron. Primero lo que no tiene fecha, y luego por su fecha.",
    response_model=list[DutyView],
)
def list_duties(person: DutyReader, office: OfficeDep) -> Response:
    """What is open."""
    return answer(duty_list.list_duties(office, person))


@router.post(
    "/petitions/{filing_number}/duties/{kind}/done",
    status_code=204,
    summary="Anotar un deber como cumplido",
    description="Para un riesgo o una respuesta que volvió, que queda entregada como diga `delivered_how`. "
    "Los demás terminan con su acto (409).",
    response_class=Response,
)
def finish(
    filing_number: FilingNumber, kind: Kind, body: DoneBody, person: DutyDoer, office: OfficeDep
) -> Response:
    """It was done."""
    duty_list.finish_duty(
        office, person, filing_number, kind, note=body.note, delivered_how=body.delivered_how
    )
    return Response(status_code=204)
