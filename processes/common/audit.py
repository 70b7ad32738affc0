"""The journal: what was done, by whom, when, with what before and after, chained by hash.

Each case has a stream of its own, named by its filing number, whose head lies on the case row; acts
of the office itself (publishing diagrams, people, settings) go to the stream `OFFICE`. A daily anchor
chains the heads of all streams that moved, so that a stream rewritten from its start shows too.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import orjson
import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime

OFFICE = "oficina"
ON_BEHALF_OF = "on_behalf_of"
"""Where the detail of an act names the person in whose place it was done."""

GENESIS = bytes(32)

ActorKind = Literal["person", "citizen", "clock", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is a user name for a person; a citizen is never named in the journal.

    `on_behalf_of` is the user name of the person who is away and in whose place they act.
    """

    kind: ActorKind
    id: str = ""
    on_behalf_of: str = ""

    @property
    def post(self) -> str:
        """The user name of whose post it is that acts."""
        return self.on_behalf_of or self.id

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


CITIZEN = Actor("citizen")
CLOCK = Actor("clock")
SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done. `name` is a slug such as `petition_filed`; `detail` holds ids and scalars only."""

    name: str
    actor: Actor
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """Where a stream ends: the number and hash of its last event; `Head()` is an empty stream."""

    seq: int = 0
    hash: bytes = GENESIS


class AuditEvent(SQLModel, table=True):
    """One link of a stream. `hash` covers the link before it and every other column."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.CheckConstraint("seq >= 1", name="seq"),)

    stream: str = Field(primary_key=True, max_length=40)
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(max_length=120)
    act: str = Field(max_length=60)
    detail: str
    hash: bytes


class OfficeJournal(SQLModel, table=True):
    """The head of the stream `OFFICE` (a petition's head lies on its own row)."""

    __tablename__ = "office_journal"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    seq: int = 0
    hash: bytes = GENESIS


class AuditAnchor(SQLModel, table=True):
    """A day's seal over the heads of the streams that moved since the seal before it."""

    __tablename__ = "audit_anchor"

    number: int = Field(primary_key=True)
    day: date
    at: datetime = Field(sa_type=UtcDateTime)
    hash: bytes


class AuditAnchorHead(SQLModel, table=True):
    """A head that an anchor covers."""

    __tablename__ = "audit_anchor_head"

    number: int = Field(primary_key=True, foreign_key="audit_anchor.number")
    stream: str = Field(primary_key=True, max_length=40)
    seq: int
    hash: bytes


EVENTS = SQLModel.metadata.tables["audit_event"]
OFFICE_JOURNAL = SQLModel.metadata.tables["office_journal"]
ANCHORS = SQLModel.metadata.tables["audit_anchor"]
ANCHOR_HEADS = SQLModel.metadata.tables["audit_anchor_head"]
_HASHED = ("stream", "seq", "at", "actor", "act", "detail")
INSERT_EVENTS = sa.insert(EVENTS)


def event_hash(previous: bytes, event: Mapping[str, Any]) -> bytes:
    """SHA-256 over the link before and this event's columns, in one unambiguous form (a JSON array)."""
    at = event["at"].astimezone(UTC).isoformat()
    content = orjson.dumps([at if name == "at" else event[name] for name in _HASHED])
    return hashlib.sha256(previous + content).digest()


def chain(stream: str, head: Head, acts: Iterable[Act], at: datetime) -> tuple[list[dict[str, object]], Head]:
    """Rows to insert for `acts`, in order, after `head`, and the new head. Pure."""
    rows: list[dict[str, object]] = []
    seq, digest = head.seq, head.hash
    for act in acts:
        seq += 1
        row: dict[str, object] = {
            "stream": stream,
            "seq": seq,
            "at": at,
            "actor": str(act.actor),
            "act": act.name,
            "detail": orjson.dumps(_detail(act), option=orjson.OPT_SORT_KEYS).decode(),
        }
        digest = event_hash(digest, row)
        rows.append({**row, "hash": digest})
    return rows, Head(seq, digest)


def _detail(act: Act) -> dict[str, object]:
    stood_in_for = act.actor.on_behalf_of
    return {**act.detail, ON_BEHALF_OF: stood_in_for} if stood_in_for else dict(act.detail)


def lock_office_journal(connection: sa.Connection) -> None:
    """Let nobody else note an act of the office until this transaction ends."""
    journal = OFFICE_JOURNAL
    connection.execute(sa.update(journal).where(journal.c.id == 1).values(seq=journal.c.seq))


def record_office_act(connection: sa.Connection, act: Act, *, at: datetime) -> None:
    """Add one act to the stream of the office itself; the row of its head is the lock."""
    journal = OFFICE_JOURNAL
    lock_office_journal(connection)
    seq, digest = connection.execute(sa.select(journal.c.seq, journal.c.hash).where(journal.c.id == 1)).one()
    rows, head = chain(OFFICE, Head(seq, digest), [act], at)
    connection.execute(INSERT_EVENTS, rows)
    connection.execute(sa.update(journal).where(journal.c.id == 1).values(seq=head.seq, hash=head.hash))
