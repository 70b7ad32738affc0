"""Timers that name an alert. Their instants are rows outside, handed in at each tick and never cached.

SpiffWorkflow's own timers read the wall clock and keep the instant in the state; these ask only
whether the tick that is running holds them due. So a term is moved by an update of rows.
"""

import re
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util import PendingBpmnEvent
from SpiffWorkflow.task import Task

TERM = "term:"
"""What the name of a legal instant begins with, so that it is no alert's."""

_ALERT = re.compile(r"""\s*(alert|term)\s*\(\s*"([A-Za-z][A-Za-z0-9_-]{0,49})"\s*\)\s*""")


def alert_name(expression: str) -> str | None:
    """`name` for `alert("name")`, `term:name` for `term("name")`, None for anything else."""
    match = _ALERT.fullmatch(expression)
    if match is None:
        return None
    function, name = match.groups()
    return str(name) if function == "alert" else f"{TERM}{name}"


class AlertEventDefinition(TimerEventDefinition):  # type: ignore[misc]  # published without types
    """A timer of ours; `name` is the id of the element that was drawn."""

    def __init__(self, element: str, alert: str) -> None:
        super().__init__(element, alert)
        self.alert = alert

    def has_fired(self, my_task: Task) -> bool:
        """Whether the tick that is running holds this timer due; a task made in this very act never is."""
        due: frozenset[int] = my_task.workflow.script_engine.act.due
        return my_task.id in due

    def details(self, my_task: Task) -> PendingBpmnEvent:  # noqa: ARG002  # the engine's signature
        """What the engine's list of waiting events shows."""
        return PendingBpmnEvent(self.name, type(self).__name__, self.alert)


def awaited_events(task: Task) -> tuple[Any, ...]:
    """The event definitions that a waiting task waits for: one, or those of a gateway, or none."""
    definition = getattr(task.task_spec, "event_definition", None)
    if isinstance(definition, MultipleEventDefinition):
        return tuple(definition.event_definitions)
    return () if definition is None else (definition,)


def alert_of(task: Task) -> AlertEventDefinition | None:
    """The timer that a waiting task waits for, alone or among the events of a gateway."""
    events = awaited_events(task)
    return next((event for event in events if isinstance(event, AlertEventDefinition)), None)
