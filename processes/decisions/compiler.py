"""From the tree to closures: what is evaluated later is Python functions and no text.

Every operator answers null, with a warning, where FEEL says that there is no value.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import singledispatch
from typing import TypeAlias

from processes.decisions import syntax
from processes.decisions.arithmetic import combine, negate
from processes.decisions.budget import Frame
from processes.decisions.comparison import PLAIN, compare, equal_or_only, open_range, range_of
from processes.decisions.errors import NoValue
from processes.decisions.properties import property_of
from processes.decisions.scope import SUBJECT
from processes.decisions.values import Value, kind_of

Evaluator: TypeAlias = Callable[[Frame], Value]


@singledispatch
def compile_node(node: syntax.Node) -> Evaluator:
    """The closure that evaluates `node`."""
    raise NotImplementedError(type(node).__name__)


@compile_node.register
def _literal(node: syntax.Literal) -> Evaluator:
    value = node.value
    return lambda _frame: value


@compile_node.register
def _no_answer(node: syntax.NoAnswer) -> Evaluator:
    reason, position = node.reason, node.position

    def warn(frame: Frame) -> Value:
        frame.run.warn(reason, position)
        return None

    return warn


@compile_node.register
def _name(node: syntax.Name) -> Evaluator:
    name, position = node.name, node.position
    if name == SUBJECT:
        return lambda frame: frame.subject
    if node.certain:
        return lambda frame: frame.values[name] if name in frame.values else frame.read(name)

    def find(frame: Frame) -> Value:
        try:
            return frame.find(name)
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    return find


@compile_node.register
def _list(node: syntax.ListOf) -> Evaluator:
    items = tuple(map(compile_node, node.items))

    def build(frame: Frame) -> Value:
        frame.run.budget.items(len(items))
        return [item(frame) for item in items]

    return build


@compile_node.register
def _range(node: syntax.RangeOf) -> Evaluator:
    low, high = compile_node(node.low), compile_node(node.high)
    low_closed, high_closed, position = node.low_closed, node.high_closed, node.position

    def build(frame: Frame) -> Value:
        try:
            return range_of(low(frame), high(frame), low_closed=low_closed, high_closed=high_closed)
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    if isinstance(node.low, syntax.Literal) and isinstance(node.high, syntax.Literal):
        ends = node.low.value, node.high.value
        with suppress(NoValue):
            constant = range_of(*ends, low_closed=low_closed, high_closed=high_closed)
            return lambda _frame: constant
    return build


@compile_node.register
def _open_range(node: syntax.OpenRange) -> Evaluator:
    operand, operator, position = compile_node(node.operand), node.operator, node.position

    def build(frame: Frame) -> Value:
        try:
            return open_range(operator, operand(frame))
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    return build


@compile_node.register
def _negation(node: syntax.Negation) -> Evaluator:
    operand, position = compile_node(node.operand), node.position

    def change_sign(frame: Frame) -> Value:
        try:
            return negate(operand(frame))
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    return change_sign


@compile_node.register
def _arithmetic(node: syntax.Arithmetic) -> Evaluator:
    first = compile_node(node.first)
    steps = tuple((step.operator, compile_node(step.operand), step.position) for step in node.steps)

    def calculate(frame: Frame) -> Value:
        result = first(frame)
        for operator, operand, position in steps:
            try:
                result = combine(operator, result, operand(frame), frame.run.budget)
            except NoValue as reason:
                frame.run.warn(reason, position)
                return None
        return result

    return calculate


@compile_node.register
def _logic(node: syntax.Logic) -> Evaluator:
    """Three-valued: the operand that settles it wins, null elsewhere makes it null (table 50)."""
    operands = tuple((compile_node(operand), operand.position) for operand in node.operands)
    settling = node.operator == "or"

    def decide(frame: Frame) -> Value:
        result: bool | None = not settling
        for operand, position in operands:
            value = operand(frame)
            if value is settling:
                return settling
            if type(value) is not bool:
                result = None
                if value is not None:
                    frame.run.warn(f"«{node.operator}» pide verdadero o falso", position)
        return result

    return decide


@compile_node.register
def _comparison(node: syntax.Comparison) -> Evaluator:
    left, right = compile_node(node.left), compile_node(node.right)
    operator, position = node.operator, node.position

    def order(frame: Frame) -> Value:
        try:
            return compare(operator, left(frame), right(frame))
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    def equality(frame: Frame) -> Value:
        one, other = left(frame), right(frame)
        if type(one) is type(other) and type(one) in PLAIN:
            return (one == other) is wanted
        try:
            return equal_or_only(one, other, frame.run.budget) is wanted
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    wanted = operator == "="
    return equality if operator in ("=", "!=") else order


@compile_node.register
def _between(node: syntax.Between) -> Evaluator:
    value, low, high = map(compile_node, (node.value, node.low, node.high))
    position = node.position

    def lies_between(frame: Frame) -> Value:
        subject, floor, ceiling = value(frame), low(frame), high(frame)
        try:
            above, below = compare("<=", floor, subject), compare("<=", subject, ceiling)
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None
        return above and below

    return lies_between


@compile_node.register
def _conditional(node: syntax.Conditional) -> Evaluator:
    branches = tuple(
        (compile_node(condition), compile_node(result), condition.position)
        for condition, result in node.branches
    )
    otherwise = compile_node(node.otherwise)

    def choose(frame: Frame) -> Value:
        for condition, result, position in branches:
            holds = condition(frame)
            if holds is True:
                return result(frame)
            if holds is not False:
                frame.run.warn(f"la condición es {kind_of(holds)}, y no verdadera", position)
        return otherwise(frame)

    return choose


@compile_node.register
def _path(node: syntax.Path) -> Evaluator:
    source, position = compile_node(node.source), node.position

    def read(frame: Frame) -> Value:
        value = source(frame)
        try:
            for name in node.properties:
                value = property_of(value, name, frame.run.budget)
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None
        return value

    return read


@compile_node.register
def _call(node: syntax.Call) -> Evaluator:
    arguments = tuple(map(compile_node, node.arguments))
    signature, name, position = node.signature, node.function, node.position

    def call(frame: Frame) -> Value:
        given = [argument(frame) for argument in arguments]
        try:
            return signature.call(frame.run, given)
        except NoValue as reason:
            frame.run.warn(f"{name}: {reason}", position)
            return None

    return call
