"""The other dates of a petition: of the citizen, of another body, of a judge, of silence."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from processes.terms.clock import FILING_DAY, end_of_term, filing_date
from processes.terms.events import EVENT_LABELS, LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explained import ExplainedDate
from processes.terms.explaining import explain
from processes.terms.filing import Matter, filing_of
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.lengths import Term
from processes.terms.moves import MOVES
from processes.terms.reckoning import MatterState, Reckoning, begin, settle
from processes.terms.refusals import RefusedAct, spoken
from processes.terms.response import explain_response
from processes.terms.rules import clock_term
from processes.terms.running import orders_pending, runs
from processes.terms.targets import TARGET_LABELS, Target

_Clock = Callable[[Reckoning], ExplainedDate]


def clock(reckoning: Reckoning, target: Target) -> ExplainedDate:
    """The date of one clock, explained.

    Raises RefusedAct, in words, when that clock does not run for this petition.
    """
    return _CLOCKS[target](reckoning)


def clocks(reckoning: Reckoning) -> dict[Target, ExplainedDate]:
    """Every clock that runs for this petition, by target; one whose wait is over runs no more."""
    running = {}
    for target in Target:
        if not runs(reckoning, target):
            continue
        try:
            running[target] = clock(reckoning, target)
        except RefusedAct:
            continue
    return running


def completion_target(reckoning: Reckoning) -> Target:
    """Which of its two dates the citizen has to complete: the first, or the extended one."""
    asked = reckoning.last(Kind.COMPLETION_EXTENSION_ASKED)
    return Target.CITIZEN_COMPLETION_EXTENDED if asked else Target.CITIZEN_COMPLETION


def _from_filing(target: Target) -> _Clock:
    def explained(reckoning: Reckoning) -> ExplainedDate:
        return _count(reckoning, target, reckoning.filing.filed_on, FILING_DAY)

    return explained


def _from_event(target: Target, *kinds: Kind, of: Kind | None = None) -> _Clock:
    def explained(reckoning: Reckoning) -> ExplainedDate:
        event = _event(reckoning, target, *kinds, of=of)
        return _count(reckoning, target, event.on, _day_of(event))

    return explained


def _from_reception(target: Target, *kinds: Kind) -> _Clock:
    """Like `_from_event`, from the day on which what the office received counts as received."""

    def explained(reckoning: Reckoning) -> ExplainedDate:
        event = _event(reckoning, target, *kinds)
        start = filing_date(event.at, reckoning.calendar, reckoning.filing.policy)
        return _count(reckoning, target, start, _day_of(event))

    return explained


def _completion(reckoning: Reckoning) -> ExplainedDate:
    request = _event(reckoning, Target.CITIZEN_COMPLETION, Kind.COMPLETION_REQUESTED)
    term = _term(reckoning, Target.CITIZEN_COMPLETION)
    return _explain(reckoning, _granted(term, request), request.on, _day_of(request))


def _completion_extended(reckoning: Reckoning) -> ExplainedDate:
    """As long again as the first time was, from where that one ended."""
    target = Target.CITIZEN_COMPLETION_EXTENDED
    _event(reckoning, target, Kind.COMPLETION_EXTENSION_ASKED)
    request = _event(reckoning, target, Kind.COMPLETION_REQUESTED)
    term = _granted(_term(reckoning, target), request)
    first = _completion(reckoning)
    return _explain(reckoning, term, first.due_on, "Último día del primer término para completar")


def _granted(term: Term, request: LegalEvent) -> Term:
    return Term(request.length, term.citation, term.evidence, term.facts) if request.length else term


def _transfer(reckoning: Reckoning) -> ExplainedDate:
    target = Target.VERBAL_TRANSFER if reckoning.filing.verbal else Target.TRANSFER
    return _count(reckoning, target, reckoning.filing.filed_on, FILING_DAY)


def _verbal_transfer(reckoning: Reckoning) -> ExplainedDate:
    if not reckoning.filing.verbal:
        raise _not_running(
            Target.VERBAL_TRANSFER, "la petición es escrita", MOVES[Kind.TRANSFERRED_OUT].citation
        )
    return _transfer(reckoning)


def _competent_response(reckoning: Reckoning) -> ExplainedDate:
    """The other body's own term, from the day after it receives."""
    event = _event(reckoning, Target.COMPETENT_RESPONSE, Kind.RECEIVED_BY_COMPETENT)
    sent = [each for each in reckoning.matters if each.state is MatterState.TRANSFERRED] or reckoning.matters
    matters = [Matter(each.number, each.kind) for each in sent]
    filing = reckoning.filing
    theirs = filing_of(event.at, matters, reckoning.calendar, policy=filing.policy, fixed=filing.fixed)
    return explain_response(settle(begin(theirs, reckoning.calendar)))


def _copies(reckoning: Reckoning) -> ExplainedDate:
    target = Target.COPIES_BY_POSITIVE_SILENCE
    silent = [each for each in reckoning.open_matters if clock_term(target, each.kind)]
    if not silent:
        raise _not_running(target, "ningún asunto abierto es de información o de documentos", _cited(target))
    first = min(silent, key=reckoning.due_on_of)
    due_on = reckoning.due_on_of(first)
    return _explain(reckoning, _term_of(target, first.kind), due_on, "Último día para responder")


def _appeal(reckoning: Reckoning) -> ExplainedDate:
    """From the notice of what may be appealed: no act of procedure, nor a refusal by reserve."""
    notices = [each for of in APPEALABLE if (each := reckoning.last(Kind.NOTIFIED, of=of))]
    if not notices:
        raise _not_running(Target.APPEAL, "no ha ocurrido lo que lo inicia", MOVES[Kind.NOTIFIED].citation)
    notice = max(notices, key=lambda each: each.at)
    return _count(reckoning, Target.APPEAL, notice.on, _day_of(notice))


def _utility_effects(reckoning: Reckoning) -> ExplainedDate:
    target = Target.UTILITY_EFFECTS
    midnight = end_of_term(reckoning.due_on)
    return _explain(reckoning, _term(reckoning, target), reckoning.due_on, "", started_at=midnight)


def judge_dates(reckoning: Reckoning, target: Target) -> tuple[ExplainedDate | None, ...]:
    """The date of each report or ruling that a judge still waits for, in the order in which they came.

    None for one whose term nobody knows.
    """
    orders = (each for each in orders_pending(reckoning) if each.kind is _ORDERED[target])
    return tuple(_fixed_by_a_judge(reckoning, target, each) for each in orders)


def _judge(target: Target) -> _Clock:
    """Of what several judges wait for, what is due first."""

    def explained(reckoning: Reckoning) -> ExplainedDate:
        last = _event(reckoning, target, _ORDERED[target])
        dates = judge_dates(reckoning, target) or (_fixed_by_a_judge(reckoning, target, last),)
        known = [each for each in dates if each is not None]
        if not known:
            citation = MOVES[_ORDERED[target]].citation
            raise _not_running(target, "no se sabe el término que fijó el juez", citation)
        return min(known, key=lambda each: each.due_at or end_of_term(each.due_on))

    return explained


def _fixed_by_a_judge(reckoning: Reckoning, target: Target, order: LegalEvent) -> ExplainedDate | None:
    """Days from the day after it is known, hours from the minute."""
    move = MOVES[order.kind]
    usual = clock_term(target, PetitionKind.JUDGE_REQUEST)
    length = order.length or (usual.length if usual else None)
    if length is None:
        return None
    start = filing_date(order.at, reckoning.calendar, reckoning.filing.policy)
    term = Term(length, move.citation, facts=move.facts)
    return _explain(reckoning, term, start, _day_of(order), started_at=order.at)


def _claim_annotation(reckoning: Reckoning) -> ExplainedDate:
    """Two days from the complete claim: the filing, or what completed it."""
    completed = reckoning.last(Kind.COMPLETED)
    if completed is None:
        return _from_filing(Target.CLAIM_ANNOTATION)(reckoning)
    return _from_reception(Target.CLAIM_ANNOTATION, Kind.COMPLETED)(reckoning)


def _event(reckoning: Reckoning, target: Target, *kinds: Kind, of: Kind | None = None) -> LegalEvent:
    event = reckoning.last(*kinds, of=of)
    if event is None:
        raise _not_running(target, "no ha ocurrido lo que lo inicia", MOVES[kinds[0]].citation)
    return event


def _count(reckoning: Reckoning, target: Target, start: date, why_start: str) -> ExplainedDate:
    return _explain(reckoning, _term(reckoning, target), start, why_start)


def _explain(
    reckoning: Reckoning, term: Term, start: date, why_start: str, *, started_at: datetime | None = None
) -> ExplainedDate:
    return explain(term, start, reckoning.calendar, why_start=why_start, started_at=started_at)


def _term(reckoning: Reckoning, target: Target) -> Term:
    """Of several requests, the shortest term binds the entity and the longest favours the citizen."""
    kinds = [each.kind for each in reckoning.open_matters or reckoning.matters]
    terms = [term for kind in kinds if (term := clock_term(target, kind)) is not None]
    if not terms:
        return _term_of(target, kinds[0])
    choose = max if target in _OF_THE_CITIZEN else min
    return choose(terms, key=lambda term: term.length.amount)


def _term_of(target: Target, kind: PetitionKind) -> Term:
    term = clock_term(target, kind)
    if term is None:
        raise _not_running(target, f"la ley no lo da para «{KIND_LABELS[kind]}»", _cited(target))
    return term


def _cited(target: Target) -> str:
    return _CITED.get(target, "Ley 1437 de 2011")


def _not_running(target: Target, why: str, citation: str) -> RefusedAct:
    return RefusedAct(f"No hay fecha de «{TARGET_LABELS[target]}»: {why}", citation)


def _day_of(event: LegalEvent) -> str:
    return f"{EVENT_LABELS[event.kind]} del {spoken(event.on)}: el término empieza el día siguiente"


APPEALABLE = (
    Kind.ANSWERED,
    Kind.DEEMED_WITHDRAWN,
    Kind.ARCHIVED_UNCLEAR,
    Kind.REJECTED_DISRESPECTFUL,
    Kind.CONTINUED_EX_OFFICIO,
)
"""Ley 1437 de 2011, artículos 25, 74 y 75."""

_ORDERED: Mapping[Target, Kind] = MappingProxyType(
    {Target.JUDGE_REPORT: Kind.JUDGE_ORDERED, Target.RULING: Kind.JUDGE_RULED}
)
_OF_THE_CITIZEN = frozenset({Target.CITIZEN_COMPLETION, Target.CITIZEN_COMPLETION_EXTENDED})
_CITED: Mapping[Target, str] = MappingProxyType(
    {
        Target.CITIZEN_COMPLETION_EXTENDED: "Ley 1581 de 2012, artículo 15, numeral 1",
        Target.COPIES_BY_POSITIVE_SILENCE: "Ley 1437 de 2011, artículo 14, numeral 1",
        Target.UTILITY_EFFECTS: "Decreto 2150 de 1995, artículo 123",
        Target.NEGATIVE_SILENCE: "Ley 1437 de 2011, artículo 83",
        Target.FISCAL_FINAL: "Ley 1757 de 2015, artículo 70",
        Target.CLAIM_ANNOTATION: "Ley 1581 de 2012, artículo 15, numeral 2",
    }
)
_CLOCKS: Mapping[Target, _Clock] = MappingProxyType(
    {
        Target.RESPONSE: explain_response,
        Target.ENTITY_REQUEST: _from_filing(Target.ENTITY_REQUEST),
        Target.CITIZEN_COMPLETION: _completion,
        Target.CITIZEN_COMPLETION_EXTENDED: _completion_extended,
        Target.CITIZEN_CLARIFICATION: _from_event(Target.CITIZEN_CLARIFICATION, Kind.RETURNED_UNCLEAR),
        Target.TRANSFER: _transfer,
        Target.VERBAL_TRANSFER: _verbal_transfer,
        Target.COMPETENT_RESPONSE: _competent_response,
        Target.COPIES_BY_POSITIVE_SILENCE: _copies,
        Target.UTILITY_EFFECTS: _utility_effects,
        Target.NEGATIVE_SILENCE: _from_filing(Target.NEGATIVE_SILENCE),
        Target.INSISTENCE: _from_event(Target.INSISTENCE, Kind.NOTIFIED, of=Kind.REFUSED_BY_RESERVE),
        Target.APPEAL: _appeal,
        Target.APPEAL_SILENCE: _from_reception(Target.APPEAL_SILENCE, Kind.APPEALED),
        Target.FISCAL_FINAL: _from_filing(Target.FISCAL_FINAL),
        Target.JUDGE_REPORT: _judge(Target.JUDGE_REPORT),
        Target.RULING: _judge(Target.RULING),
        Target.RULING_APPEAL: _from_event(Target.RULING_APPEAL, Kind.JUDGE_RULED),
        Target.PORTAL_FAILURE: _from_event(Target.PORTAL_FAILURE, Kind.PORTAL_FAILED),
        Target.CLAIM_ANNOTATION: _claim_annotation,
    }
)
