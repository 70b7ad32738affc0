"""The official's side: tasks that wait, taken, given back, drafted, completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import ValidationError

from api.access import Worker
from api.answers import answer
from api.bodies import SentForm, is_form, read_form, read_json, store_uploads
from api.dependencies import OfficeDep
from api.errors import invalid_of
from api.routes.bodies import TASK_BODY, TaskBody
from api.routes.parameters import Cursor, FilingNumber, Limit, TaskKey
from api.security import CSRF_FIELD
from processes.petitions import inbox, work
from processes.petitions.inbox import WorkItemDetail, WorkItemView
from processes.petitions.paging import Page
from processes.petitions.work import Completed

router = APIRouter(prefix="/api/work-items", tags=["Tareas"])
_TASK = "/{filing_number}/{task}"
State = Annotated[
    Literal["open", "mine"], Query(description="«open»: las propias y las libres; «mine»: solo las propias.")
]


@dataclass(frozen=True, slots=True)
class SentTask:
    """A task's form as it came; files are not yet kept."""

    fields: Mapping[str, object]
    form: SentForm | None = None


async def sent_task(request: Request) -> SentTask:
    """The task's fields in the body, JSON or form. Raises Malformed and Invalid."""
    if is_form(request):
        form = await read_form(request)
        fields = form.values()
        fields.pop(CSRF_FIELD, None)
        return SentTask(fields, form)
    try:
        return SentTask(TaskBody.model_validate(await read_json(request)).fields)
    except ValidationError as error:
        raise invalid_of(error.errors(include_url=False, include_input=False)) from error


Sent = Annotated[SentTask, Depends(sent_task)]


@router.get(
    "",
    summary="Listar las tareas",
    description="Las que la persona puede hacer, primero la que antes vence.",
    response_model=Page[WorkItemView],
)
def list_work_items(
    person: Worker, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50, state: State = "open"
) -> Response:
    """Tasks that wait for the caller."""
    return answer(inbox.list_work_items(office, person, cursor=cursor, limit=limit, state=state))


@router.get(
    _TASK,
    summary="Leer una tarea",
    description="La tarea con su formulario (esquema form-js), lo que se sabe del caso y el borrador.",
    response_model=WorkItemDetail,
)
def read_work_item(filing_number: FilingNumber, task: TaskKey, person: Worker, office: OfficeDep) -> Response:
    """One task."""
    return answer(inbox.read_work_item(office, person, filing_number, task))


@router.post(
    f"{_TASK}/claim",
    status_code=204,
    summary="Tomar una tarea",
    description="La tarea queda a cargo de la persona. Tomar la propia otra vez no cambia nada; la de otra "
    "persona es 409.",
    response_class=Response,
)
def claim(filing_number: FilingNumber, task: TaskKey, person: Worker, office: OfficeDep) -> Response:
    """Take a task."""
    work.claim(office, person, filing_number, task)
    return Response(status_code=204)


@router.post(
    f"{_TASK}/release",
    status_code=204,
    summary="Devolver una tarea",
    description="La tarea queda libre, con su borrador.",
    response_class=Response,
)
def release(filing_number: FilingNumber, task: TaskKey, person: Worker, office: OfficeDep) -> Response:
    """Give a task back."""
    work.release(office, person, filing_number, task)
    return Response(status_code=204)


@router.post(
    f"{_TASK}/draft",
    status_code=204,
    summary="Guardar un borrador",
    description="Guarda los campos como están, sin comprobarlos.",
    response_class=Response,
)
def save_draft(
    filing_number: FilingNumber, task: TaskKey, person: Worker, sent: Sent, office: OfficeDep
) -> Response:
    """Keep what is typed so far."""
    work.save_draft(office, person, filing_number, task, sent.fields)
    return Response(status_code=204)


@router.post(
    f"{_TASK}/complete",
    summary="Completar una tarea",
    description="La petición avanza y todo queda guardado, o nada. Con archivos, envíe "
    "«multipart/form-data». Si otra persona la completó antes, 409 dice quién y cuándo.",
    response_model=Completed,
    openapi_extra=TASK_BODY,
)
def complete(
    filing_number: FilingNumber, task: TaskKey, person: Worker, sent: Sent, office: OfficeDep
) -> Response:
    """Complete a task."""
    stored = {} if sent.form is None else store_uploads(office.settings, sent.form)
    values = {**sent.fields, **{key: [file.name for file in files] for key, files in stored.items()}}
    files = tuple(file for group in stored.values() for file in group)
    return answer(work.complete(office, person, filing_number, task, values, files=files))
