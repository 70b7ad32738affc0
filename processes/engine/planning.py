"""A timer whose alert nobody plans would never fire: its token would wait for ever."""

from collections.abc import Iterator

from processes.engine.catalogue import Catalogue, Planner
from processes.engine.diagram import Diagrams, Node, bpmn, spiff
from processes.engine.problems import ProblemList
from processes.engine.timers import TERM, alert_name


def check_planning(diagrams: Diagrams, catalogue: Catalogue, problems: ProblemList) -> None:
    """Refuse timers whose alert no task of the bundle plans, where the catalogue says how one is planned."""
    if not catalogue.planners:
        return
    planned = {text for planner in catalogue.planners for text in _planned(diagrams, planner)}
    if not all(text.startswith('"') and text.endswith('"') for text in planned):
        return  # an alert that is named by a computed text may be any
    for node in diagrams.nodes.values():
        name = _awaited(node)
        if name in catalogue.alerts and not name.startswith(TERM) and f'"{name}"' not in planned:
            label = catalogue.intents[catalogue.planners[0].intent].label
            message = (
                f"{node.shown} espera la alerta «{name}», y ninguna tarea la programa. Agregue una tarea "
                f"«{label}» en el camino que llega a él."
            )
            problems.add(node.file, node.id, message)


def _planned(diagrams: Diagrams, planner: Planner) -> Iterator[str]:
    """The texts that name an alert where one is planned."""
    for node in diagrams.of_kind("serviceTask"):
        operator = node.xml.find(f"{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}")
        if operator is not None and operator.get("id") == planner.intent:
            for parameter in operator.iter(spiff("parameter")):
                if parameter.get("id") == planner.parameter:
                    yield parameter.get("value", "").strip()


def _awaited(node: Node) -> str | None:
    definition = node.xml.find(bpmn("timerEventDefinition"))
    return None if definition is None else alert_name(definition.findtext(bpmn("timeDate")) or "")
