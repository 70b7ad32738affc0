"""Proof that the journal was not touched by hand: every link, every head, every daily anchor."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import orjson
import sqlalchemy as sa
import structlog

from processes.common.audit import (
    ANCHOR_HEADS,
    ANCHORS,
    EVENTS,
    GENESIS,
    OFFICE,
    OFFICE_JOURNAL,
    SYSTEM,
    Act,
    event_hash,
    record_office_act,
)
from processes.common.calendar import BOGOTA
from processes.common.database import insert_if_absent, read
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS

SEALED_ACT = "journal_sealed"
_BATCH = 2000
_INSERT_ANCHOR = insert_if_absent(ANCHORS, ("number", "day", "at", "hash"), key=("number",))
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AuditProblem:
    """The first place of a stream that is not as it was written; `seq` 0 is the stream as a whole."""

    stream: str
    seq: int
    message: str

    def __str__(self) -> str:
        place = f", asiento {self.seq}" if self.seq else ""
        return f"{self.stream}{place}: {self.message}"


@dataclass(slots=True)
class _Walk:
    """Where the check is within one stream."""

    stream: str
    seq: int = 0
    hash: bytes = GENESIS
    broken: bool = False


def verify_audit(engine: sa.Engine) -> list[AuditProblem]:
    """The first row of each stream that was changed, removed or inserted by hand; empty when all is well."""
    with read(engine) as connection:
        heads = dict(_heads(connection))
        problems = list(_check_streams(connection, heads))
        problems.extend(_check_anchors(connection))
    return problems


def anchor_audit(office: Office) -> int:
    """Seal the heads that moved since the last anchor; how many. The seal covers the one before it.

    The seal's hash leaves the database by the log, where a hand that writes the journal, the heads and
    the anchors anew does not reach, and goes to the office's own stream. That act moves a head, but is no
    reason for another seal.
    """
    now = office.now()
    with office.read() as connection:
        number, previous = _last_anchor(connection)
        sealed = _sealed_heads(connection)
        moved = sorted(
            (stream, seq, digest)
            for stream, (seq, digest) in _heads(connection)
            if seq and sealed.get(stream) != seq
        )
        if not moved or (number > 0 and _only_the_last_seal_moved(connection, moved, number)):
            return 0
    number += 1
    day = now.astimezone(BOGOTA).date()
    digest = _anchor_hash(previous, number, day, now, moved)
    heads = [{"number": number, "stream": stream, "seq": seq, "hash": head} for stream, seq, head in moved]
    with office.write() as connection:
        row = {"number": number, "day": day, "at": now, "hash": digest}
        if connection.execute(_INSERT_ANCHOR, row).rowcount != 1:
            return 0  # a rival has sealed the same day
        connection.execute(sa.insert(ANCHOR_HEADS), heads)
        act = Act(SEALED_ACT, SYSTEM, {"number": number, "hash": digest.hex()})
        record_office_act(connection, act, at=now)
    _log.info(SEALED_ACT, number=number, day=day.isoformat(), hash=digest.hex())
    return len(moved)


def _last_anchor(connection: sa.Connection) -> tuple[int, bytes]:
    query = sa.select(ANCHORS.c.number, ANCHORS.c.hash).order_by(ANCHORS.c.number.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    return (0, GENESIS) if last is None else (last[0], bytes(last[1]))


def _only_the_last_seal_moved(
    connection: sa.Connection, moved: list[tuple[str, int, bytes]], number: int
) -> bool:
    """Whether all that happened since the anchor `number` is the act that says it was sealed."""
    if [stream for stream, _, _ in moved] != [OFFICE]:
        return False
    query = sa.select(EVENTS.c.act, EVENTS.c.detail).where(
        EVENTS.c.stream == OFFICE, EVENTS.c.seq == moved[0][1]
    )
    act, detail = connection.execute(query).one()
    return bool(act == SEALED_ACT and orjson.loads(detail)["number"] == number)


def _heads(connection: sa.Connection) -> Iterator[tuple[str, tuple[int, bytes]]]:
    columns = (PETITIONS.c.filing_number, PETITIONS.c.audit_seq, PETITIONS.c.audit_hash)
    for stream, seq, digest in connection.execute(sa.select(*columns)):
        yield stream, (seq, bytes(digest))
    row = connection.execute(sa.select(OFFICE_JOURNAL.c.seq, OFFICE_JOURNAL.c.hash)).one_or_none()
    yield OFFICE, (0, GENESIS) if row is None else (row[0], bytes(row[1]))


def _sealed_heads(connection: sa.Connection) -> dict[str, int]:
    query = sa.select(ANCHOR_HEADS.c.stream, sa.func.max(ANCHOR_HEADS.c.seq)).group_by(ANCHOR_HEADS.c.stream)
    return dict(connection.execute(query).tuples().all())


def _check_streams(connection: sa.Connection, heads: dict[str, tuple[int, bytes]]) -> Iterator[AuditProblem]:
    query = sa.select(EVENTS).order_by(EVENTS.c.stream, EVENTS.c.seq)
    rows = connection.execution_options(yield_per=_BATCH).execute(query).mappings()
    walk: _Walk | None = None
    unseen = set(heads)
    for row in rows:
        if walk is None or walk.stream != row["stream"]:
            if walk is not None:
                yield from _check_end(walk, heads)
            walk = _Walk(row["stream"])
            unseen.discard(walk.stream)
        if not walk.broken:
            yield from _check_event(walk, row)
    if walk is not None:
        yield from _check_end(walk, heads)
    for stream in sorted(unseen):
        if heads[stream][0]:
            yield AuditProblem(stream, 1, "se borraron todos sus asientos.")


def _check_event(walk: _Walk, row: sa.RowMapping) -> Iterator[AuditProblem]:
    expected = walk.seq + 1
    digest = event_hash(walk.hash, dict(row))
    if row["seq"] != expected:
        walk.broken = True
        yield AuditProblem(walk.stream, expected, "falta este asiento: se borró a mano.")
    elif digest != bytes(row["hash"]):
        walk.broken = True
        yield AuditProblem(walk.stream, expected, "este asiento se cambió o se insertó a mano.")
    walk.seq, walk.hash = row["seq"], bytes(row["hash"])


def _check_end(walk: _Walk, heads: dict[str, tuple[int, bytes]]) -> Iterator[AuditProblem]:
    if walk.broken:
        return
    if walk.stream not in heads:
        yield AuditProblem(walk.stream, 0, "hay asientos de una petición que no existe.")
        return
    seq, digest = heads[walk.stream]
    if walk.seq < seq:
        yield AuditProblem(walk.stream, walk.seq + 1, "falta este asiento: se borró a mano.")
    elif walk.seq > seq:
        yield AuditProblem(walk.stream, seq + 1, "este asiento se insertó a mano.")
    elif walk.hash != digest:
        yield AuditProblem(walk.stream, seq, "la cabeza de la cadena no corresponde a este asiento.")


def _check_anchors(connection: sa.Connection) -> Iterator[AuditProblem]:
    previous = GENESIS
    for anchor in connection.execute(sa.select(ANCHORS).order_by(ANCHORS.c.number)).mappings().all():
        query = (
            sa.select(
                ANCHOR_HEADS.c.stream, ANCHOR_HEADS.c.seq, ANCHOR_HEADS.c.hash, EVENTS.c.hash.label("now")
            )
            .outerjoin(
                EVENTS,
                sa.and_(EVENTS.c.stream == ANCHOR_HEADS.c.stream, EVENTS.c.seq == ANCHOR_HEADS.c.seq),
            )
            .where(ANCHOR_HEADS.c.number == anchor["number"])
        )
        rows = connection.execute(query).all()
        sealed = sorted((stream, seq, bytes(digest)) for stream, seq, digest, _ in rows)
        place = f"ancla {anchor['number']} del {anchor['day'].isoformat()}"
        expected = _anchor_hash(previous, anchor["number"], anchor["day"], anchor["at"], sealed)
        if expected != bytes(anchor["hash"]):
            yield AuditProblem(place, 0, "el ancla se cambió a mano.")
        for stream, seq, digest, now in rows:
            if now is None or bytes(now) != bytes(digest):
                yield AuditProblem(stream, seq, f"no es el asiento que selló el {place}.")
        previous = bytes(anchor["hash"])


def _anchor_hash(
    previous: bytes, number: int, day: date, at: datetime, heads: list[tuple[str, int, bytes]]
) -> bytes:
    sealed = [[stream, seq, digest.hex()] for stream, seq, digest in heads]
    content = orjson.dumps([number, day.isoformat(), at.isoformat(), sealed])
    return hashlib.sha256(previous + content).digest()
