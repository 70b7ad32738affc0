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


def build_mail(message: OutgoingMessage, sender: Address) -> EmailMessage:
    """The mail, in plain text and HTML.

    Raises PermanentFailure for a recipient that is no address, and for any value that could add or
    break a header: control characters, a naive date, a malformed Message-ID.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = _recipient(message.to)
    mail["Subject"] = _subject(message.subject)
    mail["Date"] = _sent_at(message.sent_at)
    mail["Message-ID"] = _message_id(message.message_id)
    mail["Content-Language"] = "es"
    # Keeps vacation notices from answering a mailbox that nobody reads (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_body(message.text), cte="quoted-printable")
    if message.html:
        mail.add_alternative(_body(message.html), subtype="html", cte="quoted-printable")
    return mail


def _recipient(address: str) -> Address:
    try:
        return to_address(address)
    except ValueError as error:
        raise PermanentFailure("La dirección de correo del destinatario no es válida.") from error


def _subject(subject: str) -> str:
    if not subject.strip() or len(subject) > _LONGEST_SUBJECT or not subject.isprintable():
        raise PermanentFailure(
            "El asunto del mensaje está vacío, es muy largo o contiene caracteres de control."
        )
    return subject


def _sent_at(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise PermanentFailure("La fecha del mensaje no dice su zona horaria.")
    return instant


def _message_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise PermanentFailure("El identificador del mensaje no tiene la forma «<parte@dominio>».")
    return message_id


def _body(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PermanentFailure("El mensaje contiene caracteres que no se pueden enviar.") from error
    return text
