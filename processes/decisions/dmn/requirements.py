"""In which order the decisions of a file are taken, so that each finds what it requires."""

from collections.abc import Mapping

from processes.decisions.dmn.findings import Findings
from processes.decisions.dmn.source import DecisionSource, ModelSource


def plans(model: ModelSource, findings: Findings) -> Mapping[str, tuple[str, ...]]:
    """For each decision, the decisions to take, itself the last.

    A requirement that is not in the file, and decisions that require one another in a circle, are
    findings.
    """
    decisions = {decision.id: decision for decision in model.decisions}
    known = decisions.keys() | model.inputs.keys()
    for decision in model.decisions:
        for target in decision.requires:
            if target not in known:
                findings.add(f"requiere «{target}», que no está en el archivo", decision=decision.name)
    order = _order(decisions, findings)
    return {name: _plan(name, decisions, order) for name in decisions}


def _order(decisions: Mapping[str, DecisionSource], findings: Findings) -> list[str]:
    """All decisions, each after those that it requires."""
    ready: list[str] = []
    left = {
        name: {target for target in decision.requires if target in decisions}
        for name, decision in decisions.items()
    }
    while left:
        free = [name for name, targets in left.items() if not targets]
        if not free:
            names = ", ".join(f"«{decisions[name].name}»" for name in sorted(left))
            findings.add(f"hay decisiones que se requieren en círculo: {names}")
            return ready
        ready.extend(free)
        for name in free:
            del left[name]
        for targets in left.values():
            targets.difference_update(free)
    return ready


def _plan(name: str, decisions: Mapping[str, DecisionSource], order: list[str]) -> tuple[str, ...]:
    needed, pending = {name}, [name]
    while pending:
        for target in decisions[pending.pop()].requires:
            if target in decisions and target not in needed:
                needed.add(target)
                pending.append(target)
    return tuple(step for step in order if step in needed)
