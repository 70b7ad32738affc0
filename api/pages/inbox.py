"""The inbox: what waits for a person."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from api.pages.lights import kind_words, light_of
from api.pages.visit import Visit, WorkerVisit, notice_of
from api.pages.words import TrafficLight
from processes.directory.people import Person
from processes.petitions.absences import in_place_of, replaced_by
from processes.petitions.duty_list import DUTY_DOERS, list_duties
from processes.petitions.inbox import WorkItemView, list_work_items
from processes.petitions.paper import count_letters

router = APIRouter()
_PAGE = 25
_NOTICES = {
    "completada": "Tarea completada.",
    "devuelta": "La tarea volvió a la bandeja.",
}


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A task with the words that a list needs; `light` is None once the petition was answered.

    `instead_of` names who has it, in whose place the visitor is.
    """

    item: WorkItemView
    kind_label: str
    light: TrafficLight | None
    mine: bool
    instead_of: str


@router.get("/bandeja")
def inbox(visit: WorkerVisit, ver: str = "", desde: str | None = None) -> Response:
    """Tasks of the person and free ones, the earliest due first; `ver=mias` only the person's own."""
    mine = ver == "mias"
    page = list_work_items(
        visit.office, visit.person, cursor=desde, limit=_PAGE, state="mine" if mine else "open"
    )
    return visit.show(
        "inbox.html",
        items=tuple(_row(visit, item) for item in page.items),
        in_place_of=in_place_of(visit.office, visit.person),
        replaced_by=replaced_by(visit.office, visit.person),
        mine=mine,
        duties=duties_waiting(visit),
        letters=count_letters(visit.office, visit.person),
        notice=notice_of(visit.request, _NOTICES),
        next_href=list_address("/bandeja", page.next_cursor, ver="mias" if mine else ""),
        first_href=list_address("/bandeja", "" if desde else None, ver="mias" if mine else ""),
    )


def duties_waiting(visit: Visit[Person]) -> int:
    """How many duties aside from the answers are the visitor's to do."""
    if not visit.person.has(*DUTY_DOERS):
        return 0
    return sum(each.theirs for each in list_duties(visit.office, visit.person))


def list_address(path: str, cursor: str | None, **filters: str) -> str:
    """The address of a page of a list; empty when there is none."""
    if cursor is None:
        return ""
    query = urlencode({name: value for name, value in {**filters, "desde": cursor}.items() if value})
    return f"{path}?{query}" if query else path


def _row(visit: Visit[Person], item: WorkItemView) -> InboxRow:
    mine = item.assignee == visit.person.username
    held = "" if mine or item.assignee is None else item.assignee_name or item.assignee
    return InboxRow(item, kind_words(item), light_of(visit, item), mine, held)
