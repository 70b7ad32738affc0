"""Activities: who does them, with which form, what they decide, call and repeat."""

import re
from collections import defaultdict
from collections.abc import Mapping

from processes.engine.catalogue import Catalogue
from processes.engine.declarations import COMPUTED_BY_THE_CLOCK, DATES_ADVICE
from processes.engine.diagram import ACTIVITIES, Diagrams, Node, bpmn, spiff
from processes.engine.problems import ProblemList
from processes.engine.reading import BundleParts

MAX_TURNS = 100
_TURNS = re.compile(r"[0-9]{1,3}")


def check_activities(parts: BundleParts, catalogue: Catalogue, problems: ProblemList) -> None:
    """Check the lanes of the diagrams and then each activity."""
    _check_lanes(parts.diagrams, catalogue, problems)
    circular = _calling_themselves(parts.diagrams)
    for node in parts.diagrams.of_kind(*ACTIVITIES):
        if node.kind == "userTask":
            _check_user_task(parts, node, problems)
        elif node.kind == "businessRuleTask":
            _check_decision(parts, node, problems)
        elif node.kind == "callActivity":
            _check_call(parts.diagrams, node, circular, problems)
        _check_repetition(node, problems)
        _check_extensions(node, problems)
        if node.xml.get("isForCompensation", "false") == "true":
            problems.add(node.file, node.id, f"{node.shown}: la compensación no se admite.")


def _check_lanes(diagrams: Diagrams, catalogue: Catalogue, problems: ProblemList) -> None:
    known = ", ".join(f"«{name}»" for name in sorted(catalogue.lanes))
    for file, root in diagrams.roots.items():
        for lane in root.iter(bpmn("lane")):
            name = lane.get("name", "")
            if name not in catalogue.lanes:
                message = f"El carril «{name}» no existe; los carriles son {known}."
                problems.add(file, lane.get("id", ""), message)


def _check_user_task(parts: BundleParts, node: Node, problems: ProblemList) -> None:
    if not node.name:
        problems.add(node.file, node.id, f"La tarea {node.shown} no tiene nombre.")
    if not node.lane:
        message = f"{node.shown} no está en ningún carril: nadie la recibiría."
        problems.add(node.file, node.id, message)
    form = node.properties().get("formJsonSchemaFilename")
    if form and form not in parts.files:
        message = f"{node.shown} usa el formulario «{form}», que no está en el paquete."
        problems.add(node.file, node.id, message)
    elif form and not form.startswith("forms/"):
        message = f"{node.shown} usa «{form}»; los formularios están en la carpeta forms."
        problems.add(node.file, node.id, message)


def _check_decision(parts: BundleParts, node: Node, problems: ProblemList) -> None:
    called = node.xml.findtext(f"{bpmn('extensionElements')}/{spiff('calledDecisionId')}")
    decision = (called or "").strip()
    if decision not in parts.programs.decisions:
        known = ", ".join(f"«{name}»" for name in sorted(parts.programs.decisions)) or "ninguna"
        message = f"{node.shown} usa la decisión «{decision}», que no existe o no se pudo leer; hay {known}."
        problems.add(node.file, node.id, message)
    for output in parts.outputs.get(decision, ()):
        shown = f"{node.shown}: la decisión «{decision}»"
        kind = parts.facts.get(output.name)
        if kind is None:
            message = f"{shown} escribe «{output.name}», que no está declarado."
        elif kind in COMPUTED_BY_THE_CLOCK:
            message = f"{shown} calcula la fecha «{output.name}»: {DATES_ADVICE}"
        elif output.compound:
            message = (
                f"{shown} da {output.compound}, que no cabe en el dato «{output.name}»: haga que dé un solo "
                "valor (una política de una sola regla, o COLLECT con suma, mínimo, máximo o cuenta)."
            )
        elif not output.fits(kind):
            message = f"{shown} da «{output.type_name}», y el dato «{output.name}» es de tipo «{kind}»."
        else:
            continue
        problems.add(node.file, node.id, message)


def _check_call(diagrams: Diagrams, node: Node, circular: frozenset[str], problems: ProblemList) -> None:
    called = node.xml.get("calledElement", "")
    process = diagrams.scopes.get(called)
    if process is None or process.process != called:
        problems.add(node.file, node.id, f"{node.shown} llama al proceso «{called}», que no existe.")
    elif called in circular:
        message = f"{node.shown} llama al proceso «{called}», que se llama a sí mismo."
        problems.add(node.file, node.id, message)


def _calling_themselves(diagrams: Diagrams) -> frozenset[str]:
    """The processes that a chain of calls brings back to themselves: they would never end."""
    calls: dict[str, set[str]] = defaultdict(set)
    for node in diagrams.of_kind("callActivity"):
        calls[diagrams.scopes[node.scope].process].add(node.xml.get("calledElement", ""))
    return frozenset(process for process in calls if process in _reached(calls, process))


def _reached(calls: Mapping[str, set[str]], process: str) -> set[str]:
    reached: set[str] = set()
    pending = [process]
    while pending:
        for called in calls.get(pending.pop(), set()) - reached:
            reached.add(called)
            pending.append(called)
    return reached


def _check_repetition(node: Node, problems: ProblemList) -> None:
    several = node.xml.find(bpmn("multiInstanceLoopCharacteristics"))
    if several is not None:
        if several.get("isSequential") == "true":
            message = f"{node.shown}: las instancias una tras otra no se admiten; use un ciclo."
            problems.add(node.file, node.id, message)
        if several.find(bpmn("loopCardinality")) is None:
            message = f"{node.shown}: diga cuántas instancias son, en «loopCardinality»."
            problems.add(node.file, node.id, message)
    turns = node.xml.find(bpmn("standardLoopCharacteristics"))
    if turns is not None:
        maximum = turns.get("loopMaximum", "")
        if not (_TURNS.fullmatch(maximum) and 1 <= int(maximum) <= MAX_TURNS):
            message = f"{node.shown}: el ciclo debe tener un máximo de vueltas, entre 1 y {MAX_TURNS}."
            problems.add(node.file, node.id, message)


def _check_extensions(node: Node, problems: ProblemList) -> None:
    unknown = node.properties().keys() - {"formJsonSchemaFilename"}
    for name in sorted(unknown):
        problems.add(node.file, node.id, f"{node.shown} tiene la propiedad «{name}», que no se admite.")
