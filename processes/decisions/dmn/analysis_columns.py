"""A table's input columns as axes: the values to try in each, and which rules' cells they pass."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise

from processes.decisions.budget import Budget, Frame, Run
from processes.decisions.dmn.analysis_points import constants_of, points
from processes.decisions.dmn.analysis_search import Axis
from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.parts import body_texts
from processes.decisions.dmn.source import InputSource, ModelSource, TableSource
from processes.decisions.dmn.types import DeclaredType, Types
from processes.decisions.errors import FeelError
from processes.decisions.expression import UnaryTests, expression_in, unary_tests_in
from processes.decisions.facts import FactType
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.lexer import TokenKind, normalise, normalise_name, tokenise
from processes.decisions.parser import Parser
from processes.decisions.scope import Scope
from processes.decisions.values import Kind, Value

_ANYTHING = frozenset({"", "-"})
_WHOLE_NUMBERS = frozenset({"integer", "long"})
_READS_THE_CLOCK = re.compile(r"\b(now|today|working\s+days\s+\w+)\s*\(")


class Columns:
    """Reads the columns of a file's tables; its work is paid from `budget`."""

    def __init__(self, model: ModelSource, facts: Mapping[str, FactType], budget: Budget) -> None:
        self._model = model
        self._facts = facts
        self._types = Types(model.types)
        self._decisions = {decision.result_name: decision for decision in model.decisions}
        self._scope = Scope.of([*facts, *self._decisions])
        self._lexicon = self._scope.names | frozenset(CATALOGUE)
        self.budget = budget
        self._frame = Frame({}, Run(datetime(2000, 1, 1, tzinfo=UTC), budget=budget))

    def axes(self, table: TableSource) -> list[Axis]:
        """The columns in which some rule asks something. Raises BudgetExceeded."""
        return [
            self._axis(place, column, [rule.inputs[place] for rule in table.rules])
            for place, column in enumerate(table.inputs)
            if any(rule.inputs[place] not in _ANYTHING for rule in table.rules)
        ]

    def answer(self, text: str) -> tuple[Value] | None:
        """The value of an output cell, or None when it depends on more than the cell."""
        if _READS_THE_CLOCK.search(text):
            return None
        try:
            expression = expression_in(text or "null", self._scope)
            return None if expression.names else (expression.run(self._frame),)
        except FeelError:
            return None

    def facts_behind(self, expression: str) -> frozenset[str]:
        """The facts that a column's value comes from, through the decisions that it reads.

        All of them, when it reads what is neither a fact nor a decision of the file.
        """
        pending, read = self._names_in([expression]), set[str]()
        while pending:
            name = pending.pop()
            read.add(name)
            if name in self._decisions:
                pending |= self._names_in(body_texts(self._decisions[name].body))
            elif name not in self._facts:
                return frozenset({*self._facts, name})
            pending -= read
        return frozenset(read & self._facts.keys())

    def _names_in(self, texts: Iterable[str]) -> set[str]:
        names: set[str] = set()
        for text in texts:
            try:
                tokens = tokenise(normalise(text), self._lexicon)
            except FeelError:  # the body of a function in another language
                return {text}
            properties = {after.position for dot, after in pairwise(tokens) if dot.text == "."}
            names |= {
                token.text
                for token in tokens
                if token.kind is TokenKind.NAME and token.position not in properties
            }
        return names - CATALOGUE.keys()

    def _axis(self, place: int, column: InputSource, cells: Sequence[str]) -> Axis:
        declared, kind = self._declared(column)
        compiled = {text: self._cell(text) for text in dict.fromkeys(cells)}
        tried = tuple(
            value
            for value in self._points(column, declared, kind, compiled)
            if declared.allows(value, self._frame)
        )
        everywhere = (1 << len(tried)) - 1
        where = {text: self._where(tests, tried) for text, tests in compiled.items()}
        return Axis(
            place,
            column.label,
            tried,
            certain=tuple(0 if compiled[text] is None else where[text] for text in cells),
            possible=tuple(everywhere if compiled[text] is None else where[text] for text in cells),
            asking=sum(1 << rule for rule, text in enumerate(cells) if text not in _ANYTHING),
        )

    def _declared(self, column: InputSource) -> tuple[DeclaredType, Kind | None]:
        """The column's type, and the kind of its values: that of its fact when the column says none."""
        ignored = DecisionFindings(Findings(self._model.file), "")
        declared = self._types.declared(column.type_name, column.allowed, ignored, column=column.label)
        fact = self._facts.get(column.expression)
        return declared, declared.kind or (fact.kind if fact is not None else None)

    def _cell(self, text: str) -> UnaryTests | None:
        """The tests of a cell; None when they speak of more than the column's value."""
        if _READS_THE_CLOCK.search(text):
            return None
        try:
            tests = unary_tests_in("-" if text in _ANYTHING else text, self._scope.testing())
        except FeelError:  # it calls a model of the file, which is not among our names
            return None
        return None if tests.names else tests

    def _points(
        self,
        column: InputSource,
        declared: DeclaredType,
        kind: Kind | None,
        compiled: Mapping[str, UnaryTests | None],
    ) -> list[Value]:
        texts = [column.allowed or "", *(text for text, tests in compiled.items() if tests is not None)]
        scope = self._scope.testing()
        named = [value for text in texts for value in constants_of(Parser(text, scope).tests(), self._frame)]
        if declared.allowed is not None:
            named += [literal.value for literal in declared.allowed.literals]
        free = normalise_name(column.expression) in self._facts
        return points(named, kind, free=free, whole=column.type_name in _WHOLE_NUMBERS)

    def _where(self, tests: UnaryTests | None, tried: Sequence[Value]) -> int:
        """The values, as bits, that the cell passes."""
        if tests is None:
            return 0
        return sum(1 << place for place, value in enumerate(tried) if tests.run(value, self._frame) is True)
