"""Declared types: what a value must be, and how it becomes so (DMN 1.5, 7.3.2 and 10.3.2.9.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from processes.decisions.budget import Budget, Frame
from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.source import TypeSource
from processes.decisions.errors import FeelError, NoValue, Problem
from processes.decisions.expression import UnaryTests, unary_tests_in
from processes.decisions.facts import TYPE_REFERENCES, coerced, read_fact
from processes.decisions.scope import Scope
from processes.decisions.types_of_values import ANY, ValueType, converted
from processes.decisions.values import Kind, Value

_LONGEST_CHAIN = 20
_NO_FIELDS: Mapping[str, "DeclaredType"] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DeclaredType:
    """The shape of a value, as FEEL sees types, and the tests that its values must pass.

    The items of a list and the components of a context have declared types of their own. Of several
    `tests` the first is the nearest one.
    """

    shape: ValueType = ANY
    tests: tuple[UnaryTests, ...] = ()
    item: "DeclaredType | None" = None
    fields: Mapping[str, "DeclaredType"] = field(default_factory=lambda: _NO_FIELDS)

    @property
    def kind(self) -> Kind | None:
        """The kind of value, or None for any."""
        return self.shape.kind

    @property
    def allowed(self) -> UnaryTests | None:
        """The tests that an analyst would call the allowed values."""
        return self.tests[0] if self.tests else None

    def allows(self, value: Value, frame: Frame) -> bool:
        """Whether the value is among the allowed ones; null always is."""
        return value is None or all(tests.run(value, frame) is True for tests in self.tests)

    def coerce(self, value: Value, budget: Budget) -> Value:
        """`value` as this type, whatever it allows (10.3.2.9.4); raises NoValue when it is of another."""
        return converted(value, self.shape, budget)

    def conform(self, value: Value, frame: Frame) -> Value:
        """`value` as this type and among its allowed values; raises NoValue when it is neither."""
        value = converted(value, self.shape, frame.run.budget)
        self.check(value, frame)
        return value

    def read(self, value: Value) -> Value:
        """A fact that came from outside, its texts as the dates, durations and numbers that they tell.

        A component that is missing is null. Raises NoValue for a text that is none of its type.
        """
        if value is None or self.kind is None:
            return value
        if self.item is not None:
            items = value if isinstance(value, list) else [value]
            return [self.item.read(each) for each in items]
        if isinstance(value, dict):
            known = {name: self.fields.get(name, ANYTHING).read(each) for name, each in value.items()}
            return {**dict.fromkeys(self.fields), **known}
        if isinstance(value, list):
            return [self.read(value[0])] if len(value) == 1 else value
        return read_fact(value, self.kind)

    def check(self, value: Value, frame: Frame) -> None:
        """Raises NoValue when the value, or a part of it, is not among the allowed ones."""
        if value is None:
            return
        if not self.allows(value, frame):
            raise NoValue("el valor no está entre los permitidos")
        if isinstance(value, list) and self.item is not None:
            for each in value:
                self.item.check(each, frame)
        if isinstance(value, dict):
            for name, own in self.fields.items():
                own.check(value.get(name), frame)


ANYTHING = DeclaredType()


class Types:
    """The types that a file knows: those of DMN, its own, and those of the files that it imports."""

    def __init__(self, own: Mapping[str, TypeSource]) -> None:
        self._own = own
        self._imported: dict[str, Types] = {}
        self._known: dict[str, DeclaredType] = {}
        # The first problem of a type, which whatever uses it has too.
        self._flaws: dict[str, Problem] = {}

    def add_import(self, prefix: str, types: "Types") -> None:
        """Know the types of another file as `prefix.name`, or by their name alone without a prefix."""
        self._imported[prefix] = types

    def shapes(self) -> Mapping[str, ValueType]:
        """The shape of each type of the files by its name, for `instance of`, whatever its problems."""
        place = DecisionFindings(Findings("", lenient=True), "")
        known = {name: self.declared(name, None, place).shape for name in self._own}
        for prefix, types in self._imported.items():
            for name in types.names():
                full = f"{prefix}.{name}" if prefix else name
                known[full] = types.declared(name, None, place).shape
        return known

    def names(self) -> Iterable[str]:
        """The names of the file's own types."""
        return self._own.keys()

    def declared(
        self,
        name: str | None,
        allowed: str | None,
        findings: DecisionFindings,
        *,
        column: str | None = None,
    ) -> DeclaredType:
        """The type of a column; a type that is not known and a bad list of values are findings.

        The allowed values of a column of lists are those of their items.
        """
        found = ANYTHING if name is None else self._named(name, findings, column, ())
        if found.item is not None:
            return replace(found, item=_restricted(found.item, allowed, findings, column))
        return _restricted(found, allowed, findings, column)

    def _named(
        self, name: str, findings: DecisionFindings, column: str | None, asking: tuple[str, ...]
    ) -> DeclaredType:
        """The type of this name; one that is made of itself is any value there."""
        if name in self._known:
            if flaw := self._flaws.get(name):
                findings.stop(flaw.message, column=column, position=flaw.position)
            return self._known[name]
        if name in self._own and name not in asking and len(asking) < _LONGEST_CHAIN:
            problems = findings.findings.problems
            before = len(problems)
            self._known[name] = self._built(self._own[name], findings, column, (*asking, name))
            if len(problems) > before:
                self._flaws[name] = problems[before]
            return self._known[name]
        if name in TYPE_REFERENCES:
            kind = TYPE_REFERENCES[name]
            return DeclaredType(ValueType(str(kind or name), kind))
        prefix, _, own_name = name.rpartition(".")
        if prefix in self._imported:
            return self._imported[prefix].declared(own_name, None, findings, column=column)
        if name not in self._own:
            findings.add(f"no se conoce el tipo «{name}»", column=column)
        return ANYTHING

    def _built(
        self, own: TypeSource, findings: DecisionFindings, column: str | None, asking: tuple[str, ...]
    ) -> DeclaredType:
        base = ANYTHING if own.base is None else self._named(own.base, findings, column, asking)
        if own.function:
            return DeclaredType(ValueType(own.name, Kind.FUNCTION, base.shape))
        if own.components:
            fields = {each.name: self._built(each, findings, column, asking) for each in own.components}
            shapes = {name: each.shape for name, each in fields.items()}
            base = DeclaredType(ValueType(own.name, Kind.CONTEXT, fields=shapes), fields=fields)
        base = _restricted(base, own.allowed, findings, column)
        if own.collection:
            base = DeclaredType(ValueType(own.name, Kind.LIST, base.shape), item=base)
        return _restricted(base, own.constraint, findings, column)


def _restricted(
    base: DeclaredType, allowed: str | None, findings: DecisionFindings, column: str | None
) -> DeclaredType:
    if allowed is None:
        return base
    try:
        tests = unary_tests_in(allowed, _scope(base, findings))
    except FeelError as error:
        findings.add_feel(error, column=column)
        return base
    check_literals(tests, base.kind, findings, column=column)
    return replace(base, tests=(tests, *base.tests))


def _scope(base: DeclaredType, findings: DecisionFindings) -> Scope:
    """What the tests of a type may read: `?`, and its components or those of its items."""
    fields = frozenset(base.fields if base.item is None else base.item.fields)
    return replace(Scope.of((), lenient=findings.lenient).testing(), fields=fields)


def check_literals(
    tests: UnaryTests,
    kind: Kind | None,
    findings: DecisionFindings,
    *,
    rule: int | None = None,
    column: str | None = None,
) -> None:
    """Add a finding for each value of a cell that its column's type can never equal."""
    if kind is Kind.LIST:
        return
    for literal in tests.literals:
        try:
            same_kind = literal.value is None or coerced(literal.value, kind) == literal.value
        except NoValue:
            same_kind = False
        if not same_kind:
            message = f"el valor no es {kind}, el tipo de la columna"
            findings.add(message, rule=rule, column=column, position=literal.position)
