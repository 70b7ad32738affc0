"""Which clocks still run: none does once what it waited for has come, or can come no more."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from processes.terms.events import LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.move_rows import Phase
from processes.terms.reckoning import Reckoning
from processes.terms.targets import Target

_Runs = Callable[[Reckoning], bool]
_ORDERS = frozenset({Kind.JUDGE_ORDERED, Kind.JUDGE_RULED})
_UNANSWERED = frozenset({Phase.RUNNING, Phase.AWAITING_COMPLETION, Phase.AWAITING_CLARIFICATION})


def runs(reckoning: Reckoning, target: Target) -> bool:
    """Whether the clock `target`, if the law gives it to this petition, still waits for something."""
    return _RUNS.get(target, _always)(reckoning)


def insisted(reckoning: Reckoning) -> bool:
    """Whether the citizen has already insisted on every refusal that was notified.

    Ley 1437 de 2011, artículo 26: one insistence on each refusal, whatever its notice.
    """
    refusals = sum(each.kind is Kind.REFUSED_BY_RESERVE and each.delivered for each in reckoning.events)
    insistences = [number for number, each in enumerate(reckoning.events) if each.kind is Kind.INSISTED]
    if not insistences:
        return False
    notices = [
        number
        for number, each in enumerate(reckoning.events)
        if each.kind is Kind.NOTIFIED and each.of is Kind.REFUSED_BY_RESERVE
    ]
    return len(insistences) >= refusals or insistences[-1] > max(notices, default=-1)


def appeals_pending(reckoning: Reckoning) -> bool:
    """Whether some appeal has no decision yet; one decision is that of one appeal."""
    kinds = [event.kind for event in reckoning.events]
    return kinds.count(Kind.APPEALED) > kinds.count(Kind.APPEAL_DECIDED)


def orders_pending(reckoning: Reckoning) -> tuple[LegalEvent, ...]:
    """What judges ordered and nobody has met, the oldest first.

    A fulfilment that does not say of what is of the kind of the last order; of several of a kind, the
    oldest is met first.
    """
    return _orders(reckoning)[0]


def last_met(reckoning: Reckoning) -> Kind | None:
    """Which order the last fulfilment is of; None when nothing was met."""
    return _orders(reckoning)[1]


def _orders(reckoning: Reckoning) -> tuple[tuple[LegalEvent, ...], Kind | None]:
    pending: list[LegalEvent] = []
    met: Kind | None = None
    for event in reckoning.events:
        if event.kind in _ORDERS:
            pending.append(event)
        elif event.kind is Kind.ORDER_MET:
            kind = event.of or (pending[-1].kind if pending else None)
            found = [place for place, order in enumerate(pending) if order.kind is kind]
            met = pending.pop(found[0]).kind if found else None
    return tuple(pending), met


def _always(_reckoning: Reckoning) -> bool:
    return True


def _unanswered(reckoning: Reckoning) -> bool:
    return reckoning.phase in _UNANSWERED


def _may_ask(reckoning: Reckoning) -> bool:
    """One request alone, before the answer."""
    return reckoning.phase is Phase.RUNNING and reckoning.last(Kind.COMPLETION_REQUESTED) is None


def _completing(*, extended: bool) -> _Runs:
    def waits(reckoning: Reckoning) -> bool:
        asked = reckoning.last(Kind.COMPLETION_EXTENSION_ASKED) is not None
        return reckoning.phase is Phase.AWAITING_COMPLETION and asked is extended

    return waits


def _until(kind: Kind, notice: Kind) -> _Runs:
    """Until `kind` comes after the last `notice`."""

    def waits(reckoning: Reckoning) -> bool:
        done = next((each.kind for each in reversed(reckoning.events) if each.kind in {kind, notice}), None)
        return done is not kind

    return waits


def _unmet(kind: Kind) -> _Runs:
    def waits(reckoning: Reckoning) -> bool:
        return any(each.kind is kind for each in orders_pending(reckoning))

    return waits


_RUNS: Mapping[Target, _Runs] = MappingProxyType(
    {
        Target.ENTITY_REQUEST: _may_ask,
        Target.CITIZEN_COMPLETION: _completing(extended=False),
        Target.CITIZEN_COMPLETION_EXTENDED: _completing(extended=True),
        Target.CITIZEN_CLARIFICATION: lambda it: it.phase is Phase.AWAITING_CLARIFICATION,
        Target.TRANSFER: _unanswered,
        Target.VERBAL_TRANSFER: _unanswered,
        Target.UTILITY_EFFECTS: _unanswered,
        Target.COPIES_BY_POSITIVE_SILENCE: _unanswered,
        Target.FISCAL_FINAL: _unanswered,
        Target.CLAIM_ANNOTATION: _unanswered,
        Target.NEGATIVE_SILENCE: lambda it: it.phase in _UNANSWERED | {Phase.ANSWERED},
        Target.INSISTENCE: lambda it: not insisted(it),
        Target.APPEAL_SILENCE: appeals_pending,
        Target.APPEAL: _until(Kind.APPEALED, Kind.NOTIFIED),
        Target.JUDGE_REPORT: _unmet(Kind.JUDGE_ORDERED),
        Target.RULING: _unmet(Kind.JUDGE_RULED),
    }
)
"""Targets that stop; those without a line here run from what starts them on."""
