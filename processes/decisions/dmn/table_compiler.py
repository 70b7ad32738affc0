"""From a table's text to the compiled table; every cell that does not compile is a finding."""

from collections.abc import Mapping
from itertools import zip_longest

from processes.decisions.budget import Budget
from processes.decisions.dmn.findings import DecisionFindings
from processes.decisions.dmn.hit_policy import BY_IMPORTANCE, POLICIES
from processes.decisions.dmn.source import InputSource, OutputSource, RuleSource, TableSource
from processes.decisions.dmn.table import InputColumn, OutputColumn, Rule, Table
from processes.decisions.dmn.types import DeclaredType, Types, check_literals
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.expression import Expression, UnaryTests, expression_in, unary_tests_in
from processes.decisions.scope import Scope
from processes.decisions.tests_compiler import Test
from processes.decisions.values import Kind

_ANYTHING = frozenset({"", "-"})


class TableCompiler:
    """Compiles one table; `facts` are the kinds of the names whose type was declared."""

    def __init__(
        self,
        scope: Scope,
        facts: Mapping[str, Kind],
        types: Types,
        findings: DecisionFindings,
    ) -> None:
        self._scope = scope
        self._cell_scope = scope.testing()
        self._facts = facts
        self._types = types
        self._findings = findings
        # Cells repeat themselves down a column, and a compiled cell keeps no state.
        self._cells: dict[str, UnaryTests] = {}

    def compile(self, source: TableSource) -> Table:
        """The table; it is of use only when there were no findings."""
        self._check_policy(source)
        inputs = [self._input(column) for column in source.inputs]
        outputs = [self._output(column, source.hit_policy) for column in source.outputs]
        rules = [self._rule(rule, source, inputs, outputs) for rule in source.rules]
        usable = tuple(column for column in inputs if column is not None)
        return Table(usable, tuple(outputs), tuple(rules))

    def _check_policy(self, source: TableSource) -> None:
        aggregation = source.aggregation
        if (source.hit_policy, None) not in POLICIES:
            self._findings.stop(f"no se conoce la política «{source.hit_policy}»")
        elif (source.hit_policy, aggregation) not in POLICIES:
            self._findings.stop(f"la política {source.hit_policy} no admite la agregación «{aggregation}»")
        elif aggregation and len(source.outputs) > 1:
            self._findings.add("una tabla que agrega (COLLECT con +, <, > o #) tiene una sola salida")

    def _input(self, source: InputSource) -> InputColumn | None:
        declared = self._types.declared(source.type_name, source.allowed, self._findings, column=source.label)
        if not source.expression:
            self._findings.stop("la columna de entrada no tiene expresión", column=source.label or None)
            return None
        try:
            expression = expression_in(source.expression, self._scope)
        except FeelError as error:
            self._findings.add_feel(error, column=source.label)
            return None
        self._check_fact(source, declared)
        return InputColumn(source.label, expression, declared)

    def _check_fact(self, source: InputSource, declared: DeclaredType) -> None:
        fact = self._facts.get(source.expression)
        if fact is None or declared.kind is None or fact is declared.kind:
            return
        if (fact, declared.kind) != (Kind.DATE, Kind.DATE_TIME):
            message = f"la columna es de tipo {declared.kind} y el dato es {fact}"
            self._findings.add(message, column=source.label)

    def _output(self, source: OutputSource, hit_policy: str) -> OutputColumn:
        declared = self._types.declared(source.type_name, source.allowed, self._findings, column=source.label)
        allowed = declared.allowed
        if hit_policy in BY_IMPORTANCE and (allowed is None or not allowed.only_literals):
            message = f"la política {hit_policy} necesita la lista de valores permitidos, en su orden"
            self._findings.add(message, column=source.label)
        order = () if allowed is None else tuple(literal.value for literal in allowed.literals)
        default = self._cell(source.default or "", declared, column=source.label)
        return OutputColumn(source.name, source.label, declared, order, default)

    def _rule(
        self,
        source: RuleSource,
        table: TableSource,
        inputs: list[InputColumn | None],
        outputs: list[OutputColumn],
    ) -> Rule:
        tests: list[tuple[int, Test]] = []
        operations = 1
        columns = zip_longest(source.inputs[: len(inputs)], table.inputs, inputs)
        for place, (text, column, compiled) in enumerate(columns):
            cell = self._tests(text or "", column, compiled, source.number)
            if cell is not None and not cell.anything:
                tests.append((place, cell.test))
                operations += cell.operations
        cells = zip(source.outputs, outputs, strict=False)
        answers = tuple(
            self._cell(text, column.type, rule=source.number, column=column.label) for text, column in cells
        )
        return Rule(source.number, tuple(tests), answers, source.annotation, operations)

    def _tests(
        self, text: str, column: InputSource, compiled: InputColumn | None, rule: int
    ) -> UnaryTests | None:
        if text in _ANYTHING:
            return None
        try:
            tests = self._cells.get(text) or unary_tests_in(text, self._cell_scope)
        except FeelError as error:
            self._findings.add_feel(error, rule=rule, column=column.label)
            return None
        self._cells[text] = tests
        if compiled is not None:
            kind = compiled.type.kind
            check_literals(tests, kind, self._findings, rule=rule, column=column.label)
        return tests

    def _cell(
        self, text: str, declared: DeclaredType, *, rule: int | None = None, column: str | None = None
    ) -> Expression | None:
        if not text or (text in _ANYTHING and self._findings.lenient):
            return None
        try:
            expression = expression_in(text, self._scope)
        except FeelError as error:
            self._findings.add_feel(error, rule=rule, column=column)
            return None
        if expression.literal is not None and (reason := _misfit(expression, declared)):
            self._findings.add(f"{reason} ({text[:40]})", rule=rule, column=column)
        return expression


def _misfit(expression: Expression, declared: DeclaredType) -> str | None:
    """Why a value that is written in a cell can never be an answer of its column."""
    value = expression.literal.value if expression.literal is not None else None
    try:
        value = declared.coerce(value, Budget())
    except NoValue:
        return f"el valor no es {declared.kind}, el tipo de la columna"
    allowed = declared.allowed
    if value is None or allowed is None or not allowed.only_literals:
        return None
    if all(literal.value != value for literal in allowed.literals):
        return "el valor no está entre los permitidos de la columna"
    return None
