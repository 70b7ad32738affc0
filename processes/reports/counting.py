"""What the queries of the figures have in common: which petitions, in which period, by what."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from processes.directory.tables import DEPARTMENTS
from processes.petitions.status import ENDED, PetitionStatus, TermState
from processes.petitions.tables import PETITIONS
from processes.reports.figures import NOWHERE, Asked

DEPARTMENT, CHANNEL, KIND, STATUS = "Dependencia", "Canal", "Clase", "Estado"
"""What the buckets of a figure are, as the head of their column."""

P = PETITIONS.c
BY_DEPARTMENT = sa.func.coalesce(DEPARTMENTS.c.name, NOWHERE)
IS_A_PETITION = P.status.not_in([PetitionStatus.VOIDED.value, PetitionStatus.NOT_A_PETITION.value])
_UNANSWERED = sa.and_(
    P.sent_at.is_(None),
    P.status.not_in(sorted(status.value for status in ENDED)),
    P.term_state != TermState.SUSPENDED.value,
)


def petitions(bucket: sa.ColumnElement[str], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Petitions with their bucket and number, and `columns`."""
    return listed(PETITIONS, bucket, *columns)


def listed(
    source: sa.FromClause, bucket: sa.ColumnElement[str], *columns: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    """The same for rows of `source`, which petitions are joined in."""
    if bucket is BY_DEPARTMENT:
        source = source.outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == P.department)
    selected = sa.select(bucket.label("bucket"), P.filing_number, *columns)
    return selected.select_from(source).order_by(P.filing_number)


def filed(asked: Asked) -> sa.ColumnElement[bool]:
    """Petitions filed in the period."""
    period = asked.period
    return sa.and_(IS_A_PETITION, P.filed_on >= period.first, P.filed_on <= period.last)


def answered(asked: Asked) -> sa.ColumnElement[bool]:
    """Petitions whose first answer left in the period."""
    return within(P.sent_at, asked)


def closed(asked: Asked) -> sa.ColumnElement[bool]:
    """Petitions closed in the period: what is no petition is put aside, which is no close."""
    return sa.and_(P.status == PetitionStatus.CLOSED.value, within(P.closed_at, asked))


def overdue(today: date) -> sa.ColumnElement[bool]:
    """Petitions without an answer, their term running, whose last day was before `today`."""
    return sa.and_(_UNANSWERED, P.due_on < today)


def due_in_the_period(asked: Asked) -> sa.ColumnElement[bool]:
    """Petitions answered, or to be answered, whose last day lies in the period."""
    period = asked.period
    awaited = sa.or_(P.sent_at.is_not(None), _UNANSWERED)
    return sa.and_(IS_A_PETITION, awaited, P.due_on >= period.first, P.due_on <= period.last)


def within(instant: sa.ColumnElement[datetime | None], asked: Asked) -> sa.ColumnElement[bool]:
    """Whether `instant` lies in the period, by the clock of Bogotá."""
    return sa.and_(instant >= asked.since, instant < asked.until)
