"""The engine's workflow, with the one walk that it makes after every task made short."""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class CaseWorkflow(BpmnWorkflow):  # type: ignore[misc]  # the library has no types
    """A case at work."""

    def update_waiting_tasks(self) -> None:
        """Let each waiting task look again, in the order of their creation.

        The engine walks the whole tree for them after every completed task, which was a third of a
        step's time.
        """
        waiting: list[Any] = [task for task in self.tasks.values() if task.has_state(TaskState.WAITING)]
        for task in waiting:
            if task.has_state(TaskState.WAITING):
                task.task_spec._update(task)
