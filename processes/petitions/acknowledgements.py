"""The acknowledgement of a filing: what the citizen takes away, on the screen or on paper.

It is the proof of a verbal petition too (Decreto 1166 de 2016): number, date and hour, who asks and who
speaks for them, what they ask and why, what they handed in, who received it, and that it was verbal.
"""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.errors import Conflict
from processes.directory.people import Person
from processes.petitions.access import acting, require_role
from processes.petitions.case import guard, in_one_transaction, read_case
from processes.petitions.citizen_mail import has_their_code
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.legal_reading import explained_date
from processes.petitions.numbers import checked_number
from processes.petitions.office import Office
from processes.petitions.paper import settle_acknowledgement
from processes.petitions.receptions import ReceptionView, reception_of
from processes.petitions.tables import ATTACHMENTS, PETITIONERS, PETITIONS, Channel
from processes.petitions.tracking import check_code
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind

_BY_THE_RECEIPT = "Constancia impresa en la ventanilla."


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A petition that was filed. The names are empty when it is anonymous or its identity is reserved.

    `tracking_code` is empty where the citizen has it already: in a letter, or on their own screen.
    """

    filing_number: str
    tracking_code: str
    kind: PetitionKind
    channel: Channel
    subject: str
    body: str
    petitioner_name: str
    representative_name: str
    received_at: datetime
    filed_on: date
    due_on: date
    explanation: ExplainedDate
    files: tuple[str, ...]
    reception: ReceptionView


def read_acknowledgement(office: Office, filing_number: str, tracking_code: str) -> Acknowledgement:
    """For whoever has number and code. Raises NotFound, the same for a wrong number and a wrong code."""
    with office.read() as connection:
        number = check_code(connection, filing_number, tracking_code)
        return _read(connection, office, number, code=tracking_code)


def paper_acknowledgement(office: Office, person: Person, filing_number: str) -> Acknowledgement:
    """For the desk, to be looked at; its code is left out. Raises NotFound, Forbidden."""
    require_role(person, *RECEPTIONISTS)
    with office.read() as connection:
        case = read_case(connection, filing_number, reader=person)
        acting(case, *RECEPTIONISTS)
        return _read(connection, office, case.filing_number, code="")


def print_acknowledgement(office: Office, person: Person, filing_number: str) -> Acknowledgement:
    """For the desk to hand over on paper, with the code; that it was printed is written down.

    Raises NotFound, Forbidden, and Conflict when the code is not the desk's to hand over.
    """
    require_role(person, *RECEPTIONISTS)

    def act(connection: sa.Connection) -> Acknowledgement:
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, *RECEPTIONISTS)
        if not may_hand_over(case.channel, email=case.citizen_email, reserved=case.reserved_identity):
            raise Conflict(
                "El código de esta petición ya lo tiene quien la presentó: en su correo o en su propia "
                "constancia. Por seguridad no se imprime aquí."
            )
        printing = Act("acknowledgement_printed", by.actor, {})
        rows, head = chain(case.filing_number, case.head, [printing], office.now())
        guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
        connection.execute(INSERT_EVENTS, rows)
        settle_acknowledgement(connection, case.filing_number, proof=_BY_THE_RECEIPT, at=office.now())
        return _read(connection, office, case.filing_number, code=case.tracking_code)

    return in_one_transaction(office, act)


def may_hand_over(channel: Channel, *, email: str, reserved: bool) -> bool:
    """Whether the desk may print the code: for whoever came to it, and left no mail to write it to."""
    return not has_their_code(channel) and not email and not reserved


def _read(connection: sa.Connection, office: Office, filing_number: str, *, code: str) -> Acknowledgement:
    query = (
        sa.select(*PETITIONS.c, PETITIONERS.c.full_name, PETITIONERS.c.representative_name)
        .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
        .where(PETITIONS.c.filing_number == checked_number(filing_number))
    )
    row = connection.execute(query).mappings().one()
    files = (
        sa.select(ATTACHMENTS.c.name)
        .where(ATTACHMENTS.c.petition_id == row["id"], ATTACHMENTS.c.direction == "incoming")
        .order_by(ATTACHMENTS.c.seq)
    )
    return Acknowledgement(
        filing_number=row["filing_number"],
        tracking_code=code,
        kind=PetitionKind(row["kind"]),
        channel=Channel(row["channel"]),
        subject=row["subject"],
        body=row["body"],
        petitioner_name=row["full_name"] or "",
        representative_name=row["representative_name"] or "",
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        explanation=explained_date(connection, row, office.entity()),
        files=tuple(connection.scalars(files)),
        reception=reception_of(connection, row["id"]),
    )
