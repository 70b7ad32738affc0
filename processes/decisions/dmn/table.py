"""A decision table, compiled: which rules hold, and what they answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from processes.decisions.budget import Frame
from processes.decisions.dmn.types import DeclaredType
from processes.decisions.errors import NoValue
from processes.decisions.expression import Expression
from processes.decisions.tests_compiler import Test
from processes.decisions.values import Value


@dataclass(frozen=True, slots=True)
class InputColumn:
    """What a column asks, and of which type."""

    label: str
    expression: Expression
    type: DeclaredType

    def ask(self, frame: Frame) -> Value:
        """The value that the column's cells test; null with a warning when its type is another."""
        value = self.expression.run(frame)
        try:
            return self.type.coerce(value, frame.run.budget)
        except NoValue as reason:
            frame.run.warn(f"columna «{self.label}»: {reason}")
            return None


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """What a column answers; `order` are its allowed values, the most important first."""

    name: str
    label: str
    type: DeclaredType
    order: tuple[Value, ...]
    default: Expression | None

    def answer(self, cell: Expression | None, frame: Frame) -> Value:
        """The value of an output cell; an empty cell is null, and so is a value of another type."""
        if cell is None:
            return None
        try:
            return self.type.conform(cell.run(frame), frame)
        except NoValue as reason:
            frame.run.warn(f"columna «{self.label}»: {reason}")
            return None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: the tests of its cells that ask something, each with its column's place.

    `operations` is what trying all of them costs.
    """

    number: int
    tests: tuple[tuple[int, Test], ...]
    outputs: tuple[Expression | None, ...]
    annotation: str
    operations: int

    def holds(self, values: tuple[Value, ...], frame: Frame) -> bool:
        """Whether every cell passes; one that cannot be said does not."""
        frame.run.budget.spend(self.operations)
        for place, test in self.tests:  # noqa: SIM110  # a generator costs a third of the table's time
            if test(values[place], frame) is not True:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that held, and its answers by column."""

    rule: Rule
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns and rules of a decision table."""

    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rules: tuple[Rule, ...]

    def ask(self, frame: Frame) -> tuple[Value, ...]:
        """The values of the input columns; raises NoValue when one is not allowed (8.3.3)."""
        values = tuple(column.ask(frame) for column in self.inputs)
        for column, value in zip(self.inputs, values, strict=True):
            try:
                column.type.check(value, frame)
            except NoValue as error:
                told = f"«{column.label}» tiene un valor que no está entre los permitidos"
                raise NoValue(told) from error
        return values

    def hits(self, values: tuple[Value, ...], frame: Frame) -> Iterator[Hit]:
        """The rules that hold, in the table's order, found as they are asked for."""
        warnings = frame.run.warnings
        for rule in self.rules:
            before = len(warnings)
            hit = Hit(rule, self._answers(rule, frame)) if rule.holds(values, frame) else None
            if len(warnings) > before:
                warnings[before:] = [f"regla {rule.number}: {text}" for text in warnings[before:]]
            if hit is not None:
                yield hit

    def defaults(self, frame: Frame) -> tuple[Value, ...] | None:
        """The default answers, or None when no column has one."""
        if all(column.default is None for column in self.outputs):
            return None
        return tuple(column.answer(column.default, frame) for column in self.outputs)

    def _answers(self, rule: Rule, frame: Frame) -> tuple[Value, ...]:
        cells = zip(self.outputs, rule.outputs, strict=True)
        return tuple(column.answer(cell, frame) for column, cell in cells)
