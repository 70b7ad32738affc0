"""Ids: SpiffWorkflow knows elements by them alone, beside names of its own in the same place."""

import re

from lxml import etree

from processes.engine.diagram import BPMN, NODES, Diagrams, local
from processes.engine.problems import MAX_ID_LENGTH, ProblemList

MAX_NAME_LENGTH = 200
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
_RESERVED = frozenset({"Root", "Start", "End", "StartEventSplit", "StartEventJoin"})
_NEED_AN_ID = NODES | {"process", "sequenceFlow", "signal", "message", "error", "escalation"}
_DRAWING = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"


def check_identifiers(diagrams: Diagrams, problems: ProblemList) -> None:
    """Every element that runs has an id of its own, in its file and in the bundle.

    The pattern leaves out dots and blanks, which keeps ids apart from those that the engine makes
    (`X.BoundaryEventSplit`, `X.BoundaryEventJoin`, `X.EndJoin`, `X [child]`).
    """
    owners: dict[str, str] = {}
    for file, root in diagrams.roots.items():
        in_file: set[str] = set()
        for element in root.iter(f"{{{BPMN}}}*"):
            identifier = element.get("id")
            kind = local(element)
            if identifier is None:
                if kind in _NEED_AN_ID:
                    problems.add(file, "", f"Hay un elemento «{kind}» sin id.")
                continue
            if identifier in in_file:
                problems.add(file, identifier, f"El id «{identifier}» está repetido.")
            in_file.add(identifier)
            if len(element.get("name", "")) > MAX_NAME_LENGTH:
                message = f"El nombre de «{identifier}» tiene más de {MAX_NAME_LENGTH} caracteres."
                problems.add(file, identifier, message)
            if kind in NODES or kind == "process":
                _check_identifier(file, identifier, owners, problems)
        _check_positions(file, root, problems)


def _check_identifier(file: str, identifier: str, owners: dict[str, str], problems: ProblemList) -> None:
    if not _ID.fullmatch(identifier):
        message = (
            f"El id «{identifier[:MAX_ID_LENGTH]}» no se admite: use letras sin tilde, cifras, guion y guion "
            "bajo (hasta 100), y empiece por una letra."
        )
        problems.add(file, identifier, message)
    elif identifier in _RESERVED:
        message = f"El id «{identifier}» es del motor: un elemento no puede llamarse así."
        problems.add(file, identifier, message)
    other = owners.setdefault(identifier, file)
    if other != file:
        problems.add(file, identifier, f"El id «{identifier}» ya está en {other}.")


def _check_positions(file: str, root: etree._Element, problems: ProblemList) -> None:
    for bounds in root.iter(_DRAWING):
        try:
            float(bounds.get("x", "0"))
            float(bounds.get("y", "0"))
        except ValueError:
            problems.add(file, "", "El dibujo tiene una posición que no es un número.")
            return
