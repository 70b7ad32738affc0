"""The engine's door: a case's state goes in, an Advance comes out. No I/O; the clock is handed in.

Each function decodes the state, acts, runs the case to rest and encodes it again. The definition
is shared by threads; everything that belongs to one call lives in its `Act`.
"""

from collections.abc import Mapping
from datetime import datetime

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import StandardLoopTask
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.util.task import TaskState

from processes.common.calendar import WorkCalendar
from processes.common.errors import Conflict
from processes.engine import incidents
from processes.engine.codec import find_task
from processes.engine.definition import Definition
from processes.engine.environment import Act, CaseScriptEngine, FeelEnvironment
from processes.engine.facts import CaseFacts
from processes.engine.model import Advance, Fact
from processes.engine.standstill import stopped_tasks
from processes.engine.stepping import is_open, run_task, run_to_rest
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
    workflow = CaseWorkflow(definition.spec, dict(definition.subprocess_specs))
    act = _begin(definition, workflow, now, calendar)
    act.facts.receive(facts, declared_only=True)
    return _finish(definition, workflow, act)


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
    workflow = definition.codec.decode(state)
    act = _begin(definition, workflow, now, calendar)
    found = find_task(workflow, task)
    if found is None or not is_open(found):
        raise TaskNotOpen("Esta tarea ya no está abierta. Actualice la página para ver cómo va el caso.")
    act.facts.receive(facts, declared_only=False)
    run_task(found, act)
    return _finish(definition, workflow, act)


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
    """
    workflow = definition.codec.decode(state)
    act = _begin(definition, workflow, now, calendar)
    act.facts.receive(facts or {}, declared_only=True)
    for event in (SignalEventDefinition(name), MessageEventDefinition(name)):
        workflow.event_manager.catch(BpmnEvent(event), internal=False)
    return _finish(definition, workflow, act)


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
    workflow = definition.codec.decode(state)
    act = _begin(definition, workflow, now, calendar)
    for _, key in sorted((instant, key) for key, instant in instants.items() if instant <= now):
        found = find_task(workflow, key)
        if found is None or not found.has_state(TaskState.WAITING) or alert_of(found) is None:
            continue
        act.due = frozenset({key})
        found.task_spec._update(found)
        act.due = frozenset()
        run_to_rest(workflow, act)
    return _finish(definition, workflow, act)


def retry(
    definition: Definition,
    state: bytes,
    *,
    task: int,
    now: datetime,
    calendar: WorkCalendar | None = None,
) -> Advance:
    """Run the task of an incident again. It stays an incident when it fails again. Raises TaskNotOpen."""
    workflow = definition.codec.decode(state)
    act = _begin(definition, workflow, now, calendar)
    found = find_task(workflow, task)
    if found is None or not (incidents.message_of(found) or found in stopped_tasks(workflow)):
        raise TaskNotOpen("Esta tarea no tiene un incidente por resolver. Actualice la página.")
    incidents.clear(found)
    if found.has_state(TaskState.WAITING):
        found.task_spec._update(found)
    elif isinstance(found.task_spec, StandardLoopTask) and found.has_state(TaskState.STARTED):
        found.task_spec.go_on(found)
    return _finish(definition, workflow, act)


def inspect(definition: Definition, state: bytes, *, now: datetime) -> Advance:
    """The case as it stands, without advancing it; its `state` is the one given."""
    workflow = definition.codec.decode(state)
    act = _begin(definition, workflow, now, None)
    return advance_of(definition, workflow, act, state)


def _begin(
    definition: Definition, workflow: BpmnWorkflow, now: datetime, calendar: WorkCalendar | None
) -> Act:
    act = Act(now=now, calendar=calendar, facts=CaseFacts(definition.facts, workflow.data))
    workflow.script_engine = CaseScriptEngine(FeelEnvironment(definition.programs, act))
    return act


def _finish(definition: Definition, workflow: BpmnWorkflow, act: Act) -> Advance:
    run_to_rest(workflow, act)
    workflow.get_events()  # events that nothing in the case caught are not kept
    state = definition.codec.encode(workflow)
    return advance_of(definition, workflow, act, state)
