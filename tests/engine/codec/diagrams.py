"""Writes the BPMN text of small diagrams, without drawing them."""

from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import quoteattr

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'id="definitions" targetNamespace="http://ventanilla/tests">\n'
)
_NEVER = "'2999-01-01T00:00:00+00:00'"


@dataclass
class Process:
    """Nodes and flows of one process or subprocess; `add` and `flow` name what they make."""

    name: str
    diagram: "Diagram"
    nodes: dict[str, str] = field(default_factory=dict)
    tags: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    flows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, tag: str, inner: str = "", /, prefix: str = "", **attributes: str) -> str:
        name = self.diagram.fresh(prefix or tag)
        self.tags[name] = (tag, attributes)
        self.nodes[name] = inner
        return name

    def flow(self, source: str, target: str, condition: str = "", *, default: bool = False) -> str:
        name = self.diagram.fresh("flow")
        self.flows.append((name, source, target, condition))
        if default:
            self.tags[source][1]["default"] = name
        return name

    def chain(self, *names: str) -> None:
        for source, target in pairwise(names):
            self.flow(source, target)

    def boundary(self, activity: str, event: str, *, interrupting: bool = True) -> str:
        return self.add(
            "boundaryEvent",
            event,
            attachedToRef=activity,
            cancelActivity="true" if interrupting else "false",
        )

    def body(self) -> str:
        nodes = (self._node(name) for name in self.nodes)
        flows = (
            f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">'
            + (f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" * bool(condition))
            + "</bpmn:sequenceFlow>"
            for name, source, target, condition in self.flows
        )
        return "\n".join((*nodes, *flows))

    def _node(self, name: str) -> str:
        tag, attributes = self.tags[name]
        ways = "".join(
            [f"<bpmn:incoming>{flow}</bpmn:incoming>" for flow, _, to, _ in self.flows if to == name]
            + [f"<bpmn:outgoing>{flow}</bpmn:outgoing>" for flow, of, _, _ in self.flows if of == name]
        )
        written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        return f'<bpmn:{tag} id="{name}"{written}>{ways}{self.nodes[name]}</bpmn:{tag}>'


@dataclass
class Diagram:
    """A file: the main process, those that it calls, and the events that they know."""

    main: str = "main"
    processes: list[Process] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    given: int = 0

    def process(self, name: str) -> Process:
        made = Process(name, self)
        self.processes.append(made)
        return made

    def fresh(self, prefix: str) -> str:
        self.given += 1
        return f"{prefix}_{self.given}"

    def signal(self, name: str) -> str:
        self.events[f"signal_{name}"] = f'<bpmn:signal id="signal_{name}" name="{name}"/>'
        return f'<bpmn:signalEventDefinition signalRef="signal_{name}"/>'

    def message(self, name: str) -> str:
        self.events[f"message_{name}"] = f'<bpmn:message id="message_{name}" name="{name}"/>'
        return f'<bpmn:messageEventDefinition messageRef="message_{name}"/>'

    def error(self, name: str) -> str:
        self.events[f"error_{name}"] = f'<bpmn:error id="error_{name}" name="{name}" errorCode="{name}"/>'
        return f'<bpmn:errorEventDefinition errorRef="error_{name}"/>'

    def escalation(self, name: str) -> str:
        self.events[f"escalation_{name}"] = (
            f'<bpmn:escalation id="escalation_{name}" name="{name}" escalationCode="{name}"/>'
        )
        return f'<bpmn:escalationEventDefinition escalationRef="escalation_{name}"/>'

    def timer(self) -> str:
        return (
            f"<bpmn:timerEventDefinition><bpmn:timeDate>{_NEVER}</bpmn:timeDate></bpmn:timerEventDefinition>"
        )

    def xml(self) -> str:
        written = "".join(
            f'<bpmn:process id="{process.name}" isExecutable="true">\n{process.body()}\n</bpmn:process>\n'
            for process in self.processes
        )
        return _HEAD + "".join(self.events.values()) + written + "</bpmn:definitions>\n"
