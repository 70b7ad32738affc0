"""Hit policies: what a table answers when several of its rules hold (DMN 1.5, 8.2.11)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TypeAlias

from processes.decisions.budget import Run
from processes.decisions.comparison import same
from processes.decisions.dmn.table import Hit, OutputColumn
from processes.decisions.errors import NoValue
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.values import Value


class Violation(Exception):
    """The rules that hold contradict the table's own policy. Its argument is the Spanish reason."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits that count, and for each output its value, or its values in order."""

    hits: tuple[Hit, ...]
    values: tuple[Value, ...]
    several: bool = False


Policy: TypeAlias = Callable[[Iterator[Hit], Sequence[OutputColumn], Run], Answer | None]


def _unique(hits: Iterator[Hit], _columns: Sequence[OutputColumn], _run: Run) -> Answer | None:
    found = tuple(hits)
    if len(found) > 1:
        raise Violation(f"{rule_numbers(found)} se cumplen a la vez y la política es UNIQUE")
    return _single(found)


def _any(hits: Iterator[Hit], _columns: Sequence[OutputColumn], run: Run) -> Answer | None:
    found = tuple(hits)
    for hit in found[1:]:
        pairs = zip(found[0].values, hit.values, strict=True)
        if not all(same(one, other, run.budget) for one, other in pairs):
            numbers = rule_numbers((found[0], hit))
            raise Violation(f"{numbers} se cumplen a la vez con salidas distintas y la política es ANY")
    return Answer(found, found[0].values) if found else None


def _first(hits: Iterator[Hit], _columns: Sequence[OutputColumn], _run: Run) -> Answer | None:
    return _single(tuple(islice(hits, 1)))


def _priority(hits: Iterator[Hit], columns: Sequence[OutputColumn], run: Run) -> Answer | None:
    return _single(tuple(_by_importance(hits, columns, run)[:1]))


def _rule_order(hits: Iterator[Hit], _columns: Sequence[OutputColumn], run: Run) -> Answer | None:
    return _all(tuple(hits), run)


def _output_order(hits: Iterator[Hit], columns: Sequence[OutputColumn], run: Run) -> Answer | None:
    return _all(tuple(_by_importance(hits, columns, run)), run)


def _single(found: tuple[Hit, ...]) -> Answer | None:
    return Answer(found, found[0].values) if found else None


def _all(found: tuple[Hit, ...], run: Run) -> Answer | None:
    if not found:
        return None
    run.budget.items(len(found))
    columns = zip(*(hit.values for hit in found), strict=True)
    return Answer(found, tuple(list(column) for column in columns), several=True)


def _by_importance(hits: Iterator[Hit], columns: Sequence[OutputColumn], run: Run) -> list[Hit]:
    """The hits by the order of their columns' allowed values, from the left; ties keep their order."""

    def importance(hit: Hit) -> tuple[int, ...]:
        return tuple(
            _place(value, column.order, run) for value, column in zip(hit.values, columns, strict=True)
        )

    return sorted(hits, key=importance)


def _place(value: Value, order: Sequence[Value], run: Run) -> int:
    run.budget.spend(1 + len(order))
    places = (place for place, item in enumerate(order) if same(value, item, run.budget))
    return next(places, len(order))


def _aggregate(function: str) -> Policy:
    """Each output by itself, for a reader that lets a table that aggregates have several."""
    signature = CATALOGUE[function].signatures[0]

    def aggregate(hits: Iterator[Hit], columns: Sequence[OutputColumn], run: Run) -> Answer | None:
        found = tuple(hits)
        if not found:
            return None
        totals: list[Value] = []
        for place in range(len(columns)):
            try:
                totals.append(signature.call(run, [[hit.values[place] for hit in found]]))
            except NoValue as reason:
                run.warn(reason)
                totals.append(None)
        return Answer(found, tuple(totals))

    return aggregate


def _count(hits: Iterator[Hit], columns: Sequence[OutputColumn], _run: Run) -> Answer | None:
    found = tuple(hits)
    return Answer(found, (Decimal(len(found)),) * len(columns))


POLICIES: Mapping[tuple[str, str | None], Policy] = {
    ("UNIQUE", None): _unique,
    ("ANY", None): _any,
    ("FIRST", None): _first,
    ("PRIORITY", None): _priority,
    ("RULE ORDER", None): _rule_order,
    ("OUTPUT ORDER", None): _output_order,
    ("COLLECT", None): _rule_order,
    ("COLLECT", "SUM"): _aggregate("sum"),
    ("COLLECT", "MIN"): _aggregate("min"),
    ("COLLECT", "MAX"): _aggregate("max"),
    ("COLLECT", "COUNT"): _count,
}
"""By hit policy and aggregation, as the XML writes them."""

BY_IMPORTANCE = frozenset({"PRIORITY", "OUTPUT ORDER"})
"""The policies that need the allowed values of the outputs, in their order."""


def rule_numbers(hits: Sequence[Hit]) -> str:
    """`regla 7`, or `reglas 2, 5 y 7`."""
    numbers = [str(hit.rule.number) for hit in hits]
    if len(numbers) == 1:
        return f"regla {numbers[0]}"
    return f"reglas {', '.join(numbers[:-1])} y {numbers[-1]}"
