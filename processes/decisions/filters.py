"""Filters as closures: `list[condition]` and `list[position]` (DMN 1.5, 10.3.2.5)."""

from decimal import Decimal

from processes.decisions import syntax
from processes.decisions.budget import Frame
from processes.decisions.compiler import Evaluator, compile_node
from processes.decisions.decimals import whole
from processes.decisions.errors import NoValue
from processes.decisions.parser import ITEM
from processes.decisions.values import Value, kind_of

_OPERATIONS_AN_ITEM = 2


@compile_node.register
def _filter(node: syntax.Filter) -> Evaluator:
    source, condition = compile_node(node.source), compile_node(node.condition)
    cost, position = _OPERATIONS_AN_ITEM + syntax.size(node.condition), node.position
    place = node.condition.value if isinstance(node.condition, syntax.Literal) else None

    def select(frame: Frame) -> Value:
        value = source(frame)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        try:
            if isinstance(place, Decimal):
                return _at(items, place)
            return _selected(items, condition, cost, frame)
        except NoValue as reason:
            frame.run.warn(reason, position)
            return None

    return select


def _selected(items: list[Value], condition: Evaluator, cost: int, frame: Frame) -> Value:
    """The items for which the condition holds, or the one whose position it turns out to be."""
    if not items:
        answer = condition(frame.inner({ITEM: None}))
        return _at(items, answer) if isinstance(answer, Decimal) else []
    kept: list[Value] = []
    budget = frame.run.budget
    for item in items:
        budget.spend(cost)
        answer = condition(_frame_of(item, frame))
        if answer is True:
            kept.append(item)
        elif isinstance(answer, Decimal):
            return _at(items, answer)
        elif answer is not False and answer is not None:
            raise NoValue(f"un filtro es un número o una condición, y este es {kind_of(answer)}")
    return kept


def _frame_of(item: Value, frame: Frame) -> Frame:
    """Where the condition on an item is read: the fields of a context come before outer names."""
    if not isinstance(item, dict):
        return frame.inner({ITEM: item})
    frame.run.budget.spend(len(item))
    return frame.inner({ITEM: item, **item})


def _at(items: list[Value], place: Decimal) -> Value:
    """The item at a place counted from 1, or from -1 at the end."""
    index = whole(place)
    if index == 0 or abs(index) > len(items):
        raise NoValue(f"la lista no tiene el elemento {index}")
    return items[index - 1] if index > 0 else items[index]
