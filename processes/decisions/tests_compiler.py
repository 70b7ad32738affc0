"""Unary tests as closures: the cells of a table, and what follows `in` (DMN 1.5, 10.3.2.8)."""

from collections.abc import Callable
from functools import singledispatch
from typing import TypeAlias

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.comparison import PLAIN, belongs, compare, equal, within
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.errors import NoValue
from processes.decisions.scope import SUBJECT
from processes.decisions.values import Range, Value, kind_of

Test: TypeAlias = Callable[[Value, Frame], bool | None]


@compile_node.register
def _membership(node: syntax.Membership) -> Evaluator:
    value, passes = compile_node(node.value), compile_tests(node.tests)
    return lambda frame: passes(value(frame), frame)


def compile_tests(node: syntax.Tests) -> Test:
    """The closure that says whether a value passes; null when it cannot be said.

    One test that passes is enough. Without tests everything passes.
    """
    tests = tuple(map(compile_test, node.tests))
    if not tests:
        return lambda _value, _frame: True
    if len(tests) == 1 and not node.negated:
        return tests[0]
    negated = node.negated

    def passes(value: Value, frame: Frame) -> bool | None:
        result: bool | None = negated
        for test in tests:
            answer = test(value, frame)
            if answer is True:
                return not negated
            if answer is None:
                result = None
        return result

    return passes


@singledispatch
def compile_test(node: syntax.Node) -> Test:
    """The closure of one test: the value equals what it says, or belongs to it.

    A test that speaks of `?` is a condition when it answers true or false. So is another that does
    where the value is neither: `count(x) > 2` in a column of texts.
    """
    evaluate, position = compile_node(node), node.position
    if _speaks_of_the_subject(node):
        return _telling_the_subject(_condition(evaluate, position), node)

    def matches(value: Value, frame: Frame) -> bool | None:
        container = evaluate(frame)
        if type(container) is bool and type(value) is not bool:
            return container
        return _is_or_has(value, container, frame, position)

    return matches


@compile_test.register
def _literal(node: syntax.Literal) -> Test:
    wanted, kind, position = node.value, type(node.value), node.position
    if kind not in PLAIN:
        return compile_test.dispatch(syntax.Node)(node)

    def matches(value: Value, frame: Frame) -> bool | None:
        if type(value) is kind:
            return value == wanted
        if value is None:
            return False
        _warn_unless_null(value, frame, _different(value, wanted), position)
        return None

    return matches


@compile_test.register
def _range(node: syntax.RangeOf) -> Test:
    build, position = compile_node(node), node.position

    def matches(value: Value, frame: Frame) -> bool | None:
        span = build(frame)
        try:
            return within(value, span) if isinstance(span, Range) else None
        except NoValue as reason:
            _warn_unless_null(value, frame, reason, position)
            return None

    return _telling_the_subject(matches, node)


@compile_test.register
def _order(node: syntax.OrderTest) -> Test:
    operator, operand, position = node.operator, compile_node(node.operand), node.position

    def matches(value: Value, frame: Frame) -> bool | None:
        bound = operand(frame)
        try:
            if operator in ("=", "!="):
                return equal(value, bound, frame.run.budget) is (operator == "=")
            return compare(operator, value, bound)
        except NoValue as reason:
            _warn_unless_null(value, frame, reason, position)
            return None

    return _telling_the_subject(matches, node)


def _telling_the_subject(test: Test, node: syntax.Node) -> Test:
    """`test`, with `?` known within it where it speaks of it."""
    if not _speaks_of_the_subject(node):
        return test

    def tell(value: Value, frame: Frame) -> bool | None:
        outer, frame.subject = frame.subject, value
        try:
            return test(value, frame)
        finally:
            frame.subject = outer

    return tell


def _condition(evaluate: Evaluator, position: int) -> Test:
    def holds(value: Value, frame: Frame) -> bool | None:
        answer = evaluate(frame)
        if type(answer) is bool or answer is None:
            return answer
        return _is_or_has(value, answer, frame, position)

    return holds


def _is_or_has(value: Value, container: Value, frame: Frame, position: int) -> bool | None:
    try:
        return belongs(value, container, frame.run.budget)
    except NoValue as reason:
        _warn_unless_null(value, frame, reason, position)
        return None


def _speaks_of_the_subject(node: syntax.Node) -> bool:
    return any(isinstance(part, syntax.Name) and part.name == SUBJECT for part, _ in syntax.walk(node))


def _different(value: Value, wanted: Value) -> str:
    return f"no se puede comparar {kind_of(value)} con {kind_of(wanted)}"


def _warn_unless_null(value: Value, frame: Frame, reason: object, position: int) -> None:
    """A null value passes no test and surprises nobody; another kind is worth a warning."""
    if value is not None:
        frame.run.warn(reason, position)
