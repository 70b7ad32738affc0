"""Reads the files of a bundle, within bounds: diagrams, decisions and forms, each problem with its place."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from processes.common.errors import OfficeError
from processes.common.safe_xml import MAX_BYTES, parse_xml
from processes.decisions import DecisionError, DecisionModel, FactType, compile_decisions, examine_decisions
from processes.decisions import Problem as DecisionProblem
from processes.engine.catalogue import Catalogue
from processes.engine.declarations import declared_facts
from processes.engine.diagram import Diagrams, bpmn, read_diagram, spiff
from processes.engine.elements import check_elements
from processes.engine.expressions import ExpressionCheck
from processes.engine.form_check import check_form
from processes.engine.outputs import Output, decision_outputs
from processes.engine.problems import Problem, ProblemList
from processes.engine.programs import Programs

MAX_FILES = 100
MAX_BUNDLE_BYTES = 8_000_000
MAX_TAGS_PER_FILE = 40_000
MAX_NODES = 1000
MAX_EXPRESSION_TEXT = 200_000
"""Characters of all expressions together, in diagrams and tables: they compile within five seconds."""

_EXPRESSIONS = ("conditionExpression", "script", "loopCardinality", "loopCondition")
_NAME = re.compile(r"(?:(?:decisions|forms|tries)/)?[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(bpmn|dmn|json)")


@dataclass(slots=True)
class BundleParts:
    """What the files of a bundle hold, once read."""

    files: Mapping[str, bytes]
    diagrams: Diagrams = field(default_factory=Diagrams)
    facts: Mapping[str, FactType] = field(default_factory=dict)
    forms: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    programs: Programs = field(default_factory=Programs)
    outputs: dict[str, tuple[Output, ...]] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    """What may be published and yet deserves a look."""
    is_too_large: bool = False
    """Whether there is more than anybody checks one by one."""


def read_bundle(files: Mapping[str, bytes], catalogue: Catalogue, problems: ProblemList) -> BundleParts:
    """Read every file and compile every text. What cannot be read is a problem, and the rest is read on."""
    parts = BundleParts(files, programs=Programs(schemas=catalogue.intents))
    readable = _within_bounds(files, problems)
    for name in (name for name in readable if name.endswith(".bpmn")):
        _read_diagram(parts, name, problems)
    if len(parts.diagrams.nodes) > MAX_NODES:
        message = f"Hay {len(parts.diagrams.nodes)} elementos en los diagramas; el máximo es {MAX_NODES}."
        problems.add(readable[0], "", message)
        parts.is_too_large = True
        return parts
    if not _has_little_text(parts, readable, problems):
        return parts
    parts.facts = declared_facts(parts.diagrams, problems)
    for name in (name for name in readable if name.endswith(".dmn")):
        _read_decisions(parts, name, problems)
    for name in (name for name in readable if name.startswith("forms/")):
        _read_form(parts, name, catalogue, problems)
    ExpressionCheck(parts.diagrams, parts.facts, catalogue, parts.programs, problems).run()
    return parts


def _within_bounds(files: Mapping[str, bytes], problems: ProblemList) -> list[str]:
    if len(files) > MAX_FILES:
        problems.add("", "", f"El paquete tiene {len(files)} archivos; el máximo es {MAX_FILES}.")
        return []
    total = sum(map(len, files.values()))
    if total > MAX_BUNDLE_BYTES:
        problems.add("", "", f"El paquete pesa {total} bytes; el máximo es {MAX_BUNDLE_BYTES}.")
        return []
    readable = []
    for name in sorted(files):
        if _NAME.fullmatch(name):
            if _has_few_tags(name, files[name], problems):
                readable.append(name)
        else:
            shown = name.encode("utf-8", "replace").decode()[:100]
            message = (
                f"El archivo «{shown}» no puede llamarse así: se admiten *.bpmn, decisions/*.dmn, "
                "forms/*.json y tries/*.json, con letras sin tilde, cifras, guion y guion bajo."
            )
            problems.add(shown, "", message)
    return readable


def _has_few_tags(name: str, data: bytes, problems: ProblemList) -> bool:
    """Counted before anything is parsed: a tree of a million elements is refused without building it."""
    tags = data.count(b"<")
    if tags > MAX_TAGS_PER_FILE:
        problems.add(name, "", f"Tiene {tags} marcas, con las del dibujo; el máximo es {MAX_TAGS_PER_FILE}.")
    return tags <= MAX_TAGS_PER_FILE


def _has_little_text(parts: BundleParts, readable: Collection[str], problems: ProblemList) -> bool:
    """Counted before anything is compiled."""
    total = sum(map(_expression_text, parts.diagrams.roots.values()))
    for name in readable:
        if name.endswith(".dmn"):
            try:
                root = parse_xml(parts.files[name], source=name)
            except OfficeError:
                continue  # it is told where its decisions are read
            total += sum(len(text.text or "") for text in root.iter("{*}text"))
    if total > MAX_EXPRESSION_TEXT:
        message = f"Las expresiones suman {total} caracteres; el máximo es {MAX_EXPRESSION_TEXT}."
        problems.add("", "", message)
        parts.is_too_large = True
    return total <= MAX_EXPRESSION_TEXT


def _expression_text(root: etree._Element) -> int:
    texts = (element.text or "" for element in root.iter(*map(bpmn, _EXPRESSIONS)))
    values = (parameter.get("value", "") for parameter in root.iter(spiff("parameter")))
    return sum(map(len, (*texts, *values)))


def _read_diagram(parts: BundleParts, name: str, problems: ProblemList) -> None:
    try:
        root = parse_xml(parts.files[name], source=name)
    except OfficeError as error:
        problems.add(name, "", error.message)
        return
    check_elements(name, root, problems)
    read_diagram(parts.diagrams, name, root)


def _read_decisions(parts: BundleParts, name: str, problems: ProblemList) -> None:
    try:
        model: DecisionModel = compile_decisions(parts.files[name], source=name, facts=parts.facts)
    except DecisionError as error:
        for problem in error.problems:
            problems.add(name, problem.decision or "", _told(problem))
        return
    except OfficeError as error:
        problems.add(name, "", error.message)
        return
    examination = examine_decisions(parts.files[name], source=name, facts=parts.facts)
    for found in examination.problems:
        problems.add(name, found.decision or "", _told(found))
    parts.warnings.extend(Problem(name, found.decision or "", _told(found)) for found in examination.warnings)
    for decision in model.decision_ids:
        if decision in parts.programs.decisions:
            problems.add(name, decision, f"La decisión «{decision}» está en dos archivos.")
        parts.programs.decisions[decision] = model
    parts.outputs.update(decision_outputs(parts.files[name], source=name))


def _told(problem: DecisionProblem) -> str:
    """The problem without the name of its file, which every line of ours begins with."""
    return str(problem).removeprefix(f"{problem.source}, ").removeprefix(f"{problem.source}: ")


def _read_form(parts: BundleParts, name: str, catalogue: Catalogue, problems: ProblemList) -> None:
    if len(parts.files[name]) > MAX_BYTES:
        problems.add(name, "", f"El formulario pesa más de {MAX_BYTES} bytes.")
        return
    try:
        form = json.loads(parts.files[name].decode("utf-8"))
    except (ValueError, RecursionError):
        problems.add(name, "", "No es JSON en UTF-8.")
        return
    found = check_form(
        form, facts=parts.facts, columns=catalogue.columns, intent_fields=catalogue.intent_fields
    )
    for message in found:
        problems.add(name, "", message)
    if not found:
        parts.forms[name] = form
