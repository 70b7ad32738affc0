"""The outbox: messages written with the act that causes them, and sent after it.

A row is claimed in the database before it is sent, sent under a Message-ID of its own, and marked
after; so a message is never forgotten, and doubled only when the sender is cut between the server's
acceptance and our mark.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import orjson
import sqlalchemy as sa
import structlog
from sqlmodel import Field, SQLModel

from notifications.render import render
from notifications.send import OutgoingMessage, PermanentFailure, Sender, TemporaryFailure
from processes.common.database import UtcDateTime, insert_or, read, write

MAX_ATTEMPTS = 12
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
_CLAIM = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


class MessageStatus(StrEnum):
    """Where a message is; `given_up` needs a person."""

    PENDING = "pending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class OutboxMessage(SQLModel, table=True):
    """One message to one recipient. `key` makes its cause unique, so that no cause sends twice."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.CheckConstraint("status IN ('pending', 'sent', 'given_up')", name="status"),
        sa.Index("ix_outbox_message_due", "status", "next_attempt_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    stream: str = Field(index=True, max_length=40)
    recipient: str = Field(max_length=320)
    template: str = Field(max_length=60)
    context: str
    status: str = Field(default=MessageStatus.PENDING, max_length=12)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    next_attempt_at: datetime = Field(sa_type=UtcDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=500)
    subject: str = Field(default="", max_length=300)
    text: str = ""


MESSAGES = SQLModel.metadata.tables["outbox_message"]


class Message(Protocol):
    """What `notifications.messages` offers: a template's name and what it needs."""

    @property
    def template(self) -> str:
        """The template that renders it."""

    def context(self) -> Mapping[str, object]:
        """Plain values (JSON) for the template."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message on its way into the outbox: to whom, about which stream, for which cause."""

    key: str
    stream: str
    recipient: str
    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one delivery did."""

    sent: int = 0
    postponed: int = 0
    given_up: int = 0


def message_row(envelope: Envelope, *, now: datetime) -> dict[str, object]:
    """The row for `envelope`, ready to insert."""
    return {
        "key": envelope.key,
        "stream": envelope.stream,
        "recipient": envelope.recipient,
        "template": envelope.template,
        "context": orjson.dumps(dict(envelope.context)).decode(),
        "status": MessageStatus.PENDING.value,
        "attempts": 0,
        "created_at": now,
        "next_attempt_at": now,
        "last_error": "",
        "subject": "",
        "text": "",
    }


def post(connection: sa.Connection, envelopes: list[Envelope], *, now: datetime) -> None:
    """Put `envelopes` into the outbox in the caller's transaction; a key already there stays as it is."""
    if envelopes:
        insert = insert_or(connection)(MESSAGES).on_conflict_do_nothing(index_elements=["key"])
        connection.execute(insert, [message_row(envelope, now=now) for envelope in envelopes])


def message_id(key: str, domain: str) -> str:
    """The stable Message-ID (RFC 5322, 3.6.4) of the message whose cause is `key`."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def deliver_pending(
    engine: sa.Engine, sender: Sender, *, now: datetime, mail_domain: str, limit: int = 100
) -> DeliveryReport:
    """Send what is due, one message a claim, at most `limit`.

    Several deliverers may run at once: a claim is a conditional update. A temporary failure is tried
    again later (1 minute, doubling, to 6 hours), a permanent one or the twelfth is given up and shown.
    """
    sent = postponed = given_up = 0
    for number in _due(engine, now, limit):
        row = _claim(engine, number, now)
        if row is None:
            continue
        outcome = _send(engine, sender, row, now, mail_domain)
        sent += outcome is MessageStatus.SENT
        postponed += outcome is MessageStatus.PENDING
        given_up += outcome is MessageStatus.GIVEN_UP
    return DeliveryReport(sent, postponed, given_up)


def _free(now: datetime) -> sa.ColumnElement[bool]:
    table = MESSAGES.c
    unclaimed = sa.or_(table.claimed_until.is_(None), table.claimed_until < now)
    return sa.and_(table.status == MessageStatus.PENDING.value, table.next_attempt_at <= now, unclaimed)


def _due(engine: sa.Engine, now: datetime, limit: int) -> list[int]:
    query = sa.select(MESSAGES.c.id).where(_free(now)).order_by(MESSAGES.c.next_attempt_at, MESSAGES.c.id).limit(limit)
    with read(engine) as connection:
        return list(connection.scalars(query))


def _claim(engine: sa.Engine, number: int, now: datetime) -> sa.RowMapping | None:
    claim = (
        sa.update(MESSAGES)
        .where(MESSAGES.c.id == number, _free(now))
        .values(claimed_until=now + _CLAIM, attempts=MESSAGES.c.attempts + 1)
        .returning(*MESSAGES.c)
    )
    with write(engine) as connection:
        return connection.execute(claim).mappings().one_or_none()


def _send(engine: sa.Engine, sender: Sender, row: sa.RowMapping, now: datetime, mail_domain: str) -> MessageStatus:
    rendered = render(row["template"], orjson.loads(row["context"]))
    message = OutgoingMessage(
        message_id=message_id(row["key"], mail_domain),
        to=row["recipient"],
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        sent_at=now,
    )
    values: dict[str, object] = {"claimed_until": None, "subject": rendered.subject, "text": rendered.text}
    try:
        sender.send(message)
        status = MessageStatus.SENT
        values |= {"sent_at": now, "last_error": ""}
    except TemporaryFailure as failure:
        status = MessageStatus.GIVEN_UP if row["attempts"] >= MAX_ATTEMPTS else MessageStatus.PENDING
        values |= {"last_error": str(failure)[:500], "next_attempt_at": now + _wait(row["attempts"])}
    except PermanentFailure as failure:
        status = MessageStatus.GIVEN_UP
        values |= {"last_error": str(failure)[:500]}
    with write(engine) as connection:
        connection.execute(sa.update(MESSAGES).where(MESSAGES.c.id == row["id"]).values(status=status.value, **values))
    _log.info("message", message=row["id"], template=row["template"], status=status.value, attempts=row["attempts"])
    return status


def _wait(attempts: int) -> timedelta:
    return min(_FIRST_WAIT * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
