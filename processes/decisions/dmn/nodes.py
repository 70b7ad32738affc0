"""The elements of a decision model, compiled, and what they require of one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from processes.decisions.dmn.boxed import Boxed
from processes.decisions.dmn.library import Link
from processes.decisions.dmn.table_logic import TableLogic
from processes.decisions.dmn.types import DeclaredType
from processes.decisions.errors import Problem


@dataclass(frozen=True, slots=True)
class InputNode:
    """A datum from outside; `ways` are the names by which the facts may tell it, the first that does wins."""

    name: str
    type: DeclaredType
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DecisionNode:
    """A decision; without logic it answers null. One with `problems` cannot be decided."""

    id: str
    name: str
    result_name: str
    type: DeclaredType
    links: tuple[Link, ...]
    logic: TableLogic | Boxed | None
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeNode:
    """A business knowledge model: `definition` makes its function. One with `problems` cannot be called."""

    name: str
    parameters: tuple["Parameter", ...]
    links: tuple[Link, ...]
    definition: Boxed | None
    problems: Sequence[Problem] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a function is given; a service's has the `key` of a datum or a decision of the model."""

    name: str
    type: DeclaredType
    key: str = ""


@dataclass(frozen=True, slots=True)
class ServiceNode:
    """A decision service: its parameters in their order, and the decisions that it answers."""

    name: str
    parameters: tuple[Parameter, ...]
    outputs: tuple[Link, ...]


Invocable: TypeAlias = KnowledgeNode | ServiceNode
Node: TypeAlias = InputNode | DecisionNode | KnowledgeNode | ServiceNode
