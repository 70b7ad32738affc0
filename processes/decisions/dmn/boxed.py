"""Boxed expressions as nodes of FEEL's own tree: what FEEL can say is said with its nodes.

Here are only those that it lacks: a table, a declared type, a context that is worth its last entry.
"""

from dataclasses import dataclass

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.closures import Evaluator, compile_node
from processes.decisions.dmn.table_logic import TableLogic
from processes.decisions.dmn.types import DeclaredType
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.limits import MAX_DEPTH
from processes.decisions.values import Value

RESULT = ""
"""The name of a context's last entry, the one that has none."""


@dataclass(frozen=True, slots=True)
class TableOf(syntax.Node):
    """A decision table as a value."""

    logic: TableLogic


@dataclass(frozen=True, slots=True)
class Typed(syntax.Node):
    """A value that is null, with a warning, when it is not of its declared type."""

    value: syntax.Node
    type: DeclaredType
    label: str


@dataclass(frozen=True, slots=True)
class ResultOf(syntax.Node):
    """The last entry of a context."""

    context: syntax.ContextOf


class Boxed:
    """A boxed expression that has been compiled; its evaluation pays for one pass over its nodes."""

    __slots__ = ("_evaluate", "_operations")

    def __init__(self, root: syntax.Node) -> None:
        """Raises FeelError for a tree that is too deep to be walked by recursion."""
        depths = [depth for _, depth in syntax.walk(root)]
        if max(depths) > MAX_DEPTH:
            raise FeelError(f"la expresión tiene más de {MAX_DEPTH} niveles de anidamiento")
        self._operations = len(depths)
        self._evaluate = compile_node(root)

    def run(self, frame: Frame) -> Value:
        """Its value within an evaluation that has begun."""
        frame.run.budget.spend(self._operations)
        return self._evaluate(frame)


@compile_node.register
def _table(node: TableOf) -> Evaluator:
    return node.logic.run


@compile_node.register
def _typed(node: Typed) -> Evaluator:
    evaluate, declared, label = compile_node(node.value), node.type, node.label

    def check(frame: Frame) -> Value:
        try:
            return declared.conform(evaluate(frame), frame)
        except NoValue as reason:
            frame.run.warn(f"{label}: {reason}")
            return None

    return check


@compile_node.register
def _result(node: ResultOf) -> Evaluator:
    build = compile_node(node.context)

    def last(frame: Frame) -> Value:
        context = build(frame)
        return context[RESULT] if isinstance(context, dict) else None

    return last
