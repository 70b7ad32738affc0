"""From boxed expressions as text to nodes of FEEL's tree; a text that does not parse is a finding."""

from collections.abc import Mapping
from dataclasses import dataclass

from processes.decisions import syntax
from processes.decisions.dmn.boxed import RESULT, Boxed, ResultOf, TableOf, Typed
from processes.decisions.dmn.findings import DecisionFindings
from processes.decisions.dmn.hit_policy import POLICIES
from processes.decisions.dmn.source import (
    BodySource,
    ConditionalSource,
    ContextSource,
    FilterSource,
    FunctionSource,
    InvocationSource,
    IterationSource,
    ListSource,
    LiteralSource,
    NamedSource,
    RelationSource,
    TableSource,
)
from processes.decisions.dmn.table_compiler import TableCompiler
from processes.decisions.dmn.table_logic import TableLogic
from processes.decisions.dmn.types import DeclaredType, Types
from processes.decisions.errors import FeelError
from processes.decisions.iterations_parser import PARTIAL
from processes.decisions.parser import ITEM, Parser
from processes.decisions.precedence import SUM
from processes.decisions.scope import Scope
from processes.decisions.values import Kind

_NULL = syntax.Literal(0, None)


@dataclass(frozen=True)
class BoxedCompiler:
    """Compiles the boxed expressions of one decision or model; `facts` are the kinds of declared facts."""

    facts: Mapping[str, Kind]
    types: Types
    findings: DecisionFindings

    def node(  # noqa: C901, PLR0911  # one answer a kind of box
        self, body: BodySource | None, scope: Scope
    ) -> syntax.Node:
        """The node of a boxed expression; null where the file leaves it empty."""
        match body:
            case None:
                return _NULL
            case LiteralSource():
                return self._literal(body, scope)
            case TableSource():
                logic = self.table(body, scope, name="")
                return _NULL if logic is None else TableOf(0, logic)
            case ContextSource():
                return self._context(body, scope)
            case InvocationSource():
                return self._invocation(body, scope)
            case RelationSource():
                return self._relation(body, scope)
            case ListSource():
                return self._list(body, scope)
            case FunctionSource():
                return self.function(body, scope, self.result_type(body))
            case ConditionalSource():
                return self._conditional(body, scope)
            case FilterSource():
                return self._filter(body, scope)
            case IterationSource():
                return self._iteration(body, scope)

    def table(self, body: TableSource, scope: Scope, *, name: str) -> TableLogic | None:
        """The table and its policy, or None when the policy is not known."""
        table = TableCompiler(scope, self.facts, self.types, self.findings).compile(body)
        policy = POLICIES.get((body.hit_policy, body.aggregation))
        return None if policy is None else TableLogic(name, table, policy)

    def function(self, body: FunctionSource, scope: Scope, result: DeclaredType) -> syntax.Node:
        """A function definition, its answers as the declared type; one that is not FEEL is never run."""
        names = tuple(parameter.name for parameter in body.parameters)
        shapes = tuple(self._declared(parameter).shape for parameter in body.parameters)
        if body.language != "FEEL":
            return syntax.FunctionOf(0, names, shapes, None)
        logic = self.node(body.body, scope.binding(*names))
        return syntax.FunctionOf(0, names, shapes, _typed(logic, result, "el resultado"))

    def boxed(self, root: syntax.Node) -> Boxed | None:
        """The tree compiled, or None and a finding when it is too deep."""
        try:
            return Boxed(root)
        except FeelError as error:
            self.findings.add_feel(error)
            return None

    def result_type(self, body: FunctionSource) -> DeclaredType:
        """What a function definition answers, where its logic says it."""
        type_name = None if body.body is None else body.body.type_name
        return self.types.declared(type_name, None, self.findings)

    def _declared(self, source: NamedSource) -> DeclaredType:
        return self.types.declared(source.type_name, None, self.findings)

    def part(self, source: NamedSource, scope: Scope) -> syntax.Node:
        """The node of a named part, as the type that it declares."""
        return _typed(self.node(source.body, scope), self._declared(source), f"«{source.name}»")

    def _literal(self, body: LiteralSource, scope: Scope) -> syntax.Node:
        if not body.expression:
            return _NULL
        return self._parsed(body.expression, scope)[0]

    def _parsed(
        self, text: str, scope: Scope, *, spans: bool = False
    ) -> tuple[syntax.Node, syntax.Node | None]:
        """The node of a text; where it may span numbers, `1..n` has an end besides."""
        try:
            parser = Parser(text, scope)
            root = parser.expression()
            end = parser.binary(SUM) if spans and parser.stream.accept("..") else None
            parser.stream.expect_end()
        except FeelError as error:
            self.findings.add_feel(error)
            return _NULL, None
        return root, end

    def _context(self, body: ContextSource, scope: Scope) -> syntax.Node:
        entries = []
        for entry in body.entries:
            inner = self._inside(f"entrada «{entry.name}»")
            # A function may call itself by the name of its entry.
            own = scope.binding(entry.name) if isinstance(entry.body, FunctionSource) else scope
            entries.append(syntax.Entry(entry.name, inner.part(entry, own)))
            scope = scope.binding(entry.name)
        if body.result is None:
            return syntax.ContextOf(0, tuple(entries))
        entries.append(syntax.Entry(RESULT, self._inside("resultado").node(body.result, scope)))
        return ResultOf(0, syntax.ContextOf(0, tuple(entries)))

    def _invocation(self, body: InvocationSource, scope: Scope) -> syntax.Node:
        called = self._inside("función llamada").node(body.called, scope)
        arguments = tuple(
            self._inside(f"argumento «{each.name}»").part(each, scope) for each in body.bindings
        )
        return syntax.Invocation(0, called, arguments, tuple(each.name for each in body.bindings))

    def _list(self, body: ListSource, scope: Scope) -> syntax.Node:
        items = (
            self._inside(f"elemento {number}").node(item, scope)
            for number, item in enumerate(body.items, start=1)
        )
        return syntax.ListOf(0, tuple(items))

    def _relation(self, body: RelationSource, scope: Scope) -> syntax.Node:
        rows = []
        for number, row in enumerate(body.rows, start=1):
            inner = self._inside(f"fila {number}")
            cells = zip(body.columns, row, strict=False)
            entries = [
                syntax.Entry(
                    column.name,
                    _typed(inner.node(cell, scope), self._declared(column), f"columna «{column.name}»"),
                )
                for column, cell in cells
            ]
            rows.append(syntax.ContextOf(0, tuple(entries)))
        return syntax.ListOf(0, tuple(rows))

    def _conditional(self, body: ConditionalSource, scope: Scope) -> syntax.Node:
        condition = self._inside("condición").node(body.condition, scope)
        then = self._inside("entonces").node(body.then, scope)
        otherwise = self._inside("si no").node(body.otherwise, scope)
        return syntax.Conditional(0, ((condition, then),), otherwise)

    def _filter(self, body: FilterSource, scope: Scope) -> syntax.Node:
        items = self._inside("lista").node(body.items, scope)
        inner = scope.binding(ITEM, *(scope.fields - scope.names))
        condition = self._inside("filtro").node(body.match, inner)
        return syntax.Filter(0, items, condition)

    def _iteration(self, body: IterationSource, scope: Scope) -> syntax.Node:
        bindings = (syntax.Binding(body.variable, *self._inside("lista").domain(body.domain, scope)),)
        inner = self._inside("repetición")
        if body.word == "for":
            logic = inner.node(body.body, scope.binding(body.variable, PARTIAL))
            return syntax.Iteration(0, bindings, logic)
        logic = inner.node(body.body, scope.binding(body.variable))
        return syntax.Quantified(0, body.word, bindings, logic)

    def domain(self, body: BodySource | None, scope: Scope) -> tuple[syntax.Node, syntax.Node | None]:
        """What an iteration goes over: a list, a range, or the numbers from one to another."""
        if isinstance(body, LiteralSource) and body.expression:
            return self._parsed(body.expression, scope, spans=True)
        return self.node(body, scope), None

    def _inside(self, entry: str) -> "BoxedCompiler":
        return BoxedCompiler(self.facts, self.types, self.findings.inside(entry))


def _typed(node: syntax.Node, declared: DeclaredType, label: str) -> syntax.Node:
    """`node`, checked when it declares something."""
    if declared.kind is None and not declared.tests:
        return node
    return Typed(node.position, node, declared, label)
