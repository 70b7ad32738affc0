"""What never changes in one definition: what can still be reached from where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask

Flows = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class FlowGraph:
    """The flows of one definition, by the engine's own names of its elements."""

    onward: Flows

    def reachable(self, start: str, *, avoiding: str | None = None) -> frozenset[str]:
        """Every element that a token at `start` may still visit, `start` included.

        With `avoiding`, only by ways that do not visit that element.
        """
        return _closure(self.onward, start, avoiding)


def build_graph(spec: Any) -> FlowGraph:
    """The flows of a parsed definition.

    An activity that repeats leads to its instance and the instance back to it: the engine keeps
    that tie outside its lists of outputs.
    """
    onward = {name: set(task_spec._outputs) for name, task_spec in spec.task_specs.items()}
    for name, task_spec in spec.task_specs.items():
        if isinstance(task_spec, LoopTask):
            onward[name].add(task_spec.task_spec)
            onward[task_spec.task_spec].add(name)
    return FlowGraph({name: frozenset(targets) for name, targets in onward.items()})


def _closure(flows: Flows, start: str, avoiding: str | None) -> frozenset[str]:
    seen = {start}
    pending = [start]
    while pending:
        for target in flows[pending.pop()]:
            if target not in seen and target != avoiding:
                seen.add(target)
                pending.append(target)
    return frozenset(seen)
