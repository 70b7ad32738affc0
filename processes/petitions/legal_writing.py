"""An act that moves the clock, written at once: the event, the dates, the alerts and what hangs from them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, chain
from processes.common.outbox import post
from processes.directory.roles import Lane
from processes.engine import door
from processes.engine.model import Advance
from processes.petitions.case import guard
from processes.petitions.ending import end_waiting
from processes.petitions.intents import carry_out
from processes.petitions.legal_rows import insert_event
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.status import ENDED, PetitionStatus, TermState
from processes.petitions.step import Completion, Step, write_step
from processes.petitions.tables import ALERT_PLANS, ALERTS, WORK_ITEMS, WorkItemStatus
from processes.petitions.waiting import AlertPlan, alert_instant, earliest, forget_plans, read_plans
from processes.terms.moves import Phase
from processes.terms.reckoning import Reckoning

ENDED_PHASES: Mapping[Phase, PetitionStatus] = MappingProxyType(
    {
        Phase.TRANSFERRED: PetitionStatus.TRANSFERRED,
        Phase.WITHDRAWN: PetitionStatus.WITHDRAWN,
        Phase.ARCHIVED: PetitionStatus.ARCHIVED,
        Phase.REJECTED: PetitionStatus.REJECTED,
    }
)
"""Where an act that ends the petition leaves it."""

_AT_WORK = frozenset({PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS})
_MOVE_ALERT = (
    sa.update(ALERTS)
    .where(ALERTS.c.petition_id == sa.bindparam("case_id"), ALERTS.c.task == sa.bindparam("alert_task"))
    .values(due_at=sa.bindparam("moved_to", type_=ALERTS.c.due_at.type))
)
_OPEN_AGAIN = (
    sa.update(WORK_ITEMS)
    .where(
        WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
        WORK_ITEMS.c.task.in_(sa.bindparam("open", expanding=True)),
    )
    .values(status=WorkItemStatus.OPEN.value, closed_at=None, closed_by=None)
)
_MOVE_PLAN = (
    sa.update(ALERT_PLANS)
    .where(ALERT_PLANS.c.petition_id == sa.bindparam("case_id"), ALERT_PLANS.c.name == sa.bindparam("plan"))
    .values(due_at=sa.bindparam("moved_to", type_=ALERT_PLANS.c.due_at.type))
)


def take_over_dates(step: Step, after: Reckoning) -> None:
    """Put what `after` says into the step: due date, whether the term runs, the kind that rules, an end."""
    step.changes |= {
        "due_on": after.due_on,
        "due_at": after.due_at,
        "term_state": term_state(after).value,
        "kind": after.governing.kind.value,
    }
    ended = ENDED_PHASES.get(after.phase)
    if ended is not None and step.status not in ENDED:
        step.move_to(ended)


def term_state(reckoning: Reckoning) -> TermState:
    """How the term of a petition with this reckoning runs."""
    if reckoning.suspended:
        return TermState.SUSPENDED
    return TermState.EXTENDED if reckoning.governing.extended else TermState.RUNNING


def write_moved(office: Office, step: Step, after: Reckoning) -> None:
    """Write `step`, whose dates an act has moved to those of `after`.

    Raises StaleCase when another act came first; nothing is then written. Alerts move by an update of
    their rows. The diagram is told (`term_changed`) only when it waits for no alert any more, because
    then nobody would be warned of the new date; and a petition that the act brings back gets its
    tasks and alerts again.
    """
    case = step.case
    if case.status is PetitionStatus.WITHDRAWN and after.phase is Phase.RUNNING:
        _reopen(office, step)
    elif case.status in ENDED:
        _write_quietly(step, {})
    elif step.status in ENDED:
        end_case(step)
    elif _ladder_is_over(step):
        _tell_the_diagram(office, step)
    else:
        _move_alerts(step)


def write_event(office: Office, step: Step, after: Reckoning, row: Mapping[str, object]) -> None:
    """Write `step` as `write_moved` does, and the `row` of the event that moved it after it."""
    write_moved(office, step, after)
    insert_event(step, row)


def end_case(step: Step) -> None:
    """Write `step`, which ends its petition: nothing waits for anybody any more."""
    _write_quietly(step, {})
    by = step.actor.id or str(step.actor)
    may_reopen = step.status is PetitionStatus.WITHDRAWN
    end_waiting(step.connection, step.case.id, by=by, now=step.now, may_reopen=may_reopen)


def _tell_the_diagram(office: Office, step: Step) -> None:
    case = step.case
    definition = office.definitions.get(case.bundle)
    told = door.signal(
        definition, case.state, name=Signal.TERM_CHANGED, now=step.now, calendar=step.entity.calendar
    )
    carry_out(step, told)
    write_step(step, told, Completion())


def _reopen(office: Office, step: Step) -> None:
    """Tasks and alerts as they were when an act ended the petition."""
    case, connection = step.case, step.connection
    seen = door.inspect(office.definitions.get(case.bundle), case.state, now=step.now)
    step.move_to(_status_again(step, seen))
    held = read_plans(connection, case.id)
    step.plans.update({name: _dated(step, plan) for name, plan in held.items()})
    write_step(step, seen, Completion())
    connection.execute(_OPEN_AGAIN, {"case_id": case.id, "open": [task.key for task in seen.open_tasks]})
    forget_plans(connection, case.id, {alert.alert for alert in seen.alerts})


def _status_again(step: Step, seen: Advance) -> PetitionStatus:
    if step.department is not None:
        return PetitionStatus.ASSIGNED
    at_desk = any(task.lane == Lane.FRONT_DESK for task in seen.open_tasks)
    return PetitionStatus.FILED if at_desk else PetitionStatus.IN_DISTRIBUTION


def _ladder_is_over(step: Step) -> bool:
    """Whether the case at work waits for no alert, while its date has moved and its term runs."""
    moved = step.due_on != step.case.due_on
    running = step.term_state is not TermState.SUSPENDED
    return moved and running and step.status in _AT_WORK and not step.case.alerts


def _move_alerts(step: Step) -> None:
    case = step.case
    known = {
        task: _dated(step, AlertPlan(alert.due_at, alert.working_days_before)).due_at
        for task, alert in case.alerts.items()
    }
    moved = [
        {"case_id": case.id, "alert_task": task, "moved_to": due_at}
        for task, due_at in known.items()
        if due_at != case.alerts[task].due_at
    ]
    _write_quietly(step, known)
    if moved:
        step.connection.execute(_MOVE_ALERT, moved)
    if not case.alerts:
        _move_plans(step)


def _move_plans(step: Step) -> None:
    """Alerts that were planned for timers that do not wait yet."""
    plans = read_plans(step.connection, step.case.id)
    rows = [
        {"case_id": step.case.id, "plan": name, "moved_to": _dated(step, plan).due_at}
        for name, plan in plans.items()
    ]
    if rows:
        step.connection.execute(_MOVE_PLAN, rows)


def _dated(step: Step, plan: AlertPlan) -> AlertPlan:
    """`plan` against the due date of the step; held while the term is suspended."""
    if step.term_state is TermState.SUSPENDED:
        return AlertPlan(None, plan.working_days_before)
    if plan.working_days_before is None:
        return plan
    calendar = step.entity.calendar
    return AlertPlan(alert_instant(step.due_on, plan.working_days_before, calendar), plan.working_days_before)


def _write_quietly(step: Step, alerts: Mapping[int, datetime | None]) -> None:
    """The guarded petition, the journal and the letters; the engine's state stays as it is."""
    case = step.case
    rows, head = chain(case.filing_number, case.head, step.acts, step.now)
    heads: dict[str, object] = {
        "audit_seq": head.seq,
        "audit_hash": head.hash,
        "next_wake_at": earliest(alerts.values()),
        "calendar": min(case.calendar, step.entity.calendar_version),
    }
    guard(step.connection, case, {**step.changes, **heads})
    step.connection.execute(INSERT_EVENTS, rows)
    post(step.connection, step.envelopes, now=step.now)
