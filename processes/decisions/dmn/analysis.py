"""What tables say of themselves before a petition meets them: rules that overlap, inputs without a rule.

Nothing is told that was not tried: an example is a row of values that the compiled cells were asked
about. A cell that reads other facts or the clock may pass or not, so nothing is said of its rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations, islice

from processes.decisions.budget import Budget
from processes.decisions.comparison import same
from processes.decisions.dmn.analysis_columns import Columns
from processes.decisions.dmn.analysis_search import Axis, gaps, overlaps, places
from processes.decisions.dmn.findings import Findings
from processes.decisions.dmn.reader import read_model
from processes.decisions.dmn.source import DecisionSource, TableSource
from processes.decisions.errors import BudgetExceeded, Problem
from processes.decisions.facts import FactType
from processes.decisions.values import Value
from processes.decisions.writing import write

MAX_EXAMINING_OPERATIONS = 600_000
"""The work on one file: about a third of a second."""

_MOST_OVERLAPS = 10
_MOST_GAPS = 3
_LISTS = frozenset({("RULE ORDER", None), ("OUTPUT ORDER", None), ("COLLECT", None), ("COLLECT", "COUNT")})
"""What answers with a list, or with how many rules held: that none does is an answer too."""


@dataclass(frozen=True, slots=True)
class Examination:
    """`problems` keep a file from being published; `warnings` deserve a look."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def examine_decisions(
    data: bytes, *, source: str, facts: Mapping[str, FactType], budget: Budget | None = None
) -> Examination:
    """Examine the tables of a file that `compile_decisions` accepts with the same arguments.

    Rules of a UNIQUE table that overlap are problems, and so are those of an ANY table that answer
    differently. Inputs that no rule covers, where there is no default answer, are warnings, and so
    is a table too large to be examined.
    """
    model = read_model(data, Findings(source))
    columns = Columns(model, facts, Budget(MAX_EXAMINING_OPERATIONS) if budget is None else budget)
    examination = Examination()
    for decision in model.decisions:
        if isinstance(decision.body, TableSource):
            table = _TableExaminer(source, decision, decision.body, columns)
            table.examine(examination)
    return examination


class _TableExaminer:
    def __init__(self, source: str, decision: DecisionSource, table: TableSource, columns: Columns) -> None:
        self._source = source
        self._decision = decision
        self._table = table
        self._columns = columns

    def examine(self, examination: Examination) -> None:
        with self._within_budget(examination, "si sus reglas se solapan o dejan casos sin cubrir"):
            axes = self._columns.axes(self._table)
            with self._within_budget(examination, "si sus reglas se solapan"):
                examination.problems.extend(map(self._problem, islice(self._overlaps(axes), _MOST_OVERLAPS)))
            with self._within_budget(examination, "si deja casos sin cubrir"):
                examination.warnings.extend(map(self._problem, islice(self._gaps(axes), _MOST_GAPS)))

    @contextmanager
    def _within_budget(self, examination: Examination, what: str) -> Iterator[None]:
        try:
            yield
        except BudgetExceeded:
            examination.warnings.append(self._problem(f"es demasiado grande: no se revisó {what}"))

    def _problem(self, message: str) -> Problem:
        return Problem(self._source, self._decision.name, message)

    def _overlaps(self, axes: Sequence[Axis]) -> Iterator[str]:
        policy = self._table.hit_policy
        if policy not in ("UNIQUE", "ANY"):
            return
        differing = " con salidas distintas" if policy == "ANY" else ""
        for one, other in overlaps(axes, len(self._table.rules), self._columns.budget):
            asked = [axis for axis in axes if axis.asks(one) or axis.asks(other)]
            if self._may_exclude_one_another(asked) or (differing and not self._differ(one, other)):
                continue
            where = {axis: next(places(axis.certain[one] & axis.certain[other])) for axis in asked}
            example = f"por ejemplo con {_told(where)}" if where else "con cualquier dato"
            pair = f"las reglas {one + 1} y {other + 1} se cumplen a la vez{differing}"
            yield f"{pair}, {example}, y la política es {policy}"

    def _gaps(self, axes: Sequence[Axis]) -> Iterator[str]:
        table = self._table
        if (table.hit_policy, table.aggregation) in _LISTS or any(output.default for output in table.outputs):
            return
        told = set()
        for where in gaps(axes, len(table.rules), self._columns.budget):
            example = _told(where)
            if example not in told and not self._may_exclude_one_another(list(where)):
                told.add(example)
                rules = (
                    f"ninguna regla cubre, por ejemplo, {example}" if where else "la tabla no tiene reglas"
                )
                yield f"{rules}, y no hay valores de salida por defecto"

    def _may_exclude_one_another(self, axes: Sequence[Axis]) -> bool:
        """Whether two of the columns come from the same fact: their values may never occur together."""
        behind = [self._columns.facts_behind(self._table.inputs[axis.place].expression) for axis in axes]
        return any(one & other for one, other in combinations(behind, 2))

    def _differ(self, one: int, other: int) -> bool:
        """Whether two rules answer differently, as far as their own texts say."""
        for mine, its in zip(self._table.rules[one].outputs, self._table.rules[other].outputs, strict=True):
            ours, theirs = self._columns.answer(mine), self._columns.answer(its)
            if ours and theirs and not same(ours[0], theirs[0], self._columns.budget):
                return True
        return False


def _told(where: Mapping[Axis, int]) -> str:
    """`tipo = «queja» y monto = 5`, in the order of the columns."""
    axes = sorted(where, key=lambda axis: axis.place)
    parts = [f"{axis.label} = {_shown(axis.points[where[axis]])}" for axis in axes]
    return " y ".join(filter(None, (", ".join(parts[:-1]), parts[-1] if parts else "")))


def _shown(value: Value) -> str:
    return f"«{value}»" if isinstance(value, str) else write(value, Budget())
