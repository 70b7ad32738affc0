"""The alerts of a petition that a person's act ends: forgotten, or kept until it is taken up again."""

import sqlalchemy as sa

from processes.engine.timers import TERM
from processes.petitions.tables import ALERT_PLANS, ALERTS

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


def forget_plans_of(connection: sa.Connection, petition_id: int) -> None:
    """Forget what was planned for timers that will never wait."""
    connection.execute(sa.delete(ALERT_PLANS).where(ALERT_PLANS.c.petition_id == petition_id))
