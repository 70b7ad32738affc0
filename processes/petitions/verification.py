"""Proof that the journal was not touched by hand: every link, every head, every daily anchor."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from processes.common.audit import (
    ANCHOR_HEADS,
    ANCHORS,
    EVENTS,
    GENESIS,
    OFFICE,
    OFFICE_JOURNAL,
    event_hash,
)
from processes.common.calendar import BOGOTA
from processes.common.database import read
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS

_BATCH = 2000


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
    """Seal the heads that moved since the last anchor; how many. The seal covers the one before it."""
    now = office.now()
    with office.write() as connection:
        last = connection.execute(
            sa.select(ANCHORS.c.number, ANCHORS.c.hash).order_by(ANCHORS.c.number.desc()).limit(1)
        ).one_or_none()
        number, previous = (last[0] + 1, bytes(last[1])) if last else (1, GENESIS)
        sealed = _sealed_heads(connection)
        moved = sorted(
            (stream, seq, digest)
            for stream, (seq, digest) in _heads(connection)
            if seq and sealed.get(stream) != seq
        )
        if not moved:
            return 0
        anchor = {
            "number": number,
            "day": now.astimezone(BOGOTA).date(),
            "at": now,
            "hash": _anchor_hash(previous, number, now, moved),
        }
        connection.execute(sa.insert(ANCHORS), anchor)
        connection.execute(
            sa.insert(ANCHOR_HEADS),
            [
                {"number": number, "stream": stream, "seq": seq, "hash": digest}
                for stream, seq, digest in moved
            ],
        )
    return len(moved)


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
        if _anchor_hash(previous, anchor["number"], anchor["at"], sealed) != bytes(anchor["hash"]):
            yield AuditProblem(place, 0, "el ancla se cambió a mano.")
        for stream, seq, digest, now in rows:
            if now is None or bytes(now) != bytes(digest):
                yield AuditProblem(stream, seq, f"no es el asiento que selló el {place}.")
        previous = bytes(anchor["hash"])


def _anchor_hash(previous: bytes, number: int, at: datetime, heads: list[tuple[str, int, bytes]]) -> bytes:
    content = orjson.dumps([number, at.isoformat(), [[s, seq, digest.hex()] for s, seq, digest in heads]])
    return hashlib.sha256(previous + content).digest()
