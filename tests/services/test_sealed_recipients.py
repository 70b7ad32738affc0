"""Of a message to a reserved identity, nothing that people or programs read says to whom it goes."""

import io
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import structlog

from notifications.send import OutgoingMessage, Sender, SmtpSender
from processes.common.delivery import DeliveryReport, deliver_pending
from processes.petitions.messages import list_messages
from processes.petitions.office import Office
from tests.builders.office import ADMINISTRATOR, MONDAY_MORNING
from tests.builders.petitions import file_one
from tests.support.smtp import Mailbox, Serve, serving

ADDRESS = "rosa@correo.example"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    with serving(mailbox) as start:
        yield start


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the log says while the test runs."""
    kept, before = io.StringIO(), structlog.get_config()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(kept), cache_logger_on_first_use=False)
    yield kept
    structlog.configure(**before)


class _Trips:
    def send(self, message: OutgoingMessage) -> None:
        raise ValueError(f"cannot handle {message.to}")


def _deliver(office: Office, sender: Sender) -> DeliveryReport:
    return deliver_pending(
        office.engine,
        sender,
        now=office.now(),
        real_clock=lambda: MONDAY_MORNING,
        mail_domain="prueba.example",
    )


def _last_error(office: Office) -> str:
    return list_messages(office, ADMINISTRATOR).items[0].last_error


def _everything_but_the_seal(office: Office) -> str:
    with office.read() as connection:
        rows = connection.execute(sa.text("SELECT * FROM outbox_message")).all()
    return str(rows)


@pytest.mark.parametrize(
    ("trouble", "kept"),
    [
        (
            ("at_recipient", f"550 5.1.1 <{ADDRESS}>: Recipient address rejected"),
            "El servidor de correo respondió 550. El mensaje no se puede entregar así.",
        ),
        (
            ("at_recipient", f"450 4.2.1 <{ADDRESS}> busy"),
            "El servidor de correo respondió 450. Se intentará de nuevo.",
        ),
        (
            ("at_data", f"451 cannot deliver to {ADDRESS}"),
            "El servidor de correo respondió 451. Se intentará de nuevo.",
        ),
        (("cut_at", "recipient"), "Se cortó la conversación con el servidor."),
    ],
)
def test_a_server_that_repeats_a_sealed_address_does_not_get_it_into_the_outbox(
    office: Office, mailbox: Mailbox, serve: Serve, trouble: tuple[str, str], kept: str
) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    setattr(mailbox, *trouble)

    report = _deliver(office, SmtpSender(serve()))

    assert report.sent == 0
    assert _last_error(office) == kept
    assert ADDRESS not in _everything_but_the_seal(office)


def test_an_open_address_keeps_the_words_of_the_server(
    office: Office, mailbox: Mailbox, serve: Serve
) -> None:
    file_one(office)
    mailbox.at_recipient = f"550 5.1.1 <{ADDRESS}>: no existe"
    _deliver(office, SmtpSender(serve()))
    assert f"<{ADDRESS}>: no existe" in _last_error(office)


@pytest.mark.parametrize("trouble", [("at_recipient", f"550 <{ADDRESS}>"), ("at_data", f"451 {ADDRESS}")])
def test_the_log_of_a_sealed_message_does_not_say_to_whom(
    office: Office, mailbox: Mailbox, serve: Serve, log: io.StringIO, trouble: tuple[str, str]
) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    setattr(mailbox, *trouble)
    _deliver(office, SmtpSender(serve()))
    assert "message" in log.getvalue()
    assert ADDRESS not in log.getvalue()


def test_an_error_of_our_own_over_a_sealed_message_keeps_its_words_out_of_the_log(
    office: Office, log: io.StringIO
) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    assert _deliver(office, _Trips()) == DeliveryReport(given_up=1)
    assert "message_failed" in log.getvalue()
    assert ADDRESS not in log.getvalue()
    assert _last_error(office) == "No se pudo preparar el mensaje: ValueError"
