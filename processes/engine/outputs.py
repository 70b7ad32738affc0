"""What the decisions of a file write: their outputs become facts, so publishing must know them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from processes.common.safe_xml import parse_xml
from processes.decisions import FactType
from processes.decisions.facts import TYPE_REFERENCES
from processes.engine.diagram import local

_LISTS = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
_LIST, _CONTEXT = "una lista", "un contexto"
_BOXES: Mapping[str, str] = {
    "context": _CONTEXT,
    "list": _LIST,
    "relation": _LIST,
    "for": _LIST,
    "filter": _LIST,
    "functionDefinition": "una función",
}


@dataclass(frozen=True, slots=True)
class Output:
    """A name that a decision gives a value. `type_name` is empty where the file does not say it.

    `compound` says, in Spanish, what it is when it is no single value; a fact cannot hold it.
    """

    name: str
    type_name: str
    compound: str = ""

    def fits(self, kind: FactType) -> bool:
        """Whether its values can be of the fact's kind; true when the file does not tell."""
        declared = TYPE_REFERENCES.get(self.type_name)
        return declared is None or declared is kind.kind


def decision_outputs(data: bytes, *, source: str) -> Mapping[str, tuple[Output, ...]]:
    """What each decision's result has, by the decision's id.

    A column without a name goes by the decision's variable, or by the decision itself.
    """
    root = parse_xml(data, source=source)
    types = {each.get("name", ""): _compound_type(each) for each in root.iter("{*}itemDefinition")}
    return {
        decision.get("id", ""): tuple(_outputs(decision, types))
        for decision in root.iter("{*}decision")
        if decision.get("id")
    }


def _compound_type(definition: etree._Element) -> str:
    if definition.get("isCollection") == "true":
        return _LIST
    return _CONTEXT if any(local(child) == "itemComponent" for child in definition) else ""


def _outputs(decision: etree._Element, types: Mapping[str, str]) -> Iterator[Output]:
    variable = next((child for child in decision if local(child) == "variable"), None)
    own = decision.get("name", "") if variable is None else variable.get("name", "")
    own_type = "" if variable is None else variable.get("typeRef", "")
    table = next((child for child in decision if local(child) == "decisionTable"), None)
    columns = [] if table is None else [child for child in table if local(child) == "output"]
    if table is None or not columns:
        yield Output(own, own_type, types.get(own_type, "") or _boxed(decision))
        return
    aggregation = table.get("aggregation", "")
    is_list = table.get("hitPolicy", "") in _LISTS and not aggregation
    for column in columns:
        type_name = "number" if aggregation == "COUNT" else column.get("typeRef", "")
        compound = _LIST if is_list else types.get(type_name, "")
        yield Output(column.get("name") or own, type_name, compound)


def _boxed(decision: etree._Element) -> str:
    """What a boxed expression makes; empty where only its evaluation tells."""
    box = next((child for child in decision if local(child) in _BOXES), None)
    if box is None:
        return ""
    entries = [child for child in box if local(child) == "contextEntry"]
    has_result = any(all(local(part) != "variable" for part in entry) for entry in entries)
    return "" if has_result else _BOXES[local(box)]
