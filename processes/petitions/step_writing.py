"""A step of a case made into rows that change together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, SYSTEM, Act, chain
from processes.common.outbox import post
from processes.engine.model import Advance
from processes.engine.timers import TERM
from processes.petitions.case import guard
from processes.petitions.coming_back import take_up_again
from processes.petitions.ending import keep_alerts_as_plans
from processes.petitions.legal_instants import legal_instant
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.notes import write_notes
from processes.petitions.step import Step
from processes.petitions.tables import CASE_STATES
from processes.petitions.waiting import (
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
from processes.petitions.work_items import (
    NO_TASK,
    close_work_items,
    open_work_items,
    turn_work_items,
    work_item_rows,
)

_PUT_STATE = sa.update(CASE_STATES).where(CASE_STATES.c.petition_id == sa.bindparam("case_id"))


@dataclass(frozen=True, slots=True)
class Completion:
    """The work item that this step completes; `NO_TASK` when the clock or the system advances.

    `by` completes it, and a free one counts as taken by `holder`: them, or one in whose place they are.
    """

    task: int = NO_TASK
    by: str | None = None
    holder: str | None = None


def record_reasons(step: Step, advance: Advance) -> None:
    """Note why each decision answered what it did."""
    for reason in advance.reasons:
        detail = {"element": reason.element, "decision": reason.decision, "reason": reason.text}
        step.acts.append(Act("decided", SYSTEM, detail))


def write_step(step: Step, advance: Advance, completion: Completion) -> None:
    """Everything that changed, in a fixed order: the guarded petition first, then what hangs from it.

    Raises StaleCase when another act came first; nothing is then written.
    """
    case, connection, writer = step.case, step.connection, step.writer or step.connection
    record_reasons(step, advance)
    take_up_again(step, advance)
    alerts, taken_over = date_alerts(step, advance)
    known = known_incidents(connection, case.id) if case.incidents else {}
    incidents = (*advance.incidents, *alerts.undated, *step.troubles)
    step.acts.extend(incident_act(incident) for incident in incidents if incident.key not in known)
    write_heads(step, alerts.next_wake_at)
    state = {"state": advance.state, "state_before_end": step.state_before_end}
    writer.execute(_PUT_STATE, {"case_id": case.id, **state})
    _write_tasks(step, advance, completion)
    if step.state_before_end is not None:
        keep_alerts_as_plans(connection, case.id)
    write_alerts(connection, case.id, alerts, case.alerts, writer=writer)
    if taken_over:
        forget_plans(connection, case.id, taken_over)
    write_incidents(connection, case.id, incidents, known, now=step.now)
    write_after_heads(step)


def _write_tasks(step: Step, advance: Advance, completion: Completion) -> None:
    case, now = step.case, step.now
    done_by = {"by": completion.by, "holder": completion.holder}
    rows = rows_of_tasks(step, advance, case.id)
    if completion.task and len(case.open_tasks) == 1 and case.item is not None:
        turn_work_items(step.connection, case.id, case.item, rows, **done_by, now=now)
        return
    if not case.open_tasks <= {task.key for task in advance.open_tasks}:
        close_work_items(
            step.connection, case.id, advance.open_tasks, done=completion.task, **done_by, now=now
        )
    open_work_items(step.connection, [row for row in rows if row["task"] not in case.open_tasks])


def rows_of_tasks(step: Step, advance: Advance, petition_id: int) -> list[dict[str, object]]:
    """The work items of the tasks that are open once this step is written."""
    return work_item_rows(
        petition_id, advance.open_tasks, department=step.department, now=step.now, deals=step.deals
    )


def write_heads(step: Step, next_wake_at: datetime | None) -> None:
    """The petition's guarded row and the journal. Raises StaleCase."""
    case = step.case
    rows, head = chain(case.filing_number, case.head, step.acts, step.now)
    heads: dict[str, object] = {
        "audit_seq": head.seq,
        "audit_hash": head.hash,
        "next_wake_at": next_wake_at,
        # A process that has not yet seen the newest calendar leaves the case to be counted again.
        "calendar": min(case.calendar, step.entity.calendar_version),
    }
    guard(step.connection, case, {**step.changes, **heads})
    if rows:
        (step.writer or step.connection).execute(INSERT_EVENTS, rows)


def write_after_heads(step: Step) -> None:
    """Notes, what the intents left for the end, and letters."""
    connection = step.connection
    write_notes(connection, step.case.id, step.notes, task=step.task, by=step.actor, now=step.now)
    for write in step.later:
        write()
    post(step.writer or connection, step.envelopes, now=step.now)


def date_alerts(step: Step, advance: Advance) -> tuple[Alerts, set[str]]:
    """The timers with their instants, and the names of earlier plans that a timer takes over now."""
    waiting = [(alert.key, alert.alert) for alert in advance.alerts]
    moved = {**moved_alerts(step), **legal_plans(step, waiting)}
    alerts = sort_alerts(advance.alerts, step.case.alerts, step.plans, moved)
    if not alerts.undated:
        return alerts, set()
    earlier = read_plans(step.connection, step.case.id)
    names = {alert.alert for alert in advance.alerts if alert.key not in step.case.alerts}
    taken_over = {
        name: plan.redated(step.term)
        for name, plan in earlier.items()
        if name in names and name not in step.plans
    }
    plans = {**taken_over, **step.plans}
    return sort_alerts(advance.alerts, step.case.alerts, plans, moved), set(taken_over)


def moved_alerts(step: Step) -> dict[int, AlertPlan]:
    """The alerts of the case that move with its term, by their task; none when the term stays."""
    if not step.term_moved:
        return {}
    known = {
        task: AlertPlan(row.due_at, row.working_days_before, row.share)
        for task, row in step.case.alerts.items()
    }
    return {task: plan.redated(step.term) for task, plan in known.items() if plan.hangs_from_the_term}


def legal_plans(step: Step, waiting: Iterable[tuple[int, str]]) -> dict[int, AlertPlan]:
    """Timers of a legal term: dated when they begin to wait, and again after an act of the law."""
    terms = [(key, name) for key, name in waiting if name.startswith(TERM)]
    if step.reckoning is None:
        terms = [(key, name) for key, name in terms if key not in step.case.alerts]
    if not terms:
        return {}
    reckoning = step.reckoning or read_reckoning(
        step.connection, reckonable(step.case), step.entity.calendar, step.entity.after_hours
    )
    return {key: AlertPlan(legal_instant(reckoning, name)) for key, name in terms}
