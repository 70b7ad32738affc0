"""SQLite's file held by another, moved away or damaged: told in words, and then everything goes on."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from processes.common.database import make_engine
from processes.common.delivery import deliver_pending
from processes.common.errors import Unavailable
from processes.common.settings import Settings
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.filing import file_petition
from processes.petitions.invariants import violations
from processes.petitions.office import Office, open_office
from processes.petitions.tracking import track_petition
from tests.builders.office import MONDAY_MORNING, HandClock, an_office
from tests.builders.petitions import ROSA, a_form, classify, file_one, live_whole_life
from tests.faults.aftermath import kept_petitions
from tests.faults.worker import MAIL_DOMAIN, MailboxSender

BUSY_SECONDS = 0.1
NO_ANSWER = "La base de datos no responde"
DAMAGED = "está dañado o no es una base de datos"
ROSA_IN_JSON = {**ROSA, "privacy_notice": True}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ventanilla.sqlite3"


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office that waits only a moment for a lock; every invariant holds at its end."""
    with an_office(sqlite_url, tmp_path):
        pass
    engine = make_engine(sqlite_url, busy_seconds=BUSY_SECONDS)
    try:
        opened = open_office(Settings(home=tmp_path), clock=HandClock(), engine=engine)
        yield opened
        assert violations(opened) == []
    finally:
        engine.dispose()


def test_whoever_waits_too_long_for_a_lock_is_told_in_words(office: Office, file: Path) -> None:
    receipt = file_one(office)
    with _held(file):
        with pytest.raises(Unavailable, match=NO_ANSWER):
            file_petition(office, a_form(), idempotency_key="una")
        with pytest.raises(Unavailable, match=NO_ANSWER):
            classify(office, receipt.filing_number)
        assert track_petition(office, receipt.filing_number, receipt.tracking_code).steps

    assert not file_petition(office, a_form(), idempotency_key="una").repeated
    live_whole_life(office, receipt.filing_number)


def test_the_clock_and_the_outbox_lose_nothing_when_another_holds_the_lock(
    office: Office, file: Path, tmp_path: Path
) -> None:
    file_one(office)
    sender = MailboxSender(tmp_path / "sent")
    with _held(file), pytest.raises(Unavailable):
        _deliver(office, sender)
    assert not (tmp_path / "sent").exists()
    assert advance_due_alerts(office) == 0
    _deliver(office, sender)
    assert len((tmp_path / "sent").read_text().splitlines()) == 1


def test_a_file_that_was_moved_away_is_not_replaced_by_an_empty_one(office: Office, file: Path) -> None:
    before = file_one(office)
    with _moved(office, file):
        with pytest.raises(Unavailable, match=NO_ANSWER):
            file_one(office)
        with pytest.raises(Unavailable, match=NO_ANSWER):
            track_petition(office, before.filing_number, before.tracking_code)
        assert not file.exists()

    after = file_one(office)
    assert kept_petitions(office).keys() == {before.filing_number, after.filing_number}


def test_a_folder_in_the_place_of_the_file_is_told_in_words(office: Office, file: Path) -> None:
    with _moved(office, file):
        file.mkdir()
        with pytest.raises(Unavailable, match=NO_ANSWER):
            file_one(office)
        file.rmdir()


def test_a_file_that_is_no_database_is_told_in_words(office: Office, file: Path) -> None:
    with _moved(office, file):
        file.write_bytes(b"esto no es una base de datos" * 400)
        with pytest.raises(Unavailable, match=DAMAGED):
            file_one(office)
        file.unlink()


def test_the_doors_tell_it_as_a_problem_and_as_a_page(office: Office, file: Path) -> None:
    client = TestClient(create_app(office), base_url="http://127.0.0.1:8000", follow_redirects=False)
    assert client.post("/api/petitions", json=ROSA_IN_JSON).status_code == 201
    with _held(file):
        answer = client.post("/api/petitions", json=ROSA_IN_JSON)
        page = client.post("/radicar", data=ROSA)
    with _moved(office, file):
        gone = [client.get(address) for address in ("/api/session", "/bandeja")]
        session = client.get("/api/session", headers={"Authorization": "Bearer x"})

    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert NO_ANSWER in answer.json()["detail"]
    assert page.status_code == 503
    assert NO_ANSWER in page.text
    # Nobody who is not signed in costs a look into the database.
    assert [each.status_code for each in gone] == [401, 303]
    assert session.status_code == 503
    assert client.post("/api/petitions", json=ROSA_IN_JSON).status_code == 201


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Somebody else writes, and does not come to an end."""
    with closing(sqlite3.connect(file, isolation_level=None)) as rival:
        rival.execute("BEGIN IMMEDIATE")
        yield
        rival.execute("ROLLBACK")


@contextmanager
def _moved(office: Office, file: Path) -> Iterator[None]:
    """The file lies elsewhere, and nobody has it open."""
    office.engine.dispose()
    away = file.with_name("away")
    shutil.move(file, away)
    try:
        yield
    finally:
        office.engine.dispose()
        shutil.move(away, file)


def _deliver(office: Office, sender: MailboxSender) -> None:
    deliver_pending(
        office.engine, sender, now=office.now(), real_clock=lambda: MONDAY_MORNING, mail_domain=MAIL_DOMAIN
    )
