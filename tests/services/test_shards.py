"""Sweeps in shards: what fails, what is held and what is cut costs no other case its alert."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.outbox import MESSAGES
from processes.petitions import shards
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.excluding import name_complained_of
from processes.petitions.incidents import open_incidents
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from tests.builders.copies import Copies
from tests.builders.office import DEPARTMENT_HEAD, SERVICE_HEAD, HandClock, an_office
from tests.builders.petitions import classify, distribute, file_one

PATIENCE, POLL_SECONDS = 15_000, 0.02
MANY = 2000


def _at_work(office: Office, count: int) -> list[str]:
    numbers = [file_one(office).filing_number for _ in range(count)]
    for number in numbers:
        classify(office, number)
        distribute(office, number)
    return numbers


def _escalated(office: Office) -> list[str]:
    query = sa.select(MESSAGES.c.stream).where(MESSAGES.c.template == "escalation")
    with office.read() as connection:
        return list(connection.scalars(query.order_by(MESSAGES.c.stream)))


@contextmanager
def _statements(office: Office) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    sa.event.listen(office.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(office.engine, "before_cursor_execute", note)


def test_a_sweep_with_nothing_due_asks_once_and_writes_nothing(office: Office) -> None:
    _at_work(office, 1)
    with _statements(office) as seen:
        assert advance_due_alerts(office) == 0
    (only,) = [each for each in seen if each != "BEGIN"]
    assert only.startswith("SELECT petition.id")


def test_a_sweep_with_nothing_due_looks_at_an_index_however_many_sleep(
    database_url: str, tmp_path: Path, clock: HandClock
) -> None:
    with an_office(database_url, tmp_path, clock) as office:
        _at_work(office, 1)
        copies = Copies(office)
        copies.add_sleeping(MANY, wake_at=clock.at + timedelta(days=365))
        copies.settle()
        with _statements(office) as seen:
            assert advance_due_alerts(office) == 0
        (only,) = [each for each in seen if each != "BEGIN"]
        assert "ix_petition_wake" in _plan(office, only, clock.at)


def _plan(office: Office, statement: str, now: datetime) -> str:
    """How the database would find what `statement` asks for, in its own words."""
    with office.read() as connection:
        if connection.dialect.name == "sqlite":
            given = (now.strftime("%Y-%m-%d %H:%M:%S.%f"), 1, 0)
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        else:
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", {"now": now, "param_1": 1})
        return "\n".join(str(row) for row in rows)


def test_the_cases_of_a_shard_share_one_transaction(office: Office, clock: HandClock) -> None:
    numbers = _at_work(office, 3)
    clock.forward(days=14)
    commits: list[sa.Connection] = []

    def note(connection: sa.Connection) -> None:
        commits.append(connection)

    sa.event.listen(office.engine, "commit", note)
    advance_due_alerts(office)
    sa.event.remove(office.engine, "commit", note)
    assert _escalated(office) == numbers
    # The look before, the shard, the claim that finds nothing more, and the look after.
    assert len(commits) == 4


def test_the_cases_of_a_shard_write_their_journals_states_alerts_and_letters_together(
    office: Office, clock: HandClock
) -> None:
    numbers = _at_work(office, 3)
    clock.forward(days=14)
    with _statements(office) as seen:
        advance_due_alerts(office)
    assert _escalated(office) == numbers
    for written in (
        "INSERT INTO audit_event",
        "UPDATE case_state",
        "INSERT INTO alert",
        "DELETE FROM alert",
        "INSERT INTO outbox",
    ):
        assert sum(each.startswith(written) for each in seen) == 1, written


def test_the_cases_of_a_shard_ask_once_whom_to_tell(office: Office, clock: HandClock) -> None:
    numbers = _at_work(office, 3)
    clock.forward(days=14)
    with _statements(office) as seen:
        advance_due_alerts(office)
    assert _escalated(office) == numbers
    assert sum(each.startswith("SELECT person.username") for each in seen) == 1


def test_whoever_is_apart_from_one_case_of_a_shard_is_told_of_the_others(
    office: Office, clock: HandClock
) -> None:
    first, second, third = _at_work(office, 3)
    reason = "La queja es por lo que hizo en la visita del lunes."
    name_complained_of(office, SERVICE_HEAD, second, username=DEPARTMENT_HEAD.username, reason=reason)
    clock.forward(days=14)
    advance_due_alerts(office)
    query = sa.select(MESSAGES.c.stream).where(
        MESSAGES.c.template == "escalation", MESSAGES.c.person == DEPARTMENT_HEAD.username
    )
    with office.read() as connection:
        assert sorted(connection.scalars(query)) == [first, third]


def test_a_shard_that_lasts_too_long_ends_early_and_loses_nobody(
    office: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = _at_work(office, 3)
    clock.forward(days=14)
    monkeypatch.setattr(shards, "HOLD_SECONDS", 0.0)
    monkeypatch.setattr(shards, "REST_SECONDS", 0.0)
    with _statements(office) as seen:
        assert advance_due_alerts(office) == 3
    assert _escalated(office) == numbers
    claims = [each for each in seen if each.startswith("SELECT petition.filing_number") and "LIMIT" in each]
    assert len(claims) == 4


def test_a_shard_whose_commit_fails_is_done_again_case_by_case(office: Office, clock: HandClock) -> None:
    numbers = _at_work(office, 3)
    clock.forward(days=14)
    failures = iter([RuntimeError("the commit was refused")])

    def refuse(connection: sa.Connection) -> None:
        written = connection.info.pop("written", False)
        if written and (error := next(failures, None)):
            raise error

    def note(connection: sa.Connection, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE petition"):
            connection.info["written"] = True

    sa.event.listen(office.engine, "before_cursor_execute", note)
    sa.event.listen(office.engine, "commit", refuse)
    advanced = advance_due_alerts(office)
    sa.event.remove(office.engine, "commit", refuse)
    sa.event.remove(office.engine, "before_cursor_execute", note)
    assert next(failures, None) is None
    assert (advanced, _escalated(office)) == (3, numbers)
    assert open_incidents(office) == ()


def test_whoever_works_on_a_petition_holds_up_no_other_and_its_alert_follows(
    postgresql_url: str, tmp_path: Path, clock: HandClock
) -> None:
    with an_office(postgresql_url, tmp_path, clock) as office, ThreadPoolExecutor(1) as pool:
        held, *others = _at_work(office, 3)
        clock.forward(days=14)
        with office.write() as working:
            working.execute(
                sa.select(PETITIONS.c.id).where(PETITIONS.c.filing_number == held).with_for_update()
            )
            sweep = pool.submit(advance_due_alerts, office)
            for _ in range(PATIENCE):
                if _escalated(office) == others:
                    break
                with pytest.raises(TimeoutError):
                    sweep.result(POLL_SECONDS)
            assert _escalated(office) == others
        assert sweep.result() == 3
        assert _escalated(office) == [held, *others]
        assert violations(office) == []
