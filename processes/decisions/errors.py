"""What can go wrong with an expression or a table, told to the analyst in Spanish."""

from collections.abc import Sequence
from dataclasses import dataclass


class FeelError(Exception):
    """A text that is not FEEL of ours, or work beyond its bounds.

    `message` is Spanish, `position` counts characters from 0 within `text`.
    """

    def __init__(self, message: str, *, position: int | None = None, text: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.text = text

    def __str__(self) -> str:
        return located(self.message, self.position)


class BudgetExceeded(FeelError):
    """The evaluation asked for more operations, or a larger value, than one step may use."""


class NoValue(Exception):
    """An operation has no value for its operands: FEEL answers null, and we record a warning.

    Its argument is the Spanish reason. It never leaves this package.
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a DMN file; the numbers are those that the editor shows (from 1)."""

    source: str
    decision: str | None
    message: str
    rule: int | None = None
    column: str | None = None
    position: int | None = None
    entry: str | None = None

    def __str__(self) -> str:
        place = [self.source]
        if self.decision is not None:
            place.append(f"decisión «{self.decision}»")
        if self.entry is not None:
            place.append(self.entry)
        if self.rule is not None:
            place.append(f"regla {self.rule}")
        if self.column is not None:
            place.append(f"columna «{self.column}»")
        return f"{', '.join(place)}: {located(self.message, self.position)}"


class DecisionError(Exception):
    """A DMN file that cannot be published, or a decision that its own rules contradict."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def located(message: str, position: int | None) -> str:
    """`message` with its place, counted from 1 as a person does."""
    return message if position is None else f"carácter {position + 1}: {message}"
