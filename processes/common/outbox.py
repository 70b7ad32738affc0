"""The outbox: messages written in the transaction of the act that causes them, and sent after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from notifications.messages import Letter
from notifications.storage import letter_to_json
from processes.common.database import UtcDateTime, insert_if_absent
from processes.common.writer import Writer


class MessageStatus(StrEnum):
    """Where a message is; `at_desk` waits to be handed over on paper, `given_up` needs a person."""

    PENDING = "pending"
    AT_DESK = "at_desk"
    SENT = "sent"
    GIVEN_UP = "given_up"


class MessageChannel(StrEnum):
    """The way that a message takes."""

    EMAIL = "email"
    SHORT = "short"
    IN_APP = "in_app"
    PAPER = "paper"


# In the words of the index, not as a parameter: only so do both databases see that the index serves.
PENDING = sa.text("status = 'pending'")
AT_DESK = sa.text("status = 'at_desk'")
UNREAD = sa.text("person IS NOT NULL AND read_at IS NULL")
_FOR_A_PERSON = sa.text("person IS NOT NULL")


class OutboxMessage(SQLModel, table=True):
    """One message to one recipient. `key` makes its cause unique, so that no cause sends twice.

    `person` is the user name of the one of the entity whom it tells: it is theirs to read in Ventanilla
    too, and `read_at` says since when they have. `proof` is what shows that a letter on paper arrived.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.CheckConstraint("status IN ('pending', 'at_desk', 'sent', 'given_up')", name="status"),
        sa.CheckConstraint("channel IN ('email', 'short', 'in_app', 'paper')", name="channel"),
        sa.Index("ix_outbox_message_due", "next_attempt_at", sqlite_where=PENDING, postgresql_where=PENDING),
        sa.Index("ix_outbox_message_at_desk", "id", sqlite_where=AT_DESK, postgresql_where=AT_DESK),
        # The second column is always empty: it makes SQLite see that this index is the narrower one.
        sa.Index(
            "ix_outbox_message_unread", "person", "read_at", sqlite_where=UNREAD, postgresql_where=UNREAD
        ),
        sa.Index(
            "ix_outbox_message_person",
            "person",
            "id",
            sqlite_where=_FOR_A_PERSON,
            postgresql_where=_FOR_A_PERSON,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    stream: str = Field(index=True, max_length=40)
    channel: str = Field(default=MessageChannel.EMAIL, max_length=8)
    recipient: str = Field(max_length=320)
    template: str = Field(max_length=60)
    context: str
    status: str = Field(default=MessageStatus.PENDING, max_length=12)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=500)
    subject: str = Field(default="", max_length=300)
    text: str = ""
    person: str | None = Field(default=None, max_length=60)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    proof: str = Field(default="", max_length=300)


class SealedRecipient(SQLModel, table=True):
    """The address of a message whose recipient nobody may see; only the delivery reads it."""

    __tablename__ = "outbox_sealed_recipient"

    key: str = Field(primary_key=True, foreign_key="outbox_message.key", max_length=160)
    address: str = Field(max_length=320)


MESSAGES = SQLModel.metadata.tables["outbox_message"]
SEALED_RECIPIENTS = SQLModel.metadata.tables["outbox_sealed_recipient"]
_COLUMNS = (
    "key",
    "stream",
    "channel",
    "recipient",
    "template",
    "context",
    "status",
    "attempts",
    "created_at",
    "not_before",
    "sent_at",
    "last_error",
    "subject",
    "text",
    "person",
    "proof",
)
_POST = insert_if_absent(MESSAGES, _COLUMNS, key=("key",))
_SEAL = insert_if_absent(SEALED_RECIPIENTS, ("key", "address"), key=("key",))
SEALED = "identidad reservada"
"""What the outbox shows in place of a sealed recipient."""
ON_PAPER = "quien la presentó, en papel por la ventanilla"
"""The recipient of a letter on paper: to whom and where it goes is read from the petition."""
_FIRST_STATUS: Mapping[MessageChannel, MessageStatus] = MappingProxyType(
    {
        MessageChannel.EMAIL: MessageStatus.PENDING,
        MessageChannel.SHORT: MessageStatus.PENDING,
        # Whoever opens Ventanilla reads it there: nothing is left to be sent.
        MessageChannel.IN_APP: MessageStatus.SENT,
        MessageChannel.PAPER: MessageStatus.AT_DESK,
    }
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message on its way into the outbox: to whom, about which stream, for which cause.

    A `sealed` recipient is kept in a table of its own and shown nowhere. It leaves at `not_before` (office
    time) at the earliest; None is at once. On the channel `short` the recipient is a telephone (E.164).
    `person` is the user name of the one of the entity who may read it in Ventanilla too.
    """

    key: str
    stream: str
    recipient: str
    letter: Letter
    sealed: bool = False
    channel: MessageChannel = MessageChannel.EMAIL
    not_before: datetime | None = None
    person: str | None = None


def message_row(envelope: Envelope, *, now: datetime) -> dict[str, object]:
    """The row for `envelope`, ready to insert."""
    status = _FIRST_STATUS[envelope.channel]
    return {
        "key": envelope.key,
        "stream": envelope.stream,
        "channel": envelope.channel.value,
        "recipient": SEALED if envelope.sealed else envelope.recipient,
        "template": envelope.letter.template,
        "context": letter_to_json(envelope.letter),
        "status": status.value,
        "attempts": 0,
        "created_at": now,
        "not_before": envelope.not_before,
        "sent_at": now if status is MessageStatus.SENT else None,
        "last_error": "",
        "subject": "",
        "text": "",
        "person": envelope.person,
        "proof": "",
    }


def post(writer: Writer, envelopes: list[Envelope], *, now: datetime) -> None:
    """Put `envelopes` into the outbox in the caller's transaction; a key already there stays as it is."""
    if envelopes:
        writer.execute(_POST, [message_row(envelope, now=now) for envelope in envelopes])
    sealed = [{"key": e.key, "address": e.recipient} for e in envelopes if e.sealed]
    if sealed:
        writer.execute(_SEAL, sealed)
