"""Draws small diagrams for tests, in the form that the modeler writes."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

LANE = "Ventanilla única"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
  xmlns:ventanilla="http://ventanilla/schema/bpmn/1.0" id="Definitions" targetNamespace="tests">
"""
_ARROW = re.compile(r"(\w+) *-> *(\w+) *(?:\[([^\]]*)\])?")
USUAL_FACTS = {
    "level": "number",
    "count": "number",
    "note": "string",
    "open": "boolean",
    "received": "date",
    "recipient": "string",
}


def diagram(*body: str, declared: str = "") -> bytes:
    """A file with processes and what they refer to."""
    return f"{_HEAD}{declared}{''.join(body)}</bpmn:definitions>".encode()


def process(
    *nodes: str, flows: str, name: str = "case", facts: Mapping[str, str] | None = None, lane: str = LANE
) -> str:
    """A process with one lane that holds everything drawn directly in it."""
    declared = "".join(
        f'<ventanilla:fact name="{fact}" type="{kind}"/>'
        for fact, kind in (USUAL_FACTS if facts is None else facts).items()
    )
    ids = re.findall(r'<bpmn:\w+ id="(\w+)"', "".join(nodes))
    references = "".join(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>" for node in ids)
    return (
        f'<bpmn:process id="{name}" isExecutable="true"><bpmn:extensionElements>'
        f"<ventanilla:facts>{declared}</ventanilla:facts></bpmn:extensionElements>"
        f'<bpmn:laneSet id="{name}_lanes"><bpmn:lane id="{name}_lane" name={quoteattr(lane)}>{references}'
        f"</bpmn:lane></bpmn:laneSet>{''.join(nodes)}{arrows(flows, name)}</bpmn:process>"
    )


def arrows(flows: str, prefix: str) -> str:
    """Sequence flows from lines like `A -> B [level = 1]`; `prefix` keeps their ids apart."""
    drawn = []
    for number, (source, target, condition) in enumerate(_ARROW.findall(flows), start=1):
        inside = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
        drawn.append(
            f'<bpmn:sequenceFlow id="{prefix}_f{number}" sourceRef="{source}" targetRef="{target}">'
            f"{inside if condition else ''}</bpmn:sequenceFlow>"
        )
    return "".join(drawn)


def node(tag: str, element: str, inside: str = "", **attributes: str) -> str:
    """Any node."""
    shown = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f'<bpmn:{tag} id="{element}"{shown}>{inside}</bpmn:{tag}>'


def start(element: str = "Begin", inside: str = "", **attributes: str) -> str:
    return node("startEvent", element, inside, **attributes)


def end(element: str = "Finish", inside: str = "") -> str:
    return node("endEvent", element, inside)


def user(element: str, inside: str = "") -> str:
    return node("userTask", element, inside, name=f"Tarea {element}")


def script(element: str, text: str, inside: str = "") -> str:
    return node("scriptTask", element, f"{inside}<bpmn:script>{escape(text)}</bpmn:script>")


def service(element: str, intent: str, inside: str = "", **parameters: str) -> str:
    given = "".join(
        f'<spiffworkflow:parameter id="{name}" type="any" value={quoteattr(value)}/>'
        for name, value in parameters.items()
    )
    operator = (
        f'<spiffworkflow:serviceTaskOperator id="{intent}"><spiffworkflow:parameters>{given}'
        "</spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"
    )
    return node("serviceTask", element, extension(operator) + inside)


def rule(element: str, decision: str) -> str:
    called = f"<spiffworkflow:calledDecisionId>{decision}</spiffworkflow:calledDecisionId>"
    return node("businessRuleTask", element, extension(called))


def extension(inside: str) -> str:
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def form(file: str) -> str:
    return extension(
        "<spiffworkflow:properties><spiffworkflow:property "
        f'name="formJsonSchemaFilename" value="{file}"/></spiffworkflow:properties>'
    )


def timer(expression: str = 'alert("escalation")') -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:timeDate>{escape(expression)}</bpmn:timeDate>"
        "</bpmn:timerEventDefinition>"
    )


def event(kind: str, reference: str) -> str:
    """What an event throws or catches: kind is signal, message, error or escalation."""
    return f'<bpmn:{kind}EventDefinition {kind}Ref="{reference}"/>'


def catch(element: str, inside: str) -> str:
    return node("intermediateCatchEvent", element, inside)


def throw(element: str, inside: str) -> str:
    return node("intermediateThrowEvent", element, inside)


def boundary(element: str, host: str, inside: str, *, interrupting: bool = True) -> str:
    stops = "true" if interrupting else "false"
    return node("boundaryEvent", element, inside, attachedToRef=host, cancelActivity=stops)


def subprocess(element: str, *nodes: str, flows: str, inside: str = "", **attributes: str) -> str:
    return node("subProcess", element, f"{inside}{''.join(nodes)}{arrows(flows, element)}", **attributes)


def instances(cardinality: str) -> str:
    return (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>"
        f"{escape(cardinality)}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
    )


def turns(maximum: int, condition: str = "", *, test_before: bool = False) -> str:
    asked = f"<bpmn:loopCondition>{escape(condition)}</bpmn:loopCondition>" if condition else ""
    return (
        f'<bpmn:standardLoopCharacteristics loopMaximum="{maximum}" '
        f'testBefore="{str(test_before).lower()}">{asked}</bpmn:standardLoopCharacteristics>'
    )


SIGNALS = '<bpmn:signal id="S_answered" name="answered"/><bpmn:signal id="S_term" name="term_changed"/>'
MESSAGES = '<bpmn:message id="M_answered" name="answered"/>'
ERRORS = '<bpmn:error id="E_returned" name="returned" errorCode="returned"/>'
ESCALATIONS = '<bpmn:escalation id="X_help" name="help" escalationCode="help"/>'
DECLARED = SIGNALS + MESSAGES + ERRORS + ESCALATIONS
