"""The bytes of a case: a SpiffWorkflow instance without its definition and without its past."""

from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task

from processes.common.errors import OfficeError


class UnreadableState(OfficeError):
    """The stored state of a case cannot be read: an incident, never a loss."""


class Codec:
    """Reads and writes the states of the cases of one published definition; safe to share by threads."""

    def __init__(self, spec: Any, subprocess_specs: dict[str, Any], *, script_engine: Any = None) -> None:
        self._spec = spec
        self._subprocess_specs = subprocess_specs
        self._script_engine = script_engine

    def encode(self, workflow: BpmnWorkflow) -> bytes:
        """Compact `workflow` in place, give every task its key, and return the state as bytes."""
        raise NotImplementedError

    def decode(self, data: bytes) -> BpmnWorkflow:
        """Rebuild the workflow; raises UnreadableState."""
        raise NotImplementedError


def task_key(task: Task) -> int:
    """The task's number within its case; valid after encode or decode."""
    return int(task.id.int)


def find_task(workflow: BpmnWorkflow, key: int) -> Task | None:
    """The live task with that number, in the case or in one of its subprocesses."""
    raise NotImplementedError
