"""Where a case stands: each token at rest, with the activities that lead to it from the main diagram.

A procedure that is called from two places is drawn once, so the name of an element alone does not say
by which way a case came to it; the stored state does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.codec import task_key
from processes.engine.definition import Definition
from processes.engine.stepping import is_open, tasks_in

_LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element in the file that it is drawn in; `name` is empty when the analyst gave it none."""

    file: str
    element: str
    name: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram of the procedure: its file, the process drawn in it and what the process is called."""

    file: str
    process: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """A token at rest: the activities around it, the outermost first, and where it stands at the end.

    `awaits_a_person` tells an open task from a wait for the clock, the citizen or another part of the
    case.
    """

    task: int
    way: tuple[Drawn, ...]
    awaits_a_person: bool


def read_places(definition: Definition, state: bytes) -> tuple[Place, ...]:
    """Where the tokens of a case rest, in the order in which they came there; none once it has ended.

    Neither a boundary event, which waits with its activity, nor what holds the instances of a repeated
    one is a place of its own. Raises UnreadableState.
    """
    workflow = definition.codec.decode(state, definition.hash)
    resting = sorted(filter(_is_drawn, tasks_in(workflow, _LIVE)), key=task_key)
    return tuple(Place(task_key(task), _way(definition, workflow, task), is_open(task)) for task in resting)


def drawings_of(definition: Definition) -> tuple[Drawing, ...]:
    """The diagrams of a version: the main one first, then those that it calls, in the order of its flow."""
    specs = dict.fromkeys((*_in_order(definition, definition.spec, set()), *_specs(definition)))
    processes = (spec for spec in specs if spec.name not in definition.elements)
    return tuple(Drawing(spec.file, spec.name, str(spec.description)) for spec in processes)


def _in_order(definition: Definition, spec: Any, seen: set[str]) -> Iterator[Any]:
    """`spec` and what it leads into, as a reader of the drawing comes to it."""
    yield spec
    seen.add(spec.name)
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, SubWorkflowTask) and task_spec.spec not in seen:
            yield from _in_order(definition, definition.subprocess_specs[task_spec.spec], seen)


def files_of_elements(definition: Definition) -> Mapping[str, str]:
    """The file that each element is drawn in."""
    return {
        task_spec.bpmn_id: spec.file
        for spec in _specs(definition)
        for task_spec in spec.task_specs.values()
        if task_spec.bpmn_id is not None
    }


def _specs(definition: Definition) -> Iterator[Any]:
    """The processes and the subprocesses drawn inside them."""
    yield definition.spec
    yield from definition.subprocess_specs.values()


def _is_drawn(task: Task) -> bool:
    around = isinstance(task.task_spec, BoundaryEvent | LoopTask | SubWorkflowTask)
    return task.task_spec.bpmn_id is not None and not around


def _way(definition: Definition, workflow: BpmnWorkflow, task: Task) -> tuple[Drawn, ...]:
    inwards = reversed(tuple(_outwards(workflow, task)))
    drawn = (_drawn(definition, each) for each in inwards if each.task_spec.bpmn_id is not None)
    return tuple(drawn)


def _outwards(workflow: BpmnWorkflow, task: Task) -> Iterator[Any]:
    """The task, the activity whose subprocess it stands in, the activity around that, and so on."""
    yield task
    while task.workflow is not workflow:
        task = workflow.get_task_from_id(task.workflow.parent_task_id)
        yield task


def _drawn(definition: Definition, task: Any) -> Drawn:
    element = task.task_spec.bpmn_id
    name = definition.elements[element].name
    return Drawn(task.workflow.spec.file, element, "" if name == element else name)
