"""Functions of lists that answer a list, a count or a truth (DMN 1.5, table 75)."""

from collections.abc import Sequence
from decimal import Decimal

from processes.decisions.budget import Run
from processes.decisions.comparison import same
from processes.decisions.decimals import whole
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import (
    LIST,
    Function,
    anything,
    function,
    of,
    over_list,
    way,
)
from processes.decisions.values import Kind, Value

_POSITION = of("position", Kind.NUMBER)


def _count(_run: Run, items: Sequence[Value]) -> Value:
    return Decimal(len(items))


def _all(run: Run, items: Sequence[Value]) -> Value:
    run.budget.items(len(items))
    if any(item is False for item in items):
        return False
    return True if all(item is True for item in items) else None


def _any(run: Run, items: Sequence[Value]) -> Value:
    run.budget.items(len(items))
    if any(item is True for item in items):
        return True
    return False if all(item is False for item in items) else None


def _list_contains(run: Run, items: Sequence[Value], element: Value) -> Value:
    run.budget.items(len(items))
    return any(same(item, element, run.budget) for item in items)


def _index_of(run: Run, items: Sequence[Value], match: Value) -> Value:
    run.budget.items(len(items))
    return [Decimal(place) for place, item in enumerate(items, start=1) if same(item, match, run.budget)]


def _distinct(run: Run, items: Sequence[Value]) -> Value:
    kept: list[Value] = []
    for item in items:
        run.budget.spend(1 + len(kept))
        if not any(same(item, other, run.budget) for other in kept):
            kept.append(item)
    return kept


def _joined(run: Run, *lists: Sequence[Value]) -> list[Value]:
    run.budget.items(sum(map(len, lists)))
    return [item for items in lists for item in items]


def _concatenate(run: Run, *lists: Sequence[Value]) -> Value:
    return _joined(run, *lists)


def _union(run: Run, *lists: Sequence[Value]) -> Value:
    return _distinct(run, _joined(run, *lists))


def _append(run: Run, items: Sequence[Value], *more: Value) -> Value:
    return _joined(run, items, more)


def _reverse(run: Run, items: Sequence[Value]) -> Value:
    run.budget.items(len(items))
    return list(reversed(items))


def _flatten(run: Run, items: Sequence[Value]) -> Value:
    flat: list[Value] = []
    with run.budget.inside():
        for item in items:
            flat.extend(_leaves(run, item))
            run.budget.items(len(flat))
    return flat


def _leaves(run: Run, item: Value) -> Sequence[Value]:
    if not isinstance(item, list):
        return (item,)
    nested = _flatten(run, item)
    return nested if isinstance(nested, list) else ()


def place_of(items: Sequence[Value], position: Decimal, *, past_end: int = 0) -> int:
    """Where in `items` FEEL's position is: 1 is the first, -1 the last. Raises NoValue outside of them."""
    place = whole(position)
    if place == 0 or abs(place) > len(items) + (past_end if place > 0 else 0):
        raise NoValue("la posición cuenta desde 1 (o desde -1, por el final) y está fuera de la lista")
    return place - 1 if place > 0 else len(items) + place


def _sublist(run: Run, items: Sequence[Value], start: Decimal, length: Decimal | None = None) -> Value:
    run.budget.items(len(items))
    begin = place_of(items, start)
    if length is None:
        return list(items[begin:])
    count = whole(length)
    if count < 0 or begin + count > len(items):
        raise NoValue("«length» pasa del final de la lista")
    return list(items[begin : begin + count])


def _insert(run: Run, items: Sequence[Value], position: Decimal, new: Value) -> Value:
    place = place_of(items, position, past_end=1)
    return _joined(run, items[:place], (new,), items[place:])


def _remove(run: Run, items: Sequence[Value], position: Decimal) -> Value:
    place = place_of(items, position)
    return _joined(run, items[:place], items[place + 1 :])


FUNCTIONS: tuple[Function, ...] = (
    over_list("count", _count),
    over_list("all", _all),
    over_list("any", _any),
    function("list contains", way(LIST, anything("element"), body=_list_contains)),
    function("index of", way(LIST, anything("match"), body=_index_of)),
    function("distinct values", way(LIST, body=_distinct)),
    function("concatenate", way(LIST, body=_concatenate, variadic=True)),
    function("union", way(LIST, body=_union, variadic=True)),
    function("append", way(LIST, anything("item"), body=_append, variadic=True)),
    function("reverse", way(LIST, body=_reverse)),
    function("flatten", way(LIST, body=_flatten)),
    function(
        "sublist",
        way(
            LIST,
            of("start position", Kind.NUMBER),
            of("length", Kind.NUMBER, optional=True),
            body=_sublist,
        ),
    ),
    function("insert before", way(LIST, _POSITION, anything("newItem"), body=_insert)),
    function("remove", way(LIST, _POSITION, body=_remove)),
)
