"""What time asks of citizen service: visits to departments, and what was kept long enough."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.visit import CitizenServiceHeadVisit, OfficeTaskReaderVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.reports.office_tasks import finish_office_task, list_office_tasks, read_office_task
from processes.reports.tables import OfficeTaskKind
from processes.reports.visits import overdue_where_visited

router = APIRouter()
_DONE = "hecha"
_NOTICES = {_DONE: "La tarea quedó anotada como hecha."}
_LABELS: Mapping[OfficeTaskKind, str] = MappingProxyType(
    {OfficeTaskKind.VISIT: "Visita de seguimiento", OfficeTaskKind.RETENTION: "Decidir la conservación"}
)
_FIELDS = ("findings", "commitments", "act_number")


@router.get("/tareas-de-la-oficina")
def office_tasks(visit: OfficeTaskReaderVisit) -> Response:
    """Every task, those that are open first."""
    return visit.show(
        "office_tasks.html",
        tasks=list_office_tasks(visit.office, visit.person),
        labels=_LABELS,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get("/tareas-de-la-oficina/{number}")
def office_task(visit: OfficeTaskReaderVisit, number: int) -> Response:
    """One task: what led to it, and what was found."""
    return _show(visit, number)


@router.post("/tareas-de-la-oficina/{number}")
def finish(sent: FormDep, visit: CitizenServiceHeadVisit, number: int) -> Response:
    """Note what was found and agreed; or the page again, with what was typed."""
    typed = {name: sent.text(name) for name in _FIELDS}
    try:
        finish_office_task(visit.office, visit.person, number, **typed)
    except (Invalid, Conflict) as refusal:
        return _show(visit, number, refusal, typed=typed)
    return RedirectResponse(f"/tareas-de-la-oficina?aviso={_DONE}", 303)


def _show(
    visit: Visit[Person],
    number: int,
    refusal: Invalid | Conflict | None = None,
    *,
    typed: Mapping[str, str] | None = None,
) -> Response:
    task = read_office_task(visit.office, visit.person, number)
    return visit.show(
        "office_task.html",
        refusal=refusal,
        task=task,
        label=_LABELS[task.kind],
        is_visit=task.kind is OfficeTaskKind.VISIT,
        overdue=overdue_where_visited(visit.office, visit.person, number),
        may_finish=task.done_at is None and visit.person.has(Role.CITIZEN_SERVICE_HEAD),
        typed=typed or dict.fromkeys(_FIELDS, ""),
    )
