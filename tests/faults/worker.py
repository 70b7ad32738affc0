"""A process that files and completes as fast as it can, until somebody kills it.

What it would show to a citizen it writes first to a log of its own, line by line and unbuffered: so
the log holds what was shown and nothing else.
"""

import os
import random
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import sqlalchemy as sa

from notifications.send import OutgoingMessage
from processes.common.database import make_engine
from processes.common.errors import Conflict
from processes.common.outbox import deliver_pending
from processes.common.settings import Settings
from processes.directory.people import Person
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.filing import file_petition
from processes.petitions.office import Office, open_office
from processes.petitions.tables import PETITIONS, WORK_ITEMS
from processes.petitions.work import complete
from tests.builders.office import CLERK, MONDAY_MORNING, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import ANSWERED, CHECKED, CLASSIFIED, TO_INFRASTRUCTURE, a_form

_HOW: dict[str, tuple[Person, Mapping[str, object]]] = {
    "ConfirmClassification": (CLERK, CLASSIFIED),
    "ChooseDepartment": (SERVICE_HEAD, TO_INFRASTRUCTURE),
    "Answer": (OFFICIAL, ANSWERED),
    "Verify": (SERVICE_HEAD, CHECKED),
}
START_SECONDS = 30


@dataclass(frozen=True)
class Worker:
    """Where a worker works, and what it leaves behind."""

    database_url: str
    home: Path
    name: str

    @property
    def shown(self) -> Path:
        """Lines `number code key`: receipts that a citizen has seen."""
        return self.home / f"{self.name}.shown"

    @property
    def faults(self) -> Path:
        """Whatever went wrong; empty when nothing did."""
        return self.home / f"{self.name}.faults"

    def start(self, *, seed: int) -> BaseProcess:
        """Begin, and return once it works; a fork of this process, which has everything imported."""
        fork = get_context("fork")
        working = fork.Event()
        process = fork.Process(target=self._work, args=(seed, working), daemon=True)
        process.start()
        assert working.wait(START_SECONDS)
        return process

    def _work(self, seed: int, working: Event) -> None:
        engine = make_engine(self.database_url)
        office = open_office(Settings(home=self.home), clock=HandClock(MONDAY_MORNING), engine=engine)
        dice = random.Random(seed)
        sender = MailboxSender(self.home / f"{self.name}.sent")
        number = 0
        try:
            office.definitions.current()
            office.entity()
            working.set()
            while True:
                number += 1
                self._one_act(office, dice, sender, f"{self.name}-{seed}-{number}")
        except BaseException:
            append(self.faults, traceback.format_exc())
            raise

    def _one_act(self, office: Office, dice: random.Random, sender: "MailboxSender", key: str) -> None:
        act = dice.choice(("file", "complete", "complete", "complete", "deliver", "sweep"))
        if act == "file":
            receipt = file_petition(office, a_form(), idempotency_key=key)
            append(self.shown, f"{receipt.filing_number} {receipt.tracking_code} {key}")
        elif act == "complete":
            complete_any(office, dice)
        elif act == "deliver":
            deliver_everything(office, sender, limit=3)
        else:
            advance_due_alerts(office, limit=5)


class MailboxSender:
    """Takes a message by writing its Message-ID down."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: OutgoingMessage) -> None:
        append(self._path, message.message_id)


def complete_any(office: Office, dice: random.Random) -> None:
    """Complete some open task; a rival who was quicker is no fault."""
    query = (
        sa.select(PETITIONS.c.filing_number, WORK_ITEMS.c.task, WORK_ITEMS.c.element)
        .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
        .where(WORK_ITEMS.c.status == "open")
        .limit(20)
    )
    with office.read() as connection:
        found = connection.execute(query).all()
    if found:
        filing_number, task, element = dice.choice(found)
        person, values = _HOW[element]
        try:
            complete(office, person, filing_number, task, values)
        except Conflict:
            return


def deliver_everything(office: Office, sender: MailboxSender, *, limit: int, minutes_later: int = 0) -> int:
    """Deliver what is due; how many messages were sent."""
    real = HandClock(MONDAY_MORNING)
    real.forward(minutes=minutes_later)
    report = deliver_pending(
        office.engine,
        sender,
        now=office.now(),
        real_now=real.now(),
        mail_domain="prueba.example",
        limit=limit,
    )
    return report.sent


def append(path: Path, line: str) -> None:
    """Write one line whole, at once, past every buffer of the process."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, (line + "\n").encode())
    os.close(descriptor)
