"""Finds a case that stands still for ever: nobody has a task, nothing falls due, no signal can come.

A diagram may be drawn so that a token waits for one that was sent another way: the publish check
cannot see each of these. Such a case must not be lost, so each element that waits is an incident.
It is worked out from the state each time and not kept in it, so that it is over when the case moves.
"""

from collections.abc import Iterator

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import ThrowingEvent
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine import incidents
from processes.engine.stepping import is_open, tasks_in
from processes.engine.timers import alert_of, awaited_events

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED

LOST_FLOW = "Este elemento espera un flujo que ya no puede llegar, y el caso no tiene nada más abierto."
LOST_SIGNAL = (
    "Este elemento espera una señal que solo lanza el mismo procedimiento y que ya no puede llegar; "
    "el caso no tiene nada más abierto."
)


def stopped_tasks(workflow: BpmnWorkflow) -> dict[Task, str]:
    """What waits in vain, each with the words for an administrator; empty for a case that can go on.

    A signal that the diagram throws itself does not count as one that may come from outside.
    """
    if workflow.is_completed():
        return {}
    live = tasks_in(workflow, _LIVE)
    if any(_goes_on_by_itself(task) for task in live):
        return {}
    thrown = set(_thrown(workflow))
    if any(_hears_from_outside(task, thrown) for task in live):
        return {}
    drawn = [task for task in live if task.task_spec.bpmn_id is not None]
    innermost = [task for task in drawn if not isinstance(task.task_spec, SubWorkflowTask)]
    waiting = [task for task in innermost if task.has_state(TaskState.WAITING)]
    return {task: _told(task) for task in waiting or innermost or live}


def signal_names(task: Task) -> Iterator[str]:
    """The signals and messages that a waiting task waits for."""
    for event in awaited_events(task):
        if isinstance(event, SignalEventDefinition | MessageEventDefinition):
            yield event.name


def _goes_on_by_itself(task: Task) -> bool:
    """A person, the clock or an administrator has something to do with it."""
    if is_open(task) or incidents.message_of(task) is not None:
        return True
    return bool(task.has_state(TaskState.WAITING)) and alert_of(task) is not None


def _hears_from_outside(task: Task, thrown: set[str]) -> bool:
    return bool(task.has_state(TaskState.WAITING)) and not thrown.issuperset(signal_names(task))


def _thrown(workflow: BpmnWorkflow) -> Iterator[str]:
    for spec in (workflow.spec, *workflow.subprocess_specs.values()):
        for task_spec in spec.task_specs.values():
            if isinstance(task_spec, ThrowingEvent):
                yield task_spec.event_definition.name


def _told(task: Task) -> str:
    return LOST_SIGNAL if any(signal_names(task)) else LOST_FLOW
