"""From a `<decisionTable>` to records of text, with the checks of its shape."""

from lxml import etree

from processes.decisions.dmn.elements import (
    check_language,
    child,
    children,
    inner_text,
    own_name,
    own_text,
    type_name,
)
from processes.decisions.dmn.findings import DecisionFindings
from processes.decisions.dmn.source import InputSource, OutputSource, RuleSource, TableSource


def read_table(element: etree._Element, findings: DecisionFindings) -> TableSource:
    """The table's columns and rules; what is amiss with its shape is added to `findings`."""
    inputs = tuple(_input(item) for item in children(element, "input"))
    outputs = tuple(_output(item) for item in children(element, "output"))
    for item in element.iter(tag=etree.Element):
        check_language(item, findings)
    if not outputs:
        findings.stop("la tabla no tiene columnas de salida")
    _check_names(outputs, findings)
    rules = tuple(_rule(item, number) for number, item in enumerate(children(element, "rule"), start=1))
    for rule in rules:
        if (len(rule.inputs), len(rule.outputs)) != (len(inputs), len(outputs)):
            findings.stop("la regla no tiene una celda por columna", rule=rule.number)
    return TableSource(
        hit_policy=element.get("hitPolicy", "UNIQUE").replace("_", " "),
        aggregation=element.get("aggregation"),
        inputs=inputs,
        outputs=outputs,
        rules=rules,
        type_name=type_name(element),
    )


def _check_names(outputs: tuple[OutputSource, ...], findings: DecisionFindings) -> None:
    names = [output.name for output in outputs]
    if len(names) > 1 and not all(names):
        findings.add("con varias columnas de salida, cada una necesita un nombre")
    if len(set(names)) < len(names):
        findings.add("dos columnas de salida tienen el mismo nombre")


def _input(element: etree._Element) -> InputSource:
    expression = child(element, "inputExpression")
    text = inner_text(expression)
    return InputSource(
        label=element.get("label", "").strip() or text,
        expression=text,
        type_name=None if expression is None else type_name(expression),
        allowed=inner_text(child(element, "inputValues")) or None,
    )


def _output(element: etree._Element) -> OutputSource:
    name = own_name(element)
    return OutputSource(
        name=name,
        label=element.get("label", "").strip() or name,
        type_name=type_name(element),
        allowed=inner_text(child(element, "outputValues")) or None,
        default=inner_text(child(element, "defaultOutputEntry")) or None,
    )


def _rule(element: etree._Element, number: int) -> RuleSource:
    """A row. Its annotation is the first that has text; dmn-js writes it as the description."""
    notes = [inner_text(note) for note in children(element, "annotationEntry")]
    notes += [own_text(note) for note in children(element, "description")]
    return RuleSource(
        number=number,
        inputs=tuple(inner_text(entry) for entry in children(element, "inputEntry")),
        outputs=tuple(inner_text(entry) for entry in children(element, "outputEntry")),
        annotation=next((" ".join(note.split()) for note in notes if note), ""),
    )
