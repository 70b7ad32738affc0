"""The due date of a petition with all that led to it, for the people of the entity and for a judge."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import Forbidden, NotFound
from processes.directory.people import Person
from processes.petitions.access import may_read
from processes.petitions.numbers import NO_SUCH_PETITION, checked_number
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS
from processes.terms.clock import response_term
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a petition falls due, and the days that were counted and skipped to get there.

    `filing_reason` says why it was filed on another day than it was received; empty when it was not.
    """

    filing_number: str
    kind: PetitionKind
    status: PetitionStatus
    received_at: datetime
    filed_on: date
    filing_reason: str
    due_on: date
    explanation: ExplainedDate


def filing_reason(office: Office, *, received_at: datetime, filed_on: date) -> str:
    """Why the day that counts is not the day of reception, in Spanish; empty when it is."""
    received_on = received_at.astimezone(BOGOTA).date()
    return "" if received_on == filed_on else office.entity().after_hours.reason


def read_due_date(office: Office, filing_number: str, *, reader: Person | None) -> DueDate:
    """The due date of a petition, explained.

    `reader` is None at the command line: whoever sits there already holds the database. Raises
    NotFound, and Forbidden for another department's petition.
    """
    query = sa.select(
        PETITIONS.c.filing_number,
        PETITIONS.c.kind,
        PETITIONS.c.status,
        PETITIONS.c.received_at,
        PETITIONS.c.filed_on,
        PETITIONS.c.due_on,
        PETITIONS.c.department,
    ).where(PETITIONS.c.filing_number == checked_number(filing_number))
    with office.read() as connection:
        row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound(NO_SUCH_PETITION)
    if reader is not None and not may_read(reader, row["department"]):
        raise Forbidden("Esta petición es de otra dependencia.")
    kind = PetitionKind(row["kind"])
    return DueDate(
        filing_number=row["filing_number"],
        kind=kind,
        status=PetitionStatus(row["status"]),
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        filing_reason=filing_reason(office, received_at=row["received_at"], filed_on=row["filed_on"]),
        due_on=row["due_on"],
        explanation=response_term(kind, row["filed_on"], office.entity().calendar),
    )
