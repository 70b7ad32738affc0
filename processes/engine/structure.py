"""The shape of the diagrams: what the engine would run wrongly, or not at all, is refused at publish."""

from collections import defaultdict

from processes.engine.activities import check_activities
from processes.engine.catalogue import Catalogue
from processes.engine.diagram import Diagrams, Node, Scope, local
from processes.engine.events import check_events
from processes.engine.flows import check_flows
from processes.engine.identifiers import check_identifiers
from processes.engine.planning import check_planning
from processes.engine.problems import ProblemList
from processes.engine.reachability import check_reachability
from processes.engine.reading import BundleParts

MAX_NODES_PER_PROCESS = 150
"""SpiffWorkflow's parser calls itself for each element of a path, and Python bounds that."""

MAX_DEPTH = 5
"""Subprocesses inside one another. Nobody reads a deeper drawing."""


def check_structure(parts: BundleParts, catalogue: Catalogue, problems: ProblemList) -> None:
    """Everything that can be seen without running: ids, flows, events, lanes, references."""
    diagrams = parts.diagrams
    check_identifiers(diagrams, problems)
    _check_processes(diagrams, problems)
    members: dict[str, list[Node]] = defaultdict(list)
    for node in diagrams.nodes.values():
        members[node.scope].append(node)
    for scope in diagrams.scopes.values():
        _check_scope(diagrams, scope, members[scope.id], problems)
    check_flows(diagrams, problems)
    check_events(diagrams, catalogue, problems)
    check_activities(parts, catalogue, problems)
    check_reachability(diagrams, problems)
    check_planning(diagrams, catalogue, problems)


def root_process(diagrams: Diagrams) -> Scope | None:
    """The process that a case starts with: the only one that no other calls."""
    roots = _roots(diagrams)
    return roots[0] if len(roots) == 1 else None


def _roots(diagrams: Diagrams) -> list[Scope]:
    called = {node.xml.get("calledElement") for node in diagrams.of_kind("callActivity")}
    return [process for process in diagrams.processes() if process.id not in called]


def _check_processes(diagrams: Diagrams, problems: ProblemList) -> None:
    processes = diagrams.processes()
    if not processes:
        if not problems:  # else the file that holds it could not be read, which was told
            problems.add(next(iter(diagrams.roots), ""), "", "No hay ningún proceso en los diagramas.")
        return
    for process in processes:
        if process.xml.get("isExecutable", "true") != "true":
            message = f"El proceso «{process.id}» no está marcado como ejecutable."
            problems.add(process.file, process.id, message)
    roots = _roots(diagrams)
    if len(roots) > 1:
        names = ", ".join(f"«{process.id}»" for process in roots)
        message = f"No se sabe con cuál proceso empezar, porque ninguno llama a los otros: {names}."
        problems.add(roots[1].file, roots[1].id, message)
    elif not roots:
        message = "No se sabe con cuál proceso empezar: cada uno es llamado por otro."
        problems.add(processes[0].file, processes[0].id, message)


def _check_scope(diagrams: Diagrams, scope: Scope, nodes: list[Node], problems: ProblemList) -> None:
    shown = f"«{scope.name or scope.id}»"
    starts = [node for node in nodes if node.kind == "startEvent"]
    if len(starts) != 1:
        message = f"{shown} tiene {len(starts)} eventos de inicio; debe tener uno."
        problems.add(scope.file, scope.id, message)
    if not any(node.kind == "endEvent" for node in nodes):
        problems.add(scope.file, scope.id, f"{shown} no tiene ningún evento de fin.")
    if len(nodes) > MAX_NODES_PER_PROCESS:
        message = (
            f"{shown} tiene {len(nodes)} elementos; el máximo es {MAX_NODES_PER_PROCESS}. "
            "Repártalos en subprocesos o en procesos llamados."
        )
        problems.add(scope.file, scope.id, message)
    if diagrams.depth(scope) > MAX_DEPTH:
        message = f"{shown} está dentro de más de {MAX_DEPTH} subprocesos; use un proceso llamado."
        problems.add(scope.file, scope.id, message)
    for node in nodes:
        if node.is_event_subprocess and (local(scope.xml) != "process" or scope not in _roots(diagrams)):
            message = f"{node.shown}: un subproceso de evento solo se inicia si está en el proceso principal."
            problems.add(node.file, node.id, message)


def form_of(node: Node) -> str | None:
    """The form file that a user task names."""
    found = node.properties().get("formJsonSchemaFilename")
    return found or None
