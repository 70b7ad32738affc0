"""The diagrams that a head of office reads: all of it drawn, named and answered, nothing over the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

from processes.common.resources import bpmn_folder
from processes.engine.diagram import ACTIVITIES, EVENTS, NODES, bpmn, local

_DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
_DIAGRAMS = sorted(bpmn_folder().glob("*.bpmn"))
_AROUND = frozenset({"subProcess", "participant", "lane"})

pytestmark = pytest.mark.parametrize("file", _DIAGRAMS, ids=[file.stem for file in _DIAGRAMS])


@dataclass(frozen=True)
class Box:
    """Where something is drawn, in points of the drawing; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right - 1
            and other.left < self.right - 1
            and self.top < other.bottom - 1
            and other.top < self.bottom - 1
        )


@dataclass(frozen=True)
class Drawn:
    """A diagram as it is drawn. `boxes` leaves out what lies around others: pools, lanes, subprocesses."""

    elements: Mapping[str, etree._Element]
    boxes: Mapping[str, Box]
    labels: Mapping[str, Box]
    lines: Mapping[str, tuple[tuple[float, float], ...]]

    def of_kind(self, *kinds: str) -> Iterator[etree._Element]:
        return (element for element in self.elements.values() if local(element) in kinds)

    def exits(self, node: etree._Element) -> list[etree._Element]:
        return [self.elements[flow.text or ""] for flow in node.iterchildren(bpmn("outgoing"))]


def test_every_element_is_drawn(file: Path) -> None:
    drawn = _read(file)

    shapes = set(drawn.boxes) | {str(each.get("id")) for each in drawn.of_kind(*_AROUND)}
    assert {str(each.get("id")) for each in drawn.of_kind(*NODES)} <= shapes
    assert {str(each.get("id")) for each in drawn.of_kind("sequenceFlow")} <= set(drawn.lines)


def test_tasks_and_events_say_what_is_done(file: Path) -> None:
    drawn = _read(file)

    assert [each.get("id") for each in drawn.of_kind(*ACTIVITIES, *EVENTS) if not each.get("name")] == []


def test_a_choice_asks_a_question_and_its_ways_answer_it(file: Path) -> None:
    drawn = _read(file)

    for gateway in drawn.of_kind("exclusiveGateway", "inclusiveGateway"):
        exits = drawn.exits(gateway)
        if len(exits) > 1:
            question = gateway.get("name", "")
            assert question.startswith("¿")
            assert question.endswith("?")
            assert [each.get("id") for each in exits if not each.get("name")] == []


def test_nothing_lies_over_anything_else(file: Path) -> None:
    drawn = _read(file)

    hosts = {str(each.get("id")): each.get("attachedToRef") for each in drawn.of_kind("boundaryEvent")}
    over = [
        f"{one} / {other}"
        for (one, box), (other, another) in combinations(drawn.boxes.items(), 2)
        if box.overlaps(another) and other != hosts.get(one) and one != hosts.get(other)
    ]
    texts = [
        f"{one} / {other}"
        for (one, box), (other, another) in combinations(drawn.labels.items(), 2)
        if box.overlaps(another)
    ]
    hidden = [
        f"{label} / {shape}"
        for label, box in drawn.labels.items()
        for shape, another in drawn.boxes.items()
        if label != shape and box.overlaps(another)
    ]
    assert over + texts + hidden == []


def test_a_flow_runs_through_no_shape(file: Path) -> None:
    drawn = _read(file)

    through = [
        f"{flow.get('id')} / {shape}"
        for flow in drawn.of_kind("sequenceFlow")
        for shape, box in drawn.boxes.items()
        if shape not in _own(drawn, flow) and _passes(drawn.lines[str(flow.get("id"))], box)
    ]
    assert through == []


def _own(drawn: Drawn, flow: etree._Element) -> set[str | None]:
    """The ends of a flow, and what is attached to them or that they are attached to."""
    ends = {flow.get("sourceRef"), flow.get("targetRef")}
    attached = {
        (each.get("id"), each.get("attachedToRef"))
        for each in drawn.of_kind("boundaryEvent")
        if ends & {each.get("id"), each.get("attachedToRef")}
    }
    return ends | {name for pair in attached for name in pair}


def _passes(line: tuple[tuple[float, float], ...], box: Box) -> bool:
    return any(
        box.overlaps(Box(min(x, to_x) - 1, min(y, to_y) - 1, max(x, to_x) + 1, max(y, to_y) + 1))
        for (x, y), (to_x, to_y) in pairwise(line)
    )


def _read(file: Path) -> Drawn:
    root = etree.parse(file).getroot()
    elements = {
        str(each.get("id")): each for each in root.iter(f"{{{_bpmn_namespace()}}}*") if each.get("id")
    }
    boxes: dict[str, Box] = {}
    labels: dict[str, Box] = {}
    for shape in root.iter(f"{_DI}BPMNShape"):
        name = shape.get("bpmnElement", "")
        if local(elements[name]) not in _AROUND:
            boxes[name] = _box(shape.find(f"{_DC}Bounds"))
        _keep_label(labels, name, shape)
    lines: dict[str, tuple[tuple[float, float], ...]] = {}
    for edge in root.iter(f"{_DI}BPMNEdge"):
        name = edge.get("bpmnElement", "")
        lines[name] = tuple((float(at.get("x", "")), float(at.get("y", ""))) for at in edge.iter(_WAYPOINT))
        _keep_label(labels, name, edge)
    return Drawn(elements, boxes, labels, lines)


def _bpmn_namespace() -> str:
    return etree.QName(bpmn("process")).namespace or ""


def _keep_label(labels: dict[str, Box], name: str, drawn: etree._Element) -> None:
    bounds = drawn.find(f"{_DI}BPMNLabel/{_DC}Bounds")
    if bounds is not None:
        labels[name] = _box(bounds)


def _box(bounds: etree._Element | None) -> Box:
    assert bounds is not None
    left, top = float(bounds.get("x", "")), float(bounds.get("y", ""))
    return Box(left, top, left + float(bounds.get("width", "")), top + float(bounds.get("height", "")))
