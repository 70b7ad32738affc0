"""Which elements of BPMN we run. Everything else is refused by its name, wherever it stands."""

from collections.abc import Iterator, Mapping

from lxml import etree

from processes.engine.diagram import BPMN, NODES, SPIFF, VENTANILLA, local
from processes.engine.markup import check_markup, owner_id
from processes.engine.problems import ProblemList

_DRAWING = frozenset(
    {
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
    }
)
_SUPPORTED: Mapping[str, frozenset[str]] = {
    BPMN: NODES
    | {
        "definitions",
        "collaboration",
        "participant",
        "messageFlow",
        "process",
        "laneSet",
        "lane",
        "flowNodeRef",
        "extensionElements",
        "documentation",
        "incoming",
        "outgoing",
        "sequenceFlow",
        "conditionExpression",
        "script",
        "timerEventDefinition",
        "timeDate",
        "signalEventDefinition",
        "messageEventDefinition",
        "errorEventDefinition",
        "escalationEventDefinition",
        "terminateEventDefinition",
        "signal",
        "message",
        "error",
        "escalation",
        "multiInstanceLoopCharacteristics",
        "loopCardinality",
        "standardLoopCharacteristics",
        "loopCondition",
        "textAnnotation",
        "text",
        "association",
        "group",
        "category",
        "categoryValue",
    },
    SPIFF: frozenset(
        {
            "properties",
            "property",
            "serviceTaskOperator",
            "parameters",
            "parameter",
            "calledDecisionId",
        }
    ),
    VENTANILLA: frozenset({"facts", "fact"}),
}
_ADVICE: Mapping[str, str] = {
    "task": "elija un tipo: tarea de usuario, de servicio, de guion o de regla de negocio",
    "manualTask": "use una tarea de usuario",
    "sendTask": "use una tarea de servicio con la intención «notify»",
    "receiveTask": "use un evento intermedio de captura",
    "timeDuration": 'un temporizador nombra una alerta: alert("nombre") o term("nombre") en «timeDate»',
    "timeCycle": 'un temporizador nombra una alerta: alert("nombre") o term("nombre") en «timeDate»',
    "adHocSubProcess": "el motor no lo ejecuta bien",
    "transaction": "use un subproceso con un evento de borde",
    "conditionalEventDefinition": "use una señal",
    "preScript": "use una tarea de guion antes de esta",
    "postScript": "use una tarea de guion después de esta",
    "completionCondition": "el motor no la ejecuta bien con varias instancias",
    "loopDataInputRef": "los datos son simples; use «loopCardinality»",
    "dataObjectReference": "los datos se declaran en el proceso; para explicar use una anotación",
    "dataStoreReference": "los datos se declaran en el proceso; para explicar use una anotación",
}


def check_elements(file: str, root: etree._Element, problems: ProblemList) -> None:
    """Refuse by name every element that is not on the list, and what stands for code in another language."""
    if root.tag != f"{{{BPMN}}}definitions":
        problems.add(file, "", f"No es un diagrama BPMN: su raíz es «{local(root)}».")
        return
    check_markup(file, _outside_the_drawing(root), problems)
    for element in _outside_the_drawing(root):
        name = etree.QName(element)
        namespace = name.namespace or ""
        if name.localname not in _SUPPORTED.get(namespace, frozenset()):
            owner = owner_id(element)
            advice = _ADVICE.get(name.localname)
            message = f"El elemento «{name.localname}» (id {owner or 'sin id'}) no se admite"
            problems.add(file, owner, f"{message}: {advice}." if advice else f"{message}.")


def _outside_the_drawing(root: etree._Element) -> Iterator[etree._Element]:
    pending = [root]
    while pending:
        element = pending.pop()
        if not local(element) or etree.QName(element).namespace in _DRAWING:
            continue  # a comment, or the drawing
        yield element
        pending.extend(reversed(element))
