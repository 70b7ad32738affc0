"""`kill -9` while petitions are filed and completed: what was shown is there, and nothing is doubled."""

import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.outbox import MESSAGES, MessageStatus, message_id
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tables import IDEMPOTENCY_KEYS, PETITIONS
from tests.builders.office import an_office, an_office_again
from tests.faults.worker import MailboxSender, Worker, deliver_everything

LONGEST_LIFE_SECONDS = 0.35


@pytest.mark.parametrize(
    "kills", [pytest.param(12, id="a-few"), pytest.param(200, id="two-hundred", marks=pytest.mark.long)]
)
def test_nothing_shown_is_lost_when_the_process_is_killed_at_random_moments(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    with an_office(database_url, tmp_path):
        pass  # furnished; its connections are closed before the first fork
    worker = Worker(database_url, tmp_path, "killed")
    dice = random.Random(kills)
    for seed in range(kills):
        process = worker.start(seed=seed)
        process.join(dice.uniform(0, LONGEST_LIFE_SECONDS))
        process.kill()
        process.join()
    assert not worker.faults.exists(), worker.faults.read_text()
    with an_office_again(database_url, tmp_path) as office:
        _everything_shown_is_kept(office, worker)
        _every_message_is_sent(office, tmp_path)
        assert violations(office) == []


def _everything_shown_is_kept(office: Office, worker: Worker) -> None:
    shown = [line.split() for line in worker.shown.read_text().splitlines()]
    assert shown
    with office.read() as connection:
        kept = dict(
            connection.execute(sa.select(PETITIONS.c.filing_number, PETITIONS.c.tracking_code)).tuples().all()
        )
        keys = connection.scalar(sa.select(sa.func.count()).select_from(IDEMPOTENCY_KEYS))
    assert {number: code for number, code, _ in shown}.items() <= kept.items()
    assert len({number for number, _, _ in shown}) == len(shown)
    assert keys == len(kept)


def _every_message_is_sent(office: Office, home: Path) -> None:
    sender = MailboxSender(home / "killed.sent")
    while deliver_everything(office, sender, limit=100, minutes_later=30):
        pass
    sent = (home / "killed.sent").read_text().splitlines()
    with office.read() as connection:
        rows = connection.execute(sa.select(MESSAGES.c.key, MESSAGES.c.status)).all()
    assert {status for _, status in rows} == {MessageStatus.SENT.value}
    assert {message_id(key, "prueba.example") for key, _ in rows} == set(sent)
