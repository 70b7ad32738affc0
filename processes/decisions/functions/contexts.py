"""Functions of contexts (DMN 1.5, table 77), and two of absent values."""

from collections.abc import Mapping, Sequence

from processes.decisions.budget import Run
from processes.decisions.comparison import same
from processes.decisions.errors import NoValue
from processes.decisions.functions.identity import identical
from processes.decisions.functions.signature import Function, anything, function, of, way
from processes.decisions.values import Kind, Value, kind_of

_CONTEXT_KIND = of("context", Kind.CONTEXT)


def _context_of(value: Value) -> dict[str, Value]:
    if not isinstance(value, dict):
        raise NoValue(f"se esperaba un contexto y es {kind_of(value)}")
    return value


def _get_value(run: Run, context: Mapping[str, Value], key: str | Sequence[str]) -> Value:
    """The entry, or null when there is none: asking whether there is one is no mistake."""
    if isinstance(key, str):
        return context.get(key)
    found: Value = dict(context)
    run.budget.items(len(key))
    for name in _path(key):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _path(keys: Sequence[Value]) -> list[str]:
    names = [key for key in keys if isinstance(key, str)]
    if not names or len(names) < len(keys):
        raise NoValue("las claves deben ser textos, y al menos una")
    return names


def _get_entries(run: Run, context: Mapping[str, Value]) -> Value:
    run.budget.items(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _put(run: Run, context: Mapping[str, Value], key: str | Sequence[Value], value: Value) -> Value:
    return _with(run, context, [key] if isinstance(key, str) else _path(key), value)


def _with(run: Run, context: Mapping[str, Value], path: Sequence[str], value: Value) -> dict[str, Value]:
    """The context with `value` at the end of `path`, whose other steps must be contexts."""
    run.budget.items(len(context))
    first, *rest = path
    if not rest:
        return {**context, first: value}
    with run.budget.inside():
        return {**context, first: _with(run, _context_of(context.get(first)), rest, value)}


def _merge(run: Run, contexts: Sequence[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        run.budget.items(len(_context_of(context)))
        merged.update(_context_of(context))
    return merged


def _context(run: Run, entries: Sequence[Value]) -> Value:
    run.budget.items(len(entries))
    built: dict[str, Value] = {}
    for entry in map(_context_of, entries):
        key = entry.get("key")
        if not isinstance(key, str) or "value" not in entry:
            raise NoValue("cada entrada lleva «key», un texto, y «value»")
        if key in built:
            raise NoValue(f"la clave «{key[:40]}» está dos veces")
        built[key] = entry["value"]
    return built


def _is(run: Run, value1: Value, value2: Value) -> Value:
    # Equality first: it pays for its walk, and what is equal costs the second no more.
    return same(value1, value2, run.budget) and identical(value1, value2)


def _is_defined(_run: Run, value: Value) -> Value:
    return value is not None


def _get_or_else(_run: Run, value: Value, default: Value) -> Value:
    return default if value is None else value


FUNCTIONS: tuple[Function, ...] = (
    function(
        "get value",
        way(of("m", Kind.CONTEXT), of("key", Kind.TEXT, Kind.LIST), body=_get_value),
        way(_CONTEXT_KIND, of("keys", Kind.TEXT, Kind.LIST), body=_get_value),
    ),
    function("get entries", way(of("m", Kind.CONTEXT), body=_get_entries)),
    function(
        "context put",
        way(_CONTEXT_KIND, of("key", Kind.TEXT, Kind.LIST), anything("value"), body=_put),
        way(_CONTEXT_KIND, of("keys", Kind.TEXT, Kind.LIST), anything("value"), body=_put),
    ),
    function("context merge", way(of("contexts", Kind.LIST), body=_merge)),
    function("context", way(of("entries", Kind.LIST), body=_context)),
    function("is", way(anything("value1"), anything("value2"), body=_is)),
    function("is defined", way(anything("value"), body=_is_defined)),
    function("get or else", way(anything("value"), anything("default"), body=_get_or_else)),
)
