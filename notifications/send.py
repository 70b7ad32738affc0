"""The ways out: SMTP, and a console that shows what would be sent."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Protocol, TextIO

from notifications.addresses import to_mailbox
from notifications.envelope import (
    DeliveryFailure,
    OutgoingMessage,
    PermanentFailure,
    TemporaryFailure,
    WayClosed,
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
    "WayClosed",
]

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_DONE_REPLIES = range(200, 300)
_PERMANENT_REPLIES = range(500, 600)
# The server asks for a sign-in: ours to mend in the settings, and then the message can leave.
_SIGN_IN_REPLIES = frozenset({530, 534, 535, 538})
_SERVICE_ENDS = 421
_TOO_BIG = 552
_MOST_OF_A_CONNECTION = 200
"""Messages of one connection: many servers bound what they take at once, and one that is balanced among
several hosts is asked anew."""


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
    """Sends by SMTP, never unencrypted when encryption was asked for.

    A cut between the server's acceptance and its answer cannot be told from a refusal: the message
    is then tried again under the same Message-ID.
    """

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._mailbox = to_mailbox(settings.sender)

    def send(self, message: OutgoingMessage) -> None:
        """Send one message by a connection of its own. Raises TemporaryFailure or PermanentFailure."""
        with self.conversation() as way_out:
            way_out.send(message)

    @contextmanager
    def conversation(self) -> Iterator[Sender]:
        """A way out that keeps its connection for the next message; for one thread at a time."""
        kept = _Conversation(self)
        try:
            yield kept
        finally:
            kept.close()

    def mail(self, message: OutgoingMessage) -> EmailMessage:
        """The message as it travels. Raises PermanentFailure."""
        return build_mail(message, self._mailbox)

    def connect(self) -> smtplib.SMTP:
        """An open connection, encrypted and signed in as the settings say.

        Whatever fails here is not the message's fault: it raises WayClosed.
        """
        with _connection_trouble_in_words():
            connection = self._open()
            try:
                if self._settings.security == "starttls":
                    connection.starttls(context=self._trust())
                if self._settings.user:
                    connection.login(self._settings.user, self._settings.password)
                # Left to the first message, a server that refuses our name would seem to refuse that one.
                connection.ehlo_or_helo_if_needed()
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


class _Conversation:
    """One connection, opened at the first message and again whenever the server has had enough of it."""

    def __init__(self, sender: SmtpSender) -> None:
        self._sender = sender
        self._connection: smtplib.SMTP | None = None
        self._left = 0

    def send(self, message: OutgoingMessage) -> None:
        """Send the message; a refusal leaves the connection for the next one, a cut does not."""
        mail = self._sender.mail(message)
        connection = self._ready()
        self._left -= 1
        try:
            with _refusals_in_words():
                connection.send_message(mail)
        except DeliveryFailure as failure:
            if not _was_refused(failure):
                self._drop()
            raise

    def close(self) -> None:
        """Say goodbye. What was accepted stays sent, however the goodbye ends."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _ready(self) -> smtplib.SMTP:
        """The open connection if the server still answers on it, else a new one."""
        if self._connection is not None and (self._left <= 0 or not _answers(self._connection)):
            self.close()
        if self._connection is None:
            self._connection = self._sender.connect()
            self._left = _MOST_OF_A_CONNECTION
        return self._connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _answers(connection: smtplib.SMTP) -> bool:
    """Whether the server takes another message: asked before each, so that none is lost in a dead line."""
    try:
        code, _ = connection.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return code in _DONE_REPLIES


def _was_refused(failure: DeliveryFailure) -> bool:
    """Whether the server answered, and goes on listening."""
    cause = failure.__cause__
    if isinstance(cause, smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError):
        return True
    return isinstance(cause, smtplib.SMTPResponseException) and cause.smtp_code != _SERVICE_ENDS


@contextmanager
def _connection_trouble_in_words() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        said = "El servidor de correo no aceptó el usuario o la clave ("
        advice = "). Revise la configuración del correo."
        raise WayClosed(
            f"{said}{error.smtp_code} {_text(error.smtp_error)}{advice}",
            own_words=f"{said}{error.smtp_code}{advice}",
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise WayClosed(
            "El servidor de correo no ofrece el cifrado o el ingreso que la configuración pide."
        ) from error
    except (smtplib.SMTPException, OSError) as error:
        what = "No se pudo hablar con el servidor de correo"
        raise WayClosed(f"{what}: {error}", own_words=f"{what}.") from error


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        ((code, reply),) = error.recipients.values()
        raise _refusal(code, reply) from error
    except smtplib.SMTPSenderRefused as error:
        raise _refusal_of_sender(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise PermanentFailure("El servidor de correo no admite direcciones con tildes o eñes.") from error
    except (smtplib.SMTPException, OSError) as error:
        what = "Se cortó la conversación con el servidor"
        raise TemporaryFailure(f"{what}: {error}", own_words=f"{what}.") from error


def _refusal_of_sender(code: int, reply: bytes | str) -> DeliveryFailure:
    """Our own address is the same in every message: ours to mend, unless it is the size of this one."""
    if code not in _PERMANENT_REPLIES or code in _SIGN_IN_REPLIES | {_TOO_BIG}:
        return _refusal(code, reply)
    said = f"El servidor de correo no acepta el remitente de la oficina ({code}"
    advice = "). Revise la configuración del correo."
    return WayClosed(f"{said} {_text(reply)}{advice}", own_words=f"{said}{advice}")


def _refusal(code: int, reply: bytes | str) -> DeliveryFailure:
    said = f"El servidor de correo respondió {code}"
    lasting = code in _PERMANENT_REPLIES and code not in _SIGN_IN_REPLIES
    kind = PermanentFailure if lasting else TemporaryFailure
    end = ". El mensaje no se puede entregar así." if lasting else ". Se intentará de nuevo."
    return kind(f"{said} {_text(reply)}{end}", own_words=f"{said}{end}")


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
