"""The texts of a diagram, compiled at publish. At run time a text that is not here fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.decisions import DecisionModel, Expression, Script
from processes.engine.catalogue import IntentSchema
from processes.engine.incidents import StepFailure


@dataclass(slots=True)
class Programs:
    """Everything that one bundle may evaluate, by its text as it stands in the file."""

    expressions: dict[str, Expression] = field(default_factory=dict)
    scripts: dict[str, Script] = field(default_factory=dict)
    decisions: dict[str, DecisionModel] = field(default_factory=dict)
    schemas: Mapping[str, IntentSchema] = field(default_factory=dict)

    def expression(self, text: str) -> Expression:
        """The compiled expression. Raises StepFailure for a text that was not published."""
        found = self.expressions.get(text)
        if found is None:
            raise StepFailure(f"La expresión «{text}» no se publicó con el diagrama.")
        return found

    def script(self, text: str) -> Script:
        """The compiled script. Raises StepFailure for a text that was not published."""
        found = self.scripts.get(text)
        if found is None:
            raise StepFailure("Este guion no se publicó con el diagrama.")
        return found

    def decision(self, decision_id: str) -> DecisionModel:
        """The tables that hold a decision. Raises StepFailure for one that was not published."""
        found = self.decisions.get(decision_id)
        if found is None:
            raise StepFailure(f"La decisión «{decision_id}» no se publicó con el diagrama.")
        return found
