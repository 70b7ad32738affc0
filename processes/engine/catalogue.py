"""What diagrams may ask of the office: its intents, lanes, alerts and signals. A closed set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.decisions import FactType
from processes.engine.model import Fact


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an intent; empty `choices` means any value of `type`.

    `minimum` and `maximum` bound a number, both included.
    """

    type: FactType
    required: bool = True
    choices: frozenset[Fact] = frozenset()
    minimum: int | None = None
    maximum: int | None = None

    def refusal(self, value: Fact) -> str | None:
        """Why a value of the right type will not do, to be read after "el parámetro"; None when it will."""
        if value is None:
            return "quedó vacío" if self.required else None
        if self.choices and value not in self.choices:
            return f"dice «{value}»; puede ser {', '.join(f'«{c}»' for c in sorted(map(str, self.choices)))}"
        if isinstance(value, int | float):
            if self.minimum is not None and value < self.minimum:
                return f"dice «{value}»; el mínimo es {self.minimum}"
            if self.maximum is not None and value > self.maximum:
                return f"dice «{value}»; el máximo es {self.maximum}"
        return None


@dataclass(frozen=True, slots=True)
class IntentSchema:
    """An intent and its arguments; `label` is its Spanish name in the modeler's panel."""

    name: str
    label: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planner:
    """The intent that gives an alert its instant, and the parameter that names the alert."""

    intent: str
    parameter: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that a diagram may name. Publishing refuses what is not here.

    `columns` are the texts of the petition that a form's field may write to, `intent_fields` the
    fields that it may hand to the intents of its step. With `planners`, each timer needs a task that
    plans its alert; those of a term (`term("name")`) need none.
    """

    intents: Mapping[str, IntentSchema]
    lanes: frozenset[str]
    alerts: frozenset[str]
    signals: frozenset[str]
    columns: frozenset[str] = frozenset()
    intent_fields: frozenset[str] = frozenset()
    planners: tuple[Planner, ...] = ()
