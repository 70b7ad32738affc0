"""Joining gateways that count tokens, also inside a loop.

The engine's own gateways look at every instance of the join that the case ever had. From the
second turn of a loop they find the tokens of the first, fire early, and drop the branches of an
earlier turn that are still at work. Here a token that reaches a join waits as an *arrival* until
the join fires. It takes one token from each input that has one, the oldest; what is left over
stays for the next firing (BPMN 2.0.2, section 13.4 and tables 13.1 and 13.3).
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from processes.engine.flow_graph import FlowGraph

_ACTIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_ARRIVED = TaskState.PREDICTED_MASK | TaskState.FUTURE | TaskState.WAITING


def is_arrival(task: Task) -> bool:
    """A token that has reached a join and has not been consumed by it.

    The engine's own join at the end of a process cancels all but the newest; they count until it fires.
    """
    if not isinstance(task.task_spec, UnstructuredJoin) or task.parent is None:
        return False
    states = _ARRIVED if isinstance(task.task_spec, _TokenJoin) else _ARRIVED | TaskState.CANCELLED
    return bool(task.has_state(states)) and task.parent.state == TaskState.COMPLETED


def holds_token(task: Task) -> bool:
    """The case is at this element now, or will be when the present act ends."""
    if task.state == TaskState.FUTURE:
        return task.parent is not None and task.parent.state == TaskState.COMPLETED
    return bool(task.has_state(_ACTIVE))


class _TokenJoin(UnstructuredJoin):  # type: ignore[misc]  # SpiffWorkflow has no types
    """What both gateways do: wait for the tokens they need, then consume them."""

    def _may_fire(self, workflow: Any, filled: set[str]) -> bool:
        """Whether tokens at the inputs `filled` are enough, where `workflow` stands now."""
        raise NotImplementedError

    def _update_hook(self, my_task: Task) -> bool:
        """Every token waits; whichever is asked, the one that has waited longest fires for all."""
        my_task._set_state(TaskState.WAITING)
        arrivals = [
            task for task in my_task.workflow.tasks.values() if task.task_spec is self and is_arrival(task)
        ]
        oldest: dict[str, Task] = {}
        for task in sorted(arrivals, key=lambda arrival: arrival.last_state_change):
            oldest.setdefault(task.parent.task_spec.name, task)
        if self._may_fire(my_task.workflow, set(oldest)):
            first, *others = oldest.values()
            first._inherit_data()
            _consume(first, others)
            first._ready()
        return False

    def _run_hook(self, my_task: Task) -> bool:  # noqa: ARG002  # the engine's signature
        return True


def _consume(my_task: Task, arrivals: list[Task]) -> None:
    """Merge what the other tokens bring, the oldest first, and take them out of the case."""
    for task in arrivals:
        DeepMerge.merge(my_task.data, task.parent.data)
        my_task.workflow._remove_task(task.id)


class TokenParallelGateway(_TokenJoin, ParallelGateway):  # type: ignore[misc]  # untyped bases
    """Fires when a token waits at each of its inputs."""

    def _may_fire(self, workflow: Any, filled: set[str]) -> bool:  # noqa: ARG002  # shared signature
        return filled.issuperset(self._inputs)


class TokenInclusiveGateway(_TokenJoin, InclusiveGateway):  # type: ignore[misc]  # untyped bases
    """Fires when no token elsewhere could still fill one of its empty inputs.

    A token that can also come by an input that is already filled is not waited for (BPMN 2.0.2,
    table 13.3). `inputs_ahead` says, for each element, which inputs a token there may reach
    without passing this gateway; `mend_gateway` sets it.
    """

    inputs_ahead: Mapping[str, frozenset[str]]

    def _may_fire(self, workflow: Any, filled: set[str]) -> bool:
        return not any(
            ahead and ahead.isdisjoint(filled)
            for task in workflow.tasks.values()
            if task.task_spec is not self and holds_token(task)
            for ahead in (self.inputs_ahead[task.task_spec.name],)
        )

    def _run_hook(self, my_task: Task) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        chosen = matches or defaults
        if not chosen:
            raise WorkflowTaskException("No conditions satisfied on gateway", task=my_task)
        my_task._sync_children(chosen, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


def mend_gateway(task_spec: Any, graph: FlowGraph) -> None:
    """Make one of the engine's joining gateways count tokens.

    The class of the existing object is changed, because its name, flows and place in the
    definition, which others already hold, must stay as they are.
    """
    if type(task_spec) is ParallelGateway:
        task_spec.__class__ = TokenParallelGateway
    elif type(task_spec) is InclusiveGateway:
        task_spec.__class__ = TokenInclusiveGateway
        inputs = frozenset(task_spec._inputs)
        task_spec.inputs_ahead = {
            name: inputs & graph.reachable(name, avoiding=task_spec.name) for name in graph.onward
        }
