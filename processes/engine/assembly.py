"""Turns the files of a bundle into the definition that the door runs."""

from types import MappingProxyType
from typing import Any

from lxml import etree
from SpiffWorkflow.exceptions import SpiffWorkflowException

from processes.engine.codec import Codec
from processes.engine.definition import Definition, Element
from processes.engine.diagram import Node
from processes.engine.events import awaited_names
from processes.engine.parsing import DiagramParser
from processes.engine.problems import BundleError, Problem, ProblemList
from processes.engine.reading import BundleParts
from processes.engine.specs import unsupported_shapes
from processes.engine.structure import form_of, root_process


def assemble(version: str, parts: BundleParts, problems: ProblemList) -> Definition | None:
    """The definition, or None with the problems that only the engine's own parser can see."""
    process = root_process(parts.diagrams)
    if process is None:
        return None
    try:
        spec, subprocess_specs = _parse(parts, process.id)
    except (SpiffWorkflowException, RecursionError) as error:
        problems.add(process.file, process.id, f"El motor no puede leer el diagrama: {error}")
        return None
    for element, reason in unsupported_shapes(spec, subprocess_specs):
        node = parts.diagrams.nodes.get(element)
        problems.add(node.file if node else process.file, element, reason)
    if problems:
        return None
    return _definition(version, parts, process.id, spec, subprocess_specs)


def assemble_again(version: str, parts: BundleParts) -> Definition:
    """The definition of files that were published once, with the shapes that passed then.

    Raises BundleError when the engine itself cannot read them.
    """
    process = root_process(parts.diagrams)
    if process is None:
        raise BundleError([Problem("", "", "No se sabe con cuál proceso empezar.")])
    try:
        spec, subprocess_specs = _parse(parts, process.id)
    except (SpiffWorkflowException, RecursionError) as error:
        message = f"El motor no puede leer el diagrama: {error}"
        raise BundleError([Problem(process.file, process.id, message)]) from error
    return _definition(version, parts, process.id, spec, subprocess_specs)


def _definition(
    version: str, parts: BundleParts, process_id: str, spec: Any, subprocess_specs: dict[str, Any]
) -> Definition:
    return Definition(
        hash=version,
        process_id=process_id,
        forms=MappingProxyType(parts.forms),
        facts=MappingProxyType(dict(parts.facts)),
        elements=MappingProxyType({n.id: _element(n) for n in parts.diagrams.nodes.values()}),
        signals=frozenset(awaited_names(parts.diagrams)),
        programs=parts.programs,
        spec=spec,
        subprocess_specs=MappingProxyType(subprocess_specs),
        codec=Codec(spec, subprocess_specs),
    )


def _parse(parts: BundleParts, process_id: str) -> tuple[Any, dict[str, Any]]:
    parser = DiagramParser()
    for file, root in parts.diagrams.roots.items():
        parser.add_bpmn_xml(etree.ElementTree(root), filename=file)
    return parser.get_spec(process_id), parser.get_subprocess_specs(process_id)


def _element(node: Node) -> Element:
    return Element(name=node.name or node.id, lane=node.lane, form=form_of(node))
