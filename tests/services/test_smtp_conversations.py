"""Many messages by few connections: one is kept for the next message, and never more than so many at once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.send import OutgoingMessage, SmtpSender, TemporaryFailure, WayClosed
from processes.common.delivery import DeliveryReport, deliver_pending
from processes.common.mail import deliver_outbox
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.settings import Settings
from processes.petitions.office import Office
from tests.builders.office import MONDAY_MORNING, an_office
from tests.builders.petitions import file_one
from tests.support.letters import MESSAGE
from tests.support.smtp import Mailbox, Serve, serving
from tests.support.web import free_port


class _Stranger(Mailbox):
    """Lets nobody in by the name that they give."""

    async def handle_EHLO(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, _envelope: Envelope, _name: str, _answers: list[str]
    ) -> list[str]:
        return ["550 No lo conozco"]

    async def handle_HELO(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, _envelope: Envelope, _name: str
    ) -> str:
        return "550 No lo conozco"


class _NotFromUs(Mailbox):
    """Takes no mail from our address."""

    async def handle_MAIL(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, _envelope: Envelope, _address: str, _options: list[str]
    ) -> str:
        return "553 5.7.1 Sender address rejected: not owned by user"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    with serving(mailbox) as start:
        yield start


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    with an_office(sqlite_url, tmp_path) as opened:
        yield opened


def _write(office: Office, count: int) -> None:
    """As many messages that wait, all like the first."""
    file_one(office)
    with office.write() as connection:
        first = dict(connection.execute(sa.select(MESSAGES)).mappings().one())
        del first["id"]
        connection.execute(sa.insert(MESSAGES), [{**first, "key": f"más/{n}"} for n in range(count - 1)])


def _settings(office: Office, port: int, connections: int) -> Settings:
    changes = {
        "mail": "smtp",
        "smtp_host": "127.0.0.1",
        "smtp_port": port,
        "smtp_security": "none",
        "smtp_connections": connections,
    }
    return office.settings.model_copy(update=changes)


def test_one_connection_carries_many_messages(serve: Serve, mailbox: Mailbox) -> None:
    with SmtpSender(serve()).conversation() as way_out:
        for _ in range(5):
            way_out.send(MESSAGE)

    assert (len(mailbox.arrived), mailbox.opened) == (5, 1)


def test_a_server_that_refuses_our_name_refuses_no_message() -> None:
    with (
        serving(_Stranger()) as start,
        SmtpSender(start()).conversation() as way_out,
        pytest.raises(WayClosed, match="550"),
    ):
        way_out.send(MESSAGE)


def test_a_server_that_refuses_our_address_refuses_no_message() -> None:
    with (
        serving(_NotFromUs()) as start,
        SmtpSender(start()).conversation() as way_out,
        pytest.raises(WayClosed, match="553"),
    ):
        way_out.send(MESSAGE)


def test_a_refusal_leaves_the_connection_for_the_next_message(serve: Serve, mailbox: Mailbox) -> None:
    with SmtpSender(serve()).conversation() as way_out:
        way_out.send(MESSAGE)
        for trouble in ("450 Mailbox busy", "550 No existe"):
            mailbox.at_recipient = trouble
            with pytest.raises(Exception, match=trouble):
                way_out.send(MESSAGE)
        mailbox.at_recipient = "250 OK"
        way_out.send(replace(MESSAGE, to="otra@correo.example"))

    assert mailbox.recipients == ["ana@correo.example", "otra@correo.example"]
    assert mailbox.opened == 1


def test_a_server_that_hung_up_between_two_messages_is_called_again(serve: Serve, mailbox: Mailbox) -> None:
    with SmtpSender(serve(command_call_limit={"RSET": 1, "*": 20})).conversation() as way_out:
        for _ in range(5):
            way_out.send(MESSAGE)

    assert len(mailbox.arrived) == 5
    assert mailbox.opened > 1


def test_a_connection_that_was_cut_in_the_middle_is_not_used_again(serve: Serve, mailbox: Mailbox) -> None:
    with SmtpSender(serve()).conversation() as way_out:
        way_out.send(MESSAGE)
        mailbox.cut_at = "data"
        with pytest.raises(TemporaryFailure, match="Se cortó"):
            way_out.send(MESSAGE)
        mailbox.cut_at = ""
        way_out.send(MESSAGE)

    assert (len(mailbox.arrived), mailbox.opened) == (2, 2)


@pytest.mark.parametrize(("messages", "most"), [(90, 3), (19, 1)])
def test_much_mail_leaves_by_several_connections_and_never_by_more(
    office: Office, serve: Serve, mailbox: Mailbox, messages: int, most: int
) -> None:
    _write(office, messages)
    settings = _settings(office, serve().port, connections=3)

    report = deliver_outbox(office.engine, settings, now=office.now())

    identities = Counter(str(message_from_bytes(content)["Message-ID"]) for content in mailbox.arrived)
    assert report == DeliveryReport(sent=messages)
    assert (len(identities), set(identities.values())) == (messages, {1})
    assert mailbox.opened == mailbox.most_at_once <= most


def test_a_server_that_is_away_costs_three_attempts_and_the_rest_wait_untouched(office: Office) -> None:
    _write(office, 12)
    report = deliver_outbox(office.engine, _settings(office, free_port(), 1), now=office.now())

    query = sa.select(MESSAGES.c.attempts, sa.func.count()).group_by(MESSAGES.c.attempts)
    with office.read() as connection:
        attempts = dict(connection.execute(query).tuples().all())
        statuses = set(connection.scalars(sa.select(MESSAGES.c.status)))
    assert report == DeliveryReport(postponed=3)
    assert attempts == {0: 9, 1: 3}
    assert statuses == {MessageStatus.PENDING.value}


class _Closed:
    """A mail server that cannot be reached."""

    def send(self, message: OutgoingMessage) -> None:
        raise WayClosed(f"No se pudo hablar con el servidor de correo de {message.to}")


class _Taken:
    """Notes to whom it was asked to send."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def send(self, message: OutgoingMessage) -> None:
        self.told.append(message.to)


def test_what_presses_leaves_though_the_mail_is_away(office: Office) -> None:
    _write(office, 6)
    last = sa.select(sa.func.max(MESSAGES.c.id)).scalar_subquery()
    with office.write() as connection:
        telephone = {"channel": "short", "recipient": "+573001234567"}
        connection.execute(sa.update(MESSAGES).where(MESSAGES.c.id == last).values(telephone))
    short = _Taken()

    report = deliver_pending(
        office.engine,
        _Closed(),
        now=MONDAY_MORNING,
        real_clock=real_now,
        mail_domain="prueba.example",
        short=short,
    )

    assert short.told == ["+573001234567"]
    assert report == DeliveryReport(sent=1, postponed=3)
