"""Answers that anybody may read: of anonymous petitions, and of those that reached nobody."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.errors import NotFound
from processes.petitions.answer_tables import PUBLICATIONS, SENT_ANSWERS
from processes.petitions.numbers import checked_number
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.tables import PETITIONS
from processes.terms.kinds import PetitionKind

_NOT_PUBLISHED = "No hay ninguna respuesta publicada con ese número. Revíselo: tiene la forma 2026-000123."
_PUBLISHED = (
    sa.select(
        PUBLICATIONS,
        PETITIONS.c.filing_number,
        PETITIONS.c.kind,
        PETITIONS.c.filed_on,
        SENT_ANSWERS.c.outgoing_number,
        SENT_ANSWERS.c.sent_at,
    )
    .join(PETITIONS, PETITIONS.c.id == PUBLICATIONS.c.petition_id)
    .join(
        SENT_ANSWERS,
        sa.and_(
            SENT_ANSWERS.c.petition_id == PUBLICATIONS.c.petition_id,
            SENT_ANSWERS.c.seq == PUBLICATIONS.c.seq,
        ),
    )
)


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """An answer as everybody reads it: no name, and nothing that the petitioner wrote."""

    filing_number: str
    kind: PetitionKind
    filed_on: date
    outgoing_number: str
    sent_at: datetime
    published_at: datetime
    title: str
    text: str


def list_publications(office: Office, *, cursor: str | None = None, limit: int = 20) -> Page[PublishedAnswer]:
    """What was published, the newest first. Raises Invalid for a wrong cursor or limit."""
    query = _PUBLISHED
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(PUBLICATIONS.c.id < before)
    query = query.order_by(PUBLICATIONS.c.id.desc())
    with office.read() as connection:
        rows = connection.execute(query.limit(checked_limit(limit) + 1)).mappings().all()
    return page_of(rows, limit, _published, lambda row: (row["id"],))


def read_publications(office: Office, filing_number: str) -> tuple[PublishedAnswer, ...]:
    """The published answers of a petition, in their order. Raises NotFound where nothing was published."""
    query = _PUBLISHED.where(PETITIONS.c.filing_number == checked_number(filing_number))
    with office.read() as connection:
        rows = connection.execute(query.order_by(PUBLICATIONS.c.seq)).mappings().all()
    if not rows:
        raise NotFound(_NOT_PUBLISHED)
    return tuple(_published(row) for row in rows)


def _published(row: sa.RowMapping) -> PublishedAnswer:
    return PublishedAnswer(
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        filed_on=row["filed_on"],
        outgoing_number=row["outgoing_number"],
        sent_at=row["sent_at"],
        published_at=row["published_at"],
        title=row["title"],
        text=row["text"],
    )
