"""Who has yet to contribute to an answer, or to sign it, as the rows of the last round say."""

import sqlalchemy as sa

from processes.petitions.people_tables import HELP_REQUESTS, SIGNATURES
from processes.petitions.step import Step


def departments_asked(step: Step) -> list[str]:
    """The departments that were asked last and have not contributed, in the order of asking."""
    return _waiting(step, HELP_REQUESTS, "department", "contributed_at")


def signatures_awaited(step: Step) -> list[str]:
    """Those who were named last to sign and have not decided, in the order of naming."""
    return _waiting(step, SIGNATURES, "signer", "decided_at")


def _waiting(step: Step, table: sa.Table, who: str, done: str) -> list[str]:
    same = table.alias("same").c
    last = sa.select(sa.func.max(same.round)).where(same.petition_id == step.case.id).scalar_subquery()
    query = sa.select(table.c[who]).where(
        table.c.petition_id == step.case.id, table.c.round == last, table.c[done].is_(None)
    )
    return list(step.connection.scalars(query.order_by(table.c.seq)))
