"""Decision models: the decisions of a file, in the order that they require one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.decisions.budget import Budget, Frame, Run
from processes.decisions.dmn.hit_policy import Answer, Policy, Violation, rule_numbers
from processes.decisions.dmn.table import Hit, Table
from processes.decisions.dmn.types import DeclaredType
from processes.decisions.errors import DecisionError, FeelError, NoValue, Problem
from processes.decisions.expression import Expression
from processes.decisions.values import Value


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why.

    `result` goes by output name (by the decision's own when its output has none), `reason` is
    Spanish, `rules` are the rules that counted as `decision#number`, and `warnings` say what was
    null for a type error.
    """

    result: Mapping[str, Value]
    reason: str
    rules: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decision's part: its result by name, its value for others, its reason and rules."""

    result: Mapping[str, Value]
    value: Value
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDecision:
    """A decision that is a table."""

    id: str
    name: str
    result_name: str
    table: Table
    policy: Policy

    def decide(self, frame: Frame) -> Outcome:
        """Its outcome; raises Violation when its rules contradict its policy."""
        try:
            values = self.table.ask(frame)
        except NoValue as reason:
            frame.run.warn(reason)
            return self._nothing(str(reason))
        answer = self.policy(self.table.hits(values, frame), self.table.outputs, frame.run)
        if answer is not None:
            return self._answered(answer)
        defaults = self.table.defaults(frame)
        if defaults is None:
            return self._nothing(_told(()))
        result = self._by_name(defaults)
        told = f"{self.name}: {_told(())}; valen los valores por defecto"
        return Outcome(result, _value(result), told)

    def _answered(self, answer: Answer) -> Outcome:
        result = self._by_name(answer.values)
        value = _value(result)
        if answer.several and len(result) > 1:
            value = [self._by_name(hit.values) for hit in answer.hits]
        rules = tuple(f"{self.id}#{hit.rule.number}" for hit in answer.hits)
        return Outcome(result, value, f"{self.name}: {_told(answer.hits)}", rules)

    def _nothing(self, reason: str) -> Outcome:
        result = self._by_name((None,) * len(self.table.outputs))
        return Outcome(result, None, f"{self.name}: {reason}")

    def _by_name(self, values: tuple[Value, ...]) -> dict[str, Value]:
        names = [column.name or self.result_name for column in self.table.outputs]
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True)
class LiteralDecision:
    """A decision that is one expression."""

    id: str
    name: str
    result_name: str
    expression: Expression
    type: DeclaredType

    def decide(self, frame: Frame) -> Outcome:
        """Its outcome; a value of another type than the declared one is null, with a warning."""
        try:
            value = self.type.coerce(self.expression.run(frame))
        except NoValue as reason:
            frame.run.warn(reason)
            value = None
        reason_told = f"{self.name}: según su expresión"
        return Outcome({self.result_name: value}, value, reason_told)


class DecisionModel:
    """The compiled decisions of a file."""

    def __init__(
        self,
        source: str,
        decisions: Mapping[str, TableDecision | LiteralDecision],
        plans: Mapping[str, tuple[str, ...]],
        inputs: Mapping[str, DeclaredType],
    ) -> None:
        self._source = source
        self._decisions = decisions
        self._plans = plans
        self._inputs = inputs
        self._ids_by_name = {decision.name: decision.id for decision in decisions.values()}
        self.decision_ids = frozenset(decisions)

    def decide(
        self,
        decision_id: str,
        facts: Mapping[str, Value],
        *,
        now: datetime,
        calendar: WorkCalendar | None = None,
        budget: Budget | None = None,
    ) -> Decision:
        """Decide by identifier, or by name, with the decisions that it requires before it.

        Raises DecisionError when there is no such decision, when the rules that hold contradict
        the table's policy, when the work is beyond the budget, and when a fact is no value.
        """
        known = self._ids_by_name.get(decision_id, decision_id)
        if decision_id in self._decisions:
            known = decision_id
        if known not in self._decisions:
            raise self._error(None, f"no existe la decisión «{decision_id[:60]}»")
        run = Run(now, calendar, budget)
        frame = self._frame(facts, run)
        outcomes = []
        for step in self._plans[known]:
            decision = self._decisions[step]
            outcomes.append(self._outcome(decision, frame))
            frame.values[decision.result_name] = outcomes[-1].value
        return Decision(
            result=outcomes[-1].result,
            reason="; ".join(outcome.reason for outcome in outcomes),
            rules=tuple(rule for outcome in outcomes for rule in outcome.rules),
            warnings=tuple(run.warnings),
        )

    def _outcome(self, decision: TableDecision | LiteralDecision, frame: Frame) -> Outcome:
        before = len(frame.run.warnings)
        try:
            outcome = decision.decide(frame)
        except Violation as error:
            raise self._error(decision.name, str(error)) from error
        except FeelError as error:
            raise self._error(decision.name, str(error)) from error
        told = [f"{decision.name}: {text}" for text in frame.run.warnings[before:]]
        frame.run.warnings[before:] = told
        return outcome

    def _frame(self, facts: Mapping[str, Value], run: Run) -> Frame:
        """The facts, those of the file's input data as their declared types."""
        frame = Frame(facts, run)
        for name, declared in self._inputs.items():
            try:
                frame.values[name] = declared.coerce(frame.read(name))
            except NoValue as reason:
                run.warn(f"dato «{name}»: {reason}")
                frame.values[name] = None
            except FeelError as error:
                raise self._error(None, f"dato «{name}»: {error}") from error
        return frame

    def _error(self, decision: str | None, message: str) -> DecisionError:
        return DecisionError([Problem(self._source, decision, message)])


def _value(result: dict[str, Value]) -> Value:
    """What other decisions read: the only output, or a context of all."""
    return next(iter(result.values())) if len(result) == 1 else result


def _told(hits: tuple[Hit, ...]) -> str:
    """`regla 7, malla vial`; with several, each with its annotation in brackets."""
    if not hits:
        return "ninguna regla se cumple"
    if len(hits) == 1:
        note = hits[0].rule.annotation
        return rule_numbers(hits) + (f", {note}" if note else "")
    notes = [hit.rule.annotation for hit in hits if hit.rule.annotation]
    return rule_numbers(hits) + (f" ({'; '.join(notes)})" if notes else "")
