"""DMN files for tests, in the XML that dmn-js saves."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from processes.decisions import Decision, DecisionModel, FactType, Value, compile_decisions
from tests.unit.decisions.feel import NOW

DMN_13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FACTS = {
    "kind": FactType.STRING,
    "amount": FactType.NUMBER,
    "urgent": FactType.BOOLEAN,
    "received": FactType.DATE,
}


def column(expression: str, type_name: str = "string", *, allowed: str = "", label: str = "") -> str:
    """An input column."""
    values = f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
    asked = f'<inputExpression typeRef="{type_name}"><text>{escape(expression)}</text></inputExpression>'
    return f"<input label={quoteattr(label or expression)}>{asked}{values}</input>"


def output(name: str, type_name: str = "string", *, allowed: str = "", default: str = "") -> str:
    """An output column."""
    values = f"<outputValues><text>{escape(allowed)}</text></outputValues>" if allowed else ""
    entry = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
    return f'<output name="{name}" typeRef="{type_name}">{values}{entry}</output>'


def rule(inputs: Sequence[str], outputs: Sequence[str], note: str = "") -> str:
    """A row; the annotation is where dmn-js writes it."""
    described = f"<description>{escape(note)}</description>" if note else ""
    asked = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in inputs)
    answered = "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in outputs)
    return f"<rule>{described}{asked}{answered}</rule>"


def table(*parts: str, policy: str = "UNIQUE", aggregation: str = "") -> str:
    """A decision table."""
    how = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable hitPolicy="{policy}"{how}>{"".join(parts)}</decisionTable>'


def decision(body: str, identifier: str = "routing", name: str = "Reparto", *, requires: str = "") -> str:
    """A decision, with its requirements before its body."""
    return f'<decision id="{identifier}" name="{name}">{requires}{body}</decision>'


def requires_decision(identifier: str) -> str:
    """A requirement of another decision."""
    return f'<informationRequirement><requiredDecision href="#{identifier}"/></informationRequirement>'


def file(*parts: str, namespace: str = DMN_13) -> bytes:
    """A whole file."""
    head = f'<definitions xmlns="{namespace}" id="d" name="d" namespace="http://ventanilla">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{"".join(parts)}</definitions>'.encode()


def compiled(*parts: str) -> DecisionModel:
    """The model of a file whose parts are these."""
    return compile_decisions(file(*parts), source="decisions/routing.dmn", facts=FACTS)


def decide(body: str, **facts: Value) -> Decision:
    """What a file with a single decision answers."""
    return compiled(decision(body)).decide("routing", facts, now=NOW)
