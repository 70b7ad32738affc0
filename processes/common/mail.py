"""How messages leave this installation: by SMTP, or into a file that shows what would be sent."""

import os
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from notifications.addresses import to_mailbox
from notifications.send import (
    ConsoleSender,
    OutgoingMessage,
    Sender,
    SmtpSender,
    SmtpSettings,
    TemporaryFailure,
)
from processes.common.delivery import DeliveryReport, deliver_pending
from processes.common.errors import Invalid
from processes.common.office_clock import real_now
from processes.common.settings import Settings
from processes.common.short_messages import ShortMessages

_PRIVATE_FILE = 0o600


@dataclass(frozen=True, slots=True)
class MailFile:
    """Writes each message at the end of a file, which only its owner reads: letters hold personal data."""

    path: Path

    def send(self, message: OutgoingMessage) -> None:
        """Show the message in the file; refuses what a mail server would refuse.

        Raises TemporaryFailure when the file cannot be written: a full disk is no message's fault.
        """
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _PRIVATE_FILE)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                ConsoleSender(file).send(message)
        except OSError as error:
            raise TemporaryFailure(f"No se pudo escribir en {self.path.name}: {error.strerror}") from error


def mail_file(settings: Settings) -> MailFile:
    """The file of the home that shows messages instead of sending them."""
    return MailFile(settings.home / "mail.log")


def make_sender(settings: Settings) -> Sender:
    """The way out that the settings choose. Raises Invalid when they do not fit together."""
    if settings.mail == "console":
        return mail_file(settings)
    try:
        return SmtpSender(
            SmtpSettings(
                host=settings.smtp_host,
                port=settings.smtp_port,
                sender=settings.mail_from,
                user=settings.smtp_user,
                password=settings.smtp_password.get_secret_value(),
                security=settings.smtp_security,
                timeout_seconds=settings.smtp_timeout_seconds,
            )
        )
    except ValueError as error:
        raise Invalid(_WRONG_MAIL) from error


def deliver_outbox(
    engine: sa.Engine, settings: Settings, *, now: datetime, sender: Sender | None = None
) -> DeliveryReport:
    """Send everything in the outbox that is due; `now` is office time, for people to read.

    Mail leaves by as many connections as the settings say, each kept for many messages. Each message is
    tried once at most; short messages leave by the gateway of the settings. Raises Invalid when the mail
    settings do not fit together.
    """
    way_out = sender or make_sender(settings)
    with ExitStack() as stack:
        short = stack.enter_context(closing(ShortMessages(settings)))
        first, *beside = _ways_out(way_out, settings.smtp_connections, stack)
        return deliver_pending(
            engine,
            first,
            now=now,
            real_clock=real_now,
            mail_domain=_domain(settings),
            short=short,
            beside=beside,
        )


def _ways_out(way_out: Sender, connections: int, stack: ExitStack) -> list[Sender]:
    """A mail server is spoken to in several conversations at once; anything else is written to by one."""
    if not isinstance(way_out, SmtpSender):
        return [way_out]
    return [stack.enter_context(way_out.conversation()) for _ in range(connections)]


def _domain(settings: Settings) -> str:
    """The right side of Message-IDs: the domain that the office writes from."""
    try:
        return to_mailbox(settings.mail_from).domain
    except ValueError as error:
        raise Invalid(_WRONG_MAIL) from error


_WRONG_MAIL = (
    "El correo no está bien configurado: revise VENTANILLA_MAIL_FROM (por ejemplo «Alcaldía "
    "<pqrsd@alcaldia.gov.co>»); con usuario y contraseña, VENTANILLA_SMTP_SECURITY debe ser starttls o tls."
)
