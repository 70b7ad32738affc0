"""The outbox: messages written with the act that causes them, and sent after it.

A row is claimed in the database before it is sent, sent under a Message-ID of its own, and marked
after; so a message is never forgotten, and doubled only when the sender is cut between the server's
acceptance and our mark. Mail servers live in real time: claims and retries count real time, while
`created_at` and `sent_at` are office time like every other date that people read.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
import structlog
from sqlmodel import Field, SQLModel

from notifications.messages import Letter, compose
from notifications.send import DeliveryFailure, OutgoingMessage, PermanentFailure, Sender, TemporaryFailure
from notifications.storage import letter_from_json, letter_to_json
from processes.common.database import UtcDateTime, insert_if_absent, read, write

MAX_ATTEMPTS = 28
"""Five days of trying, as mail servers do (RFC 5321, 4.5.4.1: at least four to five)."""
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
_CLAIM = timedelta(minutes=5)
_ERROR_LENGTH = 500
_log = structlog.get_logger(__name__)


class MessageStatus(StrEnum):
    """Where a message is; `given_up` needs a person."""

    PENDING = "pending"
    SENT = "sent"
    GIVEN_UP = "given_up"


# In the words of the index, not as a parameter: only so do both databases see that the index serves.
_PENDING = sa.text("status = 'pending'")


class OutboxMessage(SQLModel, table=True):
    """One message to one recipient. `key` makes its cause unique, so that no cause sends twice."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.CheckConstraint("status IN ('pending', 'sent', 'given_up')", name="status"),
        sa.Index(
            "ix_outbox_message_due", "next_attempt_at", sqlite_where=_PENDING, postgresql_where=_PENDING
        ),
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
    next_attempt_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_error: str = Field(default="", max_length=500)
    subject: str = Field(default="", max_length=300)
    text: str = ""


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
    "recipient",
    "template",
    "context",
    "status",
    "attempts",
    "created_at",
    "last_error",
    "subject",
    "text",
)
_POST = insert_if_absent(MESSAGES, _COLUMNS, key=("key",))
_SEAL = insert_if_absent(SEALED_RECIPIENTS, ("key", "address"), key=("key",))
SEALED = "identidad reservada"
"""What the outbox shows in place of a sealed recipient."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message on its way into the outbox: to whom, about which stream, for which cause.

    A `sealed` recipient is kept in a table of its own and shown nowhere.
    """

    key: str
    stream: str
    recipient: str
    letter: Letter
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this deliverer, and no other, sends now; of a `sealed` one nothing may show to whom."""

    number: int
    key: str
    recipient: str
    template: str
    context: str
    attempts: int
    sealed: bool


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
        "recipient": SEALED if envelope.sealed else envelope.recipient,
        "template": envelope.letter.template,
        "context": letter_to_json(envelope.letter),
        "status": MessageStatus.PENDING.value,
        "attempts": 0,
        "created_at": now,
        "last_error": "",
        "subject": "",
        "text": "",
    }


def post(connection: sa.Connection, envelopes: list[Envelope], *, now: datetime) -> None:
    """Put `envelopes` into the outbox in the caller's transaction; a key already there stays as it is."""
    if envelopes:
        connection.execute(_POST, [message_row(envelope, now=now) for envelope in envelopes])
    sealed = [{"key": e.key, "address": e.recipient} for e in envelopes if e.sealed]
    if sealed:
        connection.execute(_SEAL, sealed)


def message_id(key: str, domain: str) -> str:
    """The stable Message-ID (RFC 5322, 3.6.4) of the message whose cause is `key`."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def deliver_pending(
    engine: sa.Engine,
    sender: Sender,
    *,
    now: datetime,
    real_clock: Callable[[], datetime],
    mail_domain: str,
    limit: int | None = None,
) -> DeliveryReport:
    """Send what is due, each message once at most, and at most `limit` of them.

    Several deliverers may run at once: a claim is a conditional update, counted from when it is made.
    A temporary failure is tried again later (1 minute, doubling, to 6 hours); a permanent one is given
    up and shown, and so is a message that could not leave for five days. The report counts what this
    deliverer marked, not what a rival took over.
    """
    marked: Counter[MessageStatus] = Counter()
    tried = 0
    for number in _due(engine, real_clock()):
        if tried == limit:
            break
        claim = _claim(engine, number, real_clock())
        if claim is None:
            continue
        tried += 1
        values = _attempt(sender, claim, now=now, real_clock=real_clock, mail_domain=mail_domain)
        if _mark(engine, claim, values):
            marked[MessageStatus(str(values["status"]))] += 1
    return DeliveryReport(
        marked[MessageStatus.SENT], marked[MessageStatus.PENDING], marked[MessageStatus.GIVEN_UP]
    )


def _free(real_now: datetime) -> sa.ColumnElement[bool]:
    table = MESSAGES.c
    due = sa.or_(table.next_attempt_at.is_(None), table.next_attempt_at <= real_now)
    unclaimed = sa.or_(table.claimed_until.is_(None), table.claimed_until < real_now)
    return sa.and_(_PENDING, due, unclaimed)


def _due(engine: sa.Engine, real_now: datetime) -> list[int]:
    """The numbers of what is due, in order; sorted here, so that SQLite does not walk all that was sent."""
    query = sa.select(MESSAGES.c.id).where(_free(real_now))
    with read(engine) as connection:
        return sorted(connection.scalars(query))


def _claim(engine: sa.Engine, number: int, real_now: datetime) -> Claim | None:
    claim = (
        sa.update(MESSAGES)
        .where(MESSAGES.c.id == number, _free(real_now))
        .values(claimed_until=real_now + _CLAIM, attempts=MESSAGES.c.attempts + 1)
        .returning(*MESSAGES.c)
    )
    with write(engine) as connection:
        row = connection.execute(claim).mappings().one_or_none()
        if row is None:
            return None
        recipient, is_sealed = row["recipient"], row["recipient"] == SEALED
        if is_sealed:
            sealed = SEALED_RECIPIENTS.c
            recipient = connection.scalar(sa.select(sealed.address).where(sealed.key == row["key"]))
    return Claim(
        row["id"], row["key"], str(recipient), row["template"], row["context"], row["attempts"], is_sealed
    )


def _attempt(
    sender: Sender, claim: Claim, *, now: datetime, real_clock: Callable[[], datetime], mail_domain: str
) -> dict[str, object]:
    """Send one claimed message; the columns that say how it went."""
    try:
        rendered = compose(letter_from_json(claim.template, claim.context))
        content = {"subject": rendered.subject, "text": rendered.text}
        sender.send(
            OutgoingMessage(
                message_id=message_id(claim.key, mail_domain),
                to=claim.recipient,
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                sent_at=now,
            )
        )
    except TemporaryFailure as failure:
        status = MessageStatus.GIVEN_UP if claim.attempts >= MAX_ATTEMPTS else MessageStatus.PENDING
        again = real_clock() + _wait(claim.attempts)
        return {"status": status.value, "last_error": _reason(claim, failure), "next_attempt_at": again}
    except PermanentFailure as failure:
        return {"status": MessageStatus.GIVEN_UP.value, "last_error": _reason(claim, failure)}
    except Exception as error:  # noqa: BLE001 - one bad message must not hold up the others: it is given up and shown
        trouble = type(error).__name__
        # What an error says, and what it was raised over, may hold the recipient.
        _log.error(
            "message_failed",
            message=claim.number,
            template=claim.template,
            error=trouble,
            exc_info=None if claim.sealed else error,
        )
        reason = f"No se pudo preparar el mensaje: {trouble}"
        return {"status": MessageStatus.GIVEN_UP.value, "last_error": reason}
    return {"status": MessageStatus.SENT.value, "sent_at": now, "last_error": "", **content}


def _reason(claim: Claim, failure: DeliveryFailure) -> str:
    return (failure.own_words if claim.sealed else failure.message)[:_ERROR_LENGTH]


def _mark(engine: sa.Engine, claim: Claim, values: dict[str, object]) -> bool:
    """Write how the claim went; False when a rival that took it over has decided.

    A failure speaks only for the claim that failed; an acceptance is a fact, whoever claims by now.
    """
    ours = sa.and_(MESSAGES.c.id == claim.number, MESSAGES.c.status == MessageStatus.PENDING.value)
    if values["status"] != MessageStatus.SENT.value:
        ours = sa.and_(ours, MESSAGES.c.attempts == claim.attempts)
    with write(engine) as connection:
        marked = connection.execute(sa.update(MESSAGES).where(ours).values(claimed_until=None, **values))
    done = marked.rowcount == 1
    _log.info("message", message=claim.number, template=claim.template, status=values["status"], marked=done)
    return done


def _wait(attempts: int) -> timedelta:
    doublings: int = min(attempts - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
