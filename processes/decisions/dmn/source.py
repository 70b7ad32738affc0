"""A DMN file as it was read: plain records of text, nothing compiled yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias


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
    type_name: str | None = None

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
    """One expression."""

    expression: str
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A named part of a boxed expression: an entry, a binding, a column, a parameter.

    `body` is None where the file leaves it empty.
    """

    name: str
    type_name: str | None = None
    body: "BodySource | None" = None


@dataclass(frozen=True, slots=True)
class ContextSource:
    """A boxed context; `result` is its last entry, the one without a name."""

    entries: tuple[NamedSource, ...]
    result: "BodySource | None" = None
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class InvocationSource:
    """A boxed invocation: what is called, and the argument of each parameter."""

    called: "BodySource"
    bindings: tuple[NamedSource, ...]
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class RelationSource:
    """A boxed relation: columns, and rows of cells."""

    columns: tuple[NamedSource, ...]
    rows: tuple[tuple["BodySource | None", ...], ...]
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class ListSource:
    """A boxed list."""

    items: tuple["BodySource | None", ...]
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class FunctionSource:
    """A function definition; `language` is FEEL, or what we do not run (Java, PMML)."""

    parameters: tuple[NamedSource, ...]
    body: "BodySource | None"
    language: str = "FEEL"
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionalSource:
    """A boxed conditional."""

    condition: "BodySource | None"
    then: "BodySource | None"
    otherwise: "BodySource | None"
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class FilterSource:
    """A boxed filter: the items of `items` for which `match` holds."""

    items: "BodySource | None"
    match: "BodySource | None"
    type_name: str | None = None


@dataclass(frozen=True, slots=True)
class IterationSource:
    """A boxed `for`, `some` or `every`: its `word`, its variable, what it goes over, what it asks."""

    word: str
    variable: str
    domain: "BodySource | None"
    body: "BodySource | None"
    type_name: str | None = None


BodySource: TypeAlias = (
    TableSource
    | LiteralSource
    | ContextSource
    | InvocationSource
    | RelationSource
    | ListSource
    | FunctionSource
    | ConditionalSource
    | FilterSource
    | IterationSource
)


@dataclass(frozen=True, slots=True)
class DecisionSource:
    """A decision; `requires` are the inputs, decisions, models and services that it may read.

    `body` is None when the file gives it no logic.
    """

    id: str
    name: str
    result_name: str
    type_name: str | None
    requires: tuple[str, ...]
    body: BodySource | None


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """A business knowledge model: a function that decisions call by its name."""

    id: str
    name: str
    type_name: str | None
    requires: tuple[str, ...]
    body: FunctionSource | None


@dataclass(frozen=True, slots=True)
class ServiceSource:
    """A decision service, by identifiers: what it answers, what it is given, what it decides inside."""

    id: str
    name: str
    type_name: str | None
    outputs: tuple[str, ...]
    encapsulated: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputDataSource:
    """A datum that comes from outside the file."""

    id: str
    name: str
    type_name: str | None


@dataclass(frozen=True, slots=True)
class TypeSource:
    """A type of the analyst's own: another type, or components, and the values that it allows.

    With `collection` it is a list: `allowed` then speaks of its items, and `constraint` of the list.
    A `function` has the types of its parameters as components, and its result's as `base`.
    """

    name: str
    base: str | None
    allowed: str | None
    constraint: str | None = None
    collection: bool = False
    components: tuple["TypeSource", ...] = ()
    function: bool = False


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Another file whose elements this one reads under `prefix`."""

    prefix: str
    namespace: str
    kind: str


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Everything that a file declares; decisions, models and services in their order."""

    file: str
    decisions: Sequence[DecisionSource]
    inputs: Mapping[str, InputDataSource]
    types: Mapping[str, TypeSource]
    knowledge: Sequence[KnowledgeSource] = ()
    services: Sequence[ServiceSource] = ()
    imports: Sequence[ImportSource] = ()
    namespace: str = ""
