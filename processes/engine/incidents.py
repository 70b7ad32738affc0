"""A task that fails keeps its token: it is marked, the other branches go on, and a retry clears the mark.

The engine's own ERROR state counts as finished, so that an inclusive join or the end of the case
would run past the failure. A marked task therefore stays READY (or WAITING), and our own stepping
passes it by.
"""

from SpiffWorkflow.task import Task

_MARK = "__incident__"
_AGAIN = "__again__"
MAX_MESSAGE_LENGTH = 500


class StepFailure(Exception):
    """A task cannot run; `message` tells an administrator why, in Spanish."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EndlessAct(Exception):
    """An act goes past the bounds on one act and is dropped; `message` tells an administrator, in Spanish."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def mark(task: Task, message: str, again: str = "") -> None:
    """Note on `task` why it failed, and how the act began that a retry must begin again."""
    task.internal_data[_MARK] = message[:MAX_MESSAGE_LENGTH]
    if again:
        task.internal_data[_AGAIN] = again


def clear(task: Task) -> str:
    """Take the notes off before another try; how to begin again, empty where the task just runs."""
    task.internal_data.pop(_MARK, None)
    again: str = task.internal_data.pop(_AGAIN, "")
    return again


def message_of(task: Task) -> str | None:
    """Why `task` failed, or None when it did not."""
    message: str | None = task.internal_data.get(_MARK)
    return message
