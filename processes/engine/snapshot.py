"""A case as plain values: what every version of the stored state is read into and written from."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask
from SpiffWorkflow.task import Task

from processes.engine.gateways import is_arrival
from processes.engine.state_errors import UnreadableState
from processes.engine.workflow import CaseSubWorkflow, CaseWorkflow

_MERGED = "merged"
_SEEN = "seen_events"
_MOST_INSTANCES = 100_000


class TaskSnapshot(NamedTuple):
    """One task. `parent` is its parent's place in the list, always an earlier one.

    `element` is the engine's name of its element. `order` is the place of a token in the order in
    which the tokens reached the joins, from 1; 0 for what is not a token at a join. `notes` are
    the engine's own, about this task.
    """

    key: int
    parent: int | None
    element: str
    state: int
    triggered: bool
    order: int
    notes: dict[str, Any]
    data: dict[str, Any]


class WorkflowSnapshot(NamedTuple):
    """One process or subprocess; `tasks` starts with the root and keeps the order of the tree."""

    tasks: tuple[TaskSnapshot, ...]
    data: dict[str, Any]
    correlations: dict[str, Any]
    success: bool
    completed: bool
    last_task: int | None


class CaseSnapshot(NamedTuple):
    """A whole case.

    `last_key` is the greatest key ever given, so that none is given twice. `subprocesses` goes
    from the outer to the inner, each with the key of its activity. `listening` are the keys of
    the tasks that wait for an event, in the order in which they began to.
    """

    last_key: int
    main: WorkflowSnapshot
    subprocesses: tuple[tuple[int, WorkflowSnapshot], ...]
    listening: tuple[int, ...]


def take_snapshot(workflow: BpmnWorkflow, *, last_key: int) -> CaseSnapshot:
    """The case as it stands; every task must already have its key."""
    return CaseSnapshot(
        last_key=last_key,
        main=_take(workflow),
        subprocesses=tuple(
            (activity_id, _take(subprocess)) for activity_id, subprocess in workflow.subprocesses.items()
        ),
        listening=tuple(workflow.event_manager.tasks),
    )


def _take(workflow: Any) -> WorkflowSnapshot:
    arrived = {task.id: task.last_state_change for task in workflow.tasks.values() if is_arrival(task)}
    order = {moment: place for place, moment in enumerate(sorted(set(arrived.values())), start=1)}
    positions: dict[int, int] = {}
    tasks: list[TaskSnapshot] = []
    for task in _in_tree_order(workflow):
        positions[task.id] = len(tasks)
        tasks.append(
            TaskSnapshot(
                key=task.id,
                parent=None if task._parent is None else positions[task._parent],
                element=task.task_spec.name,
                state=task.state,
                triggered=task.triggered,
                order=order[arrived[task.id]] if task.id in arrived else 0,
                notes=_notes_of(task),
                data=task.data,
            )
        )
    return WorkflowSnapshot(
        tasks=tuple(tasks),
        data=workflow.data,
        correlations=workflow.correlations,
        success=workflow.success,
        completed=workflow.completed,
        last_task=None if workflow.last_task is None else workflow.last_task.id,
    )


def _in_tree_order(workflow: Any) -> Iterator[Task]:
    pending = [workflow.task_tree]
    while pending:
        task = pending.pop()
        yield task
        pending.extend(workflow.tasks[child_id] for child_id in reversed(task._children))


def _notes_of(task: Task) -> dict[str, Any]:
    """The engine's notes on a task, without ids of tasks and without parts of the definition.

    Of the instances that a repeated activity has merged only their number is ever asked.
    """
    notes = dict(task.internal_data)
    if not notes:
        return notes
    if _counts_merged(task.task_spec) and _MERGED in notes:
        notes[_MERGED] = len(notes[_MERGED])
    if _awaits_several(task.task_spec) and _SEEN in notes:
        expected = task.task_spec.event_definition.event_definitions
        notes[_SEEN] = [
            [expected.index(event.event_definition), event.payload, event.correlations]
            for event in notes[_SEEN]
        ]
    return notes


def _counts_merged(task_spec: Any) -> bool:
    return isinstance(task_spec, LoopTask)


def _awaits_several(task_spec: Any) -> bool:
    return isinstance(task_spec, CatchingEvent) and isinstance(
        task_spec.event_definition, MultipleEventDefinition
    )


def restore_snapshot(
    snapshot: CaseSnapshot, spec: Any, subprocess_specs: Mapping[str, Any], script_engine: Any
) -> BpmnWorkflow:
    """Build the live case; the workflow owns everything in the snapshot from then on.

    Raises UnreadableState when the snapshot does not fit the definition.
    """
    workflow = CaseWorkflow(spec, subprocess_specs, script_engine=script_engine, deserializing=True)
    _restore(workflow, snapshot.main)
    activities = dict(workflow.tasks)
    for key, part in snapshot.subprocesses:
        activity = activities.get(key)
        if activity is None or not isinstance(activity.task_spec, SubWorkflowTask):
            raise UnreadableState(f"subprocess of a missing activity {key}")
        subprocess = _open_subprocess(workflow, activity)
        _restore(subprocess, part)
        activities.update(subprocess.tasks)
    for key in snapshot.listening:
        task = activities.get(key)
        if task is None or not isinstance(task.task_spec, CatchingEvent):
            raise UnreadableState(f"task {key} cannot wait for an event")
        workflow.event_manager.add_task(task)
    return workflow


def _open_subprocess(workflow: BpmnWorkflow, activity: Task) -> CaseSubWorkflow:
    spec = workflow.subprocess_specs.get(activity.task_spec.spec)
    if spec is None:
        raise UnreadableState(f"no definition of subprocess {activity.task_spec.spec}")
    subprocess = CaseSubWorkflow(spec, activity.id, workflow, deserializing=True)
    subprocess.completed_event.connect(activity.task_spec._on_subworkflow_completed, activity)
    workflow.subprocesses[activity.id] = subprocess
    return subprocess


def _restore(workflow: Any, snapshot: WorkflowSnapshot) -> None:
    tasks: list[Task] = []
    for part in snapshot.tasks:
        tasks.append(_restore_task(workflow, part, tasks))
    # the engine walks this in the order in which the tasks were made
    workflow.tasks = {task.id: task for task in sorted(tasks, key=attrgetter("id"))}
    workflow.task_tree = tasks[0]
    workflow.data = snapshot.data
    workflow.correlations = snapshot.correlations
    workflow.success = snapshot.success
    workflow.completed = snapshot.completed
    if snapshot.last_task is not None:
        workflow.last_task = workflow.tasks.get(snapshot.last_task)


def _restore_task(workflow: Any, snapshot: TaskSnapshot, earlier: list[Task]) -> Task:
    task_spec = workflow.spec.task_specs.get(snapshot.element)
    if task_spec is None:
        raise UnreadableState(f"no element {snapshot.element}")
    task = Task(
        workflow,
        task_spec,
        parent=None if snapshot.parent is None else earlier[snapshot.parent],
        state=snapshot.state,
        id=snapshot.key,
    )
    task.triggered = snapshot.triggered
    task.last_state_change = snapshot.order
    task.internal_data = snapshot.notes and _restore_notes(task_spec, snapshot.notes)
    task.data = snapshot.data
    return task


def _restore_notes(task_spec: Any, notes: dict[str, Any]) -> dict[str, Any]:
    if _counts_merged(task_spec) and _MERGED in notes:
        notes[_MERGED] = [""] * _count(notes[_MERGED])
    if _awaits_several(task_spec) and _SEEN in notes:
        expected = task_spec.event_definition.event_definitions
        if not isinstance(notes[_SEEN], list):
            raise UnreadableState("no list of events")
        notes[_SEEN] = [_restore_event(expected, seen) for seen in notes[_SEEN]]
    return notes


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _MOST_INSTANCES:
        raise UnreadableState(f"{value!r} is not a number of instances")
    return value


def _restore_event(expected: list[Any], seen: Any) -> BpmnEvent:
    try:
        position, payload, correlations = seen
        return BpmnEvent(expected[position], payload, correlations)
    except (TypeError, ValueError, IndexError) as damage:
        raise UnreadableState("an event that this task does not expect") from damage
