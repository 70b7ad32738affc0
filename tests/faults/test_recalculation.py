"""`kill -9` while a change of the calendar is carried through: each case whole, and nobody told twice."""

import random
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.outbox import MESSAGES
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.recalculation import continue_recalculation
from processes.petitions.recalculation_preview import read_version_view
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.tables import ALERTS, PETITIONS
from processes.petitions.waiting import alert_instant
from tests.builders.calendars import apply
from tests.builders.office import ADMINISTRATOR, an_office
from tests.builders.petitions import classify, distribute, file_one

CASES = 40
LONGEST_LIFE_SECONDS = 0.2
START_SECONDS = 120


@pytest.mark.parametrize(
    "kills", [pytest.param(8, id="a-few"), pytest.param(80, id="eighty", marks=pytest.mark.long)]
)
def test_a_change_killed_halfway_leaves_each_case_whole_and_goes_on_exactly(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    dice = random.Random(kills)
    with an_office(database_url, tmp_path) as office:
        for number in [file_one(office).filing_number for _ in range(CASES)]:
            classify(office, number)
            distribute(office, number)
        apply(office)

        for _ in range(kills):
            process = _start(office)
            process.join(dice.uniform(0, LONGEST_LIFE_SECONDS))
            process.kill()
            process.join()
            _every_case_is_whole(office)
        continue_recalculation(office)

        _every_case_is_whole(office)
        assert read_version_view(office, ADMINISTRATOR, 2).moved == CASES
        assert read_version_view(office, ADMINISTRATOR, 2).left == 0
        assert _count(office, MESSAGES, MESSAGES.c.template == "due_date_moved") == CASES
        assert _count(office, EVENTS, EVENTS.c.act == "due_date_moved") == CASES
        assert violations(office) == []


def _start(office: Office) -> BaseProcess:
    """A process that carries the change through, one case a transaction, once it has begun."""
    # A connection must not be used on both sides of a fork: this side opens new ones when it needs them.
    office.engine.dispose()
    fork = get_context("fork")
    working = fork.Event()

    def carry() -> None:
        working.set()
        continue_recalculation(office, batch=1)

    process = fork.Process(target=carry, daemon=True)
    process.start()
    assert working.wait(START_SECONDS)
    return process


def _every_case_is_whole(office: Office) -> None:
    """Date, alert, wake, journal and record of the move say the same, moved or not."""
    profile = office.entity()
    columns = (PETITIONS.c.id, PETITIONS.c.due_on, PETITIONS.c.calendar, PETITIONS.c.next_wake_at)
    query = sa.select(*columns, PETITIONS.c.filing_number, ALERTS.c.due_at, MOVED_DATES.c.due_after)
    query = query.join(ALERTS, ALERTS.c.petition_id == PETITIONS.c.id)
    query = query.outerjoin(MOVED_DATES, MOVED_DATES.c.petition_id == PETITIONS.c.id)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
        told = set(connection.scalars(sa.select(EVENTS.c.stream).where(EVENTS.c.act == "due_date_moved")))
    assert len(rows) == CASES
    for row in rows:
        moved = row["calendar"] == profile.calendar_version
        assert (row["due_after"] == row["due_on"]) is moved
        assert (row["filing_number"] in told) is moved
        assert row["next_wake_at"] == row["due_at"]
        if moved:
            assert row["due_at"] == alert_instant(row["due_on"], 5, profile.calendar)


def _count(office: Office, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    with office.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table).where(where)) or 0
