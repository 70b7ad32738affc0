"""Reads again what was published once. An open case needs its bundle, whatever is refused since then.

The rules of publishing grow with each release, and a bundle that they would refuse today still has
open cases. So nothing is checked here: what cannot be read or compiled any more is left out, and
is an incident of the case that comes to it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from processes.common.errors import OfficeError
from processes.common.safe_xml import parse_xml
from processes.decisions import DecisionError, compile_decisions
from processes.engine.catalogue import Catalogue
from processes.engine.declarations import declared_facts
from processes.engine.diagram import read_diagram
from processes.engine.expressions import ExpressionCheck
from processes.engine.incidents import StepFailure
from processes.engine.problems import ProblemList
from processes.engine.programs import Programs
from processes.engine.reading import BundleParts

_Kept = TypeVar("_Kept")


class _Known(dict[str, _Kept]):
    """What the office knows today; to ask for something else is an incident, not a fault."""

    def __missing__(self, name: str) -> _Kept:
        raise StepFailure(f"La oficina ya no conoce «{name}», que pide esta versión del procedimiento.")


def read_again(files: Mapping[str, bytes], catalogue: Catalogue) -> BundleParts:
    """The parts of a published bundle. Raises UnsafeXml for a diagram that is no XML any more."""
    schemas = _Known(
        {
            name: replace(schema, parameters=_Known(schema.parameters))
            for name, schema in catalogue.intents.items()
        }
    )
    parts = BundleParts(files, programs=Programs(schemas=schemas))
    unheard = ProblemList()
    for name in sorted(files):
        if name.endswith(".bpmn"):
            read_diagram(parts.diagrams, name, parse_xml(files[name], source=name))
    parts.facts = declared_facts(parts.diagrams, unheard)
    for name in sorted(files):
        if name.endswith(".dmn"):
            _read_decisions(parts, name)
        elif name.startswith("forms/"):
            parts.forms[name] = json.loads(files[name])
    ExpressionCheck(parts.diagrams, parts.facts, catalogue, parts.programs, unheard).run()
    return parts


def _read_decisions(parts: BundleParts, name: str) -> None:
    try:
        model = compile_decisions(parts.files[name], source=name, facts=parts.facts)
    except (DecisionError, OfficeError):
        return
    for decision in model.decision_ids:
        parts.programs.decisions[decision] = model
