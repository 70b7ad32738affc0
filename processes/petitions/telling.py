"""Tells a case what happened, in the transaction in which it happens, and writes what comes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from processes.engine import door
from processes.engine.model import Advance, Fact
from processes.petitions.abandoned import warn_if_abandoned
from processes.petitions.duties import leave_duties
from processes.petitions.ending import forget_plans_of
from processes.petitions.intents import carry_out
from processes.petitions.office import Office
from processes.petitions.signals import News, Signal
from processes.petitions.status import ENDED_BY_AN_ACT, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.step_writing import Completion, write_step


def tell_case(office: Office, step: Step, signal: Signal, facts: Mapping[str, Fact] | None = None) -> Advance:
    """Tell the case that `signal` happened and write the whole of `step`: the last that a service does.

    A case that does not listen stays where it stands; facts that its diagrams do not declare are left
    out. Raises StaleCase when another act came first, and what the intents refuse.
    """
    return finish_step(office, step, _told(office, step, step.case.state, signal, facts))


def tell_all(office: Office, step: Step, news: Iterable[News]) -> Advance:
    """Tell the case several things that one act brings, one after the other, and write the step."""
    seen = door.inspect(office.definitions.get(step.case.bundle), step.case.state, now=step.now)
    for each in news:
        seen = advance_on(office, step, seen, each)
    write_step(step, seen, Completion())
    warn_if_abandoned(office.definitions.get(step.case.bundle), step, seen)
    return seen


def advance_on(office: Office, step: Step, seen: Advance, news: News) -> Advance:
    """The case after `news`, with what it asks for carried out; nothing is written."""
    told = _told(office, step, seen.state, news.signal, news.facts)
    carry_out(step, told)
    return replace(told, reasons=(*seen.reasons, *told.reasons))


def finish_step(
    office: Office, step: Step, advance: Advance, completion: Completion | None = None
) -> Advance:
    """Carry out what the diagram asks for and write the step; the case as it is then.

    When an act of the diagram ends the petition the case is told so, unless it came to its own end: one
    that does not listen is left where it stands. Raises StaleCase, and what the intents refuse.
    """
    carry_out(step, advance)
    ends = _ends_now(step)
    if ends and not advance.finished:
        told = _told(office, step, advance.state, Signal.ENDED_BY_ACT, None)
        carry_out(step, told)
        advance = replace(told, reasons=(*advance.reasons, *told.reasons))
    if ends:
        _write_end(office, step, advance, completion)
    else:
        if advance.finished:
            leave_duties(step, office.definitions.get(step.case.bundle))
        write_step(step, advance, completion or Completion())
        warn_if_abandoned(office.definitions.get(step.case.bundle), step, advance)
    return advance


def end_case(office: Office, step: Step) -> None:
    """Write `step`, which ends its petition from outside: nobody works on it any more."""
    told = _told(office, step, step.case.state, Signal.ENDED_BY_ACT, None)
    carry_out(step, told)
    _write_end(office, step, told, None)


def _write_end(office: Office, step: Step, advance: Advance, completion: Completion | None) -> None:
    """Nothing of the diagram waits for anybody any more, wherever it stands; duties go on beside it.

    What the citizen gave up may be taken up again: how it stood is kept.
    """
    leave_duties(step, office.definitions.get(step.case.bundle))
    may_reopen = step.status is PetitionStatus.WITHDRAWN
    if may_reopen:
        step.state_before_end = step.case.state
    step.troubles.clear()
    nothing_waits = replace(advance, open_tasks=(), alerts=(), incidents=())
    write_step(step, nothing_waits, completion or Completion())
    if not may_reopen:
        forget_plans_of(step.connection, step.case.id)


def _ends_now(step: Step) -> bool:
    return step.status in ENDED_BY_AN_ACT and step.case.status not in ENDED_BY_AN_ACT


def _told(
    office: Office, step: Step, state: bytes, signal: Signal, facts: Mapping[str, Fact] | None
) -> Advance:
    definition = office.definitions.get(step.case.bundle)
    return door.signal(
        definition, state, name=signal, now=step.now, facts=facts, calendar=step.entity.calendar
    )
