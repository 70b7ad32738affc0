"""A mail server that is dead, slow, busy or cut: every message leaves in the end, under one identity."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.send import OutgoingMessage, Sender, SmtpSender, SmtpSettings
from processes.common.delivery import DeliveryReport, deliver_pending, message_id
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.office import MONDAY_MORNING, an_office
from tests.builders.petitions import file_one
from tests.faults.worker import MAIL_DOMAIN
from tests.support.smtp import Mailbox, Serve, serving
from tests.support.web import free_port

SHORT_PATIENCE_SECONDS = 0.2
CLAIM = timedelta(minutes=5)
A_DAY = timedelta(days=1)


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """A furnished office; whatever became of the mail, every invariant holds at its end."""
    with an_office(database_url, tmp_path) as opened:
        yield opened
        assert violations(opened) == []


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    with serving(mailbox) as start:
        yield start


def test_every_message_leaves_once_when_the_server_is_dead_then_busy_then_silent_then_well(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    expected = _messages(office, 3)
    well = serve()
    impatient = replace(well, timeout_seconds=SHORT_PATIENCE_SECONDS)
    now = MONDAY_MORNING

    assert _deliver(office, replace(well, port=free_port()), now) == DeliveryReport(postponed=3)
    for trouble, how in (
        ("at_recipient", "450 Mailbox busy"),
        ("at_data", "451 Vuelva luego"),
        ("silent_at", "data"),
        ("cut_at", "recipient"),
        ("cut_at", "data"),
    ):
        setattr(mailbox, trouble, how)
        now += A_DAY
        # On a busy machine a server that is well may be slow to answer: only the silent one is hurried.
        settings = impatient if trouble == "silent_at" else well
        assert _deliver(office, settings, now) == DeliveryReport(postponed=3)
        setattr(mailbox, trouble, getattr(Mailbox(), trouble))

    assert _deliver(office, well, now + A_DAY) == DeliveryReport(sent=3)
    assert _arrived(mailbox) == Counter(expected)
    assert _statuses(office) == {MessageStatus.SENT.value}


def test_a_mail_server_that_is_dead_over_a_long_weekend_costs_no_message(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    expected = _messages(office, 1)
    dead = replace(serve(), port=free_port())
    ends = MONDAY_MORNING + timedelta(days=4)
    now = MONDAY_MORNING
    while now < ends:
        assert _deliver(office, dead, now).given_up == 0
        now += timedelta(hours=1)
    assert _deliver(office, serve(), now + A_DAY).sent == 1
    assert _arrived(mailbox) == Counter(expected)


def test_a_slow_server_takes_every_message_once_by_one_connection(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    expected = _messages(office, 3)
    mailbox.slow_seconds = 0.05

    assert _deliver(office, serve(), MONDAY_MORNING) == DeliveryReport(sent=3)
    assert _arrived(mailbox) == Counter(expected)
    assert mailbox.opened == 1


def test_an_address_that_is_refused_for_good_holds_up_no_other(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    _messages(office, 1)
    mailbox.at_recipient = "550 No existe"
    assert _deliver(office, serve(), MONDAY_MORNING) == DeliveryReport(given_up=1)
    mailbox.at_recipient = "250 OK"
    file_one(office)
    assert _deliver(office, serve(), MONDAY_MORNING) == DeliveryReport(sent=1)
    assert _statuses(office) == {MessageStatus.GIVEN_UP.value, MessageStatus.SENT.value}


def test_a_kill_between_acceptance_and_mark_doubles_that_message_alone_under_the_same_identity(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    expected = _messages(office, 5)
    settings = serve()
    office.engine.dispose()
    courier = get_context("fork").Process(target=_deliver_and_die, args=(office, settings, 3))
    courier.start()
    courier.join()

    assert courier.exitcode == -signal.SIGKILL
    assert _arrived(mailbox) == Counter(expected[:3])
    assert _deliver(office, settings, MONDAY_MORNING).sent == 2
    assert _arrived(mailbox) == Counter(expected)
    assert _deliver(office, settings, MONDAY_MORNING + 2 * CLAIM).sent == 1
    assert _arrived(mailbox) == Counter([*expected, expected[2]])
    assert _statuses(office) == {MessageStatus.SENT.value}


@pytest.mark.parametrize(
    "messages", [pytest.param(12, id="a-few"), pytest.param(150, id="many", marks=pytest.mark.long)]
)
def test_couriers_that_die_and_a_server_that_fails_at_random_lose_nothing(
    office: Office, mailbox: Mailbox, serve: Serve, messages: int
) -> None:
    expected = _messages(office, messages)
    well = serve()
    dice = random.Random(messages)
    deaths, now = 0, MONDAY_MORNING
    for _ in range(messages // 3):
        mailbox.at_data = dice.choice(("250 OK", "250 OK", "451 Vuelva luego"))
        office.engine.dispose()
        courier = get_context("fork").Process(
            target=_deliver_and_die, args=(office, well, dice.randint(1, 4)), kwargs={"real_now": now}
        )
        courier.start()
        courier.join()
        deaths += courier.exitcode == -signal.SIGKILL
        now += timedelta(minutes=10)
    mailbox.at_data = "250 OK"
    now += A_DAY
    while _deliver(office, well, now).sent:
        now += A_DAY

    arrived = _arrived(mailbox)
    assert deaths > 0
    assert arrived.keys() == set(expected)
    assert arrived.total() <= len(expected) + deaths
    assert _statuses(office) == {MessageStatus.SENT.value}


class _DiesAfter:
    """A courier that is killed right after the server accepted its nth message."""

    def __init__(self, way_out: Sender, accepted: int) -> None:
        self._way_out = way_out
        self._left = accepted

    def send(self, message: OutgoingMessage) -> None:
        self._way_out.send(message)
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _deliver_and_die(
    office: Office, settings: SmtpSettings, accepted: int, *, real_now: datetime = MONDAY_MORNING
) -> None:
    _deliver(office, settings, real_now, _DiesAfter(SmtpSender(settings), accepted))


def _deliver(
    office: Office, settings: SmtpSettings, real_now: datetime, sender: Sender | None = None
) -> DeliveryReport:
    with SmtpSender(settings).conversation() as kept:
        return deliver_pending(
            office.engine,
            sender or kept,
            now=office.now(),
            real_clock=lambda: real_now,
            mail_domain=MAIL_DOMAIN,
        )


def _messages(office: Office, count: int) -> list[str]:
    """The identities of as many acknowledgements, in the order in which they wait."""
    for _ in range(count):
        file_one(office)
    with office.read() as connection:
        keys = connection.scalars(sa.select(MESSAGES.c.key).order_by(MESSAGES.c.id)).all()
    assert len(keys) == count
    return [message_id(key, MAIL_DOMAIN) for key in keys]


def _arrived(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(message_from_bytes(content)["Message-ID"]) for content in mailbox.arrived)


def _statuses(office: Office) -> set[str]:
    with office.read() as connection:
        return set(connection.scalars(sa.select(MESSAGES.c.status)))
