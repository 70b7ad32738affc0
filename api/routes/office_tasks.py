"""What time asks of citizen service, for programs: visits, and what was kept long enough."""

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import CitizenServiceHead, OfficeTaskReader
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import LARGEST_KEY
from processes.reports.office_tasks import (
    MAX_TEXT,
    OfficeTaskView,
    finish_office_task,
    list_office_tasks,
    read_office_task,
)

router = APIRouter(prefix="/api/office-tasks", tags=["Visitas y tareas de la oficina"])
TaskNumber = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Número de la tarea.")]


class DoneBody(BaseModel):
    """What a visit found and what was agreed, or what was decided on what was kept."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "findings": "Nadie recibe el reparto por vacaciones.",
                    "commitments": "Nombrar un encargado el lunes.",
                }
            ]
        },
    )

    findings: Annotated[str, Field(max_length=MAX_TEXT, description="Qué se encontró.")]
    commitments: Annotated[
        str, Field(max_length=MAX_TEXT, description="En una visita, qué hará la dependencia y para cuándo.")
    ] = ""
    act_number: Annotated[
        str, Field(max_length=60, description="En una decisión de archivo, el número y la fecha de su acto.")
    ] = ""


@router.get(
    "",
    summary="Listar las tareas de la oficina",
    description="Visitas y decisiones de archivo, primero las que están por hacer.",
    response_model=list[OfficeTaskView],
)
def office_tasks(person: OfficeTaskReader, office: OfficeDep) -> Response:
    """Every task, those that are open first."""
    return answer(list_office_tasks(office, person))


@router.get(
    "/{number}",
    summary="Leer una tarea de la oficina",
    description="Qué la motivó, y qué se encontró si ya se hizo.",
    response_model=OfficeTaskView,
)
def office_task(number: TaskNumber, person: OfficeTaskReader, office: OfficeDep) -> Response:
    """One task."""
    return answer(read_office_task(office, person, number))


@router.post(
    "/{number}/done",
    status_code=204,
    summary="Anotar una tarea como hecha",
    description="Qué se encontró y qué se acordó, o el acto que lo decidió. Si ya se hizo, 409.",
    response_class=Response,
)
def finish(number: TaskNumber, body: DoneBody, person: CitizenServiceHead, office: OfficeDep) -> Response:
    """Note what was found and agreed."""
    finish_office_task(
        office,
        person,
        number,
        findings=body.findings,
        commitments=body.commitments,
        act_number=body.act_number,
    )
    return Response(status_code=204)
