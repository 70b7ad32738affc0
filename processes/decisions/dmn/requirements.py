"""In which order the decisions of a file are taken, so that each finds what it requires."""

from collections.abc import Mapping

from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.library import Library
from processes.decisions.dmn.source import DecisionSource, KnowledgeSource


def decision_order(library: Library, findings: Findings) -> tuple[str, ...]:
    """Every decision by key, each after those that it requires.

    A requirement that is not in the files, and decisions that require one another in a circle, are
    findings.
    """
    _check_targets(library, findings)
    left = _requirements(library)
    ready: list[str] = []
    while left:
        free = [key for key, targets in left.items() if not targets]
        if not free:
            _refuse_circle(library, sorted(left), findings)
            ready.extend(left)
            break
        ready.extend(free)
        for key in free:
            del left[key]
        for targets in left.values():
            targets.difference_update(free)
    return tuple(ready)


def _requirements(library: Library) -> dict[str, set[str]]:
    """Of each decision the decisions that it requires."""
    decisions: Mapping[str, DecisionSource] = {
        key: element.source
        for key, element in library.elements.items()
        if isinstance(element.source, DecisionSource)
    }
    return {
        key: {link.key for link in library.links(library.elements[key]) if link.key in decisions}
        for key in decisions
    }


def _check_targets(library: Library, findings: Findings) -> None:
    main = library.main
    sources: list[DecisionSource | KnowledgeSource] = [*main.decisions, *main.knowledge]
    for source in sources:
        for target in source.requires:
            if library.key(target, ()) not in library.elements:
                place = DecisionFindings(findings, source.name)
                place.add(f"requiere «{target}», que no está en el archivo")


def _refuse_circle(library: Library, keys: list[str], findings: Findings) -> None:
    names = [library.elements[key].source.name for key in keys]
    told = ", ".join(f"«{name}»" for name in names)
    findings.add(f"hay decisiones que se requieren en círculo: {told}")
    if findings.lenient:
        for name in names:
            DecisionFindings(findings, name).stop(f"se requiere en círculo: {told}")
