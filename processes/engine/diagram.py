"""A diagram as the publish check reads it: nodes and flows with their files, scopes and lanes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
VENTANILLA = "http://ventanilla/schema/bpmn/1.0"

EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
GATEWAYS = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"}
)
ACTIVITIES = frozenset(
    {"userTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity", "subProcess"}
)
NODES = EVENTS | GATEWAYS | ACTIVITIES


def bpmn(tag: str) -> str:
    """The full name of a BPMN tag."""
    return f"{{{BPMN}}}{tag}"


def spiff(tag: str) -> str:
    """The full name of a tag of SpiffWorkflow's extensions."""
    return f"{{{SPIFF}}}{tag}"


def local(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


@dataclass(frozen=True, slots=True)
class Node:
    """An event, a gateway or an activity. `scope` is the id of its process or subprocess."""

    file: str
    id: str
    kind: str
    name: str
    scope: str
    lane: str
    xml: etree._Element

    @property
    def shown(self) -> str:
        """How messages call it."""
        return f"«{self.name}» ({self.id})" if self.name else f"«{self.id}»"

    @property
    def is_event_subprocess(self) -> bool:
        """Whether an event starts it, and no flow."""
        return self.kind == "subProcess" and self.xml.get("triggeredByEvent") == "true"

    def event_definition(self) -> etree._Element | None:
        """The event that it throws or catches."""
        return next((c for c in self.xml if local(c).endswith("EventDefinition")), None)


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is its text, None when it has none."""

    file: str
    id: str
    scope: str
    source: str
    target: str
    condition: str | None


@dataclass(slots=True)
class Scope:
    """A process or an embedded subprocess."""

    file: str
    id: str
    name: str
    process: str
    xml: etree._Element


@dataclass(slots=True)
class Diagrams:
    """Every diagram of a bundle together; the first of several equal ids wins, the check names the others."""

    roots: dict[str, etree._Element] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    outgoing: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    incoming: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))

    def processes(self) -> list[Scope]:
        """The processes, without the subprocesses drawn inside them."""
        return [scope for scope in self.scopes.values() if local(scope.xml) == "process"]

    def of_kind(self, *kinds: str) -> Iterator[Node]:
        """The nodes of some kinds."""
        return (node for node in self.nodes.values() if node.kind in kinds)

    def boundary_events(self) -> dict[str, list[Node]]:
        """The boundary events by the activity that they are attached to."""
        attached: dict[str, list[Node]] = defaultdict(list)
        for node in self.of_kind("boundaryEvent"):
            attached[node.xml.get("attachedToRef", "")].append(node)
        return attached


def read_diagram(diagrams: Diagrams, file: str, root: etree._Element) -> None:
    """Add the nodes and flows of one file. The depth was bounded when the file was parsed."""
    diagrams.roots[file] = root
    lanes = _lanes(root)
    for process in root.iterchildren(bpmn("process")):
        _read_scope(diagrams, file, process, process.get("id", ""), "", lanes)


def _lanes(root: etree._Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("name", "")
        for lane in root.iter(bpmn("lane"))
        for reference in lane.iterchildren(bpmn("flowNodeRef"))
    }


def _read_scope(
    diagrams: Diagrams,
    file: str,
    xml: etree._Element,
    process: str,
    lane: str,
    lanes: dict[str, str],
) -> None:
    scope = Scope(file, xml.get("id", ""), xml.get("name", ""), process, xml)
    diagrams.scopes.setdefault(scope.id, scope)
    for child in xml:
        kind = local(child)
        if kind == "sequenceFlow":
            _read_flow(diagrams, scope, child)
        elif kind in NODES:
            own_lane = lane or lanes.get(child.get("id", ""), "")
            node = Node(
                file, child.get("id", ""), kind, child.get("name", ""), scope.id, own_lane, child
            )
            diagrams.nodes.setdefault(node.id, node)
            if kind == "subProcess":
                _read_scope(diagrams, file, child, process, own_lane, lanes)


def _read_flow(diagrams: Diagrams, scope: Scope, xml: etree._Element) -> None:
    condition = xml.find(bpmn("conditionExpression"))
    flow = Flow(
        scope.file,
        xml.get("id", ""),
        scope.id,
        xml.get("sourceRef", ""),
        xml.get("targetRef", ""),
        None if condition is None else condition.text or "",
    )
    diagrams.flows.append(flow)
    diagrams.outgoing[flow.source].append(flow)
    diagrams.incoming[flow.target].append(flow)
