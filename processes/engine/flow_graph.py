"""What never changes in one definition: its names, and what can still be reached from where."""

import zlib
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


@dataclass(frozen=True)
class DefinitionTables:
    """Look-ups of one definition, worked out once and shared by every case and thread.

    `names` is sorted, so the same bundle read again, in any process, gives the same `positions`.
    """

    names: tuple[str, ...]
    positions: Mapping[str, int]
    fingerprint: int


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


def build_tables(spec: Any) -> DefinitionTables:
    """The look-ups of a definition that has already been mended."""
    names = tuple(sorted(spec.task_specs))
    return DefinitionTables(
        names=names,
        positions={name: position for position, name in enumerate(names)},
        fingerprint=zlib.crc32("\n".join((spec.name, *names)).encode()),
    )


def tables_of(spec: Any) -> DefinitionTables:
    """The look-ups that `prepare_specs` left on the definition."""
    tables = spec.office_tables
    assert isinstance(tables, DefinitionTables)  # noqa: S101  # a narrowing for the type checker
    return tables


def _closure(flows: Flows, start: str, avoiding: str | None) -> frozenset[str]:
    seen = {start}
    pending = [start]
    while pending:
        for target in flows[pending.pop()]:
            if target not in seen and target != avoiding:
                seen.add(target)
                pending.append(target)
    return frozenset(seen)
