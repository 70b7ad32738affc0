"""Reads from a workflow at rest what its people, its clock and its signals wait for."""

from collections.abc import Iterator, Mapping

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine import incidents
from processes.engine.codec import task_key
from processes.engine.definition import Definition, Element
from processes.engine.environment import Act
from processes.engine.model import Advance, Fact, Incident, OpenTask, WaitingAlert
from processes.engine.standstill import signal_names, stopped_tasks
from processes.engine.stepping import is_open, tasks_in
from processes.engine.timers import alert_of

_WHOLE_CASE = Element("Caso completo")
"""What is shown for a task that nobody drew, as the one at which a case begins."""

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


def advance_of(definition: Definition, workflow: BpmnWorkflow, act: Act, state: bytes) -> Advance:
    """The case after an act; `state` must be what the workflow was just encoded to or decoded from."""
    live = sorted(tasks_in(workflow, _LIVE), key=task_key)
    waiting = [task for task in live if task.has_state(TaskState.WAITING)]
    facts = act.facts.stored()
    return Advance(
        state=state,
        open_tasks=tuple(_open_tasks(definition, facts, live)),
        intents=tuple(act.intents),
        alerts=tuple(_alerts(waiting)),
        reasons=tuple(act.reasons),
        incidents=tuple(_incidents(definition, live, stopped_tasks(workflow))),
        signals=frozenset((*_signals(waiting), *_starting_signals(workflow))),
        passed=tuple(act.passed),
        facts=facts,
        finished=workflow.is_completed(),
    )


def _open_tasks(definition: Definition, facts: Mapping[str, Fact], live: list[Task]) -> Iterator[OpenTask]:
    for task in filter(is_open, live):
        element = task.task_spec.bpmn_id
        shown = definition.elements[element]
        yield OpenTask(
            key=task_key(task),
            element=element,
            name=shown.name,
            lane=shown.lane,
            form=shown.form,
            facts=facts,
        )


def _alerts(waiting: list[Task]) -> Iterator[WaitingAlert]:
    for task in waiting:
        timer = alert_of(task)
        if timer is not None and incidents.message_of(task) is None:
            yield WaitingAlert(task_key(task), timer.name, timer.alert)


def _incidents(definition: Definition, live: list[Task], stopped: Mapping[Task, str]) -> Iterator[Incident]:
    for task in live:
        message = incidents.message_of(task) or stopped.get(task)
        if message is not None:
            element = task.task_spec.bpmn_id or task.task_spec.name
            shown = definition.elements.get(element, _WHOLE_CASE)
            yield Incident(task_key(task), element, shown.name, message)


def _starting_signals(workflow: BpmnWorkflow) -> Iterator[str]:
    """What starts an event subprocess: nothing of it waits in the case until it comes."""
    if workflow.is_completed():
        return
    for name in workflow.spec.start.trigger_specs:
        for event in workflow.subprocess_specs[name].bpmn_start_events:
            yield event.event_definition.name


def _signals(waiting: list[Task]) -> Iterator[str]:
    for task in waiting:
        yield from signal_names(task)
