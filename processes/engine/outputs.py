"""What the decisions of a file write: their outputs become facts, so publishing must know their names."""

from collections.abc import Iterator, Mapping

from lxml import etree

from processes.common.safe_xml import parse_xml
from processes.engine.diagram import local


def decision_outputs(data: bytes, *, source: str) -> Mapping[str, tuple[str, ...]]:
    """The names that each decision's result has, by the decision's id.

    A column without a name goes by the decision's variable, or by the decision itself.
    """
    root = parse_xml(data, source=source)
    return {
        decision.get("id", ""): tuple(_names(decision))
        for decision in root.iter("{*}decision")
        if decision.get("id")
    }


def _names(decision: etree._Element) -> Iterator[str]:
    variable = next((child for child in decision if local(child) == "variable"), None)
    own = decision.get("name", "") if variable is None else variable.get("name", "")
    columns = [
        output for table in decision.iter("{*}decisionTable") for output in table if local(output) == "output"
    ]
    if not columns:
        yield own
    for column in columns:
        yield column.get("name") or own
