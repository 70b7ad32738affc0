"""A message as it travels: a MIME mail with the same identity at every attempt."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from notifications.addresses import to_address

_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+>")
_LONGEST_SUBJECT = 500


class DeliveryFailure(Exception):
    """A message was not delivered; `message` says why, in Spanish, for an administrator.

    `own_words` says it without what the other side answered, which may repeat the recipient's address.
    """

    def __init__(self, message: str, *, own_words: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.own_words = message if own_words is None else own_words


class TemporaryFailure(DeliveryFailure):
    """Trying again later can help: the way out is broken, or the other side asks to wait."""


class WayClosed(TemporaryFailure):
    """Nothing was said of the message: the other side cannot be reached, or does not let us in."""


class PermanentFailure(DeliveryFailure):
    """This message will never arrive as it is: a person must look at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """One message to one person.

    `message_id` (`<left@right>`) stays the same at every attempt, so that a copy sent twice is
    recognised; `sent_at` (aware) becomes the mail's date. An empty `html` sends text alone.
    """

    message_id: str
    to: str
    subject: str
    text: str
    html: str
    sent_at: datetime


def checked_recipient(message: OutgoingMessage) -> Address:
    """To whom the message goes, once all of it can travel.

    Raises PermanentFailure for a recipient that is no address, and for any value that could add or
    break a header: control characters, a naive date, a malformed Message-ID.
    """
    if message.sent_at.tzinfo is None:
        raise PermanentFailure("La fecha del mensaje no dice su zona horaria.")
    if not _MESSAGE_ID.fullmatch(message.message_id):
        raise PermanentFailure("El identificador del mensaje no tiene la forma «<parte@dominio>».")
    subject = message.subject
    if not subject.strip() or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise PermanentFailure(
            "El asunto del mensaje está vacío, es muy largo o contiene caracteres de control."
        )
    try:
        (message.text + message.html).encode("utf-8")
    except UnicodeEncodeError as error:
        raise PermanentFailure("El mensaje contiene caracteres que no se pueden enviar.") from error
    try:
        return to_address(message.to)
    except ValueError as error:
        raise PermanentFailure("La dirección de correo del destinatario no es válida.") from error


def build_mail(message: OutgoingMessage, sender: Address) -> EmailMessage:
    """The mail, in plain text and HTML. Raises PermanentFailure as `checked_recipient` does."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = checked_recipient(message)
    mail["Subject"] = message.subject
    mail["Date"] = message.sent_at
    mail["Message-ID"] = message.message_id
    mail["Content-Language"] = "es"
    # Keeps vacation notices from answering a mailbox that nobody reads (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    return mail
