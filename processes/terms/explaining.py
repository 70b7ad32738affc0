"""A term made into a date that explains itself, with the unverified facts on which it relies."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from processes.common.calendar import WorkCalendar
from processes.terms.counting import Days, account, account_of_hours, last_instant
from processes.terms.explained import ExplainedDate, Stop
from processes.terms.facts import facts
from processes.terms.holidays import closures_in, new_holidays_in
from processes.terms.lengths import Term, TermUnit

_SATURDAY = 5


def explain(
    term: Term,
    start: date,
    calendar: WorkCalendar,
    *,
    why_start: str,
    started_at: datetime | None = None,
    stops: Sequence[Stop] = (),
    notes: Iterable[str] = (),
    relies_on: Iterable[str] = (),
) -> ExplainedDate:
    """The date of `term` counted from the day after `start`, or in hours from `started_at`.

    `why_start` says why the first day does not count, `notes` what moved the date; `relies_on` adds
    codes of unverified facts to those that the term and its days bring. Raises ValueError for hours
    without an instant.
    """
    if term.length.unit is TermUnit.HOURS:
        if started_at is None:
            message = "a term in hours runs from an instant"
            raise ValueError(message)
        days = account_of_hours(started_at, term.length.amount)
        due_at = last_instant(started_at, term.length.amount)
    else:
        why = f"{why_start} ({term.citation})"
        days, due_at = account(start, term.length, calendar, why_start=why, stops=stops), None
    codes = (*term.facts, *relies_on, *_of_the_days(days, term, calendar))
    return ExplainedDate(
        counted_from=days[0].date,
        due_on=days[-1].date,
        rule=term,
        days=days,
        due_at=due_at,
        notes=tuple(notes),
        unverified=facts(codes) if codes else (),
    )


def _of_the_days(days: Days, term: Term, calendar: WorkCalendar) -> list[str]:
    """The unverified facts that skipping these days relies on."""
    if term.length.unit in {TermUnit.HOURS, TermUnit.CALENDAR_DAYS}:
        return []
    skipped = [day.date for day in days if day.number is None]
    codes = []
    if new_holidays_in(skipped):
        codes.append("ley_2578")
    if closures_in(skipped, calendar):
        codes.append("local_closure")
    if term.length.unit is TermUnit.MONTHS and len(skipped) > 1:
        codes.append("month_roll")
    if any(day.weekday() == _SATURDAY for day in skipped):
        codes.append("saturday")
    return codes
