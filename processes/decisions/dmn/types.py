"""Declared types: what kind of value a column has, and which values it allows."""

from collections.abc import Mapping
from dataclasses import dataclass

from processes.decisions.budget import Frame
from processes.decisions.dmn.findings import DecisionFindings
from processes.decisions.dmn.source import TypeSource
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.expression import UnaryTests, unary_tests_in
from processes.decisions.facts import TYPE_REFERENCES, coerced
from processes.decisions.scope import Scope
from processes.decisions.values import Kind, Value

_LONGEST_CHAIN = 10


@dataclass(frozen=True, slots=True)
class DeclaredType:
    """A kind of value, or any when it is None, and the tests that its values must pass."""

    kind: Kind | None = None
    allowed: UnaryTests | None = None

    def coerce(self, value: Value) -> Value:
        """`value` as this kind; raises NoValue when it is of another."""
        return coerced(value, self.kind)

    def allows(self, value: Value, frame: Frame) -> bool:
        """Whether the value is among the allowed ones; null always is."""
        return value is None or self.allowed is None or self.allowed.run(value, frame) is True


class Types:
    """The types that a file knows: those of DMN and its own."""

    def __init__(self, own: Mapping[str, TypeSource]) -> None:
        self._own = own

    def declared(
        self,
        name: str | None,
        allowed: str | None,
        findings: DecisionFindings,
        *,
        column: str | None = None,
    ) -> DeclaredType:
        """The type of a column; a type that is not known and a bad list of values are findings."""
        kind, own_allowed = None, None
        for _ in range(_LONGEST_CHAIN):
            if name is None or name in TYPE_REFERENCES:
                kind = None if name is None else TYPE_REFERENCES[name]
                break
            if name not in self._own:
                findings.add(f"no se conoce el tipo «{name}»", column=column)
                break
            own_allowed = own_allowed or self._own[name].allowed
            name = self._own[name].base
        return DeclaredType(kind, _tests(allowed or own_allowed, kind, findings, column))


def _tests(
    text: str | None, kind: Kind | None, findings: DecisionFindings, column: str | None
) -> UnaryTests | None:
    if text is None:
        return None
    try:
        tests = unary_tests_in(text, Scope.of(()))
    except FeelError as error:
        findings.add_feel(error, column=column)
        return None
    check_literals(tests, kind, findings, column=column)
    return tests


def check_literals(
    tests: UnaryTests,
    kind: Kind | None,
    findings: DecisionFindings,
    *,
    rule: int | None = None,
    column: str | None = None,
) -> None:
    """Add a finding for each value of a cell that its column's type can never equal."""
    for literal in tests.literals:
        try:
            same_kind = literal.value is None or coerced(literal.value, kind) == literal.value
        except NoValue:
            same_kind = False
        if not same_kind:
            message = f"el valor no es {kind}, el tipo de la columna"
            findings.add_feel(FeelError(message, position=literal.position), rule=rule, column=column)
