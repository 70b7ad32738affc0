"""A task: the petition beside the form that the procedure asks for."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm, store_uploads
from api.pages.case_file import shown_matters, shown_surveys
from api.pages.forms import FormField, form_fields, proposed_values, sent_values
from api.pages.lights import kind_words, light_of
from api.pages.typed import typed_texts
from api.pages.visit import Visit, WorkerVisit, notice_of
from api.routes.parameters import TaskKey
from processes.common.errors import Conflict, Invalid, OfficeError, TooLarge
from processes.directory.people import Person
from processes.petitions import work
from processes.petitions.case_file import read_case_file
from processes.petitions.form import StoredFile
from processes.petitions.inbox import WorkItemDetail, WorkItemView, read_work_item
from processes.petitions.matters import MAY_SPLIT
from processes.petitions.office import Office
from processes.petitions.people_file import read_contributions
from processes.petitions.queries import read_petition
from processes.petitions.tables import WorkItemStatus
from processes.petitions.work import file_fields

router = APIRouter()
_OF_MATTERS = {"kinds", "matters"}
"""Lists from which a form chooses that ask first whether the petition is one matter or several."""
_TASK = "/tareas/{filing_number}/{task}"
_NOTICES = {
    "tomada": "La tarea quedó a su nombre.",
    "borrador": "Guardamos el borrador.",
}
FilingNumber = Annotated[str, Path()]


@router.get(_TASK)
def task_page(visit: WorkerVisit, filing_number: FilingNumber, task: TaskKey) -> Response:
    """The task as it stands, with its draft or with what the procedure proposes."""
    detail = read_work_item(visit.office, visit.person, filing_number, task)
    return _show(visit, detail, _initial(detail), notice=notice_of(visit.request, _NOTICES))


# The form is read before anybody is asked who they are: when a session ended meanwhile, its page
# still shows what was written.
@router.post(_TASK)
def complete(sent: FormDep, visit: WorkerVisit, filing_number: FilingNumber, task: TaskKey) -> Response:
    """Complete the task; or the page again, with what was typed and what is wrong or who was first."""
    detail = read_work_item(visit.office, visit.person, filing_number, task)
    values = _sent(detail, sent)
    try:
        files = _files(visit.office, detail, sent)
        work.complete(visit.office, visit.person, filing_number, task, values, files=files)
    except (Invalid, Conflict, TooLarge) as refusal:
        return _refused(visit, filing_number, task, values, refusal)
    return RedirectResponse("/bandeja?aviso=completada", 303)


@router.post(f"{_TASK}/tomar")
def claim(sent: FormDep, visit: WorkerVisit, filing_number: FilingNumber, task: TaskKey) -> Response:
    """Take the task, with whatever was typed before."""
    return _claim_and_keep(visit, sent, filing_number, task, "tomada")


@router.post(f"{_TASK}/borrador")
def save_draft(sent: FormDep, visit: WorkerVisit, filing_number: FilingNumber, task: TaskKey) -> Response:
    """Keep what is typed, wrong or right."""
    return _claim_and_keep(visit, sent, filing_number, task, "borrador")


@router.post(f"{_TASK}/devolver")
def release(visit: WorkerVisit, filing_number: FilingNumber, task: TaskKey) -> Response:
    """Give the task back to the inbox."""
    work.release(visit.office, visit.person, filing_number, task)
    return RedirectResponse("/bandeja?aviso=devuelta", 303)


def _claim_and_keep(
    visit: Visit[Person], sent: SentForm, filing_number: str, task: int, notice: str
) -> Response:
    detail = read_work_item(visit.office, visit.person, filing_number, task)
    values = _sent(detail, sent)
    try:
        work.claim(visit.office, visit.person, filing_number, task)
        if values:
            work.save_draft(visit.office, visit.person, filing_number, task, values)
    except (Invalid, Conflict) as refusal:
        return _refused(visit, filing_number, task, values, refusal)
    return RedirectResponse(f"/tareas/{filing_number}/{task}?aviso={notice}", 303)


def _refused(
    visit: Visit[Person], filing_number: str, task: int, values: Mapping[str, object], refusal: OfficeError
) -> Response:
    """The page of the task as it stands now, with all that was typed."""
    detail = read_work_item(visit.office, visit.person, filing_number, task)
    errors = refusal.fields if isinstance(refusal, Invalid) else {}
    return _show(
        visit,
        detail,
        values,
        errors=errors,
        conflict="" if errors else refusal.message,
        status=refusal.status,
    )


def _show(
    visit: Visit[Person],
    detail: WorkItemDetail,
    values: Mapping[str, object],
    *,
    errors: Mapping[str, str] | None = None,
    conflict: str = "",
    notice: str = "",
    status: int = 200,
) -> Response:
    item = detail.view
    petition = read_petition(visit.office, visit.person, item.filing_number)
    file = read_case_file(visit.office, visit.person, item.filing_number)
    fields = _fields(detail, values, errors or {})
    owners = {post.owner for post in visit.person.posts}
    theirs = (item.assignee is None or item.assignee in owners) and not detail.why_not
    workable = item.status is WorkItemStatus.OPEN and theirs
    return visit.show(
        "task.html",
        status=status,
        item=item,
        detail=detail,
        incoming=tuple(each for each in petition.files if each.direction == "incoming"),
        drafted=tuple(each for each in petition.files if each.direction in {"draft", "outgoing"}),
        notes=file.notes,
        surveys=shown_surveys(file),
        kind_label=kind_words(item),
        identity=petition.identity,
        matters=shown_matters(file),
        exchanges=file.exchanges,
        may_split=bool(_OF_MATTERS & set(detail.options)) and visit.person.has(*MAY_SPLIT),
        light=light_of(visit, item if item.duty else petition.row),
        sent=petition.sent_at is not None,
        help=read_contributions(visit.office, visit.person, item.filing_number),
        holder=detail.why_not or _holder(item, visit.person),
        workable=workable,
        fields=fields,
        labels={field.key: field.label for field in fields if field.key},
        has_files=any(field.kind == "filepicker" for field in fields),
        typed=typed_texts(fields) if status != 200 and not workable else (),  # noqa: PLR2004 - HTTP's own
        errors=errors or {},
        conflict=conflict,
        notice=notice,
    )


def _initial(detail: WorkItemDetail) -> Mapping[str, object]:
    if detail.form is None or detail.draft:
        return detail.draft
    return proposed_values(detail.form, detail.facts, {"answer_text": detail.answer_text})


def _sent(detail: WorkItemDetail, sent: SentForm) -> dict[str, object]:
    return {} if detail.form is None else sent_values(detail.form, sent.data)


def _files(office: Office, detail: WorkItemDetail, sent: SentForm) -> tuple[StoredFile, ...]:
    """The files of the form's own fields, kept. Raises Invalid for the field that they came in."""
    pickers = () if detail.form is None else file_fields(detail.form)
    try:
        stored = store_uploads(office.settings, sent)
    except (Invalid, TooLarge) as refusal:
        raise Invalid(refusal.message, dict.fromkeys(pickers[:1], refusal.message)) from refusal
    return tuple(file for key in pickers for file in stored.get(key, ()))


def _fields(
    detail: WorkItemDetail, values: Mapping[str, object], errors: Mapping[str, str]
) -> tuple[FormField, ...]:
    if detail.form is None:
        return ()
    return form_fields(detail.form, values=values, errors=errors, options=detail.options)


def _holder(item: WorkItemView, person: Person) -> str:
    if item.status is WorkItemStatus.CANCELLED:
        return "El procedimiento retiró esta tarea; ya no hay que hacerla."
    if item.status is WorkItemStatus.DONE:
        return "Esta tarea ya está hecha."
    if item.assignee is None:
        return "Está disponible. Tómela para guardar borradores, o complétela de una vez."
    if item.assignee == person.username:
        return "La tiene usted."
    if item.assignee in {post.owner for post in person.posts}:
        return f"Es de {item.assignee_name}: usted la hace por su encargo."
    return f"La tiene {item.assignee_name or item.assignee}."
