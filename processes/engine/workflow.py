"""The engine's workflows, which look no further than they must: a step costs what it is, no more."""

import itertools
import logging
import time
from typing import Any

import SpiffWorkflow.task
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

for _name in ("spiff.task", "spiff.workflow"):
    # It lists all tasks and their data for each change of a state, unless told that nobody reads it.
    logging.getLogger(_name).setLevel(logging.WARNING)

GREATEST_KEY = 2**48
"""No key of a task is greater. A task without a key has a passing number above it."""

_passing_ids = itertools.count(GREATEST_KEY + 1)
# The engine only compares ids: a number is made, and found in a dict, many times faster than a UUID.
SpiffWorkflow.task.uuid4 = _passing_ids.__next__


def _set_state(task: Task, value: int) -> None:
    """Change the state of a task, and note when: joins ask which came first.

    The engine's own also writes a line for a log that nobody reads, which was a tenth of a step's time.
    """
    if value != task._state:
        task.last_state_change = time.perf_counter_ns()
        task._state = value


def _children(task: Task) -> list[Task]:
    """The tasks below a task, looked up without a turn of Python for each: a step asks some hundred times."""
    return list(map(task.workflow.tasks.get, task._children))


Task._set_state = _set_state
Task.children = property(_children, Task.children.fset)


class _ShortSight:
    """Looks at the tasks that wait, and at no other, when one is completed; foresees no task."""

    tasks: dict[Any, Any]
    completed: bool

    def update_waiting_tasks(self) -> None:
        """Let each waiting task look again, in the order of their creation.

        The engine walks the whole tree for them after every completed task, which was a third of a
        step's time. Of the tokens that wait at one join only one is asked, which answers for all.
        """
        asked: set[Any] = set()
        waiting: list[Any] = [task for task in self.tasks.values() if task._state == TaskState.WAITING]
        for task in waiting:
            if isinstance(task.task_spec, UnstructuredJoin):
                if task.task_spec.name in asked:
                    continue
                asked.add(task.task_spec.name)
            if task.has_state(TaskState.WAITING):
                task.task_spec._update(task)

    def is_completed(self) -> bool:
        """Whether nothing of it is open any more; the engine walks the tree to know."""
        if not self.completed:
            self.completed = not any(
                task._state & TaskState.NOT_FINISHED_MASK for task in self.tasks.values()
            )
        return self.completed


class CaseSubWorkflow(_ShortSight, BpmnSubWorkflow):  # type: ignore[misc]  # the library has no types
    """A called process, or a subprocess, at work."""


class CaseWorkflow(_ShortSight, BpmnWorkflow):  # type: ignore[misc]  # the library has no types
    """A case at work."""

    def create_subprocess(self, my_task: Any, spec_name: str) -> CaseSubWorkflow:
        """Begin what the activity `my_task` calls or holds."""
        subprocess = CaseSubWorkflow(self.subprocess_specs[spec_name], my_task.id, self)
        self.subprocesses[my_task.id] = subprocess
        return subprocess

    def get_task_from_id(self, task_id: Any) -> Any:
        """The task, in the case or in one of its subprocesses. Raises TaskNotFoundException.

        The engine's own asks each subprocess through a chain of calls, hundreds of times a step.
        """
        for place in (self, *self.subprocesses.values()):
            found = place.tasks.get(task_id)
            if found is not None:
                return found
        return super().get_task_from_id(task_id)


_predict_as_the_engine_does = TaskSpec._predict
_run_as_the_engine_does = Task.run


def _predict(task_spec: Any, my_task: Task, *rest: Any, **named: Any) -> None:
    """Foresee nothing in a case.

    The engine makes a task of every element on each way that may be taken, two gateways ahead: half of
    the tasks that a case had to make, to keep and to read again at every step were never to run.
    """
    if not isinstance(my_task.workflow, _ShortSight):
        _predict_as_the_engine_does(task_spec, my_task, *rest, **named)


def _run(task: Task) -> bool | None:
    """Run a task, with what follows it made now; a gateway that chooses makes what it has chosen.

    Nothing follows a triggered task: an event subprocess, or one instance of a repeated activity. What
    follows a boundary event was made when it was caught, see `interruptions`.
    """
    made_elsewhere = task.triggered or isinstance(task.task_spec, MultiChoice | BoundaryEvent)
    if not made_elsewhere and isinstance(task.workflow, _ShortSight):
        task.task_spec._predict_hook(task)
    ran: bool | None = _run_as_the_engine_does(task)
    return ran


TaskSpec._predict = _predict
Task.run = _run
