"""The bound on one step's work, and what one evaluation carries with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.decisions.errors import BudgetExceeded, located
from processes.decisions.limits import (
    MAX_DEPTH,
    MAX_LIST_LENGTH,
    MAX_OPERATIONS,
    MAX_STRING_LENGTH,
    MAX_WARNINGS,
)
from processes.decisions.values import Value, incoming

_CHARACTERS_AN_OPERATION = 64


class Budget:
    """Operations that a step may still use; one budget can serve many evaluations of the step."""

    __slots__ = ("_depth", "_left", "max_operations")

    def __init__(self, max_operations: int = MAX_OPERATIONS) -> None:
        self.max_operations = max_operations
        self._left = max_operations
        self._depth = 0

    @property
    def used(self) -> int:
        """Operations used so far."""
        return self.max_operations - self._left

    def spend(self, operations: int = 1) -> None:
        """Use `operations`; raises BudgetExceeded when none are left."""
        self._left -= operations
        if self._left < 0:
            raise BudgetExceeded(f"la expresión pide más de {self.max_operations} operaciones en un paso")

    def text(self, value: str) -> str:
        """`value`, paid for by its length; raises BudgetExceeded when it is too long."""
        if len(value) > MAX_STRING_LENGTH:
            raise BudgetExceeded(f"un texto no puede pasar de {MAX_STRING_LENGTH} caracteres")
        self.spend(1 + len(value) // _CHARACTERS_AN_OPERATION)
        return value

    def items(self, length: int) -> None:
        """Pay for a list of `length` items; raises BudgetExceeded when it is too long."""
        if length > MAX_LIST_LENGTH:
            raise BudgetExceeded(f"una lista no puede pasar de {MAX_LIST_LENGTH} elementos")
        self.spend(1 + length)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One level down in a nested value; raises BudgetExceeded when it is too deep."""
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise BudgetExceeded(f"un valor no puede tener más de {MAX_DEPTH} niveles")
            yield
        finally:
            self._depth -= 1


class Run:
    """What an evaluation is given besides the facts: instant, calendar, budget, warnings."""

    __slots__ = ("budget", "calendar", "now", "warnings")

    def __init__(
        self,
        now: datetime,
        calendar: WorkCalendar | None = None,
        budget: Budget | None = None,
        warnings: list[str] | None = None,
    ) -> None:
        self.now = now
        self.calendar = calendar
        self.budget = Budget() if budget is None else budget
        self.warnings = [] if warnings is None else warnings

    def warn(self, reason: object, position: int | None = None) -> None:
        """Record why a value is null; past the fiftieth nobody reads them."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(located(str(reason), position))


class Frame:
    """Where names are looked up: the facts as they came, and the values known so far.

    A fact is converted once, when it is first read. `subject` is the `?` of a unary test.
    """

    __slots__ = ("_facts", "run", "subject", "values")

    def __init__(self, facts: Mapping[str, Value], run: Run) -> None:
        self._facts = facts
        self.run = run
        self.values: dict[str, Value] = {}
        self.subject: Value = None

    def read(self, name: str) -> Value:
        """The value of a name; an absent fact is null. Raises FeelError for what is no value."""
        if name in self.values:
            return self.values[name]
        value = self.values[name] = incoming(self._facts.get(name))
        return value
