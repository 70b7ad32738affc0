"""Petitions as the entity's people read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.case_file import history, reception_lines, shown_answers, shown_matters, shown_surveys
from api.pages.downloads import download
from api.pages.duties import listed as listed_duty
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.inbox import list_address
from api.pages.lights import kind_words, light_of
from api.pages.procedure import procedure_place
from api.pages.visit import CitizenServiceHeadVisit, ReaderVisit, Visit, notice_of
from api.pages.words import TrafficLight
from api.routes.parameters import FileNumber
from processes.common.errors import Conflict, Invalid, OfficeError
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import may_take_away, may_work_on
from processes.petitions.alert_seeing import ToldAlert, alerts_told
from processes.petitions.case_file import read_case_file
from processes.petitions.due_dates import filing_reason
from processes.petitions.duty_list import duties_of
from processes.petitions.form import DOCUMENT_LABELS, Identity
from processes.petitions.queries import (
    PetitionRow,
    PetitionView,
    TaskRow,
    list_petitions,
    petition_file,
    read_petition,
)
from processes.petitions.reception_words import CHANNEL_LABELS
from processes.petitions.status import ANSWERED_OR_ENDED, ENDED, STATUS_LABELS, PetitionStatus
from processes.petitions.tables import WorkItemStatus
from processes.petitions.voiding import void_petition

router = APIRouter()
_PAGE = 25
_LIST_NOTICES = {
    "impedimento": "Su impedimento quedó registrado: ya no ve esa petición, y otra persona la sigue.",
}
_NOTICES = {
    "anulada": "El número quedó anulado, con su motivo a la vista.",
    "enterado": "Queda escrito que usted está enterado. Ese aviso no se le repite; el siguiente sí sale.",
}


@dataclass(frozen=True, slots=True)
class ListedPetition:
    """A petition of a list; `light` is None once it was answered or ended."""

    row: PetitionRow
    kind_label: str
    status_label: str
    light: TrafficLight | None
    ended: bool


@dataclass(frozen=True, slots=True)
class ListedTask:
    """An open task of a petition; `href` is empty unless the reader may work on it.

    `give_back` is the address to give back a task that another holds; empty unless the reader may.
    """

    task: TaskRow
    href: str
    words: str
    give_back: str


@router.get("/peticiones")
def petitions(visit: ReaderVisit, estado: str = "", desde: str | None = None) -> Response:
    """The petitions that the person may read, the newest first, of one state or of all."""
    status = PetitionStatus(estado) if estado in set(PetitionStatus) else None
    page = list_petitions(visit.office, visit.person, cursor=desde, limit=_PAGE, status=status)
    return visit.show(
        "petitions.html",
        notice=notice_of(visit.request, _LIST_NOTICES),
        items=tuple(
            ListedPetition(
                row,
                kind_words(row),
                STATUS_LABELS[row.status],
                light_of(visit, row),
                ended=row.status in ENDED,
            )
            for row in page.items
        ),
        statuses=tuple(Choice(each.value, label, each is status) for each, label in STATUS_LABELS.items()),
        next_href=list_address("/peticiones", page.next_cursor, estado=estado),
        first_href=list_address("/peticiones", "" if desde else None, estado=estado),
    )


@router.get("/peticiones/{filing_number}")
def petition(visit: ReaderVisit, filing_number: str) -> Response:
    """One petition, whole."""
    return show_petition(visit, filing_number, notice=notice_of(visit.request, _NOTICES))


@router.get("/peticiones/{filing_number}/archivos/{seq}")
def file_of_petition(visit: ReaderVisit, filing_number: str, seq: FileNumber) -> Response:
    """A file of a petition."""
    file, content = petition_file(visit.office, visit.person, filing_number, seq)
    return download(file, content)


@router.post("/peticiones/{filing_number}/anular")
def void(sent: FormDep, visit: CitizenServiceHeadVisit, filing_number: str) -> Response:
    """Cancel a number given by mistake; or the page again, with what is wrong."""
    reason = sent.text("void_reason")
    try:
        void_petition(visit.office, visit.person, filing_number, reason=reason)
    except (Invalid, Conflict) as refusal:
        return show_petition(
            visit, filing_number, refusal=("void_reason", refusal), values={"void_reason": reason}
        )
    return RedirectResponse(f"/peticiones/{filing_number}?aviso=anulada", 303)


def show_petition(
    visit: Visit[Person],
    filing_number: str,
    *,
    identity: Identity | None = None,
    notice: str = "",
    refusal: tuple[str, OfficeError] | None = None,
    values: Mapping[str, str] | None = None,
) -> Response:
    """The page of a petition. `identity` is a reserved one, just read by its custodian.

    `refusal` names the field of the act that was refused, and why.
    """
    found = read_petition(visit.office, visit.person, filing_number)
    file = read_case_file(visit.office, visit.person, filing_number)
    shown = found.identity or identity
    return visit.show(
        "petition.html",
        status=refusal[1].status if refusal else 200,
        petition=found,
        row=found.row,
        kind_label=kind_words(found.row),
        ended=found.row.status in ENDED,
        matters=shown_matters(file),
        exchanges=file.exchanges,
        status_label=STATUS_LABELS[found.row.status],
        channel_label=CHANNEL_LABELS[found.channel],
        light=light_of(visit, found.row),
        filing_reason=filing_reason(visit.office, received_at=found.received_at, filed_on=found.row.filed_on),
        files=_files_by_direction(found),
        identity=shown,
        document_label=DOCUMENT_LABELS[shown.document_type] if shown else "",
        may_read_identity=found.reserved_identity and visit.person.has(Role.IDENTITY_CUSTODIAN),
        may_void=_may_void(visit.person, found.row.status),
        tasks=tuple(
            _listed(visit.person, found, task) for task in found.tasks if task.status is WorkItemStatus.OPEN
        ),
        duties=tuple(
            listed_duty(visit, each) for each in duties_of(visit.office, visit.person, filing_number)
        ),
        alert=_alert_to_acknowledge(visit, filing_number, found.row.status),
        procedure=procedure_place(visit, found),
        urgent=file.reception.urgent,
        reception=reception_lines(file),
        answers=shown_answers(file),
        surveys=shown_surveys(file),
        history=history(found.timeline, file),
        notice=notice,
        errors=FieldErrors({refusal[0]: refusal[1].message} if refusal else {}),
        values={"identity_reason": "", "void_reason": "", **(values or {})},
    )


def _alert_to_acknowledge(
    visit: Visit[Person], filing_number: str, status: PetitionStatus
) -> ToldAlert | None:
    """The last alert that told the person and that they have not said they saw; None once it was answered."""
    if status in ANSWERED_OR_ENDED:
        return None
    unseen = [each for each in alerts_told(visit.office, visit.person, filing_number) if not each.seen]
    return unseen[-1] if unseen else None


def _files_by_direction(found: PetitionView) -> dict[str, tuple[object, ...]]:
    return {
        direction: tuple(file for file in found.files if file.direction == direction)
        for direction in ("incoming", "draft", "outgoing", "internal")
    }


def _may_void(person: Person, status: PetitionStatus) -> bool:
    return person.has(Role.CITIZEN_SERVICE_HEAD) and status not in ENDED and status is not PetitionStatus.SENT


def _listed(person: Person, found: PetitionView, task: TaskRow) -> ListedTask:
    theirs = may_work_on(person, task.lane, task.department, task.only_for)
    href = f"/tareas/{found.row.filing_number}/{task.task}" if theirs else ""
    held = task.assignee_name not in {None, person.full_name}
    may_take = held and may_take_away(person, task.department)
    give_back = f"/tareas/{found.row.filing_number}/{task.task}/devolver" if may_take else ""
    return ListedTask(task, href, _whose(task), give_back)


def _whose(task: TaskRow) -> str:
    if task.assignee_name:
        return f"la tiene {task.assignee_name}"
    return f"para {task.only_for_name}" if task.only_for_name else "disponible"
