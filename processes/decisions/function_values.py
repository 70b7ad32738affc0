"""Functions as values: written, external, of the catalogue; and their calls (DMN 1.5, 10.3.2.13)."""

from collections.abc import Sequence

from processes.decisions import syntax
from processes.decisions.budget import TOO_MANY_CALLS, Frame, Run
from processes.decisions.calls import counted
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.errors import BudgetExceeded, NoValue
from processes.decisions.functions.signature import Function
from processes.decisions.types_of_values import ValueType, converted, is_of
from processes.decisions.values import FunctionValue, Value, kind_of

_OPERATIONS_A_CALL = 3
_OWN_LEVELS = 3  # the levels of a call besides those of its body
_UNNAMED = "función"


@compile_node.register
def _definition(node: syntax.FunctionOf) -> Evaluator:
    parameters, types = node.parameters, node.types
    if node.body is None:
        external = FunctionValue(_UNNAMED, parameters, _external, types)
        return lambda _frame: external
    body, cost = compile_node(node.body), _OPERATIONS_A_CALL + syntax.size(node.body)
    levels = _OWN_LEVELS + _depth(node.body)

    def close(frame: Frame) -> Value:
        def call(run: Run, arguments: Sequence[Value]) -> Value:
            values = dict(zip(parameters, _fitted(arguments, parameters, types, run), strict=True))
            run.budget.spend(cost)
            run.budget.enter(levels)
            try:
                return body(frame.inner(values, run))
            except RecursionError as error:
                raise BudgetExceeded(TOO_MANY_CALLS) from error
            finally:
                run.budget.leave(levels)

        return FunctionValue(_UNNAMED, parameters, call, types)

    return close


def _depth(body: syntax.Node) -> int:
    """How deep one call of the body goes by itself: a function that it makes pays for its own calls."""
    deepest = 0
    pending = [(body, 1)]
    while pending:
        node, depth = pending.pop()
        deepest = max(deepest, depth)
        if not isinstance(node, syntax.FunctionOf):
            pending.extend((child, depth + 1) for child in node.children())
    return deepest


def _external(_run: Run, _arguments: Sequence[Value]) -> Value:
    raise NoValue("las funciones externas no se ejecutan")


def _fitted(
    arguments: Sequence[Value], parameters: tuple[str, ...], types: tuple[ValueType, ...], run: Run
) -> list[Value]:
    if len(arguments) != len(parameters):
        raise NoValue(f"la función tiene {counted(len(parameters))} y recibe {len(arguments)}")
    fitted = []
    for argument, name, wanted in zip(arguments, parameters, types, strict=True):
        try:
            fitted.append(converted(argument, wanted, run.budget))
        except NoValue as reason:
            raise NoValue(f"«{name}»: {reason}") from reason
    return fitted


@compile_node.register
def _built_in(node: syntax.BuiltIn) -> Evaluator:
    value = function_value(node.function)
    return lambda _frame: value


def function_value(function: Function) -> FunctionValue:
    """A function of the catalogue as a value."""

    def call(run: Run, arguments: Sequence[Value]) -> Value:
        signature = function.by_count(len(arguments))
        if signature is None:
            raise NoValue(f"la función {function.usage()} no recibe {counted(len(arguments))}")
        return signature.call(run, arguments)

    names = tuple(parameter.name for parameter in function.signatures[0].parameters)
    return FunctionValue(function.name, names, call)


@compile_node.register
def _invocation(node: syntax.Invocation) -> Evaluator:
    callee, names, position = compile_node(node.callee), node.names, node.position
    arguments = tuple(map(compile_node, node.arguments))
    otherwise = None if node.otherwise is None else compile_node(node.otherwise)

    def invoke(frame: Frame) -> Value:
        function = callee(frame)
        if not isinstance(function, FunctionValue):
            if otherwise is not None:
                return otherwise(frame)
            frame.run.warn(f"no se puede llamar a un valor que es {kind_of(function)}", position)
            return None
        given = [argument(frame) for argument in arguments]
        try:
            return function.call(frame.run, _in_order(given, names, function) if names else given)
        except NoValue as reason:
            frame.run.warn(f"{function.name}: {reason}", position)
            return None

    return invoke


def _in_order(given: list[Value], names: tuple[str, ...], function: FunctionValue) -> list[Value]:
    by_name = dict(zip(names, given, strict=True))
    if len(names) > len(by_name) or by_name.keys() != set(function.parameters):
        raise NoValue(f"los argumentos son {', '.join(function.parameters)}")
    return [by_name[name] for name in function.parameters]


@compile_node.register
def _instance(node: syntax.InstanceOf) -> Evaluator:
    value, wanted = compile_node(node.value), node.type
    return lambda frame: is_of(value(frame), wanted, frame.run.budget)
