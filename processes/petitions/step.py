"""One step of a case: what the engine advanced, made into rows that change together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, SYSTEM, Act, Actor, chain
from processes.common.database import insert_if_absent
from processes.common.outbox import Envelope, post
from processes.directory.entity import EntityProfile
from processes.directory.people import Person, departments
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT
from processes.engine.model import Advance, Incident, OpenTask
from processes.petitions.case import Case, guard
from processes.petitions.form import StoredFile
from processes.petitions.status import PetitionStatus, TermState, move
from processes.petitions.tables import CASE_STATES, WORK_ITEMS, WorkItemStatus
from processes.petitions.waiting import (
    CASE_AS_A_WHOLE,
    AlertPlan,
    Alerts,
    forget_plans,
    incident_act,
    known_incidents,
    read_plans,
    sort_alerts,
    write_alerts,
    write_incidents,
)
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
_PUT_STATE = sa.update(CASE_STATES).where(CASE_STATES.c.petition_id == sa.bindparam("case_id"))
_IS_DONE = WORK_ITEMS.c.task == sa.bindparam("done")
_CLOSE = (
    sa.update(WORK_ITEMS)
    .where(
        WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.task.not_in(sa.bindparam("still_open", expanding=True)),
    )
    .values(
        status=sa.case((_IS_DONE, WorkItemStatus.DONE.value), else_=WorkItemStatus.CANCELLED.value),
        # A free task counts as taken by whoever completes it.
        assignee=sa.case(
            (_IS_DONE, sa.func.coalesce(WORK_ITEMS.c.assignee, sa.bindparam("by", type_=sa.String))),
            else_=WORK_ITEMS.c.assignee,
        ),
        closed_at=sa.bindparam("now", type_=WORK_ITEMS.c.closed_at.type),
        closed_by=sa.case((_IS_DONE, sa.bindparam("by", type_=sa.String)), else_=str(SYSTEM)),
        draft=sa.case((_IS_DONE, ""), else_=WORK_ITEMS.c.draft),
    )
)


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
    files: tuple[StoredFile, ...] = ()
    signer: Person | None = None
    sealed_email: str | None = None
    troubles: list[Incident] = field(default_factory=list)
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
    def status(self) -> PetitionStatus:
        """The petition's state once this step is written."""
        return PetitionStatus(str(self.changes.get("status", self.case.status)))

    @property
    def term_state(self) -> TermState:
        """How the petition's term runs once this step is written."""
        return TermState(str(self.changes.get("term_state", self.case.term_state)))

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

    def record_system(self, act: str, /, **detail: object) -> None:
        """Note an act that the office does by itself, whoever caused it."""
        self.acts.append(Act(act, SYSTEM, detail))

    def trouble(self, message: str) -> None:
        """Open an incident of the case as a whole: something that a person must see went wrong."""
        self.troubles.append(Incident(CASE_AS_A_WHOLE, "", "Caso completo", message))

    def move_to(self, status: PetitionStatus) -> None:
        """Change the petition's state, when the move is legal. Raises Conflict."""
        self.changes["status"] = move(self.status, status).value


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
    alerts, taken_over = _alerts(step, advance)
    known = known_incidents(connection, case.id) if case.incidents else {}
    incidents = (*advance.incidents, *alerts.undated, *step.troubles)
    step.acts.extend(incident_act(incident) for incident in incidents if incident.key not in known)
    rows, head = chain(case.filing_number, case.head, step.acts, step.now)
    heads: dict[str, object] = {
        "audit_seq": head.seq,
        "audit_hash": head.hash,
        "next_wake_at": alerts.next_wake_at,
        # A process that has not yet seen the newest calendar leaves the case to be counted again.
        "calendar": min(case.calendar, step.entity.calendar_version),
    }
    guard(connection, case, {**step.changes, **heads})
    connection.execute(_PUT_STATE, {"case_id": case.id, "state": advance.state})
    close_work_items(step, advance.open_tasks, completion)
    open_work_items(step, advance.open_tasks)
    write_alerts(connection, case.id, alerts, case.alerts)
    if taken_over:
        forget_plans(connection, case.id, taken_over)
    write_incidents(connection, case.id, incidents, known, now=step.now)
    if rows:
        connection.execute(INSERT_EVENTS, rows)
    post(connection, step.envelopes, now=step.now)


def _alerts(step: Step, advance: Advance) -> tuple[Alerts, set[str]]:
    """The timers with their instants, and the names of earlier plans that a timer takes over now."""
    alerts = sort_alerts(advance.alerts, step.case.alerts, step.plans)
    if not alerts.undated:
        return alerts, set()
    earlier = read_plans(step.connection, step.case.id)
    names = {alert.alert for alert in advance.alerts if alert.key not in step.case.alerts}
    taken_over = {name: plan for name, plan in earlier.items() if name in names and name not in step.plans}
    return sort_alerts(advance.alerts, step.case.alerts, {**taken_over, **step.plans}), set(taken_over)


def close_work_items(step: Step, still_open: Iterable[OpenTask], completion: Completion) -> None:
    """Mark the completed task done, and cancel what the diagram withdrew, in one statement."""
    step.connection.execute(
        _CLOSE,
        {
            "case_id": step.case.id,
            "done": completion.task,
            "by": completion.by,
            "now": step.now,
            "still_open": [task.key for task in still_open] or [_NO_TASK],
        },
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
