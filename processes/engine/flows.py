"""Sequence flows: none may dangle, leave its process, or carry a condition that nobody reads."""

from collections import Counter

from processes.engine.diagram import GATEWAYS, Diagrams, Flow, Node
from processes.engine.problems import ProblemList

_CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
_AWAITED = frozenset({"timerEventDefinition", "signalEventDefinition", "messageEventDefinition"})


def check_flows(diagrams: Diagrams, problems: ProblemList) -> None:
    """Check each flow, then what leaves and enters each node."""
    for flow in diagrams.flows:
        _check_flow(diagrams, flow, problems)
    for node in diagrams.nodes.values():
        _check_exits(diagrams, node, problems)
        if node.kind in _CHOOSING:
            _check_choice(diagrams, node, problems)
        elif node.kind == "eventBasedGateway":
            _check_watch(diagrams, node, problems)


def _check_flow(diagrams: Diagrams, flow: Flow, problems: ProblemList) -> None:
    source, target = diagrams.nodes.get(flow.source), diagrams.nodes.get(flow.target)
    for end, reference in ((source, flow.source), (target, flow.target)):
        if end is None:
            message = f"El flujo {flow.id} está suelto: no existe el elemento «{reference[:100]}»."
            problems.add(flow.file, flow.id, message)
    if source is None or target is None:
        return
    if not source.scope == target.scope == flow.scope:
        message = f"El flujo {flow.id} cruza el borde de un proceso o subproceso."
        problems.add(flow.file, flow.id, message)
    if target.kind in {"startEvent", "boundaryEvent"} or target.is_event_subprocess:
        problems.add(flow.file, flow.id, f"El flujo {flow.id} no puede llegar a {target.shown}.")
    if source.kind == "endEvent" or source.is_event_subprocess:
        problems.add(flow.file, flow.id, f"El flujo {flow.id} no puede salir de {source.shown}.")
    if flow.condition is not None and source.kind not in _CHOOSING:
        message = (
            f"El flujo {flow.id} tiene una condición, pero sale de {source.shown}, que no elige; "
            "use una compuerta exclusiva o inclusiva."
        )
        problems.add(flow.file, flow.id, message)


def _check_exits(diagrams: Diagrams, node: Node, problems: ProblemList) -> None:
    exits = diagrams.outgoing[node.id]
    repeated = [target for target, times in Counter(f.target for f in exits).items() if times > 1]
    for target in repeated:
        problems.add(node.file, node.id, f"De {node.shown} salen dos flujos hacia «{target}».")
    if node.kind == "endEvent" or node.is_event_subprocess:
        return
    if not exits:
        problems.add(node.file, node.id, f"De {node.shown} no sale ningún flujo: el caso se quedaría ahí.")
    elif len(exits) > 1 and node.kind not in GATEWAYS:
        message = f"De {node.shown} salen {len(exits)} flujos; ponga una compuerta que los reparta."
        problems.add(node.file, node.id, message)


def _check_choice(diagrams: Diagrams, node: Node, problems: ProblemList) -> None:
    exits = diagrams.outgoing[node.id]
    default = node.xml.get("default")
    if default is not None and default not in {flow.id for flow in exits}:
        message = f"La salida por defecto de {node.shown} es «{default}», que no sale de ella."
        problems.add(node.file, node.id, message)
    for flow in exits:
        if flow.id == default and flow.condition is not None:
            message = f"El flujo {flow.id} es la salida por defecto y tiene una condición: quite una."
            problems.add(node.file, flow.id, message)
        elif len(exits) > 1 and flow.id != default and not (flow.condition or "").strip():
            message = f"El flujo {flow.id} de {node.shown} no tiene condición ni es la salida por defecto."
            problems.add(node.file, flow.id, message)


def _check_watch(diagrams: Diagrams, node: Node, problems: ProblemList) -> None:
    exits = diagrams.outgoing[node.id]
    if len(exits) < 2:  # noqa: PLR2004  # one exit is no choice between events
        problems.add(node.file, node.id, f"{node.shown} debe esperar al menos dos eventos.")
    awaited: list[str] = []
    names: list[str] = []
    for flow in exits:
        target = diagrams.nodes.get(flow.target)
        if target is None:
            continue
        definition = target.event_name()
        if target.kind != "intermediateCatchEvent" or definition not in _AWAITED:
            message = f"{node.shown} solo puede llevar a eventos de captura, y lleva a {target.shown}."
            problems.add(node.file, node.id, message)
        if len(diagrams.incoming[target.id]) > 1:
            message = f"A {target.shown} solo debe llegar el flujo de {node.shown}."
            problems.add(node.file, target.id, message)
        awaited.append(definition)
        names.append(_awaited_name(diagrams, target))
    for name in sorted(name for name, times in Counter(names).items() if name and times > 1):
        message = f"{node.shown} espera «{name}» en dos eventos, y los dos se cumplirían a la vez; deje uno."
        problems.add(node.file, node.id, message)
    if awaited.count("timerEventDefinition") > 1:
        message = f"{node.shown} espera dos temporizadores; ponga uno."
        problems.add(node.file, node.id, message)


def _awaited_name(diagrams: Diagrams, node: Node) -> str:
    """The signal or message that it waits for; the office sends both kinds under one name."""
    definition = node.event_definition()
    if definition is None:
        return ""
    for attribute, tag in (("signalRef", "signal"), ("messageRef", "message")):
        declared = diagrams.declared.get((node.file, tag, definition.get(attribute, "")))
        if declared is not None:
            return declared.get("name", "")
    return ""
