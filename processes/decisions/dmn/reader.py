"""From DMN 1.3-1.5 XML to records of text. What we do not run yet is refused by name."""

from collections.abc import Iterator

from lxml import etree

from processes.common.safe_xml import parse_xml
from processes.decisions.dmn.elements import (
    check_language,
    child,
    children,
    inner_text,
    local_name,
    own_name,
    own_text,
    plain_type,
    type_name,
)
from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.source import (
    DecisionSource,
    InputDataSource,
    LiteralSource,
    ModelSource,
    TableSource,
    TypeSource,
)
from processes.decisions.dmn.table_reader import read_table

_VERSIONS = {
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
_REFUSED_ELEMENTS = {
    "import": "la importación de otros modelos",
    "businessKnowledgeModel": "los modelos de conocimiento (BKM)",
    "decisionService": "los servicios de decisión",
}
_SILENT_ELEMENTS = frozenset(
    {
        "artifact",
        "association",
        "businessContextElement",
        "description",
        "elementCollection",
        "extensionElements",
        "group",
        "knowledgeSource",
        "organizationUnit",
        "performanceIndicator",
        "textAnnotation",
    }
)
_REFUSED_BODIES = {
    "context": "los contextos",
    "invocation": "las invocaciones",
    "relation": "las relaciones",
    "list": "las listas en recuadro",
    "functionDefinition": "las definiciones de función",
    "conditional": "los condicionales en recuadro",
    "filter": "los filtros en recuadro",
    "for": "las iteraciones en recuadro",
    "every": "los cuantificadores en recuadro",
    "some": "los cuantificadores en recuadro",
}


def read_model(data: bytes, findings: Findings) -> ModelSource:
    """What the file declares; what cannot be read is added to `findings`.

    Raises UnsafeXml for a file that is not XML that we read, and DecisionError for one that is not
    DMN 1.3, 1.4 or 1.5.
    """
    root = parse_xml(data, source=findings.source)
    _check_version(root, findings)
    _refuse_elements(root, findings)
    inputs = [_input_data(element) for element in children(root, "inputData")]
    types = [_type(element, findings) for element in children(root, "itemDefinition")]
    return ModelSource(
        findings.source,
        tuple(_decisions(root, findings)),
        {source.id: source for source in inputs},
        {source.name: source for source in types},
    )


def _check_version(root: etree._Element, findings: Findings) -> None:
    namespace = etree.QName(root).namespace
    if local_name(root) != "definitions" or namespace not in _VERSIONS:
        findings.add("no es un archivo DMN 1.3, 1.4 o 1.5")
        findings.raise_any()
    language = root.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        findings.add(f"el lenguaje de expresiones «{language}» no se admite: use FEEL")


def _refuse_elements(root: etree._Element, findings: Findings) -> None:
    read = {"decision", "inputData", "itemDefinition"} | _SILENT_ELEMENTS
    for element in children(root):
        kind = local_name(element)
        if kind in _REFUSED_ELEMENTS:
            findings.add(f"aún no se admiten: {_REFUSED_ELEMENTS[kind]} («{own_name(element)}»)")
        elif kind not in read:
            findings.add(f"el elemento «{kind}» no se conoce")


def _input_data(element: etree._Element) -> InputDataSource:
    variable = child(element, "variable")
    declared = None if variable is None else type_name(variable)
    return InputDataSource(element.get("id", own_name(element)), own_name(element), declared)


def _type(element: etree._Element, findings: Findings) -> TypeSource:
    name = own_name(element)
    if element.get("isCollection") == "true" or child(element, "itemComponent") is not None:
        findings.add(f"aún no se admiten: los tipos compuestos o de lista («{name}»)")
    base = child(element, "typeRef")
    allowed = child(element, "allowedValues")
    constraint = inner_text(child(element, "typeConstraint") if allowed is None else allowed)
    return TypeSource(name, None if base is None else plain_type(own_text(base)), constraint or None)


def _decisions(root: etree._Element, findings: Findings) -> Iterator[DecisionSource]:
    seen: set[str] = set()
    for element in children(root, "decision"):
        name = own_name(element)
        identifier = element.get("id", name)
        own = DecisionFindings(findings, name or identifier)
        if not identifier or identifier in seen:
            own.add("cada decisión necesita un identificador propio")
            continue
        seen.add(identifier)
        decision = _decision(element, identifier, own)
        if decision is not None:
            yield decision


def _decision(element: etree._Element, identifier: str, findings: DecisionFindings) -> DecisionSource | None:
    body = _body(element, findings)
    if body is None:
        return None
    variable = child(element, "variable")
    name = own_name(element) or identifier
    return DecisionSource(
        id=identifier,
        name=name,
        result_name=(own_name(variable) if variable is not None else "") or name,
        type_name=type_name(variable) if variable is not None else None,
        requires=tuple(_requirements(element, findings)),
        body=body,
    )


def _body(element: etree._Element, findings: DecisionFindings) -> TableSource | LiteralSource | None:
    table, literal = child(element, "decisionTable"), child(element, "literalExpression")
    if table is not None:
        return read_table(table, findings)
    if literal is not None:
        check_language(literal, findings)
        return LiteralSource(inner_text(literal))
    refused = [
        _REFUSED_BODIES[kind] for kind in map(local_name, children(element)) if kind in _REFUSED_BODIES
    ]
    findings.add(f"aún no se admiten: {refused[0]}" if refused else "la decisión no tiene tabla ni expresión")
    return None


def _requirements(element: etree._Element, findings: DecisionFindings) -> Iterator[str]:
    if child(element, "knowledgeRequirement") is not None:
        findings.add("aún no se admiten: los requisitos de conocimiento (BKM)")
    for requirement in children(element, "informationRequirement"):
        for target in children(requirement, "requiredDecision", "requiredInput"):
            file, _, identifier = target.get("href", "").rpartition("#")
            if file:
                findings.add(f"aún no se admiten: los requisitos de otro archivo («{file}»)")
            else:
                yield identifier
