"""Functions that make one value of a list of numbers (DMN 1.5, table 75)."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

from processes.decisions.arithmetic import combine
from processes.decisions.budget import Run
from processes.decisions.comparison import compare
from processes.decisions.decimals import CONTEXT, apply, calculate
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, over_list
from processes.decisions.values import Kind, Value, kind_of

_ROOT_OPERATIONS = 200  # as in numeric.py
_TWO = Decimal(2)


def _extreme(operator: str) -> Callable[[Run, Sequence[Value]], Value]:
    def extreme(run: Run, items: Sequence[Value]) -> Value:
        run.budget.items(len(items))
        best = _filled(items)[0]
        compare("<=", best, best)
        for item in items:
            if compare(operator, item, best):
                best = item
        return best

    return extreme


def _filled(items: Sequence[Value]) -> Sequence[Value]:
    if not items:
        raise NoValue("la lista está vacía")
    return items


def _sum(run: Run, items: Sequence[Value]) -> Value:
    run.budget.items(2 * len(items))
    first, *rest = map(_addable, _filled(items))
    total = first
    for item in rest:
        total = combine("+", total, item, run.budget)
    return total


def _addable(item: Value) -> Value:
    if kind_of(item) not in {Kind.NUMBER, Kind.DAYS, Kind.MONTHS}:
        raise NoValue(f"la lista debe ser de números o duraciones y tiene {kind_of(item)}")
    return item


def _numbers(run: Run, items: Sequence[Value]) -> list[Decimal]:
    run.budget.items(2 * len(items))
    numbers = [item for item in items if isinstance(item, Decimal)]
    if len(numbers) < len(items):
        raise NoValue("la lista debe ser de números")
    return numbers


def _mean(run: Run, items: Sequence[Value]) -> Value:
    return combine("/", _sum(run, items), Decimal(len(items)), run.budget)


def _product(run: Run, items: Sequence[Value]) -> Value:
    result = Decimal(1)
    for factor in _numbers(run, _filled(items)):
        result = calculate("*", result, factor)
    return result


def _median(run: Run, items: Sequence[Value]) -> Value:
    """The middle number, or the mean of the two in the middle."""
    numbers = sorted(_numbers(run, _filled(items)))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return calculate("/", calculate("+", numbers[middle - 1], numbers[middle]), _TWO)


def _deviation(run: Run, items: Sequence[Value]) -> Value:
    """The standard deviation of a sample, so it asks for two numbers or more."""
    numbers = _numbers(run, items)
    if len(numbers) < 2:  # noqa: PLR2004  # a sample of one has no deviation
        raise NoValue("la lista debe tener al menos dos números")
    run.budget.spend(_ROOT_OPERATIONS + 2 * len(numbers))
    mean = calculate("/", _total(numbers), Decimal(len(numbers)))
    squares = [calculate("**", calculate("-", each, mean), _TWO) for each in numbers]
    return apply(CONTEXT.sqrt, calculate("/", _total(squares), Decimal(len(numbers) - 1)))


def _total(numbers: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for each in numbers:
        total = calculate("+", total, each)
    return total


def _mode(run: Run, items: Sequence[Value]) -> Value:
    """The numbers that are there most often, from the least; none when the list is empty."""
    counts = [(number, len(list(alike))) for number, alike in groupby(sorted(_numbers(run, items)))]
    most = max((count for _, count in counts), default=0)
    return [number for number, count in counts if count == most]


FUNCTIONS: tuple[Function, ...] = (
    over_list("min", _extreme("<")),
    over_list("max", _extreme(">")),
    over_list("sum", _sum),
    over_list("mean", _mean),
    over_list("product", _product),
    over_list("median", _median),
    over_list("stddev", _deviation),
    over_list("mode", _mode),
)
