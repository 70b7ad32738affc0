"""Interrupting an activity once, and all of it.

The engine lets every boundary event of an activity fire when several are due in one act, although
the first that interrupts takes the activity, and the others with it, away. And when it takes a
repeated activity away it forgets to end the subprocesses of its instances: they go on listening
for events, and the next step fails because their activity is gone.
"""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class FirstBoundaryEvent(BoundaryEvent):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A boundary event that does not fire after another has interrupted the activity."""

    def _update_hook(self, my_task: Task) -> bool | None:
        if _is_interrupted(my_task):
            return False
        fired: bool | None = super()._update_hook(my_task)
        return fired

    def _on_ready_hook(self, my_task: Task) -> None:
        """Make what follows now, the join of the activity too.

        If the activity ends before this event has run, its join cancels the one below the event, which
        would else lead on a second time.
        """
        super()._on_ready_hook(my_task)
        self._predict_hook(my_task)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)


def _is_interrupted(boundary_event: Task) -> bool:
    split = boundary_event.parent
    return isinstance(split.task_spec, BoundaryEventSplit) and any(
        isinstance(other.task_spec, BoundaryEvent)
        and other.task_spec.cancel_activity
        and other.has_state(TaskState.READY | TaskState.COMPLETED)
        for other in split.children
        if other is not boundary_event
    )


def mend_interruptions(task_spec: Any) -> None:
    """Mend a boundary event or a repeated activity of a shared definition."""
    if type(task_spec) is BoundaryEvent:
        task_spec.__class__ = FirstBoundaryEvent
    if isinstance(task_spec, LoopTask) and not task_spec.cancelled_event.is_connected(_end_instances):
        task_spec.cancelled_event.connect(_end_instances)


def _end_instances(workflow: Any, _activity: Task) -> None:
    close_orphans(workflow.top_workflow)


def close_orphans(workflow: BpmnWorkflow) -> int:
    """Forget the subprocesses whose activity is gone or over; returns how many tasks they had.

    With them goes what any task that is gone still listened for.
    """
    closed = 0
    for activity_id in list(workflow.subprocesses):
        activity = _activity_of(workflow, activity_id)
        if activity is None or activity.has_state(TaskState.COMPLETED | TaskState.CANCELLED):
            closed += len(workflow.subprocesses.pop(activity_id).tasks)
    live = (workflow, *workflow.subprocesses.values())
    workflow.event_manager.tasks = {
        task_id: task
        for task_id, task in workflow.event_manager.tasks.items()
        if any(place.tasks.get(task_id) is task for place in live)
    }
    return closed


def _activity_of(workflow: BpmnWorkflow, activity_id: int) -> Task | None:
    for place in (workflow, *workflow.subprocesses.values()):
        if activity_id in place.tasks:
            return place.tasks[activity_id]
    return None
