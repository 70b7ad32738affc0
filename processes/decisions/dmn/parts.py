"""Walks over a file as it was read: every boxed expression of it, and every text."""

from collections.abc import Iterator

from processes.decisions.dmn.source import (
    BodySource,
    ConditionalSource,
    ContextSource,
    FilterSource,
    FunctionSource,
    InvocationSource,
    IterationSource,
    ListSource,
    LiteralSource,
    ModelSource,
    NamedSource,
    OutputSource,
    RelationSource,
    TableSource,
    TypeSource,
)


def parts(body: BodySource | None) -> Iterator[BodySource]:
    """The boxed expressions directly inside `body`."""
    inside: list[BodySource | None] = []
    match body:
        case ContextSource():
            inside = [*(entry.body for entry in body.entries), body.result]
        case InvocationSource():
            inside = [body.called, *(binding.body for binding in body.bindings)]
        case RelationSource():
            inside = [cell for row in body.rows for cell in row]
        case ListSource():
            inside = [*body.items]
        case FunctionSource():
            inside = [body.body]
        case ConditionalSource():
            inside = [body.condition, body.then, body.otherwise]
        case FilterSource():
            inside = [body.items, body.match]
        case IterationSource():
            inside = [body.domain, body.body]
    return (part for part in inside if part is not None)


def walk(body: BodySource | None) -> Iterator[BodySource]:
    """`body` and every boxed expression inside it."""
    if body is not None:
        yield body
        for part in parts(body):
            yield from walk(part)


def bodies(model: ModelSource) -> Iterator[BodySource]:
    """Every boxed expression of the file."""
    for decision in model.decisions:
        yield from walk(decision.body)
    for knowledge in model.knowledge:
        yield from walk(knowledge.body)


def texts(model: ModelSource) -> Iterator[str]:
    """Every expression and cell of the file, also the empty ones."""
    for body in bodies(model):
        yield from _own_texts(body)
    for own in model.types.values():
        yield from _type_texts(own)


def body_texts(body: BodySource | None) -> Iterator[str]:
    """Every expression and cell of `body` and of what is inside it, also the empty ones."""
    for part in walk(body):
        yield from _own_texts(part)


def _own_texts(body: BodySource) -> Iterator[str]:
    if isinstance(body, LiteralSource):
        yield body.expression
    elif isinstance(body, TableSource):
        yield from body.texts()


def field_names(model: ModelSource) -> frozenset[str]:
    """Every name that a value of the file may have as a field: of contexts, tables, types, relations."""
    names = {name for own in model.types.values() for name in _components(own)}
    for body in bodies(model):
        names |= {part.name for part in _named(body)}
    return frozenset(names - {""})


def _named(body: BodySource) -> tuple[NamedSource | OutputSource, ...]:
    match body:
        case ContextSource():
            return body.entries
        case RelationSource():
            return body.columns
        case TableSource():
            return body.outputs
    return ()


def _components(own: TypeSource) -> Iterator[str]:
    for component in own.components:
        yield component.name
        yield from _components(component)


def _type_texts(own: TypeSource) -> Iterator[str]:
    yield from (own.allowed or "", own.constraint or "")
    for component in own.components:
        yield from _type_texts(component)
