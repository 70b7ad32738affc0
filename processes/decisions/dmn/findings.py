"""The problems of one file, collected so that the analyst sees all of them at once."""

from processes.decisions.errors import DecisionError, FeelError, Problem

_MOST_PROBLEMS = 200


class Findings:
    """Problems found so far in `source`, the file's name; past 200 of them nobody reads on."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def add(
        self,
        message: str,
        *,
        decision: str | None = None,
        rule: int | None = None,
        column: str | None = None,
        position: int | None = None,
    ) -> None:
        """Record one problem and go on; raises DecisionError at the last that is worth reading."""
        self.problems.append(Problem(self.source, decision, message, rule, column, position))
        if len(self.problems) == _MOST_PROBLEMS:
            self.raise_any()

    def raise_any(self) -> None:
        """Raises DecisionError when there are problems."""
        if self.problems:
            raise DecisionError(self.problems)


class DecisionFindings:
    """The findings of one decision of the file."""

    def __init__(self, findings: Findings, decision: str) -> None:
        self._findings = findings
        self.decision = decision

    def add(self, message: str, *, rule: int | None = None, column: str | None = None) -> None:
        """Record one problem of the decision."""
        self._findings.add(message, decision=self.decision, rule=rule, column=column)

    def add_feel(self, error: FeelError, *, rule: int | None = None, column: str | None = None) -> None:
        """Record a text that does not compile, with its position."""
        self._findings.add(
            error.message,
            decision=self.decision,
            rule=rule,
            column=column,
            position=error.position,
        )
