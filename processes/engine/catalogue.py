"""What diagrams may ask of the office: its intents, lanes, alerts and signals. A closed set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.decisions import FactType
from processes.engine.model import Fact


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an intent; empty `choices` means any value of `type`."""

    type: FactType
    required: bool = True
    choices: frozenset[Fact] = frozenset()


@dataclass(frozen=True, slots=True)
class IntentSchema:
    """An intent and its arguments; `label` is its Spanish name in the modeler's panel."""

    name: str
    label: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a diagram may name. Publishing refuses what is not here.

    `columns` are the texts of the petition that a form's field may write to.
    """

    intents: Mapping[str, IntentSchema]
    lanes: frozenset[str]
    alerts: frozenset[str]
    signals: frozenset[str]
    columns: frozenset[str] = frozenset()
