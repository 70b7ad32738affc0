"""What one due date costs, with its account of each day and without; no store is touched."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from processes.common.calendar import BOGOTA
from processes.terms.acting import reckon
from processes.terms.clock import response_due_on, response_term
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.filing import Filing, Matter, filing_of
from processes.terms.holidays import build_calendar
from processes.terms.kinds import PetitionKind
from processes.terms.response import explain_response
from tests.benchmarks.figures import Figure, timed

ROUNDS = 20
DATES = 100
FILED_ON = tuple(date(2026, 1, 13) + timedelta(days=number) for number in range(DATES))
KIND = PetitionKind.REQUEST


def measure(_database: str, _url: str, _home: Path) -> list[Figure]:
    """Microseconds, in the fastest round, of a plain petition and of one suspended and extended."""
    calendar = build_calendar()
    plain = [_filed(day) for day in FILED_ON]
    moved = [(filing, _events(filing)) for filing in plain]
    return [
        _figure("due date", 50, lambda: [response_due_on(KIND, day, calendar) for day in FILED_ON]),
        _figure("due date, explained", 300, lambda: [response_term(KIND, day, calendar) for day in FILED_ON]),
        _figure("due date of a reckoning", 50, lambda: [reckon(each, (), calendar).due_on for each in plain]),
        _figure(
            "due date of a reckoning, explained",
            300,
            lambda: [explain_response(reckon(each, (), calendar)) for each in plain],
        ),
        _figure(
            "due date, suspended and extended, explained",
            300,
            lambda: [explain_response(reckon(filing, events, calendar)) for filing, events in moved],
        ),
    ]


def _filed(day: date) -> Filing:
    received_at = datetime(day.year, day.month, day.day, 10, tzinfo=BOGOTA)
    return filing_of(received_at, [Matter(1, KIND)], build_calendar())


def _events(filing: Filing) -> tuple[LegalEvent, ...]:
    days = ((2, "completion_requested"), (9, "completed"), (11, "extension_told"))
    return tuple(
        LegalEvent(kind=LegalEventKind(kind), at=filing.received_at + timedelta(days=after))
        for after, kind in days
    )


def _figure(name: str, bar: float, act: Callable[[], object]) -> Figure:
    microseconds = min(timed(act)[0] * 1000 / DATES for _ in range(ROUNDS))
    return Figure(name, microseconds, bar, "µs")
