"""How elements may stand in a diagram: where, how often, and with which attributes.

SpiffWorkflow's parser takes the last of repeated elements where this check would take the first, looks
for some at any depth, reads a text only as far as the first comment, and knows no truth but `true`.
What the two could read in two ways is refused, so that what was checked is what runs.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from processes.engine.diagram import ACTIVITIES, BPMN, EVENTS, NODES, SPIFF, local
from processes.engine.problems import ProblemList

_OURS = (BPMN, SPIFF)
_LOOPS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
_SCOPES = frozenset({"process", "subProcess"})
_DRAWN = _SCOPES | {"collaboration"}
_ROOT = frozenset({"definitions"})
_PARENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(NODES | {"sequenceFlow", "laneSet"}, _SCOPES),
    **dict.fromkeys(_LOOPS, ACTIVITIES),
    **dict.fromkeys(("textAnnotation", "association", "group"), _DRAWN),
    **dict.fromkeys(("participant", "messageFlow"), frozenset({"collaboration"})),
    **dict.fromkeys(("process", "collaboration", "category"), _ROOT),
    **dict.fromkeys(("signal", "message", "error", "escalation"), _ROOT),
    "extensionElements": NODES | _DRAWN | _ROOT | {"sequenceFlow", "laneSet", "lane", "participant"},
    "lane": frozenset({"laneSet"}),
    "flowNodeRef": frozenset({"lane"}),
    "conditionExpression": frozenset({"sequenceFlow"}),
    "script": frozenset({"scriptTask"}),
    "timeDate": frozenset({"timerEventDefinition"}),
    "loopCardinality": frozenset({"multiInstanceLoopCharacteristics"}),
    "loopCondition": frozenset({"standardLoopCharacteristics"}),
    "incoming": NODES,
    "outgoing": NODES,
    "text": frozenset({"textAnnotation"}),
    "categoryValue": frozenset({"category"}),
    "properties": frozenset({"extensionElements"}),
    "serviceTaskOperator": frozenset({"extensionElements"}),
    "calledDecisionId": frozenset({"extensionElements"}),
    "property": frozenset({"properties"}),
    "parameters": frozenset({"serviceTaskOperator"}),
    "parameter": frozenset({"parameters"}),
}
_ONCE = _LOOPS | {
    "extensionElements",
    "serviceTaskOperator",
    "properties",
    "parameters",
    "calledDecisionId",
    "script",
    "conditionExpression",
    "timeDate",
    "loopCardinality",
    "loopCondition",
    "laneSet",
    "text",
}
_TEXTS = frozenset(
    {"calledDecisionId", "script", "conditionExpression", "timeDate", "loopCardinality", "loopCondition"}
    | {"flowNodeRef", "incoming", "outgoing", "documentation", "text"}
)
_NAMED: Mapping[str, tuple[str, ...]] = {
    "property": ("name", "value"),
    "parameter": ("id", "type", "value"),
}
"""The attributes that these must have; the first tells them apart from their sisters."""
_BOOLEANS = frozenset(
    {"cancelActivity", "isInterrupting", "isSequential", "parallelMultiple", "triggeredByEvent"}
    | {"isExecutable", "isForCompensation", "testBefore", "instantiate"}
)
_FIXED: Mapping[tuple[str, str], str] = {
    ("scriptTask", "scriptFormat"): "feel",
    ("eventBasedGateway", "eventGatewayType"): "Exclusive",
    ("eventBasedGateway", "instantiate"): "false",
    ("multiInstanceLoopCharacteristics", "behavior"): "All",
}
"""What these attributes say where they are written; the engine ignores what else they could say."""


def check_markup(file: str, elements: Iterator[etree._Element], problems: ProblemList) -> None:
    """Refuse what stands elsewhere, twice or half: each with the id of the element that holds it."""
    for element in elements:
        if etree.QName(element).namespace in _OURS:
            for message in (
                *_misplaced(element),
                *_repeated(element),
                *_interrupted(element),
                *_unread(element),
            ):
                problems.add(file, owner_id(element), message)


def owner_id(element: etree._Element) -> str:
    """The id of the element, or of the nearest one around it that has one."""
    found: etree._Element | None = element
    while found is not None:
        identifier = found.get("id")
        if identifier:
            return identifier
        found = found.getparent()
    return ""


def _misplaced(element: etree._Element) -> Iterator[str]:
    parent, name = element.getparent(), local(element)
    if parent is None:
        return
    allowed = EVENTS if name.endswith("EventDefinition") else _PARENTS.get(name)
    if allowed is not None and local(parent) not in allowed:
        yield f"«{name}» no puede estar dentro de «{local(parent)}»."


def _repeated(element: etree._Element) -> Iterator[str]:
    inside = Counter(local(child) for child in element)
    for name in sorted(name for name, times in inside.items() if times > 1 and name in _ONCE):
        yield f"«{local(element)}» tiene varios «{name}»; deje uno."
    if inside.keys() >= _LOOPS:
        yield f"«{local(element)}» se repite de dos maneras a la vez; deje una."
    for name, (key, *_) in _NAMED.items():
        names = Counter(child.get(key, "") for child in element if local(child) == name)
        for given in sorted(given for given, times in names.items() if times > 1):
            yield f"«{local(element)}» tiene «{given}» varias veces; deje una."


def _interrupted(element: etree._Element) -> Iterator[str]:
    name = local(element)
    if name in _TEXTS and len(element):
        yield f"El texto de «{name}» tiene dentro un comentario u otra marca: quítelos, o el texto se corta."
    missing = [attribute for attribute in _NAMED.get(name, ()) if element.get(attribute) is None]
    for attribute in missing:
        yield f"A un «{name}» le falta «{attribute}»."


def _unread(element: etree._Element) -> Iterator[str]:
    name = local(element)
    for attribute in sorted(_BOOLEANS):
        value = element.get(attribute, "true")
        if value not in {"true", "false"}:
            yield f"«{attribute}» de «{name}» dice «{value}»; escriba «true» o «false»."
    for (tag, attribute), known in _FIXED.items():
        value = element.get(attribute, known)
        if tag == name and value != known:
            yield f"«{attribute}» de «{name}» dice «{value}»; solo se admite «{known}»."
