"""A demonstration's clock while nobody serves it: it rests."""

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.database import write
from processes.common.office_clock import OfficeClockRow, set_office_time
from processes.petitions.sweep_tables import SWEEP_RUNS

_CLOCK = sa.inspect(OfficeClockRow).local_table


def slow_down(engine: sa.Engine) -> bool:
    """Give a clock that was left running fast its normal pace back, from where it was last seen.

    While nobody watched, a demonstration's years did not pass. Whether there was such a clock.
    """
    with write(engine) as connection:
        row = connection.execute(sa.select(_CLOCK).where(_CLOCK.c.speed != 1)).mappings().one_or_none()
        if row is None:
            return False
        last_act = connection.scalar(sa.select(sa.func.max(EVENTS.c.at))) or row["office_anchor"]
        last_sweep = connection.scalar(sa.select(sa.func.max(SWEEP_RUNS.c.finished_at)))
        elapsed = max(last_sweep or row["real_anchor"], row["real_anchor"]) - row["real_anchor"]
        last_seen = row["office_anchor"] + elapsed * row["speed"]
        set_office_time(connection, office_now=max(last_seen, last_act), speed=1)
    return True
