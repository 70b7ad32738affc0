"""Encrypted delivery: passwords and letters never travel in clear when encryption was asked for."""

import ipaddress
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.send import SmtpSender, TemporaryFailure
from tests.support.letters import MESSAGE
from tests.support.smtp import Mailbox, Serve, serving

USER, PASSWORD = "ventanilla", "clave-de-prueba"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def serve(mailbox: Mailbox) -> Iterator[Serve]:
    with serving(mailbox) as start:
        yield start


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
