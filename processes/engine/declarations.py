"""The facts that a bundle's processes declare: their names and types."""

import re
from collections.abc import Mapping

from processes.decisions import FactType
from processes.engine.diagram import VENTANILLA, Diagrams, bpmn
from processes.engine.problems import ProblemList

MAX_FACTS = 60
COMPUTED_BY_THE_CLOCK = frozenset({FactType.DATE, FactType.DATE_TIME, FactType.DURATION})
DATES_ADVICE = (
    "las fechas legales no se calculan en el diagrama, las da el reloj; "
    'use alert("nombre") o term("nombre") en un temporizador.'
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RESERVED = frozenset(
    {
        "typename",  # SpiffWorkflow's serializer takes a value with this key for one of its own classes
        "data_objects",
        "item",
        "partial",
        # words and type names of FEEL
        *("and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every"),
        *("satisfies", "between", "instance", "of", "true", "false", "null", "function"),
        *("date", "time", "duration", "string", "number", "boolean", "list", "context", "range"),
    }
)


def declared_facts(diagrams: Diagrams, problems: ProblemList) -> Mapping[str, FactType]:
    """The facts of all processes together; a called process shares those of its caller."""
    facts: dict[str, FactType] = {}
    for process in diagrams.processes():
        path = f"{bpmn('extensionElements')}/{{{VENTANILLA}}}facts/{{{VENTANILLA}}}fact"
        for xml in process.xml.iterfind(path):
            name = xml.get("name", "")
            kind = _fact_type(xml.get("type", ""))
            if kind is None:
                kinds = ", ".join(f"«{known.value}»" for known in FactType)
                message = f"El dato «{name}» tiene el tipo «{xml.get('type', '')}»; use {kinds}."
                problems.add(process.file, process.id, message)
                continue
            if not _NAME.fullmatch(name) or name in _RESERVED:
                message = (
                    f"El dato «{name}» no puede llamarse así: use minúsculas, cifras y guion bajo "
                    "(hasta 40), y no una palabra reservada."
                )
                problems.add(process.file, process.id, message)
            if facts.setdefault(name, kind) is not kind:
                message = f"El dato «{name}» se declara con dos tipos: «{facts[name]}» y «{kind}»."
                problems.add(process.file, process.id, message)
    if len(facts) > MAX_FACTS:
        process = diagrams.processes()[0]
        message = f"Se declaran {len(facts)} datos; el máximo es {MAX_FACTS}."
        problems.add(process.file, process.id, message)
    return facts


def _fact_type(text: str) -> FactType | None:
    try:
        return FactType(text)
    except ValueError:
        return None
