"""A decision table with its hit policy: what it answers, to whom, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from processes.decisions.budget import Frame
from processes.decisions.dmn.hit_policy import Answer, Policy, rule_numbers
from processes.decisions.dmn.table import Hit, Table
from processes.decisions.errors import NoValue
from processes.decisions.values import Value

_NO_RULE = "ninguna regla se cumple"


@dataclass(frozen=True, slots=True)
class TableAnswer:
    """What a table answers: each output by name, the value that others read, why, and by which rules."""

    outputs: Mapping[str, Value]
    value: Value
    reason: str
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableLogic:
    """A table that is asked; `name` is what its only output is called when it has no name."""

    name: str
    table: Table
    policy: Policy

    def run(self, frame: Frame) -> Value:
        """The value that others read: the only output, a context of all, or a list of either."""
        return self.answer(frame).value

    def answer(self, frame: Frame) -> TableAnswer:
        """Its answer; raises Violation when its rules contradict its policy."""
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
            return self._nothing(_NO_RULE)
        outputs = self._by_name(defaults)
        return TableAnswer(outputs, _plain(outputs), f"{_NO_RULE}; valen los valores por defecto")

    def _answered(self, answer: Answer) -> TableAnswer:
        outputs = self._by_name(answer.values)
        value = _plain(outputs)
        if answer.several and len(outputs) > 1:
            value = [self._by_name(hit.values) for hit in answer.hits]
        rules = tuple(hit.rule.number for hit in answer.hits)
        return TableAnswer(outputs, value, _told(answer.hits), rules)

    def _nothing(self, reason: str) -> TableAnswer:
        return TableAnswer(self._by_name((None,) * len(self.table.outputs)), None, reason)

    def _by_name(self, values: tuple[Value, ...]) -> dict[str, Value]:
        names = [column.name or self.name for column in self.table.outputs]
        return dict(zip(names, values, strict=True))


def _plain(outputs: dict[str, Value]) -> Value:
    return next(iter(outputs.values())) if len(outputs) == 1 else outputs


def _told(hits: tuple[Hit, ...]) -> str:
    """`regla 7, malla vial`; with several, each with its annotation in brackets."""
    if not hits:
        return _NO_RULE
    if len(hits) == 1:
        note = hits[0].rule.annotation
        return rule_numbers(hits) + (f", {note}" if note else "")
    notes = [hit.rule.annotation for hit in hits if hit.rule.annotation]
    return rule_numbers(hits) + (f" ({'; '.join(notes)})" if notes else "")
