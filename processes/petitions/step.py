"""One step of a case: what the engine advanced, made into rows that change together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, SYSTEM, Act, Actor, chain
from processes.common.database import insert_if_absent
from processes.common.outbox import Envelope, post
from processes.directory.entity import EntityProfile
from processes.directory.people import Person, departments
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT
from processes.engine.model import Advance, Incident, OpenTask, WaitingAlert
from processes.petitions.case import Case, guard
from processes.petitions.status import PetitionStatus, move
from processes.petitions.tables import ALERTS, CASE_STATES, INCIDENTS, WORK_ITEMS, WorkItemStatus
from processes.terms.kinds import PetitionKind

_NO_TASK = 0
_OPEN = insert_if_absent(
    WORK_ITEMS,
    (
        "petition_id",
        "task",
        "element",
        "name",
        "lane",
        "form",
        "department",
        "status",
        "draft",
        "created_at",
    ),
    key=("petition_id", "task"),
)


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """When an alert is due; `working_days_before` the due date of the petition, so that it moves with it."""

    due_at: datetime
    working_days_before: int | None


@dataclass(slots=True)
class Step:
    """What one step will write. Intents fill it; `write_step` writes it at once."""

    connection: sa.Connection
    case: Case
    entity: EntityProfile
    public_url: str
    actor: Actor
    now: datetime
    changes: dict[str, object] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    plans: dict[str, AlertPlan] = field(default_factory=dict)
    attachment_kinds: tuple[str, ...] = ()
    answer_files: tuple[str, ...] = ()
    signer: Person | None = None
    _department_names: dict[str, str] | None = None

    @property
    def kind(self) -> PetitionKind:
        """The petition's kind once this step is written."""
        return PetitionKind(str(self.changes.get("kind", self.case.kind)))

    @property
    def due_on(self) -> date:
        """The petition's due date once this step is written."""
        due_on = self.changes.get("due_on", self.case.due_on)
        if not isinstance(due_on, date):
            raise TypeError(due_on)
        return due_on

    @property
    def department(self) -> str | None:
        """The petition's department once this step is written."""
        value = self.changes.get("department", self.case.department)
        return None if value is None else str(value)

    @property
    def department_name(self) -> str:
        """The name of the petition's department; empty before it has one."""
        if self.department == self.case.department:
            return self.case.department_name
        return self.department_names.get(self.department or "", "")

    @property
    def department_names(self) -> dict[str, str]:
        """Names of the active departments by code, read once a step."""
        if self._department_names is None:
            self._department_names = {view.code: view.name for view in departments(self.connection)}
        return self._department_names

    def record(self, act: str, /, **detail: object) -> None:
        """Note an act of this step's actor."""
        self.acts.append(Act(act, self.actor, detail))

    def move_to(self, status: PetitionStatus) -> None:
        """Change the petition's state, when the move is legal. Raises Conflict."""
        current = PetitionStatus(str(self.changes.get("status", self.case.status)))
        self.changes["status"] = move(current, status).value


@dataclass(frozen=True, slots=True)
class Completion:
    """The work item that this step completes; `_NO_TASK` when the clock or the system advances."""

    task: int = _NO_TASK
    by: str | None = None


def record_reasons(step: Step, advance: Advance) -> None:
    """Note why each decision answered what it did."""
    for reason in advance.reasons:
        detail = {"element": reason.element, "decision": reason.decision, "reason": reason.text}
        step.acts.append(Act("decided", SYSTEM, detail))


def write_step(step: Step, advance: Advance, completion: Completion) -> None:
    """Everything that changed, in a fixed order: the guarded petition first, then what hangs from it.

    Raises StaleCase when another act came first; nothing is then written.
    """
    case, connection = step.case, step.connection
    record_reasons(step, advance)
    incidents = [*advance.incidents, *_undated(step, advance)]
    known = _known_incidents(step)
    fresh = [incident for incident in incidents if incident.key not in known]
    for incident in fresh:
        step.acts.append(incident_act(incident))
    alerts = _alert_rows(step, advance)
    rows, head = chain(case.filing_number, case.head, step.acts, step.now)
    wakes = [
        step.plans[a.alert].due_at if a.key not in case.alerts else case.alerts[a.key].due_at for a in alerts
    ]
    heads = {"audit_seq": head.seq, "audit_hash": head.hash, "next_wake_at": min(wakes, default=None)}
    guard(connection, case, {**step.changes, **heads})
    connection.execute(
        sa.update(CASE_STATES).where(CASE_STATES.c.petition_id == case.id).values(state=advance.state)
    )
    close_work_items(step, advance.open_tasks, completion)
    open_work_items(step, advance.open_tasks)
    _write_alerts(step, alerts)
    _write_incidents(step, fresh, known - {incident.key for incident in incidents})
    if rows:
        connection.execute(INSERT_EVENTS, rows)
    post(connection, step.envelopes, now=step.now)


def close_work_items(step: Step, still_open: Iterable[OpenTask], completion: Completion) -> None:
    """Mark the completed task done, and cancel what the diagram withdrew, in one statement."""
    table = WORK_ITEMS.c
    done = table.task == completion.task
    closing = {
        "status": sa.case((done, WorkItemStatus.DONE.value), else_=WorkItemStatus.CANCELLED.value),
        # A free task counts as taken by whoever completes it.
        "assignee": sa.case((done, sa.func.coalesce(table.assignee, completion.by)), else_=table.assignee),
        "closed_at": step.now,
        "closed_by": sa.case((done, completion.by), else_=str(SYSTEM)),
        "draft": "",
    }
    step.connection.execute(
        sa.update(WORK_ITEMS)
        .where(
            table.petition_id == step.case.id,
            table.status == WorkItemStatus.OPEN.value,
            table.task.not_in([task.key for task in still_open] or [_NO_TASK]),
        )
        .values(closing)
    )


def open_work_items(step: Step, tasks: Iterable[OpenTask]) -> None:
    """A work item for each ready task; those that are there already stay as they are."""
    rows = [work_item_row(step.case.id, task, step.department, step.now) for task in tasks]
    if rows:
        step.connection.execute(_OPEN, rows)


def work_item_row(
    petition_id: int, task: OpenTask, department: str | None, now: datetime
) -> dict[str, object]:
    """The row for a ready task; tasks of the department's lanes belong to `department`."""
    return {
        "petition_id": petition_id,
        "task": task.key,
        "element": task.element,
        "name": task.name,
        "lane": task.lane,
        "form": task.form,
        "department": department if task.lane in LANES_WITHIN_A_DEPARTMENT else None,
        "status": WorkItemStatus.OPEN.value,
        "draft": "",
        "created_at": now,
    }


def alert_row(petition_id: int, alert: WaitingAlert, plan: AlertPlan) -> dict[str, object]:
    """The row for a timer that began to wait."""
    return {
        "petition_id": petition_id,
        "task": alert.key,
        "element": alert.element,
        "name": alert.alert,
        "working_days_before": plan.working_days_before,
        "due_at": plan.due_at,
    }


def incident_row(petition_id: int, incident: Incident, now: datetime) -> dict[str, object]:
    """The row for a task that failed."""
    return {
        "petition_id": petition_id,
        "task": incident.key,
        "element": incident.element,
        "name": incident.name,
        "message": incident.message,
        "attempts": 1,
        "opened_at": now,
        "last_at": now,
    }


def incident_act(incident: Incident) -> Act:
    """A task's failure, for the journal."""
    detail = {"task": incident.key, "element": incident.element, "message": incident.message}
    return Act("incident", SYSTEM, detail)


def undated_alerts(
    advance: Advance, known: Mapping[int, object], plans: Mapping[str, AlertPlan]
) -> list[Incident]:
    """Timers that began to wait for an alert that the diagram never planned: a person must see them."""
    return [
        Incident(
            alert.key,
            alert.element,
            alert.alert,
            f"El temporizador espera la alerta «{alert.alert}», que el diagrama no programó antes. "
            "Agregue una tarea «Programar una alerta» delante de él.",
        )
        for alert in advance.alerts
        if alert.key not in known and alert.alert not in plans
    ]


def _undated(step: Step, advance: Advance) -> list[Incident]:
    return undated_alerts(advance, step.case.alerts, step.plans)


def _alert_rows(step: Step, advance: Advance) -> list[WaitingAlert]:
    return [a for a in advance.alerts if a.key in step.case.alerts or a.alert in step.plans]


def _write_alerts(step: Step, waiting: list[WaitingAlert]) -> None:
    known = step.case.alerts
    gone = known.keys() - {alert.key for alert in waiting}
    if gone:
        table = ALERTS.c
        step.connection.execute(
            sa.delete(ALERTS).where(table.petition_id == step.case.id, table.task.in_(gone))
        )
    fresh = [alert_row(step.case.id, a, step.plans[a.alert]) for a in waiting if a.key not in known]
    if fresh:
        step.connection.execute(sa.insert(ALERTS), fresh)


def _known_incidents(step: Step) -> frozenset[int]:
    if not step.case.incidents:
        return frozenset()
    query = sa.select(INCIDENTS.c.task).where(INCIDENTS.c.petition_id == step.case.id)
    return frozenset(step.connection.scalars(query))


def _write_incidents(step: Step, fresh: list[Incident], gone: frozenset[int]) -> None:
    if gone:
        table = INCIDENTS.c
        step.connection.execute(
            sa.delete(INCIDENTS).where(table.petition_id == step.case.id, table.task.in_(gone))
        )
    if fresh:
        rows = [incident_row(step.case.id, incident, step.now) for incident in fresh]
        step.connection.execute(sa.insert(INCIDENTS), rows)
