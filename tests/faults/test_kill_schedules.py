"""`kill -9` of whatever works by the clock, in the middle of a sweep and of sending: each effect once."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from email import message_from_bytes
from itertools import cycle
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from processes.common.audit import EVENTS
from processes.common.delivery import message_id
from processes.common.office_clock import real_now, set_office_time
from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.tables import ENTITY
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tables import ALERTS, PETITIONS
from tests.builders.office import MONDAY_MORNING, an_office
from tests.builders.petitions import classify, distribute, file_one
from tests.support.smtp import Mailbox, serving
from tests.support.supervised import Home, Supervised, await_nobody, supervised

pytestmark = pytest.mark.long

Note = Callable[[str, object], None]
FLOW_RUNS, RUNNER, SERVER = "-m prefect.engine", "-m processes.flows", "-m prefect server start"
SUPERVISOR, ALL_OF_THEM = "-m api.supervisor", "python"
IN_A_SWEEP_AND_IN_SENDING = (
    (FLOW_RUNS, SERVER),
    (RUNNER, FLOW_RUNS),
    (SERVER, RUNNER),
    (SUPERVISOR, ALL_OF_THEM),
    (ALL_OF_THEM, SUPERVISOR),
)
"""Who is killed while alerts fire, and who while the mails of that same sweep leave."""
AT_WORK = 60
"""More than a shard of a sweep: there is a middle of it."""
SWEEP_SECONDS = 20
SMTP_SECONDS = 0.2
CONNECTIONS = 4
DOMAIN = "puertoclaro.example"
LOOK_SECONDS = 0.005


class SlowMailbox(Mailbox):
    """A mail server that takes its time with each message."""

    async def handle_DATA(  # noqa: N802 - the name is the library's
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(SMTP_SECONDS)
        return await super().handle_DATA(server, session, envelope)


class Scene:
    """An office at work by the clock, and what came of it."""

    def __init__(self, office: Office, mailbox: Mailbox, port: int, starts: ExitStack) -> None:
        self.office = office
        self.mailbox = mailbox
        self.home = Home(office.settings.home)
        self._port = port
        self._starts = starts
        self.running = self.start()
        self.expected: Counter[str] = Counter()
        self.kills = 0
        self.killed: set[str] = set()

    def start(self) -> Supervised:
        """Start the supervisor, with what was left behind still going."""
        return self._starts.enter_context(
            supervised(
                self.home,
                VENTANILLA_MAIL="smtp",
                VENTANILLA_MAIL_FROM=f"pqrsd@{DOMAIN}",
                VENTANILLA_SMTP_PORT=str(self._port),
                VENTANILLA_SMTP_SECURITY="none",
                VENTANILLA_SMTP_CONNECTIONS=str(CONNECTIONS),
                VENTANILLA_SWEEP_SECONDS=str(SWEEP_SECONDS),
            )
        )

    def kill(self, victim: str) -> None:
        """Kill -9 each process of that name, and start again if nobody else does."""
        for number, command in self.home.processes().items():
            if victim in command:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
                    self.killed.add(victim)
        if victim in (SUPERVISOR, ALL_OF_THEM):
            self.running.process.wait()
            self.running = self.start()

    def fired(self) -> int:
        """How often an alert fired."""
        query = sa.select(sa.func.count()).where(EVENTS.c.act == "alert_fired")
        with self.office.read() as connection:
            return connection.scalar(query) or 0

    def arrived(self) -> int:
        """How many mails the server took."""
        return len(self.mailbox.arrived)

    def unsent(self, *, claimed: bool) -> int:
        """Messages that wait, held by a sender that may be dead or by nobody."""
        is_claimed = MESSAGES.c.claimed_until > real_now()
        query = sa.select(sa.func.count()).where(
            MESSAGES.c.status == MessageStatus.PENDING.value,
            is_claimed if claimed else sa.or_(MESSAGES.c.claimed_until.is_(None), ~is_claimed),
        )
        with self.office.read() as connection:
            return connection.scalar(query) or 0

    def make_due(self, numbers: list[str]) -> None:
        """Make the next rung of the ladder due."""
        chosen = sa.select(PETITIONS.c.id).where(PETITIONS.c.filing_number.in_(numbers))
        with self.office.write() as connection:
            connection.execute(
                sa.update(ALERTS).where(ALERTS.c.petition_id.in_(chosen)).values(due_at=MONDAY_MORNING)
            )
            connection.execute(
                sa.update(PETITIONS).where(PETITIONS.c.id.in_(chosen)).values(next_wake_at=MONDAY_MORNING)
            )
        self.expected.update(numbers)

    def kill_in_the_middle(self, victim: str, count: "Callable[[Scene], int]") -> None:
        """Kill as soon as what is counted grows, while there is more to do."""
        before = count(self)
        self.running.wait_until(lambda: count(self) > before, look_every_seconds=LOOK_SECONDS)
        self.kill(victim)
        self.kills += 1
        assert self.fired() < self.expected.total() or self.unsent(claimed=False) > 0

    def is_done(self) -> bool:
        """All that was due has fired, and what waits is held by somebody who died."""
        return self.fired() >= self.expected.total() and self.unsent(claimed=False) == 0

    def let_claims_end(self) -> None:
        """What five minutes do."""
        with self.office.write() as connection:
            connection.execute(
                sa.update(MESSAGES)
                .where(MESSAGES.c.claimed_until.is_not(None))
                .values(claimed_until=real_now() - timedelta(seconds=1))
            )


@contextmanager
def _scene(database_url: str, tmp_path: Path) -> Iterator[Scene]:
    mailbox = SlowMailbox()
    with (
        an_office(database_url, tmp_path) as office,
        serving(mailbox) as serve,
        ExitStack() as starts,
    ):
        with office.write() as connection:
            connection.execute(sa.update(ENTITY).values(demonstration=False))
            set_office_time(connection, office_now=MONDAY_MORNING, speed=1)
        yield Scene(office, mailbox, serve().port, starts)


def _at_work(office: Office) -> list[str]:
    numbers = [file_one(office).filing_number for _ in range(AT_WORK)]
    for number in numbers:
        classify(office, number)
        distribute(office, number)
    return numbers


def test_whoever_is_killed_in_mid_sweep_and_in_mid_sending_each_alert_fires_once_and_each_letter_arrives(
    sqlite_url: str, tmp_path: Path, record_property: Note
) -> None:
    with _scene(sqlite_url, tmp_path) as scene:
        groups = _at_work(scene.office), _at_work(scene.office)
        scene.running.wait_until(scene.is_done)
        turns = zip(cycle(groups), IN_A_SWEEP_AND_IN_SENDING, strict=False)
        for numbers, (in_a_sweep, in_sending) in turns:
            scene.make_due(numbers)
            scene.kill_in_the_middle(in_a_sweep, Scene.fired)
            scene.kill_in_the_middle(in_sending, Scene.arrived)
            scene.running.wait_until(scene.is_done)

        assert scene.killed == {FLOW_RUNS, RUNNER, SERVER, SUPERVISOR, ALL_OF_THEM}
        assert scene.running.await_page().status_code == httpx.codes.OK
        scene.let_claims_end()
        scene.make_due(groups[1])
        scene.running.wait_until(scene.is_done)
        scene.running.wait_until(lambda: scene.unsent(claimed=True) == 0)
        assert scene.running.stop(signal.SIGTERM) == 0
        await_nobody(scene.home)

        doubled = _doubled(scene)
        record_property("doubled", doubled)
        # A sender that dies has one letter in its hands on each connection.
        assert doubled <= CONNECTIONS * scene.kills
        assert _fired_by_petition(scene.office) == scene.expected
        assert violations(scene.office) == []


def _doubled(scene: Scene) -> int:
    """How many mails came twice, after each message came at all."""
    arrived = Counter(str(message_from_bytes(content)["Message-ID"]) for content in scene.mailbox.arrived)
    with scene.office.read() as connection:
        keys = list(connection.scalars(sa.select(MESSAGES.c.key)))
    assert arrived.keys() == {message_id(key, DOMAIN) for key in keys}
    return arrived.total() - len(keys)


def _fired_by_petition(office: Office) -> Counter[str]:
    with office.read() as connection:
        return Counter(connection.scalars(sa.select(EVENTS.c.stream).where(EVENTS.c.act == "alert_fired")))
