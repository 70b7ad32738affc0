"""Months, hours and calendar days; and what holds for every petition, whatever its events."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.terms.acting import legal_moves, move, reckon
from processes.terms.counting import account, add_months, last_day
from processes.terms.effects import happen
from processes.terms.events import LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explaining import explain
from processes.terms.filing import Filing, Matter, filing_of
from processes.terms.holidays import build_calendar
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, Term, TermUnit
from processes.terms.office import Thresholds
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct
from processes.terms.response import explain_response

CALENDAR = build_calendar()
DAYS = st.dates(date(2022, 5, 18), date(2090, 12, 31))
KINDS = st.sampled_from(
    [
        PetitionKind.REQUEST,
        PetitionKind.DOCUMENT_REQUEST,
        PetitionKind.CONSULTATION,
        PetitionKind.CONGRESS_REQUEST,
        PetitionKind.PERSONAL_DATA_CLAIM,
    ]
)


def _instant(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), BOGOTA)


def _filing(kind: PetitionKind, day: date) -> Filing:
    return filing_of(_instant(day), [Matter(1, kind)], CALENDAR)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
    ],
)
def test_a_month_ends_on_its_day_or_on_the_last_one(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_term_of_months_says_where_each_ends_and_why_it_moves_on() -> None:
    days = account(date(2026, 1, 13), Length(6, TermUnit.MONTHS), CALENDAR, why_start="Radicación")

    assert [f"{day.date:%m-%d}" for day in days[1:]] == [
        "02-13", "03-13", "04-13", "05-13", "06-13", "07-13", "07-14",
    ]  # fmt: skip
    assert "Ley 2578 de 2026" in days[-2].why
    assert days[-1].why == "Primer día hábil: aquí vence (Ley 4 de 1913, artículo 62)"


def test_a_shorter_month_says_so() -> None:
    days = account(date(2023, 1, 31), Length(1, TermUnit.MONTHS), CALENDAR, why_start="Requerimiento")

    assert days[-1].why.endswith("el mes es más corto y termina su último día")


def test_calendar_days_skip_nothing() -> None:
    days = account(date(2026, 4, 1), Length(3, TermUnit.CALENDAR_DAYS), CALENDAR, why_start="Orden")

    assert [(day.date, day.number) for day in days[1:]] == [
        (date(2026, 4, 2), 1),
        (date(2026, 4, 3), 2),
        (date(2026, 4, 4), 3),
    ]


def test_hours_say_what_has_gone_by_each_day() -> None:
    term = Term(Length(48, TermUnit.HOURS), "Circular")
    start = datetime(2026, 4, 2, 20, 15, tzinfo=BOGOTA)

    explained = explain(term, start.date(), CALENDAR, why_start="", started_at=start)

    assert explained.due_at == datetime(2026, 4, 4, 20, 15, tzinfo=BOGOTA)
    assert [day.number for day in explained.days] == [3, 27, 48]


def test_a_term_in_hours_needs_its_instant() -> None:
    term = Term(Length(48, TermUnit.HOURS), "Circular")

    with pytest.raises(ValueError, match="from an instant"):
        explain(term, date(2026, 4, 2), CALENDAR, why_start="")
    with pytest.raises(ValueError, match="at an instant"):
        last_day(date(2026, 4, 2), term.length, CALENDAR)


def test_thresholds_are_never_negative() -> None:
    with pytest.raises(ValueError, match="cannot be negative"):
        Thresholds(-1, 3)


@settings(deadline=None)
@given(start=DAYS, months=st.integers(1, 24))
def test_months_end_as_the_civil_code_says(start: date, months: int) -> None:
    end = add_months(start, months)

    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@settings(deadline=None)
@given(start=st.dates(date(1985, 1, 1), date(2110, 1, 1)), days=st.integers(-90, 90))
def test_looking_working_days_up_agrees_with_walking_them(start: date, days: int) -> None:
    calendar = WorkCalendar(non_working=frozenset({date(2026, 7, 13), date(2026, 7, 20)}))
    day, left = start, abs(days)
    while left:
        day += timedelta(days=1 if days > 0 else -1)
        left -= calendar.is_working_day(day)

    assert calendar.add_working_days(start, days) == day
    if days > 0:
        assert calendar.working_days_between(start, day) == days


@settings(deadline=None)
@given(kind=KINDS, day=DAYS, later=st.integers(0, 60))
def test_a_later_receipt_is_never_due_earlier(kind: PetitionKind, day: date, later: int) -> None:
    first = reckon(_filing(kind, day), (), CALENDAR)
    second = reckon(_filing(kind, day + timedelta(days=later)), (), CALENDAR)

    assert first.due_on <= second.due_on


@settings(deadline=None)
@given(kind=KINDS, day=DAYS, told=st.integers(0, 120), total=st.none() | st.integers(1, 80))
def test_an_extension_never_shortens(kind: PetitionKind, day: date, told: int, total: int | None) -> None:
    petition = reckon(_filing(kind, day), (), CALENDAR)
    event = LegalEvent(
        kind=Kind.EXTENSION_TOLD,
        at=_instant(day + timedelta(days=told)),
        length=Length(total) if total else None,
        reason="Falta un concepto",
    )
    try:
        extended = move(petition, event)
    except RefusedAct:
        return

    longest = petition.governing.longest
    assert petition.due_on < extended.due_on
    assert longest is not None
    assert extended.due_on <= CALENDAR.add_working_days(petition.filing.filed_on, longest.amount)


@settings(deadline=None)
@given(kind=KINDS, day=DAYS, after=st.integers(0, 12), wait=st.integers(0, 25))
def test_a_suspension_changes_nothing_but_the_days_between(
    kind: PetitionKind, day: date, after: int, wait: int
) -> None:
    petition = reckon(_filing(kind, day), (), CALENDAR)
    requested_on = petition.filing.filed_on + timedelta(days=after)
    request = LegalEvent(kind=Kind.COMPLETION_REQUESTED, at=_instant(requested_on), reason="Falta la firma")
    try:
        suspended = move(petition, request)
    except RefusedAct:
        return

    completed = move(
        suspended, LegalEvent(kind=Kind.COMPLETED, at=_instant(requested_on + timedelta(days=wait)))
    )

    received_on = completed.stops[-1].until
    assert received_on is not None
    between = CALENDAR.working_days_between(requested_on, received_on)
    assert CALENDAR.working_days_between(petition.due_on, completed.due_on) == between


EVENTS = st.tuples(st.sampled_from(Kind), st.integers(0, 45), st.booleans())


@settings(deadline=None, max_examples=200)
@given(kind=KINDS, day=DAYS, acts=st.lists(EVENTS, max_size=6))
def test_whatever_happens_the_date_is_a_working_day_and_explains_itself(
    kind: PetitionKind, day: date, acts: list[tuple[Kind, int, bool]]
) -> None:
    petition = reckon(_filing(kind, day), (), CALENDAR)
    for act, days, delivered in sorted(acts, key=lambda each: each[1]):
        petition = _tried(petition, act, _instant(day + timedelta(days=days)), delivered=delivered)

    explained = explain_response(petition)
    again = reckon(petition.filing, petition.events, CALENDAR)

    assert CALENDAR.is_working_day(petition.due_on)
    assert explained.due_on == petition.due_on
    assert all(later.date - earlier.date == timedelta(days=1) for earlier, later in pairwise(explained.days))
    assert (again.due_on, again.phase, again.stops) == (petition.due_on, petition.phase, petition.stops)


def _tried(petition: Reckoning, act: Kind, at: datetime, *, delivered: bool) -> Reckoning:
    event = LegalEvent(
        kind=act,
        at=at,
        length=Length(2) if act in {Kind.JUDGE_ORDERED, Kind.JUDGE_RULED} else None,
        new_kind=PetitionKind.CONSULTATION if act is Kind.RECLASSIFIED else None,
        of=Kind.EXTENSION_TOLD if act in {Kind.NOTICE_RETURNED, Kind.NOTIFIED} else None,
        reason="Razones",
        delivered=delivered,
        approved=True,
    )
    try:
        after = move(petition, event)
    except RefusedAct:
        return petition
    assert act in {row.kind for row in legal_moves(petition, event.on)}
    assert after == happen(petition, event)
    return after
