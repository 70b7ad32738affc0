"""Delivery: what is in the outbox leaves, under a Message-ID of its own.

A row is claimed in the database before it is sent, and marked after; so a message is never forgotten,
and doubled only when the sender is cut between the server's acceptance and our mark. Mail servers live
in real time: claims and retries count real time, while `created_at`, `not_before` and `sent_at` are office
time like every other date that people read.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from notifications.messages import Letter, compose, compose_short
from notifications.render import Rendered
from notifications.send import (
    DeliveryFailure,
    OutgoingMessage,
    PermanentFailure,
    Sender,
    TemporaryFailure,
    WayClosed,
)
from notifications.storage import letter_from_json
from processes.common.database import read_one, write
from processes.common.outbox import (
    MESSAGES,
    PENDING,
    SEALED,
    SEALED_RECIPIENTS,
    MessageChannel,
    MessageStatus,
)

_A_LANE = 20
"""Messages for which one more connection is worth its greeting."""
_CLOSED_IN_A_ROW = 3
"""After so many messages that could not even be offered, the rest wait for the next delivery."""
MAX_ATTEMPTS = 28
"""Five days of trying, as mail servers do (RFC 5321, 4.5.4.1: at least four to five)."""
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)
_CLAIM = timedelta(minutes=5)
_ERROR_LENGTH = 500
_log = structlog.get_logger(__name__)

_NOW = sa.bindparam("real_now", type_=MESSAGES.c.next_attempt_at.type)
_OFFICE_NOW = sa.bindparam("office_now", type_=MESSAGES.c.not_before.type)
_FREE = sa.and_(
    PENDING,
    sa.or_(MESSAGES.c.not_before.is_(None), MESSAGES.c.not_before <= _OFFICE_NOW),
    sa.or_(MESSAGES.c.next_attempt_at.is_(None), MESSAGES.c.next_attempt_at <= _NOW),
    sa.or_(MESSAGES.c.claimed_until.is_(None), MESSAGES.c.claimed_until < _NOW),
)
_DUE = sa.select(MESSAGES.c.id, MESSAGES.c.channel).where(_FREE)
_CLAIM_ONE = (
    sa.update(MESSAGES)
    .where(MESSAGES.c.id == sa.bindparam("number"), _FREE)
    .values(
        claimed_until=sa.bindparam("until", type_=MESSAGES.c.claimed_until.type),
        attempts=MESSAGES.c.attempts + 1,
    )
    .returning(
        MESSAGES.c.id,
        MESSAGES.c.key,
        MESSAGES.c.channel,
        MESSAGES.c.recipient,
        MESSAGES.c.template,
        MESSAGES.c.context,
        MESSAGES.c.attempts,
    )
)
_UNSEAL = sa.select(SEALED_RECIPIENTS.c.address).where(SEALED_RECIPIENTS.c.key == sa.bindparam("sealed_key"))
# An acceptance is a fact, whoever claims by now; a failure speaks only for the claim that failed.
_MARK_SENT = sa.update(MESSAGES).where(MESSAGES.c.id == sa.bindparam("number"), PENDING)
_MARK_FAILED = _MARK_SENT.where(MESSAGES.c.attempts == sa.bindparam("claimed_attempts"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this deliverer, and no other, sends now; of a `sealed` one nothing may show to whom."""

    number: int
    key: str
    channel: MessageChannel
    recipient: str
    template: str
    context: str
    attempts: int
    sealed: bool


class _NoGateway:
    """The way out for short messages where there is none."""

    def send(self, message: OutgoingMessage) -> None:  # noqa: ARG002 - the signature is `Sender`'s
        raise TemporaryFailure("No hay un servicio de mensajes cortos configurado (VENTANILLA_GATEWAY_URL).")


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What one delivery did."""

    sent: int = 0
    postponed: int = 0
    given_up: int = 0


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
    short: Sender | None = None,
    beside: Sequence[Sender] = (),
) -> DeliveryReport:
    """Send what is due at `now`, each message once at most, and at most `limit` of them.

    Short messages leave by `short`; while there is none they wait like mail for a server that is away.
    `beside` are more ways out for mail, used at the same time when there is much to send and no `limit`.
    When mail cannot even be offered, three times in a row, the rest is left as it was for the next time.

    Several deliverers may run at once: a claim is a conditional update, counted from when it is made.
    A temporary failure is tried again later (1 minute, doubling, to 6 hours); a permanent one is given
    up and shown, and so is a message that could not leave for five days. The report counts what this
    deliverer marked, not what a rival took over.
    """
    numbers = _due(engine, now, real_clock())
    run = _Run(engine, now, real_clock, mail_domain, short or _NoGateway(), deque(numbers), limit)
    lanes = [sender, *(beside if limit is None else ())][: max(1, len(numbers) // _A_LANE)]
    if len(lanes) == 1:
        return _report([run.deliver(sender)])
    with ThreadPoolExecutor(len(lanes), thread_name_prefix="mail") as pool:
        return _report(pool.map(run.deliver, lanes))


@dataclass(frozen=True, slots=True)
class _Run:
    """One delivery: what it has still to try, and all that an attempt needs."""

    engine: sa.Engine
    now: datetime
    real_clock: Callable[[], datetime]
    mail_domain: str
    short: Sender
    numbers: deque[int]
    limit: int | None

    def deliver(self, sender: Sender) -> Counter[MessageStatus]:
        """Take one number after the other, mail by `sender`, until none is left; how each went."""
        marked: Counter[MessageStatus] = Counter()
        tried = closed = 0
        while tried != self.limit and closed < _CLOSED_IN_A_ROW and (number := self._next()) is not None:
            claim = _claim(self.engine, number, self.now, self.real_clock())
            if claim is None:
                continue
            tried += 1
            way_out = sender if claim.channel is MessageChannel.EMAIL else self.short
            values, reached = self._attempt(way_out, claim)
            closed = 0 if reached else closed + 1
            if _mark(self.engine, claim, values):
                marked[MessageStatus(str(values["status"]))] += 1
        return marked

    def _next(self) -> int | None:
        try:
            return self.numbers.popleft()
        except IndexError:
            return None

    def _attempt(self, way_out: Sender, claim: Claim) -> tuple[dict[str, object], bool]:
        """Send one claimed message; the columns that say how it went, and whether it could be offered."""
        try:
            content = self._send(way_out, claim)
        except TemporaryFailure as failure:
            status = MessageStatus.GIVEN_UP if claim.attempts >= MAX_ATTEMPTS else MessageStatus.PENDING
            again = self.real_clock() + _wait(claim.attempts)
            waits: dict[str, object] = {"status": status.value, "next_attempt_at": again}
            return {**waits, "last_error": _reason(claim, failure)}, not isinstance(failure, WayClosed)
        except PermanentFailure as failure:
            return {"status": MessageStatus.GIVEN_UP.value, "last_error": _reason(claim, failure)}, True
        except Exception as error:  # noqa: BLE001 - one bad message must not hold up the others: it is given up and shown
            return _unprepared(claim, error), True
        return {"status": MessageStatus.SENT.value, "sent_at": self.now, "last_error": "", **content}, True

    def _send(self, way_out: Sender, claim: Claim) -> dict[str, object]:
        rendered = compose_for(claim.channel, letter_from_json(claim.template, claim.context))
        way_out.send(
            OutgoingMessage(
                message_id=message_id(claim.key, self.mail_domain),
                to=claim.recipient,
                subject=rendered.subject,
                text=rendered.text,
                html=rendered.html,
                sent_at=self.now,
            )
        )
        return {"subject": rendered.subject, "text": rendered.text}


def _unprepared(claim: Claim, error: Exception) -> dict[str, object]:
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


def _report(lanes: Iterable[Counter[MessageStatus]]) -> DeliveryReport:
    marked = sum(lanes, Counter[MessageStatus]())
    return DeliveryReport(
        marked[MessageStatus.SENT], marked[MessageStatus.PENDING], marked[MessageStatus.GIVEN_UP]
    )


def _due(engine: sa.Engine, now: datetime, real_now: datetime) -> list[int]:
    """The numbers of what is due: what presses first, then in order.

    Sorted here, so that SQLite does not walk all that was sent.
    """
    with read_one(engine) as connection:
        due = connection.execute(_DUE, {"office_now": now, "real_now": real_now}).tuples()
        return [number for number, _ in sorted(due, key=_what_presses_first)]


def _what_presses_first(due: tuple[int, str]) -> tuple[bool, int]:
    number, channel = due
    return channel != MessageChannel.SHORT, number


def _claim(engine: sa.Engine, number: int, now: datetime, real_now: datetime) -> Claim | None:
    values = {"number": number, "office_now": now, "real_now": real_now, "until": real_now + _CLAIM}
    with write(engine) as connection:
        row = connection.execute(_CLAIM_ONE, values).one_or_none()
        if row is None:
            return None
        recipient, is_sealed = row.recipient, row.recipient == SEALED
        if is_sealed:
            recipient = connection.scalar(_UNSEAL, {"sealed_key": row.key})
    channel = MessageChannel(row.channel)
    return Claim(row.id, row.key, channel, str(recipient), row.template, row.context, row.attempts, is_sealed)


def compose_for(channel: MessageChannel, letter: Letter) -> Rendered:
    """The letter as it leaves by `channel`. Raises RenderError."""
    written = compose(letter)
    if channel is MessageChannel.SHORT:
        return replace(written, text=compose_short(letter), html="")
    return written


def _reason(claim: Claim, failure: DeliveryFailure) -> str:
    return (failure.own_words if claim.sealed else failure.message)[:_ERROR_LENGTH]


def _mark(engine: sa.Engine, claim: Claim, values: dict[str, object]) -> bool:
    """Write how the claim went; False when a rival that took it over has decided."""
    named: dict[str, object] = {"number": claim.number, "claimed_until": None, **values}
    statement = _MARK_SENT
    if values["status"] != MessageStatus.SENT.value:
        statement, named["claimed_attempts"] = _MARK_FAILED, claim.attempts
    with write(engine) as connection:
        marked = connection.execute(statement, named)
    done = marked.rowcount == 1
    _log.info("message", message=claim.number, template=claim.template, status=values["status"], marked=done)
    return done


def _wait(attempts: int) -> timedelta:
    doublings: int = min(attempts - 1, 10)
    return min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
