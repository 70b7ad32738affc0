"""From the boxed expressions of DMN (7.2.1, 10.2) to records of text."""

from collections.abc import Callable, Mapping

from lxml import etree

from processes.decisions.dmn.elements import (
    check_language,
    child,
    children,
    first_child,
    inner_text,
    local_name,
    own_name,
    type_name,
)
from processes.decisions.dmn.findings import DecisionFindings
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
    NamedSource,
    RelationSource,
)
from processes.decisions.dmn.table_reader import read_table
from processes.decisions.lexer import normalise_name


def read_inside(element: etree._Element | None, findings: DecisionFindings) -> BodySource | None:
    """The boxed expression that stands inside `element`, or None when there is none."""
    boxed = None if element is None else first_child(element, *_READERS)
    return None if boxed is None else _READERS[local_name(boxed)](boxed, findings)


def read_function(element: etree._Element, findings: DecisionFindings) -> FunctionSource:
    """A function definition, or the encapsulated logic of a model (the same element by another name)."""
    parameters = [_named(each, findings) for each in children(element, "formalParameter")]
    language = element.get("kind", "FEEL").strip().upper()
    if language != "FEEL":
        findings.add(f"las funciones externas («{language}») no se admiten: escríbala en FEEL")
    body = read_inside(element, findings) if language == "FEEL" else None
    return FunctionSource(tuple(parameters), body, language, type_name(element))


def _literal(element: etree._Element, findings: DecisionFindings) -> BodySource:
    check_language(element, findings)
    return LiteralSource(inner_text(element), type_name(element))


def _context(element: etree._Element, findings: DecisionFindings) -> BodySource:
    entries: list[NamedSource] = []
    result: BodySource | None = None
    for entry in children(element, "contextEntry"):
        variable = child(entry, "variable")
        if variable is None:
            result = read_inside(entry, findings.inside("resultado"))
        else:
            name = own_name(variable)
            body = read_inside(entry, findings.inside(f"entrada «{name}»"))
            entries.append(NamedSource(name, type_name(variable), body))
    names = [entry.name for entry in entries]
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.add(f"el contexto tiene dos veces la entrada «{name}»")
    return ContextSource(tuple(entries), result, type_name(element))


def _invocation(element: etree._Element, findings: DecisionFindings) -> BodySource | None:
    called = read_inside(element, findings.inside("función llamada"))
    if called is None:
        findings.stop("la invocación no dice qué función llama")
        return None
    bindings = []
    for binding in children(element, "binding"):
        parameter = child(binding, "parameter")
        if parameter is not None:
            name = own_name(parameter)
            body = read_inside(binding, findings.inside(f"argumento «{name}»"))
            bindings.append(NamedSource(name, type_name(parameter), body))
    return InvocationSource(called, tuple(bindings), type_name(element))


def _relation(element: etree._Element, findings: DecisionFindings) -> BodySource:
    columns = tuple(_named(column, findings) for column in children(element, "column"))
    rows = []
    for number, row in enumerate(children(element, "row"), start=1):
        place = findings.inside(f"fila {number}")
        cells = tuple(_READERS[local_name(cell)](cell, place) for cell in children(row, *_READERS))
        if len(cells) != len(columns):
            place.stop("la fila no tiene una celda por columna")
        rows.append(cells)
    return RelationSource(columns, tuple(rows), type_name(element))


def _list(element: etree._Element, findings: DecisionFindings) -> BodySource:
    items = [
        _READERS[local_name(item)](item, findings.inside(f"elemento {number}"))
        for number, item in enumerate(children(element, *_READERS), start=1)
    ]
    return ListSource(tuple(items), type_name(element))


def _conditional(element: etree._Element, findings: DecisionFindings) -> BodySource:
    return ConditionalSource(
        condition=read_inside(child(element, "if"), findings.inside("condición")),
        then=read_inside(child(element, "then"), findings.inside("entonces")),
        otherwise=read_inside(child(element, "else"), findings.inside("si no")),
        type_name=type_name(element),
    )


def _filter(element: etree._Element, findings: DecisionFindings) -> BodySource:
    return FilterSource(
        items=read_inside(child(element, "in"), findings.inside("lista")),
        match=read_inside(child(element, "match"), findings.inside("filtro")),
        type_name=type_name(element),
    )


def _iteration(element: etree._Element, findings: DecisionFindings) -> BodySource:
    variable = normalise_name(element.get("iteratorVariable", ""))
    if not variable:
        findings.stop(f"«{local_name(element)}» no dice cómo se llama cada elemento")
    return IterationSource(
        word=local_name(element),
        variable=variable,
        domain=read_inside(child(element, "in"), findings.inside("lista")),
        body=read_inside(first_child(element, "return", "satisfies"), findings.inside("repetición")),
        type_name=type_name(element),
    )


def _named(element: etree._Element, findings: DecisionFindings) -> NamedSource:
    name = own_name(element)
    if not name:
        findings.add("un parámetro o una columna no tiene nombre")
    return NamedSource(name, type_name(element))


_READERS: Mapping[str, Callable[[etree._Element, DecisionFindings], BodySource | None]] = {
    "decisionTable": read_table,
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "relation": _relation,
    "list": _list,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
}
