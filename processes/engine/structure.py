"""The shape of the diagrams: what the engine would run wrongly, or not at all, is refused."""

from processes.engine.catalogue import Catalogue
from processes.engine.diagram import Diagrams, Node, Scope, bpmn, spiff
from processes.engine.problems import ProblemList
from processes.engine.reading import BundleParts


def check_structure(parts: BundleParts, catalogue: Catalogue, problems: ProblemList) -> None:
    """Everything that can be seen without running: ids, flows, lanes, events, references."""


def root_process(diagrams: Diagrams) -> Scope | None:
    """The process that a case starts with: the executable one that no other calls."""
    called = {node.xml.get("calledElement") for node in diagrams.of_kind("callActivity")}
    roots = [p for p in diagrams.processes() if is_executable(p) and p.id not in called]
    return roots[0] if len(roots) == 1 else None


def is_executable(process: Scope) -> bool:
    """Whether the modeler's box is ticked."""
    return process.xml.get("isExecutable", "true") == "true"


def form_of(node: Node) -> str | None:
    """The form file that a user task names."""
    path = f"{bpmn('extensionElements')}/{spiff('properties')}/{spiff('property')}"
    for found in node.xml.iterfind(path):
        if found.get("name") == "formJsonSchemaFilename":
            return found.get("value")
    return None
