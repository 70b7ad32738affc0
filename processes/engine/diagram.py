"""A diagram as the publish check reads it: nodes and flows with their files, scopes and lanes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"})
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
    tag: object = element.tag
    return etree.QName(tag).localname if isinstance(tag, str) else ""


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

    @property
    def is_repeated(self) -> bool:
        """Whether it runs several times, side by side or in a loop."""
        marks = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
        return any(self.xml.find(bpmn(mark)) is not None for mark in marks)

    def properties(self) -> Mapping[str, str]:
        """The extension properties by name."""
        path = f"{bpmn('extensionElements')}/{spiff('properties')}/{spiff('property')}"
        return {p.get("name", ""): p.get("value", "") for p in self.xml.iterfind(path)}

    def event_name(self) -> str:
        """The tag of what it throws or catches; empty when that is nothing."""
        definition = self.event_definition()
        return "" if definition is None else local(definition)

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
    """Every diagram of a bundle together; the first of several equal ids wins, the check names the others.

    `declared` holds the signals, messages, errors and escalations, by file, tag and id.
    """

    roots: dict[str, etree._Element] = field(default_factory=dict)
    declared: dict[tuple[str, str, str], etree._Element] = field(default_factory=dict)
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

    def depth(self, scope: Scope) -> int:
        """How many subprocesses a scope lies in, itself included; 0 for a process."""
        depth = 0
        while scope.id in self.nodes:
            depth += 1
            scope = self.scopes[self.nodes[scope.id].scope]
        return depth

    def encloses(self, activity: str, node: Node) -> bool:
        """Whether `node` is drawn inside an activity, or in a process that it calls at any depth."""
        seen: set[str] = set()
        pending = [node.scope]
        while pending:
            scope = pending.pop()
            if scope == activity:
                return True
            if scope in seen:
                continue
            seen.add(scope)
            callers = [c for c in self.of_kind("callActivity") if c.xml.get("calledElement") == scope]
            if activity in {caller.id for caller in callers}:
                return True
            pending += [caller.scope for caller in callers]
            if scope in self.nodes:
                pending.append(self.nodes[scope].scope)
        return False


def read_diagram(diagrams: Diagrams, file: str, root: etree._Element) -> None:
    """Add the nodes and flows of one file. The depth was bounded when the file was parsed."""
    diagrams.roots[file] = root
    for child in root:
        diagrams.declared[file, local(child), child.get("id", "")] = child
    reader = _Reader(diagrams, file, _lanes(root))
    for process in root.iterchildren(bpmn("process")):
        reader.read_scope(process, process=process.get("id", ""), lane="")


def _lanes(root: etree._Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("name", "")
        for lane in root.iter(bpmn("lane"))
        for reference in lane.iterchildren(bpmn("flowNodeRef"))
    }


@dataclass(frozen=True, slots=True)
class _Reader:
    diagrams: Diagrams
    file: str
    lanes: Mapping[str, str]

    def read_scope(self, xml: etree._Element, *, process: str, lane: str) -> None:
        """Read a process or subprocess; what lies in a subprocess belongs to the subprocess's lane."""
        scope = Scope(self.file, xml.get("id", ""), xml.get("name", ""), process, xml)
        self.diagrams.scopes.setdefault(scope.id, scope)
        for child in xml:
            kind = local(child)
            if kind == "sequenceFlow":
                self._read_flow(scope, child)
            elif kind in NODES:
                identifier = child.get("id", "")
                own_lane = lane or self.lanes.get(identifier, "")
                name = " ".join(child.get("name", "").split())
                node = Node(self.file, identifier, kind, name, scope.id, own_lane, child)
                self.diagrams.nodes.setdefault(node.id, node)
                if kind == "subProcess":
                    self.read_scope(child, process=process, lane=own_lane)

    def _read_flow(self, scope: Scope, xml: etree._Element) -> None:
        condition = xml.find(bpmn("conditionExpression"))
        flow = Flow(
            self.file,
            xml.get("id", ""),
            scope.id,
            xml.get("sourceRef", ""),
            xml.get("targetRef", ""),
            None if condition is None else condition.text or "",
        )
        self.diagrams.flows.append(flow)
        self.diagrams.outgoing[flow.source].append(flow)
        self.diagrams.incoming[flow.target].append(flow)
