"""A new act on a petition: allowed by the table and its clocks, or refused with its rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from types import MappingProxyType

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.terms.effects import happen, reclassified
from processes.terms.events import EVENT_LABELS, LegalEvent, LegalEventKind
from processes.terms.filing import Filing
from processes.terms.limits import check
from processes.terms.moves import MOVES, Move, Need
from processes.terms.reckoning import Reckoning, begin, settle
from processes.terms.refusals import RefusedAct


def reckon(filing: Filing, events: Iterable[LegalEvent], calendar: WorkCalendar) -> Reckoning:
    """A petition after the `events` that were accepted, in their order.

    An accepted act stays one: nothing is refused again when the calendar or the law changes later.
    """
    reckoning = begin(filing, calendar)
    for event in events:
        reckoning = happen(reckoning, event)
    return settle(reckoning)


def move(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The petition after a new act, with all that the table asks of it.

    Raises RefusedAct when the act comes too early, too late, too long, a second time or out of place,
    or lacks its reason, length, new kind, act or approval. Who may do it, and the signature, are for
    whoever calls.
    """
    row = MOVES[event.kind]
    for need, missing in _MISSING.items():
        if need in row.needs and missing(reckoning, event):
            raise RefusedAct(f"«{EVENT_LABELS[event.kind]}»: {_SAID[need]}", row.citation)
    return allow(reckoning, event)


def allow(reckoning: Reckoning, event: LegalEvent) -> Reckoning:
    """The petition after an act of which only the date is known: its order and its time are checked.

    Raises RefusedAct as `move` does.
    """
    before = settle(reckoning, event.on)
    check(before, event)
    return happen(before, event)


def legal_moves(reckoning: Reckoning, on: date) -> tuple[Move, ...]:
    """The rows of the table that the law allows on the day `on`, as far as time and order decide."""
    return tuple(row for row in MOVES.values() if why_not(reckoning, row.kind, on) is None)


def why_not(reckoning: Reckoning, kind: LegalEventKind, on: date) -> RefusedAct | None:
    """Why time and order do not allow an act of `kind` on the day `on`; None when they do."""
    event = LegalEvent(kind=kind, at=datetime.combine(on, time(12), BOGOTA))
    try:
        check(settle(reckoning, on), event)
    except RefusedAct as refusal:
        return refusal
    return None


def _lengthens(reckoning: Reckoning, event: LegalEvent) -> bool:
    """Whether a new kind is due later than the old one for some request, and nobody approved it."""
    if event.approved or event.new_kind is None:
        return False
    changed = replace(reckoning, events=())
    return any(
        changed.end_of(reclassified(changed, matter, event)) > changed.end_of(matter)
        for matter in reckoning.chosen(event.matters)
    )


_Missing = Callable[[Reckoning, LegalEvent], bool]
_MISSING: Mapping[Need, _Missing] = MappingProxyType(
    {
        Need.REASON: lambda _reckoning, event: not event.reason.strip(),
        Need.LENGTH: lambda _reckoning, event: event.length is None,
        Need.NEW_KIND: lambda _reckoning, event: event.new_kind is None,
        Need.ACT: lambda _reckoning, event: event.of is None,
        Need.APPROVAL: lambda _reckoning, event: not event.approved,
        Need.APPROVAL_IF_LONGER: _lengthens,
    }
)
_SAID: Mapping[Need, str] = MappingProxyType(
    {
        Need.REASON: "escriba las razones",
        Need.LENGTH: "escriba el término que se fijó",
        Need.NEW_KIND: "elija la nueva clase",
        Need.ACT: "diga a qué acto se refiere",
        Need.APPROVAL: "falta la aprobación que la norma pide",
        Need.APPROVAL_IF_LONGER: (
            "la nueva clase alarga el término y necesita la aprobación del jefe de la Oficina de "
            "Relación con el Ciudadano"
        ),
    }
)
