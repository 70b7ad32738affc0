"""The town's mail: a real SMTP server that keeps what arrives and knows which addresses do not exist."""

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.smtp import Mailbox


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it."""

    to: str
    subject: str
    text: str
    identity: str

    def __str__(self) -> str:
        return f"Para {self.to}: {self.subject}\n{self.text}"


@dataclass
class PostOffice(Mailbox):
    """Every address of the town; mail to one of `unknown` comes back for good."""

    unknown: set[str] = field(default_factory=set)

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 No existe ese buzón"
        return await super().handle_RCPT(server, session, envelope, address, options)

    def letters(self) -> list[Letter]:
        """Everything that arrived, in its order."""
        return [_read(content) for content in self.arrived]


def identity(message_id: str) -> str:
    """The part of a Message-ID that tells one letter from another, whatever domain it was sent from."""
    return message_id.partition("@")[0]


def _read(content: bytes) -> Letter:
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(("plain",))
    assert body is not None
    text = " ".join(body.get_content().split())
    return Letter(str(mail["To"]), str(mail["Subject"]), text, identity(str(mail["Message-ID"])))
