"""What never changes in one definition: its names, and what can still be reached from where."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.specs.Join import Join

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

    def leading_to(self, target: str, *, avoiding: str | None = None) -> frozenset[str]:
        """Every element from which a token may come to `target`, `target` included."""
        return _closure(_reversed(self.onward), target, avoiding)


@dataclass(frozen=True)
class DefinitionTables:
    """Look-ups of one definition, worked out once and shared by every case and thread.

    `names` is sorted, so the same bundle read again, in any process, gives the same `positions`.
    `split_watch` says for each boundary or start event split from which elements its join can
    still be reached without passing the split again: while a token is there, the join will look
    the split up.
    """

    names: tuple[str, ...]
    positions: Mapping[str, int]
    fingerprint: int
    split_watch: Mapping[str, frozenset[str]]


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


def build_tables(spec: Any, graph: FlowGraph) -> DefinitionTables:
    """The look-ups of a definition that has already been mended."""
    names = tuple(sorted(spec.task_specs))
    return DefinitionTables(
        names=names,
        positions={name: position for position, name in enumerate(names)},
        fingerprint=zlib.crc32("\n".join((spec.name, *names)).encode()),
        split_watch={
            join.split_task: graph.leading_to(join.name, avoiding=join.split_task)
            for join in _structured_joins(spec)
        },
    )


def tables_of(spec: Any) -> DefinitionTables:
    """The look-ups that `prepare_specs` left on the definition."""
    tables = spec.office_tables
    assert isinstance(tables, DefinitionTables)  # noqa: S101  # a narrowing for the type checker
    return tables


def _structured_joins(spec: Any) -> Iterable[Any]:
    return [
        task_spec
        for task_spec in spec.task_specs.values()
        if isinstance(task_spec, Join)
        and not isinstance(task_spec, UnstructuredJoin)
        and task_spec.split_task is not None
    ]


def _reversed(flows: Flows) -> Flows:
    back: dict[str, set[str]] = {name: set() for name in flows}
    for source, targets in flows.items():
        for target in targets:
            back[target].add(source)
    return {name: frozenset(sources) for name, sources in back.items()}


def _closure(flows: Flows, start: str, avoiding: str | None) -> frozenset[str]:
    seen = {start}
    pending = [start]
    while pending:
        for target in flows[pending.pop()]:
            if target not in seen and target != avoiding:
                seen.add(target)
                pending.append(target)
    return frozenset(seen)
