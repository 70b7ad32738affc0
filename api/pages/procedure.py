"""Where a petition stands in its procedure: in words first, then the diagrams that repeat them."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Response

from api.pages.visit import ReaderVisit, Visit
from processes.directory.people import Person
from processes.petitions.procedure import Diagram, Procedure, Whereabouts, diagram_of, procedure_of
from processes.petitions.queries import PetitionView, TaskRow
from processes.petitions.tables import WorkItemStatus

router = APIRouter()
_STEP = " → "


@dataclass(frozen=True, slots=True)
class WalkedTask:
    """A task behind the petition: the diagram that it is drawn in, what it was, who did it and when."""

    diagram: str
    name: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DiagramPlace:
    """A diagram for the viewer: its address, and the elements to mark as a text of their ids."""

    href: str
    process: str
    title: str
    current: str
    waiting: str


@dataclass(frozen=True, slots=True)
class ProcedurePlace:
    """Where the petition is (`here`, at people's desks), what else it waits for, and what lies behind."""

    here: tuple[str, ...]
    waits: tuple[str, ...]
    walked: tuple[WalkedTask, ...]
    diagrams: tuple[DiagramPlace, ...]


@router.get("/peticiones/{filing_number}/diagramas/{file:path}")
def diagram(visit: ReaderVisit, filing_number: str, file: str) -> Response:
    """A diagram of the version that the petition runs on, for the viewer."""
    content = diagram_of(visit.office, visit.person, filing_number, file)
    return Response(content, media_type="application/xml")


def procedure_place(visit: Visit[Person], found: PetitionView) -> ProcedurePlace:
    """The procedure of a petition for its page."""
    number = found.row.filing_number
    procedure = procedure_of(visit.office, visit.person, number)
    places = procedure.places
    return ProcedurePlace(
        here=tuple(_in_words(each) for each in places if each.awaits_a_person),
        waits=tuple(_in_words(each) for each in places if each.way and not each.awaits_a_person),
        walked=_walked(procedure, found.tasks),
        diagrams=tuple(_place(number, each) for each in procedure.diagrams),
    )


def _in_words(place: Whereabouts) -> str:
    who = f" ({place.lane})" if place.lane else ""
    return f"{_STEP.join(place.way)}{who}"


def _walked(procedure: Procedure, tasks: tuple[TaskRow, ...]) -> tuple[WalkedTask, ...]:
    behind = ((task.closed_at, task) for task in tasks if task.closed_at is not None)
    return tuple(
        WalkedTask(procedure.titles.get(task.element, ""), task.name, _how(task), at)
        for at, task in sorted(behind, key=lambda pair: pair[0])
    )


def _how(task: TaskRow) -> str:
    if task.status is WorkItemStatus.CANCELLED:
        return "el procedimiento la retiró"
    return f"la completó {task.assignee_name}" if task.assignee_name else "completada"


def _place(filing_number: str, diagram: Diagram) -> DiagramPlace:
    drawing = diagram.drawing
    return DiagramPlace(
        href=f"/peticiones/{filing_number}/diagramas/{drawing.file}",
        process=drawing.process,
        title=drawing.title,
        current=" ".join(diagram.tasks),
        waiting=" ".join(diagram.waits),
    )
