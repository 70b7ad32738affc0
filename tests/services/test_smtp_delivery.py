"""Sending by SMTP to a real server on loopback, kind and unkind."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from notifications.send import PermanentFailure, SmtpSender, SmtpSettings, TemporaryFailure
from tests.support.letters import MESSAGE
from tests.support.smtp import Mailbox, Serve, serving


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    with serving(mailbox) as start:
        yield start


@contextmanager
def _never_answering() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_letter_arrives_whole(serve: Serve, mailbox: Mailbox) -> None:
    SmtpSender(serve()).send(MESSAGE)

    mail = mailbox.only()
    plain, rich = mail.iter_parts()
    assert mailbox.recipients == ["ana@correo.example"]
    assert mail["Subject"] == MESSAGE.subject
    assert mail["From"] == "Alcaldía de Villa del Río <pqrsd@villa.example>"
    assert mail["Message-ID"] == "<0192f0c1-1@villa.example>"
    assert mail["Date"].datetime == MESSAGE.sent_at
    assert isinstance(plain, EmailMessage)
    assert isinstance(rich, EmailMessage)
    assert plain.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert rich.get_content().strip() == MESSAGE.html


def test_every_attempt_carries_the_same_identity(serve: Serve, mailbox: Mailbox) -> None:
    sender = SmtpSender(serve())

    sender.send(MESSAGE)
    sender.send(MESSAGE)

    first, second = (message_from_bytes(content) for content in mailbox.arrived)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_an_address_with_an_enye_travels_where_the_server_allows_it(serve: Serve, mailbox: Mailbox) -> None:
    SmtpSender(serve(enable_SMTPUTF8=True)).send(replace(MESSAGE, to="ñandú@muñoz.example"))

    assert mailbox.recipients == ["ñandú@xn--muoz-hqa.example"]
    assert mailbox.only()["Subject"] == MESSAGE.subject


def test_an_address_with_an_enye_is_refused_for_good_where_it_does_not(
    serve: Serve, mailbox: Mailbox
) -> None:
    settings = serve(enable_SMTPUTF8=False)

    with pytest.raises(PermanentFailure, match="tildes o eñes"):
        SmtpSender(settings).send(replace(MESSAGE, to="ñandú@correo.example"))
    assert mailbox.arrived == []


@pytest.mark.parametrize("step", ["at_recipient", "at_data"])
@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        ("451 Vuelva luego", TemporaryFailure),
        ("452 Mailbox full", TemporaryFailure),
        ("421 Servicio en mantenimiento", TemporaryFailure),
        ("530 Authentication required", TemporaryFailure),
        ("550 No such mailbox", PermanentFailure),
        ("554 Mensaje rechazado", PermanentFailure),
    ],
)
def test_a_refusal_says_whether_trying_again_helps(
    serve: Serve, mailbox: Mailbox, step: str, reply: str, failure: type[Exception]
) -> None:
    setattr(mailbox, step, reply)

    with pytest.raises(failure, match=reply):
        SmtpSender(serve()).send(MESSAGE)
    assert mailbox.arrived == []


@pytest.mark.parametrize("step", ["recipient", "data"])
def test_a_server_that_dies_midway_is_a_temporary_failure(serve: Serve, mailbox: Mailbox, step: str) -> None:
    mailbox.cut_at = step

    with pytest.raises(TemporaryFailure, match="Se cortó la conversación"):
        SmtpSender(serve()).send(MESSAGE)


@pytest.mark.parametrize("step", ["recipient", "data"])
def test_a_server_that_falls_silent_is_left_in_time(serve: Serve, mailbox: Mailbox, step: str) -> None:
    mailbox.silent_at = step
    settings = replace(serve(), timeout_seconds=0.3)

    with pytest.raises(TemporaryFailure, match="timed out"):
        SmtpSender(settings).send(MESSAGE)


@pytest.mark.parametrize("fault", ["cut_at", "silent_at"])
def test_an_accepted_letter_is_sent_even_if_the_goodbye_fails(
    serve: Serve, mailbox: Mailbox, fault: str
) -> None:
    setattr(mailbox, fault, "quit")
    # All but the goodbye has to be answered in this time, on whatever machine.
    settings = replace(serve(), timeout_seconds=3)

    SmtpSender(settings).send(MESSAGE)

    assert len(mailbox.arrived) == 1


def test_a_server_that_never_greets_is_left_in_time() -> None:
    with _never_answering() as port:
        settings = SmtpSettings(
            host="127.0.0.1", port=port, sender="a@b.example", security="none", timeout_seconds=0.3
        )

        with pytest.raises(TemporaryFailure, match="timed out"):
            SmtpSender(settings).send(MESSAGE)


def test_a_server_that_is_not_there_is_a_temporary_failure() -> None:
    with _never_answering() as port:
        pass
    settings = SmtpSettings(host="127.0.0.1", port=port, sender="a@b.example", security="none")

    with pytest.raises(TemporaryFailure, match="No se pudo hablar con el servidor"):
        SmtpSender(settings).send(MESSAGE)


def test_a_hidden_recipient_cannot_be_added(serve: Serve, mailbox: Mailbox) -> None:
    sender = SmtpSender(serve())
    injections = (
        replace(MESSAGE, to="ana@correo.example\r\nRCPT TO:<otra@correo.example>"),
        replace(MESSAGE, subject="Hola\r\nBcc: otra@correo.example"),
        replace(MESSAGE, message_id="<a@b>\r\nBcc: otra@correo.example\r\nX: <c@d>"),
    )

    for injection in injections:
        with pytest.raises(PermanentFailure):
            sender.send(injection)
    assert mailbox.arrived == []


def test_a_body_cannot_end_the_mail_early(serve: Serve, mailbox: Mailbox) -> None:
    smuggled = "Hola\r\n.\r\nMAIL FROM:<x@y.example>\r\n.\n.\r\nAdiós\r\n"

    SmtpSender(serve()).send(replace(MESSAGE, text=smuggled, html=""))

    body = mailbox.only().get_content().replace("\r\n", "\n")
    assert body == smuggled.replace("\r\n", "\n")
