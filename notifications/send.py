"""The ways out: SMTP, and a console that shows what would be sent."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TextIO

from notifications.addresses import to_mailbox
from notifications.envelope import (
    DeliveryFailure,
    OutgoingMessage,
    PermanentFailure,
    TemporaryFailure,
    build_mail,
    checked_recipient,
)

__all__ = [
    "ConsoleSender",
    "DeliveryFailure",
    "OutgoingMessage",
    "PermanentFailure",
    "Sender",
    "SmtpSender",
    "SmtpSettings",
    "TemporaryFailure",
]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PERMANENT_REPLIES = range(500, 600)
# The server asks for a sign-in: ours to mend in the settings, and then the message can leave.
_SIGN_IN_REPLIES = frozenset({530, 534, 535, 538})


class Sender(Protocol):
    """A way out for messages."""

    def send(self, message: OutgoingMessage) -> None:
        """Hand the message over; it returns once the other side has accepted it.

        Raises TemporaryFailure when trying again can help, PermanentFailure when it cannot.
        """


@dataclass(frozen=True, slots=True)
class ConsoleSender:
    """Writes each message on a stream instead of sending it: the first run needs no mail server."""

    stream: TextIO

    def send(self, message: OutgoingMessage) -> None:
        """Show the message; refuses what a mail server would refuse."""
        checked_recipient(message)
        # Control characters would steer the terminal.
        text = "".join(part for part in message.text if part == "\n" or part.isprintable())
        self.stream.write(f"Para: {message.to}\nAsunto: {message.subject}\n\n{text}\n")
        self.stream.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The mail server, and the mailbox that the office writes from.

    `sender` may carry a name: `Alcaldía <pqrsd@villa.gov.co>`. `timeout_seconds` bounds each answer
    of the server. `ca_file` trusts a certificate authority of one's own. Raises ValueError when
    `sender` is no mailbox, or when a password would leave this machine unencrypted.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    security: Literal["none", "starttls", "tls"] = "starttls"
    timeout_seconds: float = 20.0
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        to_mailbox(self.sender)
        if self.user and self.security == "none" and self.host not in _LOOPBACK:
            raise ValueError("a mail password may only travel encrypted: use starttls or tls")


class SmtpSender:
    """Sends by SMTP: one connection a message, never unencrypted when encryption was asked for.

    A cut between the server's acceptance and its answer cannot be told from a refusal: the message
    is then tried again under the same Message-ID.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._mailbox = to_mailbox(settings.sender)

    def send(self, message: OutgoingMessage) -> None:
        """Send the message. Raises TemporaryFailure or PermanentFailure."""
        mail = build_mail(message, self._mailbox)
        connection = self._connect()
        try:
            with _refusals_in_words():
                connection.send_message(mail)
        except DeliveryFailure:
            connection.close()
            raise
        # The message was accepted: what happens while saying goodbye must not send it again.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()

    def _connect(self) -> smtplib.SMTP:
        """An open connection, encrypted and signed in as the settings say.

        Whatever fails here is not the message's fault, so every failure is temporary.
        """
        with _connection_trouble_in_words():
            connection = self._open()
            try:
                if self._settings.security == "starttls":
                    connection.starttls(context=self._trust())
                if self._settings.user:
                    connection.login(self._settings.user, self._settings.password)
            except (smtplib.SMTPException, OSError):
                connection.close()
                raise
        return connection

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        # Naming ourselves spares smtplib a DNS lookup of this machine's name.
        name, timeout = self._mailbox.domain, settings.timeout_seconds
        if settings.security == "tls":
            return smtplib.SMTP_SSL(
                settings.host, settings.port, name, timeout=timeout, context=self._trust()
            )
        return smtplib.SMTP(settings.host, settings.port, name, timeout=timeout)

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file)


@contextmanager
def _connection_trouble_in_words() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        said = "El servidor de correo no aceptó el usuario o la clave ("
        advice = "). Revise la configuración del correo."
        raise TemporaryFailure(
            f"{said}{error.smtp_code} {_text(error.smtp_error)}{advice}",
            own_words=f"{said}{error.smtp_code}{advice}",
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise TemporaryFailure(
            "El servidor de correo no ofrece el cifrado o el ingreso que la configuración pide."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        raise _interrupted("No se pudo hablar con el servidor de correo", error) from error


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        ((code, reply),) = error.recipients.values()
        raise _refusal(code, reply) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise PermanentFailure("El servidor de correo no admite direcciones con tildes o eñes.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise _interrupted("Se cortó la conversación con el servidor", error) from error


def _interrupted(what: str, error: Exception) -> TemporaryFailure:
    return TemporaryFailure(f"{what}: {error}", own_words=f"{what}.")


def _refusal(code: int, reply: bytes | str) -> DeliveryFailure:
    said = f"El servidor de correo respondió {code}"
    lasting = code in _PERMANENT_REPLIES and code not in _SIGN_IN_REPLIES
    kind = PermanentFailure if lasting else TemporaryFailure
    end = ". El mensaje no se puede entregar así." if lasting else ". Se intentará de nuevo."
    return kind(f"{said} {_text(reply)}{end}", own_words=f"{said}{end}")


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
