"""The facts of a case.

Facts belong to the case, not to a token: branches that run side by side read and write the same
ones. SpiffWorkflow gives each token a copy and merges the copies at a join, where the branch that
arrives last overwrites what another one changed with what it remembers; lists lose items. So the
facts are kept once, in the workflow's own data, and a task's data stays empty.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from processes.common.errors import Invalid
from processes.decisions import FactType, FeelError, Value, from_stored, to_stored
from processes.engine.incidents import StepFailure
from processes.engine.model import MAX_FACT_LENGTH, Fact

_TYPE_NAMES: Mapping[FactType, str] = {
    FactType.STRING: "un texto",
    FactType.NUMBER: "un número",
    FactType.BOOLEAN: "verdadero o falso",
    FactType.DATE: "una fecha (AAAA-MM-DD)",
    FactType.DATE_TIME: "una fecha con hora",
    FactType.DURATION: "una duración en días y horas",
}


class CaseFacts:
    """The facts of one case during one act: as stored, and typed by their declaration for FEEL."""

    def __init__(self, types: Mapping[str, FactType], stored: dict[str, Any]) -> None:
        """`stored` is the workflow's own data; it is changed in place."""
        self._types = types
        self._stored = stored
        self._values: dict[str, Value] = dict.fromkeys(types)
        for name, fact in stored.items():
            if fact is not None and name in types:
                self._values[name] = from_stored(fact, types[name])

    @property
    def values(self) -> Mapping[str, Value]:
        """Every declared fact with its typed value; null where it was never set."""
        return self._values

    def stored(self) -> Mapping[str, Fact]:
        """The facts that were set, as they are kept; a copy that no later act changes."""
        return MappingProxyType({name: self._stored[name] for name in self._types if name in self._stored})

    def assign(self, values: Mapping[str, Value]) -> None:
        """Set facts from typed values. Raises StepFailure, changing nothing, when one does not fit."""
        accepted = {name: self._accept(name, value) for name, value in values.items()}
        self._write(accepted)

    def receive(self, facts: Mapping[str, Fact], *, declared_only: bool) -> None:
        """Set facts handed in through the door. Raises Invalid, changing nothing, with all that do not fit.

        With `declared_only`, facts that the diagram does not declare are left out instead of refused.
        """
        accepted: dict[str, Fact] = {}
        errors: dict[str, str] = {}
        for name, value in facts.items():
            if name not in self._types:
                if not declared_only:
                    errors[name] = "El procedimiento no declara este dato."
                continue
            try:
                accepted[name] = checked_fact(value, self._types[name])
            except FeelError as error:
                errors[name] = f"Debe ser {_TYPE_NAMES[self._types[name]]}: {error.message}."
        if errors:
            raise Invalid("Hay datos que el procedimiento no admite.", errors)
        self._write(accepted)

    def _accept(self, name: str, value: Value) -> Fact:
        kind = self._types.get(name)
        if kind is None:
            raise StepFailure(f"El dato «{name}» no está declarado en el procedimiento.")
        try:
            return checked_fact(to_stored(value), kind)
        except FeelError as error:
            raise StepFailure(f"El dato «{name}» debe ser {_TYPE_NAMES[kind]}: {error.message}.") from error

    def _write(self, accepted: Mapping[str, Fact]) -> None:
        for name, fact in accepted.items():
            self._stored[name] = fact
            self._values[name] = from_stored(fact, self._types[name])


def checked_fact(fact: object, kind: FactType) -> Fact:
    """`fact` in the one form in which a `kind` is kept. Raises FeelError for what is not one."""
    if not isinstance(fact, str | int | float | bool | None):
        raise FeelError("los datos son simples, sin listas ni partes")
    if isinstance(fact, str) and len(fact) > MAX_FACT_LENGTH:
        raise FeelError(f"tiene {len(fact)} caracteres y el máximo es {MAX_FACT_LENGTH}")
    return to_stored(from_stored(fact, kind))
