"""Sending by SMTP to a real server on loopback, kind and unkind."""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.send import (
    OutgoingMessage,
    PermanentFailure,
    SmtpSender,
    SmtpSettings,
    TemporaryFailure,
)
from tests.support.smtp import LoopbackSmtp, Mailbox

MESSAGE = OutgoingMessage(
    message_id="0192f0c1-1@villa.example",
    to="ana@correo.example",
    subject="Su petición quedó radicada con el número 2026-000123",
    text="Le responderemos el miércoles.\n.\nUna línea que empieza con punto.\n" + "á" * 2000 + "\n",
    html="<p>Le responderemos el miércoles.</p>",
    written_at=datetime(2026, 11, 24, 14, 30, tzinfo=UTC),
)
USER, PASSWORD = "ventanilla", "clave-de-prueba"


Serve = Callable[..., SmtpSettings]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    """Start a server for the mailbox; what is left of it is stopped after the test."""
    started: list[LoopbackSmtp] = []

    def start(
        *, trusted: Path | None = None, tls: ssl.SSLContext | None = None, **options: object
    ) -> SmtpSettings:
        server = LoopbackSmtp(mailbox, tls=tls, **options)
        server.start()
        started.append(server)
        return SmtpSettings(
            host="127.0.0.1",
            port=server.port,
            sender="Alcaldía de Villa del Río <pqrsd@villa.example>",
            security="none",
            timeout_seconds=5,
            ca_file=trusted,
        )

    yield start
    for server in started:
        server.stop()


@dataclass(frozen=True)
class Certificate:
    """A certificate for 127.0.0.1, and the server's side of it."""

    path: Path
    context: ssl.SSLContext


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "correo.example")])
    made_at = datetime(2026, 1, 1, tzinfo=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(made_at - timedelta(days=3650))
        .not_valid_after(made_at + timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path, key_path = tmp_path / "ca.pem", tmp_path / "key.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, key_path)
    return Certificate(path, context)


def _check_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
) -> AuthResult:
    accepted = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=accepted, handled=False)


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
    assert mail["Date"].datetime == MESSAGE.written_at
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
    settings = replace(serve(), timeout_seconds=0.5)

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
        replace(MESSAGE, message_id="a@b>\r\nBcc: otra@correo.example\r\nX: <c@d"),
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


def test_starttls_with_a_password_delivers(serve: Serve, mailbox: Mailbox, certificate: Certificate) -> None:
    settings = serve(
        trusted=certificate.path,
        tls_context=certificate.context,
        authenticator=_check_password,
        auth_required=True,
    )

    SmtpSender(replace(settings, security="starttls", user=USER, password=PASSWORD)).send(MESSAGE)

    assert len(mailbox.arrived) == 1


def test_a_wrong_password_waits_for_the_settings_to_be_mended(serve: Serve, certificate: Certificate) -> None:
    settings = serve(trusted=certificate.path, tls_context=certificate.context, authenticator=_check_password)
    wrong = replace(settings, security="starttls", user=USER, password="otra-clave")

    with pytest.raises(TemporaryFailure, match="no aceptó el usuario o la clave") as failure:
        SmtpSender(wrong).send(MESSAGE)
    assert "otra-clave" not in failure.value.message


def test_encryption_that_the_server_lacks_is_never_done_without(serve: Serve, mailbox: Mailbox) -> None:
    settings = replace(serve(), security="starttls")

    with pytest.raises(TemporaryFailure, match="no ofrece el cifrado"):
        SmtpSender(settings).send(MESSAGE)
    assert mailbox.arrived == []


def test_tls_from_the_first_byte_delivers(serve: Serve, mailbox: Mailbox, certificate: Certificate) -> None:
    settings = serve(trusted=certificate.path, tls=certificate.context)

    SmtpSender(replace(settings, security="tls")).send(MESSAGE)

    assert len(mailbox.arrived) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Serve, mailbox: Mailbox, certificate: Certificate
) -> None:
    settings = serve(tls_context=certificate.context)

    with pytest.raises(TemporaryFailure, match="CERTIFICATE_VERIFY_FAILED"):
        SmtpSender(replace(settings, security="starttls")).send(MESSAGE)
    assert mailbox.arrived == []
