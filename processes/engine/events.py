"""Events: which kind may stand where, and what they throw and catch."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processes.engine.catalogue import Catalogue
from processes.engine.diagram import Diagrams, Node, local
from processes.engine.problems import ProblemList

_TIMER, _SIGNAL, _MESSAGE = "timerEventDefinition", "signalEventDefinition", "messageEventDefinition"
_ERROR, _ESCALATION = "errorEventDefinition", "escalationEventDefinition"
_TERMINATE, _NONE = "terminateEventDefinition", ""
_ALLOWED: Mapping[str, frozenset[str]] = {
    "startEvent": frozenset({_NONE, _SIGNAL, _MESSAGE}),
    "endEvent": frozenset({_NONE, _TERMINATE, _ERROR, _ESCALATION}),
    "intermediateCatchEvent": frozenset({_TIMER, _SIGNAL, _MESSAGE}),
    "intermediateThrowEvent": frozenset({_NONE, _SIGNAL, _MESSAGE, _ESCALATION}),
    "boundaryEvent": frozenset({_TIMER, _SIGNAL, _MESSAGE, _ERROR, _ESCALATION}),
}
_SPANISH: Mapping[str, str] = {
    _TIMER: "temporizador",
    _SIGNAL: "señal",
    _MESSAGE: "mensaje",
    _ERROR: "error",
    _ESCALATION: "escalamiento",
    _TERMINATE: "terminación",
    _NONE: "ningún tipo",
}
_REFERENCES: Mapping[str, tuple[str, str]] = {
    _SIGNAL: ("signalRef", "signal"),
    _MESSAGE: ("messageRef", "message"),
    _ERROR: ("errorRef", "error"),
    _ESCALATION: ("escalationRef", "escalation"),
}
_CODES: Mapping[str, str] = {_ERROR: "errorCode", _ESCALATION: "escalationCode"}
_THROWING = frozenset({"endEvent", "intermediateThrowEvent"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,49}")
_KEPT_BY_THE_ENGINE = frozenset(
    {"event_fired", "event_value", "seen_events", "merged", "iteration", "remaining"}
    | {"current", "cardinality", "item", "key_or_index", "instances"}
)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """Something that a node throws or catches; `known_as` is a signal's name, or an error's code."""

    node: Node
    kind: str
    known_as: str


def awaited_names(diagrams: Diagrams) -> Iterator[str]:
    """The signals and messages that some element of the diagrams waits for."""
    for node in diagrams.of_kind(*_ALLOWED):
        kind = node.event_name()
        if kind in {_SIGNAL, _MESSAGE} and node.kind not in _THROWING:
            attribute, tag = _REFERENCES[kind]
            definition = node.event_definition()
            reference = "" if definition is None else definition.get(attribute, "")
            declared = diagrams.declared.get((node.file, tag, reference))
            if declared is not None:
                yield declared.get("name", "")


def check_events(diagrams: Diagrams, catalogue: Catalogue, problems: ProblemList) -> None:
    """Check each event where it stands, then that what is caught can come, and what is raised is caught."""
    occurrences: list[_Occurrence] = []
    for node in diagrams.of_kind(*_ALLOWED):
        _check_place(diagrams, node, problems)
        kind = node.event_name()
        if kind in _REFERENCES:
            known_as = _referenced(diagrams, node, kind, problems)
            if known_as is not None:
                occurrences.append(_Occurrence(node, kind, known_as))
    _check_news(occurrences, catalogue, problems)
    _check_raised(diagrams, occurrences, problems)


def _check_place(diagrams: Diagrams, node: Node, problems: ProblemList) -> None:
    definitions = [local(child) for child in node.xml if local(child).endswith("EventDefinition")]
    if len(definitions) > 1:
        problems.add(node.file, node.id, f"{node.shown} tiene varios eventos a la vez; deje uno.")
        return
    kind = node.event_name()
    if kind not in _ALLOWED[node.kind]:
        shown = _SPANISH.get(kind, kind)
        message = f"El elemento «{node.kind}» de tipo «{shown}» (id {node.id}) no se admite."
        problems.add(node.file, node.id, message)
    if node.kind == "startEvent":
        _check_start(diagrams, node, kind, problems)
    elif node.kind == "boundaryEvent":
        _check_boundary(diagrams, node, kind, problems)


def _check_start(diagrams: Diagrams, node: Node, kind: str, problems: ProblemList) -> None:
    owner = diagrams.nodes.get(node.scope)
    if owner is not None and owner.is_event_subprocess:
        if kind == _NONE:
            message = f"El subproceso de evento {owner.shown} debe empezar con una señal o un mensaje."
            problems.add(node.file, node.id, message)
        if node.xml.get("isInterrupting", "true") == "true":
            message = (
                f"{node.shown} interrumpe el caso, y el motor no lo hace bien: márquelo como no "
                "interruptor, o use un evento de borde."
            )
            problems.add(node.file, node.id, message)
    elif kind != _NONE:
        message = f"{node.shown}: un caso empieza cuando se radica; quite el evento del inicio."
        problems.add(node.file, node.id, message)


def _check_boundary(diagrams: Diagrams, node: Node, kind: str, problems: ProblemList) -> None:
    host = diagrams.nodes.get(node.xml.get("attachedToRef", ""))
    if host is None or host.scope != node.scope or host.is_event_subprocess:
        problems.add(node.file, node.id, f"{node.shown} no está pegado a ninguna actividad.")
    elif not host.kind.endswith(("Task", "Activity", "Process")):
        problems.add(node.file, node.id, f"{node.shown} está pegado a {host.shown}, que no es una actividad.")
    elif kind in _CODES and host.kind not in {"subProcess", "callActivity"}:
        message = f"{node.shown} espera algo que {host.shown} no puede lanzar."
        problems.add(node.file, node.id, message)
    elif kind in _CODES and host.is_repeated:
        message = f"{node.shown} está en una actividad que se repite, y el motor las confundiría."
        problems.add(node.file, node.id, message)
    if kind == _ERROR and node.xml.get("cancelActivity", "true") != "true":
        problems.add(node.file, node.id, f"{node.shown}: un error siempre interrumpe.")


def _referenced(diagrams: Diagrams, node: Node, kind: str, problems: ProblemList) -> str | None:
    attribute, tag = _REFERENCES[kind]
    definition = node.event_definition()
    reference = "" if definition is None else definition.get(attribute, "")
    declared = diagrams.declared.get((node.file, tag, reference)) if reference else None
    if declared is None:
        message = f"{node.shown} no dice a qué {_SPANISH[kind]} se refiere, o no existe."
        problems.add(node.file, node.id, message)
        return None
    name = declared.get("name", "")
    known_as = declared.get(_CODES[kind], "") if kind in _CODES else name
    if not (_NAME.fullmatch(name) and _NAME.fullmatch(known_as)) or name in _KEPT_BY_THE_ENGINE:
        message = (
            f"{node.shown}: el nombre (y el código) de «{reference}» va en minúsculas, "
            "cifras y guion bajo, y no puede ser una palabra del motor."
        )
        problems.add(node.file, node.id, message)
        return None
    return known_as


def _check_news(occurrences: list[_Occurrence], catalogue: Catalogue, problems: ProblemList) -> None:
    news = [one for one in occurrences if one.kind in {_SIGNAL, _MESSAGE}]
    thrown = {(one.kind, one.known_as) for one in news if one.node.kind in _THROWING}
    for one in news:
        caught = one.node.kind not in _THROWING
        can_come = one.known_as in catalogue.signals or (one.kind, one.known_as) in thrown
        if caught and not can_come:
            known = ", ".join(f"«{name}»" for name in sorted(catalogue.signals))
            message = (
                f"{one.node.shown} espera {_SPANISH[one.kind]} «{one.known_as}», que nadie envía; "
                f"la oficina envía {known}."
            )
            problems.add(one.node.file, one.node.id, message)


def _check_raised(diagrams: Diagrams, occurrences: list[_Occurrence], problems: ProblemList) -> None:
    raised = [one for one in occurrences if one.kind in _CODES]
    catchers: dict[tuple[str, str], Node] = {}
    for one in raised:
        if one.node.kind != "boundaryEvent":
            continue
        other = catchers.setdefault((one.kind, one.known_as), one.node)
        if other is not one.node:
            message = (
                f"{one.node.shown} y {other.shown} esperan el mismo código «{one.known_as}», y el "
                "motor despertaría a los dos: use códigos distintos."
            )
            problems.add(one.node.file, one.node.id, message)
    for one in raised:
        if one.node.kind == "boundaryEvent":
            continue
        catcher = catchers.get((one.kind, one.known_as))
        if catcher is None or not diagrams.encloses(catcher.xml.get("attachedToRef", ""), one.node):
            message = f"Nadie atiende el código «{one.known_as}» que lanza {one.node.shown}."
            problems.add(one.node.file, one.node.id, message)
