"""A published bundle, compiled once and shared by threads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from processes.decisions import FactType
from processes.engine.codec import Codec
from processes.engine.programs import Programs


@dataclass(frozen=True, slots=True)
class Element:
    """What people see of a node of the diagram; `lane` and `form` are of user tasks."""

    name: str
    lane: str = ""
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of the procedure. Forms by file name; facts with their declared types.

    `signals` are those that some element of its diagrams waits for. The caller keeps it by `hash`:
    compiling takes tenths of a second, and acts only read it.
    """

    hash: str
    process_id: str
    forms: Mapping[str, Mapping[str, Any]]
    facts: Mapping[str, FactType]
    elements: Mapping[str, Element]
    signals: frozenset[str]
    programs: Programs
    spec: Any
    subprocess_specs: Mapping[str, Any]
    codec: Codec

    @property
    def element_names(self) -> Mapping[str, str]:
        """The Spanish name of each element, by its id."""
        return {element: shown.name for element, shown in self.elements.items()}
