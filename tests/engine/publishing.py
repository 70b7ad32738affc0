"""Bundles drawn for the tests of publishing, and what publishing says of them."""

from collections.abc import Mapping

from processes.engine.bundle import Problem, check_bundle
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE

_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="D" name="D" namespace="tests">
  <decision id="choose" name="Elegir"><decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i"><inputExpression id="e" typeRef="number"><text>level</text></inputExpression></input>
    <output id="o" name="{output}" typeRef="{kind}"/>
    <rule id="r"><inputEntry id="c"><text>-</text></inputEntry>
      <outputEntry id="d"><text>{value}</text></outputEntry></rule>
  </decisionTable></decision>
</definitions>"""


def table(output: str = "note", kind: str = "string", value: str = '"x"') -> bytes:
    """A decision file with one table `choose`, of one output."""
    return _TABLE.format(output=output, kind=kind, value=value).encode()


def problems_of(files: Mapping[str, bytes] | bytes) -> list[Problem]:
    """What keeps one diagram, or the files of a bundle, from being published."""
    return check_bundle({"case.bpmn": files} if isinstance(files, bytes) else files, CATALOGUE)


def case_of(
    *nodes: str,
    flows: str,
    declared: str = draw.DECLARED,
    facts: Mapping[str, str] | None = None,
    lane: str = draw.LANE,
) -> bytes:
    """A diagram of one process."""
    return draw.diagram(draw.process(*nodes, flows=flows, facts=facts, lane=lane), declared=declared)


def around(
    task: str,
    element: str = "T",
    declared: str = draw.DECLARED,
    facts: Mapping[str, str] | None = None,
    lane: str = draw.LANE,
) -> bytes:
    """A process with one node between its start and its end."""
    flows = f"Begin -> {element}, {element} -> Finish"
    return case_of(draw.start(), task, draw.end(), flows=flows, declared=declared, facts=facts, lane=lane)


def only_problem(files: Mapping[str, bytes] | bytes, element: str, *words: str) -> None:
    """There is one problem; it is at `element` and says all of `words`."""
    found = problems_of(files)
    assert [problem.element for problem in found] == [element], [str(p) for p in found]
    for word in words:
        assert word in found[0].message


def some_problem(files: Mapping[str, bytes] | bytes, element: str, *words: str) -> None:
    """Among the problems is one at `element` that says all of `words`."""
    found = [p.message for p in problems_of(files) if p.element == element]
    assert any(all(word in message for word in words) for message in found), found
