"""The problems of one file, collected so that the analyst sees all of them at once."""

from dataclasses import dataclass, replace

from processes.decisions.errors import DecisionError, FeelError, Problem

_MOST_PROBLEMS = 200


class Findings:
    """Problems found so far in `source`, the file's name; past 200 of them nobody reads on.

    With `lenient` only what makes a decision impossible counts: a text that does not parse, a table
    without outputs. The rest is null when it is decided.
    """

    def __init__(self, source: str, *, lenient: bool = False) -> None:
        self.source = source
        self.lenient = lenient
        self.problems: list[Problem] = []

    def add(self, message: str) -> None:
        """Record a problem of the file and go on; raises DecisionError at the last worth reading."""
        if not self.lenient:
            self.record(Problem(self.source, None, message))

    def stop(self, message: str) -> None:
        """Record a problem of the file that no reading can ignore, and go on."""
        self.record(Problem(self.source, None, message))

    def record(self, problem: Problem) -> None:
        """Record one problem and go on; raises DecisionError at the last that is worth reading."""
        self.problems.append(problem)
        if len(self.problems) == _MOST_PROBLEMS and not self.lenient:
            self.raise_any()

    def raise_any(self) -> None:
        """Raises DecisionError when there are problems."""
        if self.problems:
            raise DecisionError(self.problems)

    def raise_of_the_file(self) -> None:
        """Raises DecisionError when there are problems of the file as a whole, and not of a decision."""
        own = [problem for problem in self.problems if problem.decision is None]
        if own:
            raise DecisionError(own)


@dataclass(frozen=True, slots=True)
class DecisionFindings:
    """The findings of one decision, model or type of the file; `entry` is the part being read."""

    findings: Findings
    decision: str
    entry: str | None = None

    @property
    def lenient(self) -> bool:
        """Whether only what makes the decision impossible counts."""
        return self.findings.lenient

    def inside(self, entry: str) -> "DecisionFindings":
        """The findings of a part of a boxed expression, told by its way: «entrada «a», entrada «b»»."""
        return replace(self, entry=entry if self.entry is None else f"{self.entry}, {entry}")

    def add(
        self, message: str, *, rule: int | None = None, column: str | None = None, position: int | None = None
    ) -> None:
        """Record one problem of the decision, unless its reader is lenient."""
        if not self.findings.lenient:
            self.stop(message, rule=rule, column=column, position=position)

    def stop(
        self, message: str, *, rule: int | None = None, column: str | None = None, position: int | None = None
    ) -> None:
        """Record one problem that makes the decision impossible."""
        source = self.findings.source
        self.findings.record(
            Problem(source, self.decision, message, rule, column, position, entry=self.entry)
        )

    def add_feel(self, error: FeelError, *, rule: int | None = None, column: str | None = None) -> None:
        """Record a text that does not compile, with its position."""
        self.stop(error.message, rule=rule, column=column, position=error.position)
