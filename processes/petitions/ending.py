"""A petition that a person's act ends: nothing waits for anybody any more, wherever its diagram stood."""

from datetime import datetime

import sqlalchemy as sa

from processes.engine.timers import TERM
from processes.petitions.tables import ALERT_PLANS, ALERTS, INCIDENTS, WORK_ITEMS, WorkItemStatus

_A = ALERTS.c
_KEEP_ALERTS_AS_PLANS = sa.insert(ALERT_PLANS).from_select(
    ["petition_id", "name", "working_days_before", "share", "due_at"],
    sa.select(
        _A.petition_id,
        _A.name,
        sa.func.min(_A.working_days_before),
        sa.func.min(_A.share),
        sa.func.min(_A.due_at),
    )
    .where(
        _A.petition_id == sa.bindparam("case_id"),
        _A.name.not_like(f"{TERM}%"),
        _A.name.not_in(
            sa.select(ALERT_PLANS.c.name).where(ALERT_PLANS.c.petition_id == sa.bindparam("case_id"))
        ),
    )
    .group_by(_A.petition_id, _A.name),
)


def keep_alerts_as_plans(connection: sa.Connection, petition_id: int) -> None:
    """Keep what waits, so that it can be dated again; a legal term is counted anew."""
    connection.execute(_KEEP_ALERTS_AS_PLANS, {"case_id": petition_id})


def end_waiting(
    connection: sa.Connection, petition_id: int, *, by: str, now: datetime, may_reopen: bool = False
) -> None:
    """Cancel what is open and forget alerts and incidents.

    With `may_reopen` plans stay and alerts become plans.
    """
    if may_reopen:
        keep_alerts_as_plans(connection, petition_id)
    else:
        connection.execute(sa.delete(ALERT_PLANS).where(ALERT_PLANS.c.petition_id == petition_id))
    connection.execute(sa.delete(ALERTS).where(ALERTS.c.petition_id == petition_id))
    connection.execute(sa.delete(INCIDENTS).where(INCIDENTS.c.petition_id == petition_id))
    connection.execute(
        sa.update(WORK_ITEMS)
        .where(WORK_ITEMS.c.petition_id == petition_id, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
        .values(status=WorkItemStatus.CANCELLED.value, closed_at=now, closed_by=by)
    )
