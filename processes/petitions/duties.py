"""Duties that no task of a diagram holds: opened and ended in the step that brings or does them.

An appeal, a ruling, an order or an answer that comes back after the end: the diagram has no place for
them. What an act that ends a petition leaves undone (the report to a judge, a danger) goes on as a duty.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

import sqlalchemy as sa

from notifications.notices import OfficeNoticeOf
from processes.common.audit import SYSTEM
from processes.engine import door
from processes.engine.definition import Definition
from processes.engine.model import Advance
from processes.petitions.duty_tables import DUTIES, DutyKind
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.letters_notices import office_notice
from processes.petitions.recipients import recipients
from processes.petitions.staff_letters import tell_people
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus
from processes.petitions.work_items import NO_TASK
from processes.terms.clocks import clocks, judge_dates
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.explained import ExplainedDate
from processes.terms.reckoning import Reckoning
from processes.terms.running import last_met
from processes.terms.targets import Target

_D = DUTIES.c
CLOCKS: Mapping[DutyKind, Target] = MappingProxyType(
    {
        DutyKind.APPEAL: Target.APPEAL_SILENCE,
        DutyKind.JUDGE_REPORT: Target.JUDGE_REPORT,
        DutyKind.RULING: Target.RULING,
    }
)
"""The clock of the law that each duty has; the others press at once."""

_ORDERS: Mapping[LegalEventKind, DutyKind] = MappingProxyType(
    {LegalEventKind.JUDGE_ORDERED: DutyKind.JUDGE_REPORT, LegalEventKind.JUDGE_RULED: DutyKind.RULING}
)
_TOLD: Mapping[DutyKind, tuple[OfficeNoticeOf, tuple[str, ...]]] = MappingProxyType(
    {
        DutyKind.JUDGE_REPORT: (OfficeNoticeOf.JUDGE_ORDER_LEFT, ("legal_office", "director")),
        DutyKind.RULING: (OfficeNoticeOf.JUDGE_RULED, ("legal_office", "director", "official")),
        DutyKind.DANGER: (OfficeNoticeOf.DANGER_LEFT, ("on_call", "citizen_service_head", "director")),
        DutyKind.RETURNED_ANSWER: (
            OfficeNoticeOf.ANSWER_BACK_LATE,
            ("front_desk", "citizen_service_head"),
        ),
    }
)
"""Who is written to when a duty opens; of an appeal the lawyers hear by the act itself."""

_OPEN_TASKS = sa.select(WORK_ITEMS.c.task, WORK_ITEMS.c.form).where(
    WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
    WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
    WORK_ITEMS.c.task != sa.bindparam("done_now"),
)


def duty_of(definition: Definition, form: str | None) -> DutyKind | None:
    """The duty that a task with `form` is, as the analyst said; None for work on the answer."""
    told = definition.forms.get(form or "", {}).get("ventanilla", {}).get("duty")
    return None if told is None else DutyKind(told)


def open_duty(step: Step, kind: DutyKind, *, clock: ExplainedDate | None = None, task: int = NO_TASK) -> None:
    """Put a duty into the step, and write to whoever it is theirs to do."""
    row = {
        "kind": kind.value,
        "task": task,
        "opened_at": step.now,
        "due_on": None if clock is None else clock.due_on,
        "due_at": None if clock is None else clock.due_at,
        "rings": 0,
        "note": "",
        "done_by": "",
    }
    step.later.append(partial(_insert, step, row))
    step.record_system("duty_opened", duty=kind.value, due_on=None if clock is None else str(clock.due_on))
    if kind in _TOLD:
        tell_of_duty(step, *_TOLD[kind])


def has_duty(step: Step, kind: DutyKind) -> bool:
    """Whether the petition has an open duty of `kind`."""
    query = sa.select(_D.seq).where(
        _D.petition_id == step.case.id, _D.kind == kind.value, _D.done_at.is_(None)
    )
    return step.connection.execute(query.limit(1)).first() is not None


def end_duty(step: Step, kind: DutyKind, *, note: str = "", by: str | None = None) -> bool:
    """End the oldest open duty of `kind` by what this step does; whether there is one."""
    this = sa.and_(_D.petition_id == step.case.id, _D.kind == kind.value, _D.done_at.is_(None))
    seq = step.connection.scalar(sa.select(sa.func.min(_D.seq)).where(this))
    if seq is None:
        return False
    done = {"done_at": step.now, "done_by": by or str(step.actor), "note": note}
    statement = sa.update(DUTIES).where(_D.petition_id == step.case.id, _D.seq == seq).values(done)
    step.later.append(partial(step.connection.execute, statement))
    step.record_system("duty_ended", duty=kind.value)
    return True


def follow_act(step: Step, event: LegalEvent, after: Reckoning, *, heard: bool) -> bool:
    """Open or end what the act is about; whether it was a duty, of which the diagram is told nothing.

    `heard` says that the diagram takes a judge's order as a task of its own.
    """
    if event.kind is LegalEventKind.APPEALED:
        _open(step, DutyKind.APPEAL, after)
    elif event.kind is LegalEventKind.APPEAL_DECIDED:
        end_duty(step, DutyKind.APPEAL)
    elif event.kind is LegalEventKind.JUDGE_RULED or (
        event.kind is LegalEventKind.JUDGE_ORDERED and not heard
    ):
        _open(step, _ORDERS[event.kind], after)
    elif event.kind is LegalEventKind.ORDER_MET:
        met = last_met(after)
        return met is not None and end_duty(step, _ORDERS[met])
    else:
        return False
    return True


def leave_duties(step: Step, definition: Definition) -> None:
    """What the end of the petition leaves undone goes on as a duty: its task goes with the diagram."""
    if not step.case.open_tasks - {step.task}:
        return
    items = step.connection.execute(_OPEN_TASKS, {"case_id": step.case.id, "done_now": step.task}).all()
    for item in items:
        kind = duty_of(definition, item.form)
        if kind is None:
            continue
        dates = _dates(kind, _reckoned(step)) if kind in CLOCKS else (None,)
        # The diagram holds the reports to judges one after the other.
        for each in dates if kind is DutyKind.JUDGE_REPORT else dates[:1]:
            open_duty(step, kind, clock=each, task=item.task)


def take_back_duties(
    step: Step, definition: Definition, seen: Advance, left: Sequence[tuple[int, datetime | None]]
) -> Advance:
    """The case of a petition that goes on after its end: what was `left` as duties are tasks again.

    `left` says of each task when its duty was done. What was done meanwhile is done there too, and asks
    for nothing a second time.
    """
    elements = {task.key: task.element for task in seen.open_tasks}
    for task, done_at in left:
        if task in elements and done_at is not None:
            seen = _done_too(step, definition, seen, elements[task])
    still = {task for task, done_at in left if task in elements and done_at is None}
    if still:
        back = sa.and_(_D.petition_id == step.case.id, _D.task.in_(still), _D.done_at.is_(None))
        values = {"done_at": step.now, "done_by": str(SYSTEM)}
        step.later.append(partial(step.connection.execute, sa.update(DUTIES).where(back).values(values)))
    return seen


def _done_too(step: Step, definition: Definition, seen: Advance, element: str) -> Advance:
    """The case after the open task of `element`; what the diagram asks for then was done already."""
    task = next((each.key for each in seen.open_tasks if each.element == element), None)
    if task is None:
        return seen
    advance = door.complete(
        definition, seen.state, task=task, facts={}, now=step.now, calendar=step.entity.calendar
    )
    return replace(advance, intents=())


def _open(step: Step, kind: DutyKind, after: Reckoning) -> None:
    open_duty(step, kind, clock=_dates(kind, after)[-1])


def _dates(kind: DutyKind, reckoning: Reckoning) -> tuple[ExplainedDate | None, ...]:
    """Of each duty of `kind` that the law holds pending, the last to come at the end; one at least."""
    target = CLOCKS[kind]
    if kind in _ORDERS.values():
        return judge_dates(reckoning, target) or (None,)
    return (clocks(reckoning).get(target),)


def _reckoned(step: Step) -> Reckoning:
    """The legal clock: after this step's act, or as it stands when the end is no act of the law."""
    if step.reckoning is not None:
        return step.reckoning
    entity = step.entity
    return read_reckoning(step.connection, reckonable(step.case), entity.calendar, entity.after_hours)


def _insert(step: Step, row: Mapping[str, object]) -> None:
    last = sa.select(sa.func.coalesce(sa.func.max(_D.seq), 0)).where(_D.petition_id == step.case.id)
    seq = int(step.connection.scalar(last) or 0) + 1
    step.connection.execute(sa.insert(DUTIES), {**row, "petition_id": step.case.id, "seq": seq})


def tell_of_duty(step: Step, notice: OfficeNoticeOf, to: Iterable[str]) -> None:
    """Put `notice` with the step's messages, one to each person of the recipients `to`."""
    people = {person.username: person for each in to for person in recipients(step, each)}
    if not people:
        step.record_system("notice_without_recipient", template=notice, to=next(iter(to)))
        return
    cause = f"{step.case.filing_number}/{step.case.version}/{notice}"
    letter = office_notice(step, notice)
    tell_people(step, tuple(people.values()), letter, template=notice.value, to=next(iter(to)), cause=cause)
