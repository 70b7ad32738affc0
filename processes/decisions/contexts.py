"""Contexts as closures: each entry sees those before it (DMN 1.5, 10.3.2.6)."""

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.values import Value


@compile_node.register
def _context(node: syntax.ContextOf) -> Evaluator:
    entries = tuple((entry.name, compile_node(entry.value)) for entry in node.entries)

    def build(frame: Frame) -> Value:
        frame.run.budget.items(len(entries))
        # The frame looks names up in the very context that is being built.
        built: dict[str, Value] = {}
        inner = frame.inner(built)
        for name, value in entries:
            built[name] = value(inner)
        return built

    return build
