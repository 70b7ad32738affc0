"""The office clock: the only place that reads the wall clock.

A stored instant and speed, read by every process. At speed 1 (any real installation) office time is
real time; a demonstration may run faster, and then web process, sweeps and diagrams agree.
"""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime, insert_or, read_one

MAX_SPEED = 1_000_000
_REREAD_SECONDS = 2.0


class Clock(Protocol):
    """Something that tells office time."""

    def now(self) -> datetime:
        """The instant in the office, aware, in UTC."""


class OfficeClockRow(SQLModel, table=True):
    """The one row: at `real_anchor` it was `office_anchor` in the office, which runs `speed` times."""

    __tablename__ = "office_clock"
    __table_args__ = (
        sa.CheckConstraint("id = 1", name="one_row"),
        sa.CheckConstraint(f"speed >= 1 AND speed <= {MAX_SPEED}", name="speed"),
    )

    id: int = Field(default=1, primary_key=True)
    office_anchor: datetime = Field(sa_type=UtcDateTime)
    real_anchor: datetime = Field(sa_type=UtcDateTime)
    speed: float = 1.0


_ROW = SQLModel.metadata.tables["office_clock"]
_READ = sa.select(_ROW.c.office_anchor, _ROW.c.real_anchor, _ROW.c.speed).where(_ROW.c.id == 1)


def real_now() -> datetime:
    """The wall clock, aware, in UTC; only for what is not office time (locks, retries, logs)."""
    return datetime.now(UTC)


class OfficeClock:
    """Office time for one process; looks at the stored row every two seconds at most."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._anchors: tuple[datetime, datetime, float] | None = None

    def now(self) -> datetime:
        """The instant in the office, aware, in UTC."""
        with self._lock:
            if time.monotonic() - self._read_at > _REREAD_SECONDS:
                with read_one(self._engine) as connection:
                    row = connection.execute(_READ).one_or_none()
                self._anchors = None if row is None else (row[0], row[1], row[2])
                self._read_at = time.monotonic()
            anchors = self._anchors
        if anchors is None:
            return real_now()
        office_anchor, real_anchor, speed = anchors
        elapsed: timedelta = real_now() - real_anchor
        return office_anchor + elapsed * speed


def set_office_time(connection: sa.Connection, *, office_now: datetime, speed: float) -> None:
    """From this moment it is `office_now` in the office, and its clock runs `speed` times as fast.

    The caller makes sure that no real petition lives here. Raises ValueError for a speed below 1 or
    above a million.
    """
    if not 1 <= speed <= MAX_SPEED:
        message = f"the speed must lie between 1 and {MAX_SPEED}"
        raise ValueError(message)
    values = {"office_anchor": office_now, "real_anchor": real_now(), "speed": speed}
    insert = insert_or(connection)(_ROW).values(id=1, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["id"], set_=values))
