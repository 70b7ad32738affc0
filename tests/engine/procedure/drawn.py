"""What a bundle's diagrams draw, read from their XML alone: flows, boundary events, ways back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@dataclass(frozen=True, order=True)
class Flow:
    """A sequence flow. Two flows never join the same two elements: publishing refuses it."""

    file: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.file}: {self.source} -> {self.target}"


@dataclass(frozen=True)
class Drawing:
    """Everything that a test must take at least once.

    `ways_back` are the flows that close a loop; `watches` the event-based gateways, whose flows are
    taken only when the event comes.
    """

    flows: frozenset[Flow]
    boundary_events: frozenset[tuple[str, str]]
    ways_back: frozenset[Flow]
    watches: frozenset[str]


def read_drawing(files: Mapping[str, bytes]) -> Drawing:
    """What the diagrams among `files` draw."""
    roots = {name: etree.fromstring(data) for name, data in sorted(files.items()) if name.endswith(".bpmn")}
    flows = {name: list(_flows(name, root)) for name, root in roots.items()}
    return Drawing(
        flows=frozenset(flow for found in flows.values() for flow in found),
        boundary_events=frozenset(
            (name, each.get("id", "")) for name, root in roots.items() for each in _all(root, "boundaryEvent")
        ),
        ways_back=frozenset(back for name, root in roots.items() for back in _ways_back(root, flows[name])),
        watches=frozenset(
            each.get("id", "") for root in roots.values() for each in _all(root, "eventBasedGateway")
        ),
    )


def _all(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    return root.iter(f"{_BPMN}{tag}")


def _flows(file: str, root: etree._Element) -> Iterator[Flow]:
    for each in _all(root, "sequenceFlow"):
        yield Flow(file, each.get("sourceRef", ""), each.get("targetRef", ""))


def _ways_back(root: etree._Element, flows: list[Flow]) -> Iterator[Flow]:
    """The flows that lead to an element that a walk from the start events is still below."""
    onward = defaultdict(list)
    for flow in flows:
        onward[flow.source].append(flow)
    # What a boundary event begins lies below the activity that it is drawn on.
    for event in _all(root, "boundaryEvent"):
        host = event.get("attachedToRef", "")
        onward[host].append(Flow("", host, event.get("id", "")))
    done: set[str] = set()
    for start in _all(root, "startEvent"):
        yield from _below(start.get("id", ""), onward, done, [])


def _below(element: str, onward: Mapping[str, list[Flow]], done: set[str], path: list[str]) -> Iterator[Flow]:
    if element in done:
        return
    path.append(element)
    for flow in onward[element]:
        if flow.target in path:
            yield flow
        else:
            yield from _below(flow.target, onward, done, path)
    path.pop()
    done.add(element)
