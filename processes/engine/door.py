"""The engine's door: a case's state goes in, an Advance comes out. No I/O; the clock is handed in.

Each function decodes the state, acts, runs the case to rest and encodes it again. The definition
is shared by threads; everything that belongs to one call lives in its `Act`.
"""

from collections.abc import Mapping
from datetime import datetime

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from processes.common.calendar import WorkCalendar
from processes.common.errors import Conflict
from processes.engine import incidents
from processes.engine.acts import (
    Call,
    carry_out,
    complete_task,
    equip,
    fire_timer,
    send_signal,
    try_again,
)
from processes.engine.codec import find_task
from processes.engine.definition import Definition
from processes.engine.environment import Act
from processes.engine.model import Advance, Fact
from processes.engine.standstill import stopped_tasks
from processes.engine.stepping import is_open
from processes.engine.timers import alert_of
from processes.engine.view import advance_of
from processes.engine.workflow import CaseWorkflow


class TaskNotOpen(Conflict):
    """The task is not open any more, or never was; somebody else may have completed it."""

    code = "task-not-open"


def start(
    definition: Definition,
    *,
    facts: Mapping[str, Fact],
    now: datetime,
    calendar: WorkCalendar | None = None,
) -> Advance:
    """Begin a case. Facts that the diagram does not declare are left out; wrong ones raise Invalid."""

    def read() -> BpmnWorkflow:
        return CaseWorkflow(definition.spec, dict(definition.subprocess_specs))

    return carry_out(Call(definition, read, now, calendar, facts, declared_only=True), _just_run)


def complete(
    definition: Definition,
    state: bytes,
    *,
    task: int,
    facts: Mapping[str, Fact],
    now: datetime,
    calendar: WorkCalendar | None = None,
) -> Advance:
    """Complete the open task with that key. Raises TaskNotOpen, and Invalid for facts not declared."""

    def do(workflow: BpmnWorkflow, act: Act) -> None:
        found = find_task(workflow, task)
        if found is None or not is_open(found):
            raise TaskNotOpen("Esta tarea ya no está abierta. Actualice la página para ver cómo va el caso.")
        complete_task(workflow, act, found)

    call = _call(definition, state, now, calendar, facts, declared_only=False)
    return carry_out(call, do)


def signal(
    definition: Definition,
    state: bytes,
    *,
    name: str,
    now: datetime,
    facts: Mapping[str, Fact] | None = None,
    calendar: WorkCalendar | None = None,
) -> Advance:
    """Tell the case that `name` happened, as a signal or a message; one that does not listen stays.

    `facts` are kept whether or not the case listens; those that it does not declare are left out.
    A case that has ended stays so, also if an event subprocess would start with that signal.
    """

    def do(workflow: BpmnWorkflow, act: Act) -> None:
        if not workflow.is_completed():
            send_signal(workflow, act, name)

    call = _call(definition, state, now, calendar, facts or {}, declared_only=True)
    return carry_out(call, do)


def tick(
    definition: Definition,
    state: bytes,
    *,
    now: datetime,
    instants: Mapping[int, datetime],
    calendar: WorkCalendar | None = None,
) -> Advance:
    """Fire the timers whose instant has come (`instants` by the key of their alert), the earliest first.

    Keys that the case does not wait for, or waits for no more once an earlier timer has fired, are
    passed by.
    """

    def do(workflow: BpmnWorkflow, act: Act) -> None:
        for _, key in sorted((instant, key) for key, instant in instants.items() if instant <= now):
            found = find_task(workflow, key)
            if found is None or not found.has_state(TaskState.WAITING) or alert_of(found) is None:
                continue
            if incidents.message_of(found) is None:
                fire_timer(workflow, act, found)

    return carry_out(_call(definition, state, now, calendar, {}, declared_only=True), do)


def retry(
    definition: Definition,
    state: bytes,
    *,
    task: int,
    now: datetime,
    calendar: WorkCalendar | None = None,
    facts: Mapping[str, Fact] | None = None,
) -> Advance:
    """Do again what failed, with `facts` that an administrator corrected. It stays an incident if it fails.

    Raises TaskNotOpen where there is no incident, and Invalid for facts not declared or of another type.
    """

    def do(workflow: BpmnWorkflow, act: Act) -> None:
        found = find_task(workflow, task)
        if found is None or not (incidents.message_of(found) or found in stopped_tasks(workflow)):
            raise TaskNotOpen("Esta tarea no tiene un incidente por resolver. Actualice la página.")
        try_again(workflow, act, found)

    call = _call(definition, state, now, calendar, facts or {}, declared_only=False)
    return carry_out(call, do)


def inspect(definition: Definition, state: bytes, *, now: datetime) -> Advance:
    """The case as it stands, without advancing it; its `state` is the one given."""
    workflow = definition.codec.decode(state, definition.hash)
    act = equip(definition, workflow, now, None)
    return advance_of(definition, workflow, act, state)


def _call(
    definition: Definition,
    state: bytes,
    now: datetime,
    calendar: WorkCalendar | None,
    facts: Mapping[str, Fact],
    *,
    declared_only: bool,
) -> Call:
    def read() -> BpmnWorkflow:
        return definition.codec.decode(state, definition.hash)

    return Call(definition, read, now, calendar, facts, declared_only)


def _just_run(workflow: BpmnWorkflow, act: Act) -> None:
    """Nothing from outside begins a case: its first tasks are ready."""
