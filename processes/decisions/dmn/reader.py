"""From DMN 1.1-1.5 XML to records of text."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from lxml import etree

from processes.common.safe_xml import parse_xml
from processes.decisions.dmn.boxed_reader import read_function, read_inside
from processes.decisions.dmn.elements import (
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
    ImportSource,
    InputDataSource,
    KnowledgeSource,
    ModelSource,
    ServiceSource,
    TypeSource,
)

_VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
_READ_ELEMENTS = frozenset(
    {"businessKnowledgeModel", "decision", "decisionService", "import", "inputData", "itemDefinition"}
)
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
_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
_TARGETS = ("requiredDecision", "requiredInput", "requiredKnowledge")
_Element = TypeVar("_Element", DecisionSource, KnowledgeSource, ServiceSource)


def read_model(data: bytes, findings: Findings) -> ModelSource:
    """What the file declares; what cannot be read is added to `findings`.

    Raises UnsafeXml for a file that is not XML that we read, and DecisionError for one that is not
    DMN 1.1 to 1.5.
    """
    root = parse_xml(data, source=findings.source)
    _check_version(root, findings)
    for element in children(root):
        if local_name(element) not in _READ_ELEMENTS | _SILENT_ELEMENTS:
            findings.add(f"el elemento «{local_name(element)}» no se conoce")
    inputs = [_input_data(element) for element in children(root, "inputData")]
    types = [_type(element) for element in children(root, "itemDefinition")]
    return ModelSource(
        findings.source,
        tuple(_elements(root, "decision", _decision, findings)),
        {source.id: source for source in inputs},
        {source.name: source for source in types},
        tuple(_elements(root, "businessKnowledgeModel", _knowledge, findings)),
        tuple(_elements(root, "decisionService", _service, findings)),
        tuple(_import(element) for element in children(root, "import")),
        root.get("namespace", ""),
    )


def _check_version(root: etree._Element, findings: Findings) -> None:
    namespace = etree.QName(root).namespace
    if local_name(root) != "definitions" or namespace not in _VERSIONS:
        findings.stop("no es un archivo DMN 1.1, 1.2, 1.3, 1.4 o 1.5")
        findings.raise_any()
    language = root.get("expressionLanguage", "")
    if language and "feel" not in language.lower():
        findings.stop(f"el lenguaje de expresiones «{language}» no se admite: use FEEL")


def _input_data(element: etree._Element) -> InputDataSource:
    return InputDataSource(element.get("id", own_name(element)), own_name(element), _variable_type(element))


def _variable_type(element: etree._Element) -> str | None:
    variable = child(element, "variable")
    return None if variable is None else type_name(variable)


def _type(element: etree._Element) -> TypeSource:
    base, function = child(element, "typeRef"), child(element, "functionItem")
    if function is not None:
        output = plain_type(function.get("outputTypeRef", ""))
        return TypeSource(own_name(element), output, None, function=True)
    return TypeSource(
        name=own_name(element),
        base=None if base is None else plain_type(own_text(base)),
        allowed=inner_text(child(element, "allowedValues")) or None,
        constraint=inner_text(child(element, "typeConstraint")) or None,
        collection=element.get("isCollection") in ("true", "1"),
        components=tuple(_type(each) for each in children(element, "itemComponent")),
    )


def _import(element: etree._Element) -> ImportSource:
    return ImportSource(own_name(element), element.get("namespace", ""), element.get("importType", ""))


def _elements(
    root: etree._Element,
    kind: str,
    read: Callable[[etree._Element, str, DecisionFindings], _Element],
    findings: Findings,
) -> Iterator[_Element]:
    seen: set[str] = set()
    for element in children(root, kind):
        name = own_name(element)
        identifier = element.get("id", name)
        own = DecisionFindings(findings, name or identifier)
        if not identifier or identifier in seen:
            own.add("cada decisión necesita un identificador propio")
            continue
        seen.add(identifier)
        yield read(element, identifier, own)


def _decision(element: etree._Element, identifier: str, findings: DecisionFindings) -> DecisionSource:
    body = read_inside(element, findings)
    if body is None:
        findings.add("la decisión no tiene tabla ni expresión")
    variable = child(element, "variable")
    name = own_name(element) or identifier
    return DecisionSource(
        id=identifier,
        name=name,
        result_name=(own_name(variable) if variable is not None else "") or name,
        type_name=_variable_type(element),
        requires=tuple(_requirements(element)),
        body=body,
    )


def _knowledge(element: etree._Element, identifier: str, findings: DecisionFindings) -> KnowledgeSource:
    logic = child(element, "encapsulatedLogic")
    if logic is None:
        findings.add("el modelo de conocimiento no tiene lógica")
    return KnowledgeSource(
        id=identifier,
        name=own_name(element) or identifier,
        type_name=_variable_type(element),
        requires=tuple(_requirements(element)),
        body=None if logic is None else read_function(logic, findings),
    )


def _service(element: etree._Element, identifier: str, _findings: DecisionFindings) -> ServiceSource:
    return ServiceSource(
        id=identifier,
        name=own_name(element) or identifier,
        type_name=_variable_type(element),
        outputs=_targets(element, "outputDecision"),
        encapsulated=_targets(element, "encapsulatedDecision"),
        input_decisions=_targets(element, "inputDecision"),
        input_data=_targets(element, "inputData"),
    )


def _requirements(element: etree._Element) -> Iterator[str]:
    for requirement in children(element, *_REQUIREMENTS):
        yield from _targets(requirement, *_TARGETS)


def _targets(element: etree._Element, *kinds: str) -> tuple[str, ...]:
    """What its references point to: an identifier here, or `namespace#identifier` of another file."""
    own = element.getroottree().getroot().get("namespace", "")
    targets = []
    for each in children(element, *kinds):
        file, _, identifier = each.get("href", "").strip().rpartition("#")
        targets.append(f"{file}#{identifier}" if file and file != own else identifier)
    return tuple(targets)
