"""Runs that were missed, that come twice, at once, or on a clock that jumps: each effect is there once."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.outbox import MESSAGES, MessageStatus
from processes.flows import sweeps
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tables import ALERTS, PETITIONS
from processes.reports.jobs import Job
from processes.reports.tables import REPORTS_MADE
from tests.builders.office import HandClock, an_office, an_office_again
from tests.builders.petitions import classify, distribute, file_one

SWEEP = timedelta(minutes=5)
TWO_DAYS = timedelta(days=2)
A_MONDAY = datetime(2026, 12, 14, 15, 0, tzinfo=UTC)
"""The last alerts come on it and on the day after it, and on the next one the fortnight is reported."""
AFTER_THREE_FORTNIGHTS = datetime(2027, 1, 4, 15, 0, tzinfo=UTC)
LADDER = ("bea@puertoclaro.example", "diana@puertoclaro.example", "elena@puertoclaro.example")


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A furnished office, on each kind of database; whatever the clock did, every invariant holds."""
    with an_office(database_url, tmp_path, clock) as opened:
        yield opened
        assert violations(opened) == []


def _at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def _fired(office: Office) -> Counter[str]:
    query = sa.select(EVENTS.c.stream).where(EVENTS.c.act == "alert_fired")
    with office.read() as connection:
        return Counter(connection.scalars(query))


def _effects(office: Office) -> Counter[tuple[str, ...]]:
    """The letters that runs wrote, and whether they left, and the reports that they made."""
    letters = sa.select(MESSAGES.c.template, MESSAGES.c.stream, MESSAGES.c.recipient, MESSAGES.c.status)
    reports = sa.select(REPORTS_MADE.c.name, REPORTS_MADE.c.period)
    with office.read() as connection:
        return Counter(tuple(row) for query in (letters, reports) for row in connection.execute(query))


def _letters(office: Office, template: str = "%") -> Counter[str]:
    """How many were written to each."""
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template.like(template))
    with office.read() as connection:
        return Counter(connection.scalars(query))


def _sent(office: Office) -> int:
    """How many messages left; without a mail server they go to a file."""
    return len(re.findall("^Para: ", (office.settings.home / "mail.log").read_text(), re.MULTILINE))


def _make_due(office: Office, number: str, at: datetime) -> None:
    """A date of the clock is a row (architecture, 4)."""
    petition = sa.select(PETITIONS.c.id).where(PETITIONS.c.filing_number == number).scalar_subquery()
    with office.write() as connection:
        connection.execute(sa.update(ALERTS).where(ALERTS.c.petition_id == petition).values(due_at=at))
        connection.execute(sa.update(PETITIONS).where(PETITIONS.c.id == petition).values(next_wake_at=at))


def test_three_ticks_that_were_missed_are_made_up_for_in_one(office: Office, clock: HandClock) -> None:
    numbers = [_at_work(office) for _ in range(3)]
    sweeps.do_everything(office)
    before = _fired(office)
    for number in numbers:
        clock.at += SWEEP
        _make_due(office, number, clock.at)

    counts = sweeps.do_everything(office)

    assert counts[Job.ADVANCE_ALERTS] == 3
    assert _fired(office) - before == Counter(numbers)
    assert all(each[-1] == MessageStatus.SENT.value for each in _effects(office) if len(each) == 4)
    assert sweeps.do_everything(office)[Job.ADVANCE_ALERTS] == 0


def test_three_fortnights_without_a_run_bring_one_of_each_letter_and_report(
    office: Office, clock: HandClock
) -> None:
    _at_work(office)
    clock.to(AFTER_THREE_FORTNIGHTS)

    sweeps.do_everything(office)

    assert set(_letters(office, "daily_warning").values()) == {1}
    assert set(_letters(office, "escalation").values()) == {1}
    with office.read() as connection:
        periods = dict(
            connection.execute(sa.select(REPORTS_MADE.c.name, REPORTS_MADE.c.period)).tuples().all()
        )
        assert connection.scalar(sa.select(sa.func.count()).select_from(REPORTS_MADE)) == len(periods)
    assert periods["fortnightly_timeliness"] == "2026-12-q2"


def test_two_runs_of_everything_at_once_bring_each_effect_once(
    office: Office, clock: HandClock, database_url: str, tmp_path: Path
) -> None:
    numbers = [_at_work(office) for _ in range(4)]
    clock.to(A_MONDAY)
    together = Barrier(2)

    def run(each: Office) -> None:
        together.wait(60)
        sweeps.do_everything(each)

    with an_office_again(database_url, tmp_path, clock) as rival, ThreadPoolExecutor(2) as pool:
        list(pool.map(run, (office, rival)))
    sweeps.do_everything(office)

    assert _letters(office, "escalation") == dict.fromkeys(LADDER, len(numbers))
    assert set(_letters(office, "daily_warning").values()) == {1}
    assert set(_letters(office, "circular").values()) == {1}
    assert _sent(office) == _letters(office).total()
    assert _fired(office).keys() == set(numbers)
    assert len(set(_fired(office).values())) == 1


def test_a_clock_two_days_ahead_and_back_again_brings_each_effect_once(
    office: Office, clock: HandClock
) -> None:
    number = _at_work(office)
    clock.to(A_MONDAY)
    sweeps.do_everything(office)
    on_time = _effects(office), _fired(office)
    clock.at += TWO_DAYS
    sweeps.do_everything(office)
    ahead = _effects(office), _fired(office)

    clock.at -= TWO_DAYS
    sweeps.do_everything(office)
    back = _effects(office), _fired(office)
    clock.at += TWO_DAYS
    sweeps.do_everything(office)

    assert on_time != ahead
    assert back == ahead
    assert (_effects(office), _fired(office)) == ahead
    assert _letters(office, "escalation") == dict.fromkeys(LADDER, 1)
    assert ("fortnightly_timeliness", "2026-12-q1") in ahead[0]
    assert number in ahead[1]
