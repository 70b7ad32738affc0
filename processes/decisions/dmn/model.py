"""Decision models: what a file decides when it is asked, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from processes.common.calendar import WorkCalendar
from processes.decisions.budget import Budget, Run
from processes.decisions.dmn.nodes import DecisionNode, Invocable, KnowledgeNode, ServiceNode
from processes.decisions.dmn.session import Model, Outcome, Session
from processes.decisions.errors import DecisionError, FeelError, NoValue, Problem
from processes.decisions.lexer import normalise_name
from processes.decisions.values import Value


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and why.

    `result` goes by output name (by the decision's own when its output has none), `reason` is
    Spanish, `rules` are the rules that counted as `decision#number`, and `warnings` say what was
    null for a type error. `value` is what other decisions read: the only output, a context of all,
    or a list of either where the policy says so.
    """

    result: Mapping[str, Value]
    reason: str
    rules: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    value: Value = None


class DecisionModel:
    """The compiled decisions of a file.

    With `lenient` its business knowledge models can be asked as well, and a fact that bears the name
    of a required decision stands for it.
    """

    def __init__(self, model: Model, *, lenient: bool) -> None:
        self._model = model
        self._lenient = lenient
        decisions = {key: node for key, node in model.nodes.items() if isinstance(node, DecisionNode)}
        self.decision_ids = frozenset(node.id for key, node in decisions.items() if key == node.id)
        self._keys = self._keys_by_name()

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

        A decision service is asked in the same way, with its parameters among the facts. Raises
        DecisionError when there is no such decision, when its text does not parse, when the rules
        that hold contradict the table's policy, when the work is beyond the budget, and when a fact
        is no value.
        """
        name = normalise_name(decision_id)
        key = decision_id if decision_id in self._model.nodes else self._keys.get(name, decision_id)
        node = self._model.nodes.get(key)
        run = Run(now, calendar, budget)
        if self._lenient:
            facts = {normalise_name(name): value for name, value in facts.items()}
        session = Session(self._model, facts, run)
        if isinstance(node, DecisionNode):
            session.read_inputs()
            self._give_decisions(session, facts, except_for=key)
            session.decide([key])
            return _told(session.outcomes, session.outcomes[-1], run)
        if isinstance(node, ServiceNode) or (self._lenient and isinstance(node, KnowledgeNode)):
            return self._invoked(session, key, node, run)
        raise self._error(None, f"no existe la decisión «{decision_id[:60]}»")

    def _invoked(self, session: Session, key: str, node: Invocable, run: Run) -> Decision:
        """A service or a model, asked with the facts that bear the names of its parameters."""
        arguments = [session.read([(each.name,)], each.type, each.name) for each in node.parameters]
        value: Value = None
        try:
            value = session.function(key, node).call(run, arguments)
        except NoValue as reason:
            run.warn(f"{node.name}: {reason}")
        except FeelError as error:
            raise self._error(node.name, str(error)) from error
        outcome = Outcome({node.name: value}, value, f"{node.name}: según su lógica")
        return _told([outcome], outcome, run)

    def _give_decisions(self, session: Session, facts: Mapping[str, Value], *, except_for: str) -> None:
        if not self._lenient:
            return
        for key in self._model.order:
            node = self._model.nodes[key]
            if isinstance(node, DecisionNode) and node.result_name in facts and key != except_for:
                session.give(key, session.read([(node.result_name,)], node.type, node.name))

    def _keys_by_name(self) -> Mapping[str, str]:
        """The elements of the file itself by name; a decision wins over a service of the same name."""
        keys: dict[str, str] = {}
        for kind in (KnowledgeNode, ServiceNode, DecisionNode):
            own = {key: node for key, node in self._model.nodes.items() if isinstance(node, kind)}
            keys |= {node.name: key for key, node in own.items() if "#" not in key}
        return keys

    def _error(self, decision: str | None, message: str) -> DecisionError:
        return DecisionError([Problem(self._model.source, decision, message)])


def _told(outcomes: list[Outcome], last: Outcome, run: Run) -> Decision:
    return Decision(
        result=last.result,
        reason="; ".join([*(each.reason.removesuffix(".") for each in outcomes[:-1]), outcomes[-1].reason]),
        rules=tuple(rule for outcome in outcomes for rule in outcome.rules),
        warnings=tuple(run.warnings),
        value=last.value,
    )
