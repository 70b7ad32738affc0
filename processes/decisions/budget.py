"""The bound on one step's work, and what one evaluation carries with it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.decisions.errors import BudgetExceeded, NoValue, located
from processes.decisions.limits import (
    MAX_CALL_DEPTH,
    MAX_DEPTH,
    MAX_LIST_LENGTH,
    MAX_OPERATIONS,
    MAX_STRING_LENGTH,
    MAX_WARNINGS,
)
from processes.decisions.values import Value, incoming

TOO_MANY_CALLS = "las funciones se llaman unas dentro de otras demasiadas veces"
_CHARACTERS_AN_OPERATION = 64
_OPERATIONS_A_LEVEL = 4


class Budget:
    """Operations that a step may still use; one budget can serve many evaluations of the step."""

    __slots__ = ("_called", "_depth", "_left", "max_operations")

    def __init__(self, max_operations: int = MAX_OPERATIONS) -> None:
        self.max_operations = max_operations
        self._left = max_operations
        self._depth = 0
        self._called = 0

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

    def enter(self, depth: int) -> None:
        """Begin the call of a function `depth` levels deep; raises BudgetExceeded below the last."""
        if self._called + depth > MAX_CALL_DEPTH:
            raise BudgetExceeded(TOO_MANY_CALLS)
        self._called += depth

    def leave(self, depth: int) -> None:
        """End a call that `enter` began."""
        self._called -= depth

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One level down in a nested value; raises BudgetExceeded when it is too deep."""
        self.spend(_OPERATIONS_A_LEVEL)
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

    A fact is converted once, when it is first read. `subject` is the `?` of a unary test. A frame
    within another (`inner`) is that of an iteration, a filter, a context or a call.
    """

    __slots__ = ("facts", "outer", "run", "subject", "values")

    def __init__(
        self,
        facts: Mapping[str, Value],
        run: Run,
        values: dict[str, Value] | None = None,
        outer: "Frame | None" = None,
    ) -> None:
        self.facts = facts
        self.run = run
        self.values = {} if values is None else values
        self.outer = outer
        self.subject: Value = None if outer is None else outer.subject

    def inner(self, values: dict[str, Value], run: Run | None = None) -> "Frame":
        """A frame where `values` come before those of this one."""
        return Frame(self.facts, run or self.run, values, self)

    def read(self, name: str) -> Value:
        """The value of a name; an absent fact is null. Raises FeelError for what is no value."""
        values = self.values
        if name in values:
            return values[name]
        frame = self
        while frame.outer is not None:
            frame = frame.outer
            if name in frame.values:
                return frame.values[name]
        value = frame.values[name] = incoming(frame.facts.get(name))
        return value

    def find(self, name: str) -> Value:
        """As `read`; raises NoValue when nothing has this name."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.values:
                return frame.values[name]
            frame = frame.outer
        if name not in self.facts:
            raise NoValue(f"no se conoce «{name[:60]}»")
        return self.read(name)
