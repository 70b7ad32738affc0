"""The due date of a petition with all that led to it, for the people of the entity and for a judge."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import Forbidden, NotFound
from processes.directory.people import Person
from processes.petitions.access import OTHER_DEPARTMENT, not_excluded, readable_by, withheld_from
from processes.petitions.legal_reading import RECKONED, reckonings_of
from processes.petitions.numbers import NO_SUCH_PETITION, checked_number
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import PETITIONS
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind
from processes.terms.response import explain_response


@dataclass(frozen=True, slots=True)
class DueDate:
    """When a petition falls due, and the days that were counted and skipped to get there.

    While the term is suspended the date is the one that stood before. `filing_reason` says why it was
    filed on another day than it was received; empty when it was not.
    """

    filing_number: str
    kind: PetitionKind
    status: PetitionStatus
    received_at: datetime
    filed_on: date
    filing_reason: str
    due_on: date
    term_state: TermState
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
    columns = (*RECKONED, PETITIONS.c.filing_number, PETITIONS.c.status)
    query = sa.select(*columns, PETITIONS.c.term_state, PETITIONS.c.due_on).where(
        PETITIONS.c.filing_number == checked_number(filing_number)
    )
    if reader is not None:
        query = query.add_columns(
            readable_by(reader).label("readable"), withheld_from(reader).label("withheld")
        ).where(not_excluded(reader))
    entity = office.entity()
    with office.read() as connection:
        row = connection.execute(query).mappings().one_or_none()
        rows = [] if row is None else [row]
        reckonings = reckonings_of(connection, rows, entity.calendar, entity.after_hours)
    if row is None:
        raise NotFound(NO_SUCH_PETITION)
    if reader is not None and not row["readable"]:
        raise NotFound(NO_SUCH_PETITION) if row["withheld"] else Forbidden(OTHER_DEPARTMENT)
    return DueDate(
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        status=PetitionStatus(row["status"]),
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        filing_reason=filing_reason(office, received_at=row["received_at"], filed_on=row["filed_on"]),
        due_on=row["due_on"],
        term_state=TermState(row["term_state"]),
        explanation=explain_response(reckonings[row["id"]]),
    )
