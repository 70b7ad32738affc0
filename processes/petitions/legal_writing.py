"""An act that moves the clock, written at once: the dates, the alerts, and what the case is told of it."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.directory.roles import Lane
from processes.engine import door
from processes.engine.model import Advance
from processes.petitions.abandoned import warn_if_abandoned
from processes.petitions.access import excluded_from
from processes.petitions.answer_delivery import signal_of_act
from processes.petitions.danger import who_attends
from processes.petitions.duties import follow_act, take_back_duties
from processes.petitions.duty_tables import DUTIES
from processes.petitions.legal_signals import news_of
from processes.petitions.office import Office
from processes.petitions.signals import News, Signal
from processes.petitions.status import ENDED, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.step_writing import (
    Completion,
    legal_plans,
    moved_alerts,
    write_after_heads,
    write_heads,
    write_step,
)
from processes.petitions.tables import ALERTS, CASE_STATES, WORK_ITEMS, WorkItemStatus
from processes.petitions.telling import advance_on, end_case, tell_all
from processes.petitions.waiting import earliest, forget_plans, read_plans
from processes.petitions.work_items import NO_TASK
from processes.terms.events import LegalEvent
from processes.terms.moves import Phase
from processes.terms.reckoning import Reckoning

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
_LET_GO = (
    sa.update(WORK_ITEMS)
    .where(
        WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.assignee.in_(excluded_from(WORK_ITEMS.c.petition_id)),
    )
    .values(assignee=None)
)
_LEFT = sa.and_(
    DUTIES.c.petition_id == CASE_STATES.c.petition_id,
    DUTIES.c.task != NO_TASK,
    DUTIES.c.done_by != str(SYSTEM),  # those went back to the diagram when the petition went on before
)
_BEFORE_THE_END = (
    sa.select(CASE_STATES.c.state_before_end, DUTIES.c.task, DUTIES.c.done_at)
    .outerjoin(DUTIES, _LEFT)
    .where(CASE_STATES.c.petition_id == sa.bindparam("case_id"))
)
"""The state that was kept, and the tasks that went on as duties with when they were done."""


def write_moved(office: Office, step: Step, after: Reckoning, event: LegalEvent | None = None) -> None:
    """Write `step`, whose dates an act has moved to those of `after`; `event` is the act where it is one.

    Raises StaleCase when another act came first; nothing is then written. Alerts move by an update of
    their rows, and the case is told of what its diagrams listen for, and of nothing else; a petition
    that the act brings back gets its tasks and alerts again.
    """
    case = step.case
    step.reckoning = after
    heard = case.status not in ENDED and Signal.JUDGE_ORDERED in office.definitions.get(case.bundle).signals
    if event is not None and follow_act(step, event, after, heard=heard):
        event = None  # a duty of its own, which the diagram knows nothing of
    if case.status is PetitionStatus.WITHDRAWN and after.phase is Phase.RUNNING:
        _reopen(office, step)
    elif case.status in ENDED:
        if event is not None:
            signal_of_act(step, event)  # what came back is noted, though no case is left to be told
        _write_quietly(step, {})
    elif step.status in ENDED:
        end_case(office, step)
    elif news := _listened_to(office, step, news_of(step, event)):
        tell_all(office, step, news)
    else:
        _move_alerts(step)


def _listened_to(office: Office, step: Step, news: list[News]) -> list[News]:
    """What the diagrams wait for, and the facts that they keep."""
    known = office.definitions.get(step.case.bundle)
    return [each for each in news if each.signal in known.signals or each.facts.keys() & known.facts]


def _reopen(office: Office, step: Step) -> None:
    """The case as it was when an act ended the petition; what it waited for from the citizen is over.

    A danger that somebody has said meanwhile that they attend to sounds no more alarms.
    """
    case, connection = step.case, step.connection
    definition = office.definitions.get(case.bundle)
    rows = connection.execute(_BEFORE_THE_END, {"case_id": case.id}).all()
    left = [(row.task, row.done_at) for row in rows if row.task is not None]
    state = bytes(rows[0].state_before_end or case.state)
    seen = take_back_duties(step, definition, door.inspect(definition, state, now=step.now), left)
    step.move_to(_status_again(step, seen))
    held = read_plans(connection, case.id)
    step.plans.update({name: plan.redated(step.term) for name, plan in held.items()})
    if Signal.CITIZEN_REPLIED in seen.signals:
        seen = advance_on(office, step, seen, News(Signal.CITIZEN_REPLIED))
    if Signal.DANGER_ACKNOWLEDGED in seen.signals and who_attends(office, connection, case) is not None:
        seen = advance_on(office, step, seen, News(Signal.DANGER_ACKNOWLEDGED))
    write_step(step, seen, Completion())
    connection.execute(_OPEN_AGAIN, {"case_id": case.id, "open": [task.key for task in seen.open_tasks]})
    if case.somebody_is_apart:
        connection.execute(_LET_GO, {"case_id": case.id})
    forget_plans(connection, case.id, {alert.alert for alert in seen.alerts})
    warn_if_abandoned(definition, step, seen)


def _status_again(step: Step, seen: Advance) -> PetitionStatus:
    if step.department is not None:
        return PetitionStatus.ASSIGNED
    at_desk = any(task.lane == Lane.FRONT_DESK for task in seen.open_tasks)
    return PetitionStatus.FILED if at_desk else PetitionStatus.IN_DISTRIBUTION


def _move_alerts(step: Step) -> None:
    case = step.case
    legal = legal_plans(step, [(task, alert.name) for task, alert in case.alerts.items()])
    moved = {**moved_alerts(step), **legal}
    known = {task: alert.due_at for task, alert in case.alerts.items()}
    known |= {task: plan.due_at for task, plan in moved.items()}
    _write_quietly(step, known)


def _write_quietly(step: Step, alerts: Mapping[int, datetime | None]) -> None:
    """The guarded petition, the journal and the letters; the engine's state stays as it is."""
    case = step.case
    write_heads(step, earliest(alerts.values()))
    moved = [
        {"case_id": case.id, "alert_task": task, "moved_to": due_at}
        for task, due_at in alerts.items()
        if due_at != case.alerts[task].due_at
    ]
    if moved:
        step.connection.execute(_MOVE_ALERT, moved)
    write_after_heads(step)
