"""What no path reaches is a mistake of drawing, and is told as such."""

from processes.engine.diagram import Diagrams
from processes.engine.problems import ProblemList


def check_reachability(diagrams: Diagrams, problems: ProblemList) -> None:
    """Refuse nodes that no path from a start reaches. Boundary events are reached with their activity."""
    attached = diagrams.boundary_events()
    pending = [
        node.id for node in diagrams.nodes.values() if node.kind == "startEvent" or node.is_event_subprocess
    ]
    reached = set(pending)
    while pending:
        here = pending.pop()
        following = [flow.target for flow in diagrams.outgoing.get(here, ())]
        following += [event.id for event in attached.get(here, ())]
        for found in following:
            if found in diagrams.nodes and found not in reached:
                reached.add(found)
                pending.append(found)
    for node in diagrams.nodes.values():
        if node.id not in reached:
            problems.add(node.file, node.id, f"A {node.shown} no llega ningún camino desde el inicio.")
