"""What each event does to the clock, once it is allowed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from processes.terms.clock import filing_date
from processes.terms.events import LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explained import Stop
from processes.terms.filing import Filing, Matter
from processes.terms.lengths import Length, Term
from processes.terms.moves import MOVES, Phase
from processes.terms.reckoning import MatterClock, MatterState, Reckoning, begin, clock_of, settle

Effect = Callable[[Reckoning, LegalEvent], Reckoning]

_WHY_STOPPED = {
    Kind.COMPLETION_REQUESTED: "Término suspendido: el peticionario debe completar la petición",
    Kind.RETURNED_UNCLEAR: "Término suspendido: el peticionario debe aclarar la petición",
}
_CLOSED_AS: Mapping[Kind, MatterState] = MappingProxyType(
    {
        Kind.ANSWERED: MatterState.ANSWERED,
        Kind.REFUSED_BY_RESERVE: MatterState.REFUSED,
        Kind.TRANSFERRED_OUT: MatterState.TRANSFERRED,
        Kind.WITHDRAWN: MatterState.WITHDRAWN,
    }
)
_DECIDED = frozenset({MatterState.ANSWERED, MatterState.REFUSED})
ANSWERS = frozenset({Kind.ANSWERED, Kind.REFUSED_BY_RESERVE})
"""Acts that answer: to send and to make known are two things, and the term counts the first."""


def happen(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The petition after `event`, which the law allowed. A notice that did not arrive moves nothing."""
    before = settle(reckoning, event.on)
    after = _EFFECTS.get(event.kind, _nothing)(before, event) if event.delivered else before
    return replace(after, events=(*after.events, event))


def replay(filing: Filing, events: tuple[LegalEvent, ...], start: Reckoning) -> Reckoning:
    """All of `events` from the filing on, in the calendar of `start`."""
    reckoning = begin(filing, start.calendar)
    for event in events:
        reckoning = happen(reckoning, event)
    return reckoning


def _nothing(reckoning: Reckoning, _event: LegalEvent) -> Reckoning:
    return reckoning


def _stop(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The day of the act counts as used; the term stops from the next one."""
    move = MOVES[event.kind]
    why = f"{_WHY_STOPPED[event.kind]} ({move.citation})"
    stop = Stop(max(event.on, reckoning.filing.filed_on), None, why)
    return replace(reckoning, stops=(*reckoning.stops, stop), phase=_phase_after(reckoning, event.kind))


def _go_on(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The remaining days count from the day after the citizen's document counts as received."""
    if not reckoning.stopped:
        return reckoning
    open_stop = reckoning.stops[-1]
    received = filing_date(event.at, reckoning.calendar, reckoning.filing.policy)
    closed = replace(open_stop, until=max(received, open_stop.after))
    return replace(reckoning, stops=(*reckoning.stops[:-1], closed), phase=Phase.RUNNING)


def _extend(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    numbers = {each.number for each in extendable(reckoning, event)}
    matters = tuple(
        _longer(each, event.length) if each.number in numbers else each for each in reckoning.matters
    )
    return replace(reckoning, matters=matters)


def extendable(reckoning: Reckoning, event: LegalEvent) -> tuple[MatterClock, ...]:
    """Which requests an extension touches: those it names, or all the open ones that can have it."""
    chosen = reckoning.chosen(event.matters)
    if event.matters:
        return chosen
    return tuple(each for each in chosen if each.longest and not each.extended) or chosen


def _longer(matter: MatterClock, total: Length | None) -> MatterClock:
    extension, longest = matter.rule.extension, matter.longest
    if extension is None or longest is None:
        return matter
    length = total or longest
    citation = f"{matter.term.citation}; prórroga: {extension.citation}"
    facts = (*matter.term.facts, *MOVES[Kind.EXTENSION_TOLD].facts)
    return replace(matter, term=Term(length, citation, matter.term.evidence, facts), extended=True)


def _close(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    closed = {each.number for each in reckoning.chosen(event.matters)}
    state = _CLOSED_AS[event.kind]
    matters = tuple(
        replace(each, state=state) if each.number in closed else each for each in reckoning.matters
    )
    after = replace(reckoning, matters=matters)
    if after.open_matters:
        return after
    decided = any(each.state in _DECIDED for each in matters)
    return replace(after, phase=Phase.ANSWERED if decided else _phase_after(reckoning, event.kind))


def _end(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    return replace(reckoning, phase=_phase_after(reckoning, event.kind))


def _notified(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    return _end(reckoning, event) if reckoning.phase is Phase.ANSWERED else reckoning


def _continue(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """What was withdrawn is open again, with the days that it had.

    Of what the entity took as withdrawn, the part that the citizen had given up stays so.
    """
    ended = reckoning.last(Kind.WITHDRAWN, Kind.DEEMED_WITHDRAWN)
    again = MatterState.WITHDRAWN if ended is None or ended.kind is Kind.WITHDRAWN else None
    matters = tuple(
        replace(each, state=MatterState.OPEN) if each.state is again else each for each in reckoning.matters
    )
    return replace(_go_on(reckoning, event), matters=matters, phase=Phase.RUNNING)


def _reclassify(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    chosen = {each.number for each in reckoning.chosen(event.matters)}
    matters = tuple(
        reclassified(reckoning, each, event) if each.number in chosen else each for each in reckoning.matters
    )
    return settle(replace(reckoning, matters=matters), event.on)


def reclassified(reckoning: Reckoning, matter: MatterClock, event: LegalEvent) -> MatterClock:
    """`matter` under its new kind: counted from the same filing, with what an extension still gives.

    A petition is extended once, whatever its kind becomes (Ley 1437 de 2011, artículo 14, parágrafo).
    """
    if event.new_kind is None:
        return matter
    fixed = event.length or reckoning.filing.fixed
    fresh = clock_of(Matter(matter.number, event.new_kind), replace(reckoning.filing, fixed=fixed))
    if not matter.extended:
        return fresh
    amount = min(matter.term.length.amount, fresh.longest.amount) if fresh.longest else 0
    longer = _longer(fresh, Length(amount)) if amount > fresh.term.length.amount else fresh
    return replace(longer, extended=True)


def _undo_notice(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The act whose notice came back moved nothing; an answer that came back was given, but not notified."""
    if event.of in ANSWERS:
        return replace(reckoning, phase=Phase.ANSWERED) if reckoning.phase is Phase.NOTIFIED else reckoning
    undone = reckoning.last(event.of) if event.of else None
    if undone is None:
        return reckoning
    events = tuple(replace(each, delivered=False) if each is undone else each for each in reckoning.events)
    return settle(replay(reckoning.filing, events, reckoning), event.on)


def _phase_after(reckoning: Reckoning, kind: Kind) -> Phase:
    return MOVES[kind].leads_to or reckoning.phase


_EFFECTS: Mapping[Kind, Effect] = MappingProxyType(
    {
        Kind.COMPLETION_REQUESTED: _stop,
        Kind.RETURNED_UNCLEAR: _stop,
        Kind.COMPLETED: _go_on,
        Kind.CLARIFIED: _go_on,
        Kind.EXTENSION_TOLD: _extend,
        Kind.ANSWERED: _close,
        Kind.REFUSED_BY_RESERVE: _close,
        Kind.TRANSFERRED_OUT: _close,
        Kind.WITHDRAWN: _close,
        Kind.DEEMED_WITHDRAWN: _end,
        Kind.ARCHIVED_UNCLEAR: _end,
        Kind.REJECTED_DISRESPECTFUL: _end,
        Kind.NUMBER_CANCELLED: _end,
        Kind.NOTIFIED: _notified,
        Kind.CONTINUED_EX_OFFICIO: _continue,
        Kind.RECLASSIFIED: _reclassify,
        Kind.NOTICE_RETURNED: _undo_notice,
    }
)
"""Events that are not here change no date of the answer; they start clocks of their own."""
