"""Where a petition stands before the law after its events, and the date of each numbered request."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from processes.common.calendar import WorkCalendar
from processes.terms.clock import end_of_term
from processes.terms.counting import last_day, last_instant
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.explained import Stop
from processes.terms.filing import Filing, Matter
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, Term, TermUnit
from processes.terms.moves import Phase
from processes.terms.norms import TermRule
from processes.terms.rules import later_rules, rule_for


class MatterState(StrEnum):
    """What became of one numbered request."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class MatterClock:
    """One numbered request with its rule, and the `term` that stands now, extended or not."""

    number: int
    kind: PetitionKind
    rule: TermRule
    term: Term
    extended: bool = False
    state: MatterState = MatterState.OPEN

    @property
    def longest(self) -> Length | None:
        """The most that an extension may reach in total; None where the law gives none."""
        extension, length = self.rule.extension, self.rule.length
        return extension.longest(length) if extension and length else None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A petition after its events. Frozen: each act gives another.

    `stops` are the times in which the term did not run, in their order; the last may be open.
    """

    filing: Filing
    calendar: WorkCalendar
    matters: tuple[MatterClock, ...]
    phase: Phase = Phase.RUNNING
    stops: tuple[Stop, ...] = ()
    events: tuple[LegalEvent, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether the last stop is still open, whatever became of the petition."""
        return bool(self.stops) and self.stops[-1].until is None

    @property
    def suspended(self) -> bool:
        """Whether the term waits for the citizen."""
        return self.phase in {Phase.AWAITING_COMPLETION, Phase.AWAITING_CLARIFICATION}

    @property
    def open_matters(self) -> tuple[MatterClock, ...]:
        """The numbered requests that nobody has answered, transferred or withdrawn."""
        return tuple(matter for matter in self.matters if matter.state is MatterState.OPEN)

    @property
    def governing(self) -> MatterClock:
        """The request whose date rules: the earliest of the open ones, of all when none is open."""
        candidates = self.open_matters or self.matters
        if len(candidates) == 1:
            return candidates[0]
        return min(candidates, key=self.end_of)

    @property
    def due_on(self) -> date:
        """The last day to answer. While the term is suspended, the date that stood before."""
        return self.due_on_of(self.governing)

    @property
    def due_at(self) -> datetime | None:
        """The instant, in Bogota, when the term that rules runs in hours; else None."""
        return self.due_at_of(self.governing)

    def due_on_of(self, matter: MatterClock) -> date:
        """The last day to answer one numbered request."""
        due_at = self.due_at_of(matter)
        if due_at is not None:
            return due_at.date()
        return last_day(self.filing.filed_on, matter.term.length, self.calendar, self.stops)

    def due_at_of(self, matter: MatterClock) -> datetime | None:
        """The instant, in Bogota, of a numbered request whose term runs in hours; else None."""
        length = matter.term.length
        if length.unit is not TermUnit.HOURS:
            return None
        return last_instant(self.filing.received_at, length.amount)

    def end_of(self, matter: MatterClock) -> datetime:
        """The first instant outside the term of a request."""
        return self.due_at_of(matter) or end_of_term(self.due_on_of(matter))

    def last(self, *kinds: LegalEventKind, of: LegalEventKind | None = None) -> LegalEvent | None:
        """The last delivered event of these kinds; `of` narrows notices to those of one act."""
        for event in reversed(self.events):
            if event.kind in kinds and event.delivered and of in {None, event.of}:
                return event
        return None

    def chosen(self, numbers: Iterable[int]) -> tuple[MatterClock, ...]:
        """The open requests of these numbers; all the open ones when none is named."""
        wanted = frozenset(numbers)
        return tuple(each for each in self.open_matters if not wanted or each.number in wanted)


def begin(filing: Filing, calendar: WorkCalendar) -> Reckoning:
    """A petition on the day of its filing, under the law of that day alone.

    Raises Invalid when a kind has no term then, or has one to fix and nobody fixed it.
    """
    matters = tuple(clock_of(matter, filing) for matter in filing.matters)
    return Reckoning(filing, calendar, matters)


def clock_of(matter: Matter, filing: Filing) -> MatterClock:
    """A numbered request under the rule of its filing day. Raises Invalid as `begin` does."""
    rule = rule_for(matter.kind, filing.filed_on)
    fixed = filing.fixed if rule.length is None else None
    return MatterClock(matter.number, matter.kind, rule, rule.term(fixed))


def settle(reckoning: Reckoning, until: date | None = None) -> Reckoning:
    """The same petition under every law that reached it in progress up to the day `until` (None: all).

    A law reaches a term that had not run out when it began (Decreto 491 de 2020, artículo 5); it never
    shortens what an extension gave. What began while the term waits for the citizen reaches it when it
    goes on: until then the date that stood before is the date.
    """
    filed_on = reckoning.filing.filed_on
    if not any(later_rules(matter.kind, filed_on) for matter in reckoning.matters):
        return reckoning
    return replace(reckoning, matters=tuple(_reached(reckoning, each, until) for each in reckoning.matters))


def _reached(reckoning: Reckoning, matter: MatterClock, until: date | None) -> MatterClock:
    for later in later_rules(matter.kind, max(reckoning.filing.filed_on, matter.rule.valid_from)):
        begun = until is None or later.valid_from <= until
        waiting = reckoning.stopped and reckoning.stops[-1].after < later.valid_from
        if begun and not waiting and later.valid_from <= reckoning.due_on_of(matter):
            term = max(later.term(), matter.term, key=lambda each: each.length.amount)
            matter = replace(matter, rule=later, term=term)
    return matter
