"""Functions of lists that take a function (DMN 1.5, tables 75 and 80)."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cmp_to_key

from processes.decisions.budget import Run
from processes.decisions.errors import NoValue
from processes.decisions.functions.lists import place_of
from processes.decisions.functions.signature import LIST, Function, anything, function, of, way
from processes.decisions.values import FunctionValue, Kind, Value, kind_of


def _truth(run: Run, decide: FunctionValue, *arguments: Value) -> bool:
    """What `decide` answers; raises NoValue when it takes other arguments or answers no boolean."""
    if len(decide.parameters) != len(arguments):
        raise NoValue(f"la función debe recibir {len(arguments)} argumentos")
    run.budget.spend(1 + len(arguments))
    answer = decide.call(run, arguments)
    if not isinstance(answer, bool):
        raise NoValue(f"la función debe responder verdadero o falso y responde {kind_of(answer)}")
    return answer


def _sort(run: Run, items: Sequence[Value], precedes: FunctionValue) -> Value:
    """Those that precede come first; the others keep their order."""
    run.budget.items(len(items))

    # Python's sort asks only whether the later of two comes before the earlier.
    def order(later: Value, earlier: Value) -> int:
        return -1 if _truth(run, precedes, later, earlier) else 0

    return sorted(items, key=cmp_to_key(order))


def _list_replace(run: Run, items: Sequence[Value], place: Decimal | FunctionValue, new: Value) -> Value:
    run.budget.items(len(items))
    if isinstance(place, FunctionValue):
        return [new if _truth(run, place, item, new) else item for item in items]
    index = place_of(items, place)
    return [*items[:index], new, *items[index + 1 :]]


FUNCTIONS: tuple[Function, ...] = (
    function("sort", way(LIST, of("precedes", Kind.FUNCTION), body=_sort)),
    function(
        "list replace",
        way(LIST, of("position", Kind.NUMBER, Kind.FUNCTION), anything("newItem"), body=_list_replace),
        way(LIST, of("match", Kind.FUNCTION, Kind.NUMBER), anything("newItem"), body=_list_replace),
    ),
)
