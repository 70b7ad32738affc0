"""Expressions, unary tests and scripts: compiled once from text, evaluated many times."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.decisions import syntax
from processes.decisions.budget import Budget, Frame, Run
from processes.decisions.closures import Evaluator, Test, compile_node, compile_tests
from processes.decisions.errors import FeelError
from processes.decisions.lexer import TokenKind
from processes.decisions.limits import MAX_DEPTH
from processes.decisions.parser import Parser
from processes.decisions.scope import SUBJECT, Scope
from processes.decisions.values import Value, incoming


@dataclass(frozen=True, slots=True)
class _Survey:
    """What one walk over a tree tells: the facts that it reads, and what one pass costs."""

    names: frozenset[str]
    operations: int


class Expression:
    """An expression that has been compiled; `names` are the facts that it reads.

    `literal` holds its value when the text is nothing but a value.
    """

    __slots__ = ("_evaluate", "literal", "names", "operations", "text")

    def __init__(self, text: str, root: syntax.Node, evaluate: Evaluator, survey: _Survey) -> None:
        self.text = text
        self.literal = root if isinstance(root, syntax.Literal) else None
        self.names, self.operations = survey.names, survey.operations
        self._evaluate = evaluate

    def evaluate(
        self,
        facts: Mapping[str, Value],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        budget: Budget | None = None,
        warnings: list[str] | None = None,
    ) -> Value:
        """Its value; an absent fact is null, a type error is null with a line in `warnings`.

        Numbers come back as Decimal. Raises FeelError beyond the budget.
        """
        return self.run(Frame(facts, Run(now, calendar, budget, warnings)))

    def run(self, frame: Frame) -> Value:
        """Its value within an evaluation that has begun."""
        frame.run.budget.spend(self.operations)
        return self._evaluate(frame)


class UnaryTests:
    """The tests of a cell that have been compiled; `anything` when every value passes.

    `literals` are those of its tests that are nothing but a value, in their order.
    """

    __slots__ = ("anything", "literals", "names", "only_literals", "operations", "test", "text")

    def __init__(self, text: str, root: syntax.Tests, test: Test, survey: _Survey) -> None:
        self.text = text
        self.names, self.operations = survey.names, survey.operations
        self.anything = not root.tests
        self.literals = tuple(test for test in root.tests if isinstance(test, syntax.Literal))
        self.only_literals = len(self.literals) == len(root.tests) and not root.negated
        self.test = test

    def matches(
        self,
        value: Value,
        facts: Mapping[str, Value],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        budget: Budget | None = None,
        warnings: list[str] | None = None,
    ) -> bool | None:
        """Whether `value` passes; only True passes, null is a type error with its warning."""
        return self.run(incoming(value), Frame(facts, Run(now, calendar, budget, warnings)))

    def run(self, value: Value, frame: Frame) -> bool | None:
        """Whether a value of ours passes, within an evaluation that has begun."""
        frame.run.budget.spend(self.operations)
        return self.test(value, frame)


class Script:
    """Lines `name = expression` that have been compiled.

    `assigns` are the names that it gives a value, `names` the facts that it reads, `lines` each name
    with its expression, in their order.
    """

    __slots__ = ("assigns", "lines", "names", "text")

    def __init__(self, text: str, lines: tuple[tuple[str, Expression], ...]) -> None:
        self.text = text
        self.lines = lines
        self.assigns = frozenset(name for name, _ in lines)
        self.names = self._facts_read()

    def execute(
        self,
        facts: Mapping[str, Value],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        budget: Budget | None = None,
        warnings: list[str] | None = None,
    ) -> dict[str, Value]:
        """What the lines assign, in order; each line sees those before it. `facts` stay as they were."""
        frame = Frame(facts, Run(now, calendar, budget, warnings))
        assigned: dict[str, Value] = {}
        for name, expression in self.lines:
            frame.values[name] = assigned[name] = expression.run(frame)
        return assigned

    def _facts_read(self) -> frozenset[str]:
        read: set[str] = set()
        assigned: set[str] = set()
        for name, expression in self.lines:
            read |= expression.names - assigned
            assigned.add(name)
        return frozenset(read)


def compile_expression(text: str, *, names: Collection[str], lenient: bool = False) -> Expression:
    """Compile one expression that may read `names`.

    Raises FeelError, with the position and what was expected, for a text that is not FEEL, a name,
    function, property or type that is not known, or a text too long or too deep. With `lenient`,
    what is not known is null with a warning when it is evaluated.
    """
    return expression_in(text, Scope.of(names, lenient=lenient))


def expression_in(text: str, scope: Scope) -> Expression:
    """Compile one expression in `scope`; raises FeelError as `compile_expression` does."""
    parser = Parser(text, scope)
    root = parser.expression()
    parser.stream.expect_end()
    return _expression(text, root)


def compile_unary_tests(text: str, *, names: Collection[str], lenient: bool = False) -> UnaryTests:
    """Compile a cell: `"a","b"`, `< 5`, `[1..3]`, `not(...)`, `-` or nothing, or a condition on `?`.

    Raises FeelError as `compile_expression` does.
    """
    return unary_tests_in(text, Scope.of(names, lenient=lenient).testing())


def unary_tests_in(text: str, scope: Scope) -> UnaryTests:
    """Compile a cell in `scope`, one that knows `?`; raises FeelError as `compile_expression` does."""
    parser = Parser(text, scope)
    root = parser.tests()
    parser.stream.expect_end()
    survey = _survey(text, root)
    return UnaryTests(text, root, compile_tests(root), survey)


def compile_script(text: str, *, names: Collection[str]) -> Script:
    """Compile lines `name = expression`; the first `=` of a line assigns, the next ones compare.

    A line ends its statement unless a bracket or an `if` is open. Each line may read `names` and
    what the lines before it assign. Raises FeelError as `compile_expression` does.
    """
    parser = Parser(text, Scope.of(names), by_lines=True)
    lines: list[tuple[str, Expression]] = []
    while parser.stream.begin_line():
        name = _assigned_name(parser)
        expression = _expression(text, parser.expression())
        parser.stream.expect_end()
        parser.scope = parser.scope.adding(name)
        lines.append((name, expression))
    return Script(text, tuple(lines))


def _assigned_name(parser: Parser) -> str:
    token = parser.stream.peek()
    if token.kind is not TokenKind.NAME or token.text == SUBJECT:
        raise parser.stream.unexpected("el nombre del dato que recibe el valor")
    parser.stream.advance()
    if not parser.stream.at("="):
        raise parser.stream.unexpected("«=» después del nombre")
    parser.stream.advance()
    return token.text


def _expression(text: str, root: syntax.Node) -> Expression:
    survey = _survey(text, root)
    return Expression(text, root, compile_node(root), survey)


def _survey(text: str, root: syntax.Node) -> _Survey:
    """Raises FeelError for a tree that is too deep to be walked by recursion."""
    names: set[str] = set()
    operations = 0
    for node, depth in syntax.walk(root):
        operations += 1
        if depth > MAX_DEPTH:
            message = f"la expresión tiene más de {MAX_DEPTH} niveles de anidamiento"
            raise FeelError(message, position=node.position, text=text)
        if type(node) is syntax.Name and node.name != SUBJECT and not node.local:
            names.add(node.name)
    return _Survey(frozenset(names), operations)
