"""The search over a table's columns: which two rules hold at once, and where none does.

Each column is a few values to try, and for each rule two sets of them, kept as the bits of an
integer: where its cell certainly passes, and where it may. So a pair of rules costs one `and` for
each column, and not one evaluation for each combination of values.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from processes.decisions.budget import Budget
from processes.decisions.values import Value


@dataclass(frozen=True, eq=False)
class Axis:
    """One input column: bit i of `certain` and `possible`, by rule, stands for `points[i]`.

    Bit i of `asking` says whether the cell of rule i asks anything.
    """

    place: int
    label: str
    points: tuple[Value, ...]
    certain: tuple[int, ...]
    possible: tuple[int, ...]
    asking: int

    @cached_property
    def all_points(self) -> int:
        """The set of all the values that are tried."""
        return (1 << len(self.points)) - 1

    @cached_property
    def certain_at(self) -> tuple[int, ...]:
        """By point, the rules whose cell certainly passes there."""
        return self._rules_at(self.certain)

    @cached_property
    def possible_at(self) -> tuple[int, ...]:
        """By point, the rules whose cell may pass there."""
        return self._rules_at(self.possible)

    @cached_property
    def indifferent(self) -> int:
        """The rules whose cell may pass wherever one looks."""
        return _bits(rule for rule, where in enumerate(self.possible) if where == self.all_points)

    def asks(self, rule: int) -> bool:
        """Whether the rule's cell asks anything."""
        return bool(self.asking >> rule & 1)

    def _rules_at(self, by_rule: Sequence[int]) -> tuple[int, ...]:
        rules = [0] * len(self.points)
        for rule, where in enumerate(by_rule):
            for point in places(where):
                rules[point] |= 1 << rule
        return tuple(rules)


def overlaps(axes: Sequence[Axis], rules: int, budget: Budget) -> Iterator[tuple[int, int]]:
    """Pairs of rules that certainly hold at once, in their order; raises BudgetExceeded."""
    for first in range(rules):
        others = ((1 << rules) - 1) & ~((2 << first) - 1)
        for axis in axes:
            others &= _rules_where(axis, axis.certain[first], budget)
            if not others:
                break
        for second in places(others):
            budget.spend(1 + len(axes))
            yield first, second


def gaps(axes: Sequence[Axis], rules: int, budget: Budget) -> Iterator[Mapping[Axis, int]]:
    """Places that no rule can cover, as the point of each column that matters.

    Depth first, and never twice with the same rules left in the same column. Raises BudgetExceeded.
    """
    ordered = sorted(axes, key=lambda axis: axis.indifferent.bit_count())
    later = [(1 << rules) - 1]
    for axis in reversed(ordered):
        later.append(later[-1] & axis.indifferent)
    later.reverse()
    seen: set[tuple[int, int]] = set()
    pending: list[tuple[int, tuple[int, ...]]] = [((1 << rules) - 1, ())]
    while pending:
        left, chosen = pending.pop()
        budget.spend(1 + len(chosen))
        if not left:
            yield _needed(dict(zip(ordered, chosen, strict=False)), rules, budget)
        elif not left & later[len(chosen)] and (len(chosen), left) not in seen:
            seen.add((len(chosen), left))
            at = ordered[len(chosen)].possible_at
            budget.spend(len(at))
            # Of points where the same rules are left the first one stands: it is one that a cell names.
            ways = {left & at[point]: point for point in reversed(range(len(at)))}
            pending.extend((rest, (*chosen, point)) for rest, point in ways.items())


def _needed(chosen: dict[Axis, int], rules: int, budget: Budget) -> Mapping[Axis, int]:
    """The choices without which some rule could hold."""
    for axis in list(chosen):
        budget.spend(len(chosen))
        left = (1 << rules) - 1
        for other, point in chosen.items():
            if other is not axis:
                left &= other.possible_at[point]
        if not left:
            del chosen[axis]
    return chosen


def _rules_where(axis: Axis, points: int, budget: Budget) -> int:
    rules = 0
    for point in places(points):
        rules |= axis.certain_at[point]
    budget.spend(1 + points.bit_count())
    return rules


def places(bits: int) -> Iterator[int]:
    """Which bits are set, from the lowest."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _bits(numbers: Iterator[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits
