"""Cases whose alert is due, claimed in shards: small batches, one transaction each, the oldest first.

Several sweeps, on one machine or on many, share the work: on PostgreSQL a shard holds the rows of its
petitions and passes by what another holds, on SQLite a transaction that writes is alone anyway. A shard
in which a case fails is undone, and each of its cases is tried by itself: a savepoint for each would cost
every sweep what the few that fail cost theirs.
"""

import threading
import time as stopwatch
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

import sqlalchemy as sa

from processes.common.errors import Unavailable
from processes.petitions.case import in_one_transaction
from processes.petitions.office import Office
from processes.petitions.sheaf import Sheaf
from processes.petitions.tables import PETITIONS

HOLD_SECONDS = 0.25
"""A shard that held its petitions for so long ends early: whoever works on one of them waits no longer."""
REST_SECONDS = 0.1
"""What SQLite's other writers are left between two holds: while they wait they look again this often."""

Place = tuple[datetime, int]
"""When a petition wakes, and its id: the order in which shards are claimed."""
Advance: TypeAlias = Callable[[sa.Connection, Sheaf, str], bool]
"""Advances a case, with a sheaf for what is written at the end of the shard; whether it did."""
FROM_THE_START: Place = (datetime.min.replace(tzinfo=UTC), 0)

_TABLE = PETITIONS.c
_DUE = (
    sa.select(_TABLE.filing_number, _TABLE.next_wake_at, _TABLE.id)
    .where(
        _TABLE.next_wake_at <= sa.bindparam("now", type_=_TABLE.next_wake_at.type),
        sa.tuple_(_TABLE.next_wake_at, _TABLE.id)
        > sa.tuple_(
            sa.bindparam("wake", type_=_TABLE.next_wake_at.type), sa.bindparam("id", type_=sa.Integer)
        ),
    )
    .order_by(_TABLE.next_wake_at, _TABLE.id)
)
_CLAIM = _DUE.limit(sa.bindparam("batch", type_=sa.Integer)).with_for_update(skip_locked=True)
_ANY_DUE = sa.select(_TABLE.id).where(
    _TABLE.next_wake_at <= sa.bindparam("now", type_=_TABLE.next_wake_at.type)
)
_IS_DUE = _ANY_DUE.limit(1)
_HOLD = _ANY_DUE.where(_TABLE.filing_number == sa.bindparam("number")).with_for_update()


@dataclass(slots=True)
class Shard:
    """What one transaction claimed: how many cases advanced, or which are to be tried one by one.

    `last` is the place of the last one that had its turn.
    """

    last: Place
    advanced: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def is_anything_due(office: Office, now: datetime) -> bool:
    """Whether any alert is due: one look at the index, which holds up nobody."""
    with office.read() as connection:
        return connection.scalar(_IS_DUE, {"now": now}) is not None


def all_due(office: Office, now: datetime) -> list[str]:
    """The filing numbers of the cases whose alert is due, the oldest first."""
    wake, key = FROM_THE_START
    with office.read() as connection:
        return list(connection.scalars(_DUE, {"now": now, "wake": wake, "id": key}))


def hold_due(connection: sa.Connection, filing_number: str, now: datetime) -> bool:
    """Whether an alert of the case is due, once whoever works on it has ended; nobody else then fires it.

    Another sweep that had claimed it has fired it by then: nothing is calculated twice.
    """
    return connection.scalar(_HOLD, {"now": now, "number": filing_number}) is not None


def advance_shard(
    office: Office, now: datetime, advance: Advance, *, after: Place, batch: int
) -> Shard | None:
    """Claim what is due after a place and `advance` each case of it; None when nothing is left to claim.

    Where one fails the shard is undone, and all its cases count as failed. Raises Unavailable, with the
    shard undone as well.
    """
    claimed: list[tuple[str, datetime, int]] = []

    def act(connection: sa.Connection) -> Shard:
        began = stopwatch.monotonic()
        keys = {"now": now, "wake": after[0], "id": after[1], "batch": batch}
        claimed[:] = [(number, at, key) for number, at, key in connection.execute(_CLAIM, keys)]
        shard, sheaf = Shard(after), Sheaf(connection)
        for number, at, key in claimed:
            shard.advanced += advance(connection, sheaf, number)
            shard.last = (at, key)
            shard.seconds = stopwatch.monotonic() - began
            if shard.seconds > HOLD_SECONDS:
                break
        sheaf.write()
        return shard

    try:
        shard = in_one_transaction(office, act)
    except Unavailable:
        raise
    except Exception:
        # Tried by itself, each of its cases tells its own failure, and holds up no other.
        if not claimed:
            raise
        shard = Shard(claimed[-1][1:], failed=[number for number, _, _ in claimed])
    return shard if claimed else None


def leave_room(office: Office, held_seconds: float) -> float:
    """Let SQLite's other writers in once they waited for a whole hold; how long it was held since then."""
    if held_seconds < HOLD_SECONDS or office.engine.dialect.name != "sqlite":
        return held_seconds
    # An event that nobody sets: a pause that a signal can end.
    threading.Event().wait(REST_SECONDS)
    return 0.0
