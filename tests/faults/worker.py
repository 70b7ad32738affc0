"""A process that files and completes as fast as it can, until somebody kills it.

What it would show to a citizen it writes first to a log of its own, line by line and unbuffered: so
the log holds what was shown and nothing else.
"""

import os
import random
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

import sqlalchemy as sa

from notifications.send import OutgoingMessage, Sender
from processes.common.delivery import deliver_pending
from processes.common.errors import Conflict
from processes.common.resources import bpmn_folder
from processes.directory.people import Person
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_delivery import record_deliveries
from processes.petitions.answer_tables import SURVEYS
from processes.petitions.filing import file_petition
from processes.petitions.office import Office
from processes.petitions.surveys import answer_survey, replies_in
from processes.petitions.tables import PETITIONS, WORK_ITEMS
from processes.petitions.work import complete
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    MONDAY_MORNING,
    OFFICIAL,
    SERVICE_HEAD,
    HandClock,
)
from tests.builders.petitions import ANSWERED, CHECKED, CLASSIFIED, TO_INFRASTRUCTURE, a_form
from tests.builders.procedures import SHORT

Way: TypeAlias = Mapping[str, tuple[Person, Mapping[str, object]]]
"""Who does each task of a procedure, and how."""

SHORT_WAY: Way = {
    "ConfirmClassification": (CLERK, CLASSIFIED),
    "ChooseDepartment": (SERVICE_HEAD, TO_INFRASTRUCTURE),
    "Answer": (OFFICIAL, ANSWERED),
    "Verify": (SERVICE_HEAD, CHECKED),
}
WHOLE_WAY: Way = {
    "ConfirmClassification": (CLERK, {**CLASSIFIED, "nature": "petition", "admission": "ours"}),
    "ChooseDepartment": (SERVICE_HEAD, TO_INFRASTRUCTURE),
    "Draft": (OFFICIAL, {"work_next": "review", **ANSWERED}),
    "Review": (DEPARTMENT_HEAD, {"review": "approve", "signatories": ["elena"]}),
    "Sign": (DIRECTOR, {"signature_refused": False}),
    "Verify": (SERVICE_HEAD, {"closing": "close", **CHECKED}),
}


@dataclass(frozen=True)
class Procedure:
    """A procedure, and how its people work."""

    folder: Path
    way: Way


SHORT_PROCEDURE = Procedure(SHORT, SHORT_WAY)
WHOLE_PROCEDURE = Procedure(bpmn_folder(), WHOLE_WAY)
START_SECONDS = 120
WARM_UP_ACTS = 24
MAIL_DOMAIN = "prueba.example"


@dataclass(frozen=True)
class Worker:
    """Where a worker works, and what it leaves behind."""

    office: Office
    name: str
    way: Way = field(default_factory=lambda: SHORT_WAY)

    @property
    def shown(self) -> list[str]:
        """Lines `number code key`: receipts that a citizen has seen."""
        return self._lines("shown")

    @property
    def faults(self) -> list[str]:
        """Whatever went wrong; empty when nothing did."""
        return self._lines("faults")

    @property
    def sent(self) -> list[str]:
        """The Message-ID of each message sent, a line for each time."""
        return self._lines("sent")

    @property
    def acts(self) -> list[str]:
        """Lines `act seconds`: what was done, and how long it took."""
        return self._lines("acts")

    @property
    def mailbox(self) -> "MailboxSender":
        """Where the messages go."""
        return MailboxSender(self._log("sent"))

    def warm_up(self) -> None:
        """Compile the procedure and the statements once: every worker is born with them."""
        dice = random.Random(WARM_UP_ACTS)
        for number in range(WARM_UP_ACTS):
            self._one_act(dice, f"{self.name}-warm-{number}")

    def start(self, *, seed: int) -> BaseProcess:
        """Begin, and return once it has done an act; a fork of this process, with everything imported."""
        # A connection must not be used on both sides of a fork: this side opens new ones when it needs them.
        self.office.engine.dispose()
        fork = get_context("fork")
        working = fork.Event()
        process = fork.Process(target=self._work, args=(seed, working), daemon=True)
        process.start()
        assert working.wait(START_SECONDS)
        return process

    def _work(self, seed: int, working: Event) -> None:
        dice = random.Random(seed)
        number = 0
        try:
            while True:
                number += 1
                self._one_act(dice, f"{self.name}-{seed}-{number}")
                working.set()
        except BaseException:
            append(self._log("faults"), traceback.format_exc())
            working.set()
            raise

    def _one_act(self, dice: random.Random, key: str) -> None:
        act = dice.choice(("file", "complete", "complete", "complete", "deliver", "sweep", "survey"))
        started = perf_counter()
        if act == "file":
            receipt = file_petition(self.office, a_form(), idempotency_key=key)
            append(self._log("shown"), f"{receipt.filing_number} {receipt.tracking_code} {key}")
        elif act == "complete":
            complete_any(self.office, dice, self.way)
        elif act == "deliver":
            deliver_everything(self.office, self.mailbox, limit=3)
            record_deliveries(self.office)
        elif act == "survey":
            answer_any_survey(self.office, dice)
        else:
            advance_due_alerts(self.office, batch=5)
        append(self._log("acts"), f"{act} {perf_counter() - started:.6f}")

    def _lines(self, what: str) -> list[str]:
        log = self._log(what)
        return log.read_text().splitlines() if log.exists() else []

    def _log(self, what: str) -> Path:
        return self.office.settings.home / f"{self.name}.{what}"


class MailboxSender:
    """Takes a message by writing its Message-ID down."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: OutgoingMessage) -> None:
        append(self._path, message.message_id)


def complete_any(office: Office, dice: random.Random, way: Way) -> None:
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
        person, values = way[element]
        try:
            complete(office, person, filing_number, task, values)
        except Conflict:
            return


def answer_any_survey(office: Office, dice: random.Random) -> None:
    """Answer some survey that waits; a rival who was quicker is no fault."""
    query = (
        sa.select(PETITIONS.c.filing_number, PETITIONS.c.tracking_code)
        .join(SURVEYS, SURVEYS.c.petition_id == PETITIONS.c.id)
        .where(SURVEYS.c.answered_at.is_(None))
        .limit(20)
    )
    with office.read() as connection:
        found = connection.execute(query).all()
    if found:
        filing_number, tracking_code = dice.choice(found)
        try:
            answer_survey(office, filing_number, tracking_code, replies_in({"solved": "yes"}))
        except Conflict:
            return


def deliver_everything(office: Office, sender: Sender, *, limit: int, minutes_later: int = 0) -> int:
    """Deliver what is due; how many messages were sent."""
    real = HandClock(MONDAY_MORNING)
    real.forward(minutes=minutes_later)
    report = deliver_pending(
        office.engine,
        sender,
        now=office.now(),
        real_clock=real.now,
        mail_domain=MAIL_DOMAIN,
        limit=limit,
    )
    return report.sent


def append(path: Path, line: str) -> None:
    """Write one line whole, at once, past every buffer of the process."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, (line + "\n").encode())
    os.close(descriptor)
