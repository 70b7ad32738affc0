"""`for`, `some` and `every` as closures (DMN 1.5, 10.3.2.14)."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.decimals import calculate
from processes.decisions.errors import BudgetExceeded, NoValue
from processes.decisions.iterations_parser import PARTIAL
from processes.decisions.limits import MAX_LIST_LENGTH
from processes.decisions.values import Range, Value, kind_of

_Domain = Callable[[Frame], Iterable[Value]]
_Rounds = Callable[[Frame], Iterator[Frame]]
_OPERATIONS_A_ROUND = 3
_ONE = Decimal(1)
_DAY = timedelta(days=1)


@compile_node.register
def _iteration(node: syntax.Iteration) -> Evaluator:
    rounds, body = _rounds(node.bindings, node.body), compile_node(node.body)
    copies = _lets_partial_out(node.body)
    position = node.position

    def iterate(frame: Frame) -> Value:
        answers: list[Value] = []
        outer = frame.inner({PARTIAL: answers})
        try:
            for inner in rounds(outer):
                if copies:
                    frame.run.budget.items(len(answers))
                    outer.values[PARTIAL] = list(answers)
                answers.append(body(inner))
                if len(answers) > MAX_LIST_LENGTH:
                    raise BudgetExceeded(f"una lista no puede pasar de {MAX_LIST_LENGTH} elementos")
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None
        return answers

    return iterate


@compile_node.register
def _quantified(node: syntax.Quantified) -> Evaluator:
    """Three-valued, as `or` and `and` of all rounds."""
    rounds, body = _rounds(node.bindings, node.body), compile_node(node.body)
    settling, position = node.quantifier == "some", node.position

    def decide(frame: Frame) -> Value:
        result: bool | None = not settling
        try:
            for inner in rounds(frame):
                answer = body(inner)
                if answer is settling:
                    return settling
                if type(answer) is not bool:
                    result = None
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None
        return result

    return decide


def _rounds(bindings: tuple[syntax.Binding, ...], body: syntax.Node) -> _Rounds:
    """The frames of all rounds: the last name varies fastest, and its domain may read the others."""
    first, *others = bindings
    domain, name = _domain(first), first.name
    if others:
        return _nested(domain, name, _rounds(tuple(others), body))
    cost = _OPERATIONS_A_ROUND + syntax.size(body)

    def rounds(frame: Frame) -> Iterator[Frame]:
        spend = frame.run.budget.spend
        for item in domain(frame):
            spend(cost)
            yield frame.inner({name: item})

    return rounds


def _nested(domain: _Domain, name: str, following: _Rounds) -> _Rounds:
    def rounds(frame: Frame) -> Iterator[Frame]:
        for item in domain(frame):
            frame.run.budget.spend(_OPERATIONS_A_ROUND)
            yield from following(frame.inner({name: item}))

    return rounds


def _domain(binding: syntax.Binding) -> _Domain:
    domain, cost = compile_node(binding.domain), syntax.size(binding.domain)
    end = None if binding.end is None else compile_node(binding.end)

    def items(frame: Frame) -> Iterable[Value]:
        frame.run.budget.spend(cost)
        return _items(domain(frame)) if end is None else steps(domain(frame), end(frame))

    return items


def _items(value: Value) -> Iterable[Value]:
    """The items of a list, the steps of a range, or the value itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _steps_of(value)
    if value is None:
        raise NoValue("no se puede recorrer un valor nulo")
    return (value,)


def _steps_of(span: Range) -> Iterable[Value]:
    """The steps of a range; those of its ends that do not belong to it are left out."""
    ends = (span.low, span.low_closed), (span.high, span.high_closed)
    left_out = [end for end, closed in ends if not closed]
    return (step for step in steps(span.low, span.high) if step not in left_out)


def steps(start: Value, end: Value) -> Iterator[Value]:
    """From `start` to `end`, both included, by ones or by days, up or down.

    Raises NoValue for what is neither two numbers nor two dates.
    """
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        return _numbers(start, end)
    if type(start) is date and type(end) is date:
        way = _DAY if start <= end else -_DAY
        return (start + way * place for place in range(abs((end - start).days) + 1))
    raise NoValue(f"solo se recorre entre dos números o dos fechas, no de {kind_of(start)} a {kind_of(end)}")


def _numbers(start: Decimal, end: Decimal) -> Iterator[Value]:
    rising = start <= end
    current = start
    while current <= end if rising else current >= end:
        yield current
        current = calculate("+" if rising else "-", current, _ONE)


def _lets_partial_out(body: syntax.Node) -> bool:
    """Whether `partial` is used otherwise than to filter it: then each round needs its own copy."""
    filtered = 0
    read = 0
    for node, _ in syntax.walk(body):
        read += isinstance(node, syntax.Name) and node.name == PARTIAL
        filtered += (
            isinstance(node, syntax.Filter)
            and isinstance(node.source, syntax.Name)
            and node.source.name == PARTIAL
        )
    return read > filtered
