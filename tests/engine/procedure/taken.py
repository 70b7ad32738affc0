"""Which flows and boundary events a case took, read from the tree that the engine never cut."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from tests.engine.procedure.drawn import Drawing, Flow

_REACHED = TaskState.READY | TaskState.WAITING | TaskState.STARTED | TaskState.COMPLETED | TaskState.ERROR


@dataclass
class Taken:
    """How often a case took each way, and the elements that it came to."""

    ways: Counter[tuple[str, str]] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    completed: set[str] = field(default_factory=set)

    def note(self, workflow: BpmnWorkflow, drawing: Drawing) -> None:
        """Add what the case has done up to now; the tree may lose later what is cancelled."""
        seen: Counter[tuple[str, str]] = Counter()
        for task in _reached(workflow):
            element = task.task_spec.bpmn_id
            if task.has_state(TaskState.COMPLETED):
                self.completed.add(element)
            source = _drawn_before(task)
            if source in drawing.watches and not task.has_state(TaskState.COMPLETED):
                continue
            self.reached.add(element)
            if source is not None:
                seen[source, element] += 1
        self.ways |= seen

    def times(self, flow: Flow) -> int:
        """How often the case took `flow`."""
        return self.ways[flow.source, flow.target]


def _reached(workflow: BpmnWorkflow) -> Iterator[Task]:
    for place in (workflow, *workflow.subprocesses.values()):
        for task in place.tasks.values():
            if task.task_spec.bpmn_id is not None and task.has_state(_REACHED):
                yield task


def _drawn_before(task: Task) -> str | None:
    """The element that the token came from: the engine's own tasks between the two are not drawn."""
    before = task.parent
    while before is not None and before.task_spec.bpmn_id is None:
        before = before.parent
    return None if before is None else str(before.task_spec.bpmn_id)
