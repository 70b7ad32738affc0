"""A DMN file as it was read: plain records of text, nothing compiled yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputSource:
    """An input column: what it asks, its declared type, the values that it allows."""

    label: str
    expression: str
    type_name: str | None
    allowed: str | None


@dataclass(frozen=True, slots=True)
class OutputSource:
    """An output column; `name` is empty when the table has a single unnamed output."""

    name: str
    label: str
    type_name: str | None
    allowed: str | None
    default: str | None


@dataclass(frozen=True, slots=True)
class RuleSource:
    """A row of cells, as text, with its annotation."""

    number: int
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotation: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """A decision table."""

    hit_policy: str
    aggregation: str | None
    inputs: tuple[InputSource, ...]
    outputs: tuple[OutputSource, ...]
    rules: tuple[RuleSource, ...]

    def texts(self) -> Iterator[str]:
        """Every expression and cell of the table, also the empty ones."""
        for asked in self.inputs:
            yield from (asked.expression, asked.allowed or "")
        for answered in self.outputs:
            yield from (answered.allowed or "", answered.default or "")
        for rule in self.rules:
            yield from rule.inputs
            yield from rule.outputs


@dataclass(frozen=True, slots=True)
class LiteralSource:
    """A decision that is one expression."""

    expression: str


@dataclass(frozen=True, slots=True)
class DecisionSource:
    """A decision; `requires` are the identifiers of inputs and decisions that it may read."""

    id: str
    name: str
    result_name: str
    type_name: str | None
    requires: tuple[str, ...]
    body: TableSource | LiteralSource


@dataclass(frozen=True, slots=True)
class InputDataSource:
    """A datum that comes from outside the file."""

    id: str
    name: str
    type_name: str | None


@dataclass(frozen=True, slots=True)
class TypeSource:
    """A type of the analyst's own: another type, and the values that it allows."""

    name: str
    base: str | None
    allowed: str | None


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Everything that a file declares."""

    file: str
    decisions: Sequence[DecisionSource]
    inputs: Mapping[str, InputDataSource]
    types: Mapping[str, TypeSource]

    def texts(self) -> Iterator[str]:
        """Every expression and cell of the file, also the empty ones."""
        for decision in self.decisions:
            if isinstance(decision.body, LiteralSource):
                yield decision.body.expression
            else:
                yield from decision.body.texts()
        yield from (source.allowed or "" for source in self.types.values())
