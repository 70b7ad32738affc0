"""One act on a case, all of it or none: what goes past its bounds leaves the case as it was, and an incident.

An act that does not end would keep what it asked for on the way, and ask for it again at each retry.
So it is dropped: the incident stands where the act began, and remembers how to begin it again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import StandardLoopTask
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition, SignalEventDefinition
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.common.calendar import WorkCalendar
from processes.engine import incidents
from processes.engine.codec import find_task
from processes.engine.definition import Definition
from processes.engine.environment import Act, CaseScriptEngine, FeelEnvironment
from processes.engine.facts import CaseFacts
from processes.engine.incidents import EndlessAct
from processes.engine.model import Advance, Fact
from processes.engine.standstill import signal_names
from processes.engine.stepping import run_task, run_to_rest, tasks_in
from processes.engine.view import advance_of

COMPLETE, FIRE, SIGNAL = "complete", "fire", "signal:"
"""How the act began that an incident stands for; the last is followed by the signal's name."""

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


@dataclass(frozen=True, slots=True)
class Call:
    """What one call of the door was given. `read` makes the case as it was before."""

    definition: Definition
    read: Callable[[], BpmnWorkflow]
    now: datetime
    calendar: WorkCalendar | None
    facts: Mapping[str, Fact]
    declared_only: bool

    def begin(self) -> tuple[BpmnWorkflow, Act]:
        """The case with the facts that were handed in. Raises Invalid for facts that do not fit."""
        workflow = self.read()
        act = equip(self.definition, workflow, self.now, self.calendar)
        act.facts.receive(self.facts, declared_only=self.declared_only)
        return workflow, act


def equip(
    definition: Definition, workflow: BpmnWorkflow, now: datetime, calendar: WorkCalendar | None
) -> Act:
    """Give a case at hand what its texts are evaluated with."""
    act = Act(now=now, calendar=calendar, facts=CaseFacts(definition.facts, workflow.data))
    workflow.script_engine = CaseScriptEngine(FeelEnvironment(definition.programs, act))
    return act


def carry_out(call: Call, do: Callable[[BpmnWorkflow, Act], None]) -> Advance:
    """Do it and run the case to rest; or, past the bounds, leave the case as it was with one incident."""
    workflow, act = call.begin()
    try:
        do(workflow, act)
        run_to_rest(workflow, act)
    except EndlessAct as endless:
        key, again = act.began
        workflow, act = call.begin()
        found = find_task(workflow, key) or _first_concerned(workflow, again)
        incidents.mark(found, endless.message, again)
    workflow.get_events()  # events that nothing in the case caught are not kept
    state = call.definition.codec.encode(workflow, call.definition.hash)
    return advance_of(call.definition, workflow, act, state)


def complete_task(workflow: BpmnWorkflow, act: Act, task: Task) -> None:
    """What a person has done."""
    act.began = (task.id, COMPLETE)
    run_task(task, act)
    run_to_rest(workflow, act)


def fire_timer(workflow: BpmnWorkflow, act: Act, task: Task) -> None:
    """Let a timer see that its instant has come."""
    act.began = (task.id, FIRE)
    act.due = frozenset({task.id})
    task.task_spec._update(task)
    act.due = frozenset()
    run_to_rest(workflow, act)


def send_signal(workflow: BpmnWorkflow, act: Act, name: str) -> None:
    """Tell the case; as a signal and as a message."""
    act.began = (0, f"{SIGNAL}{name}")
    for event in (SignalEventDefinition(name), MessageEventDefinition(name)):
        workflow.event_manager.catch(BpmnEvent(event), internal=False)


def try_again(workflow: BpmnWorkflow, act: Act, task: Task) -> None:
    """Clear an incident and do once more what failed."""
    again = incidents.clear(task)
    act.began = (task.id, again)
    if again == COMPLETE:
        complete_task(workflow, act, task)
    elif again == FIRE:
        fire_timer(workflow, act, task)
    elif again.startswith(SIGNAL):
        send_signal(workflow, act, again.removeprefix(SIGNAL))
        act.began = (task.id, again)
    elif task.has_state(TaskState.WAITING):
        task.task_spec._update(task)
    elif isinstance(task.task_spec, StandardLoopTask) and task.has_state(TaskState.STARTED):
        task.task_spec.go_on(task)


def _first_concerned(workflow: BpmnWorkflow, again: str) -> Task:
    """Where the incident of an act stands that began at no task: who listened, or else the first."""
    live = tasks_in(workflow, _LIVE)
    name = again.removeprefix(SIGNAL)
    return next((task for task in live if name in signal_names(task)), live[0])
