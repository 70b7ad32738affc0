"""Who has a hand in a petition besides whoever answers it, as the people of the entity read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.directory.people import Person, PersonView, full_names, people
from processes.directory.roles import Lane
from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.petitions.abandoned import abandoned_tasks
from processes.petitions.access import besides_excluded, check_may_read, has_role, readable_by
from processes.petitions.case import Case, read_case
from processes.petitions.excluding import MAY_EXCLUDE, MAY_LIFT
from processes.petitions.note_tables import PETITION_LINKS
from processes.petitions.office import Office
from processes.petitions.people_tables import (
    COPY_PAYMENTS,
    DEPARTMENT_RETURNS,
    EXCLUSIONS,
    HELP_REQUESTS,
    SIGNATURES,
    STAND_INS,
    ExclusionCause,
    SignatureDecision,
)
from processes.petitions.returning import last_day_to_return, may_return
from processes.petitions.standing_in import MAY_DESIGNATE, replaceable
from processes.petitions.tables import PETITIONS, WORK_ITEMS, WorkItemStatus

CAUSE_LABELS: Mapping[ExclusionCause, str] = MappingProxyType(
    {
        ExclusionCause.COMPLAINED_OF: "La petición trata de su conducta",
        ExclusionCause.CONFLICT: "Tiene un conflicto de intereses",
    }
)


@dataclass(frozen=True, slots=True)
class ApartView:
    """Somebody who is kept apart, and who is in their place."""

    username: str
    full_name: str
    cause: ExclusionCause
    reason: str
    recorded_at: datetime
    stand_ins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpView:
    """What was asked of a department. Without a contribution it is awaited, or work went on without it."""

    department_name: str
    question: str
    asked_at: datetime
    awaited: bool
    contribution: str
    contributed_by: str
    contributed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Somebody who was named to sign, and what they decided; None while the answer is before them.

    `decided_by` is the name of one who did it in their place; empty when they did it themselves.
    """

    full_name: str
    asked_at: datetime
    decision: SignatureDecision | None
    reason: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class PaymentView:
    """Copies that the citizen was asked to pay: `price` in pesos for all of them."""

    copies: int
    price: int
    asked_at: datetime
    receipt: str
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A department that gave the petition back."""

    department_name: str
    reason: str
    returned_by: str
    returned_at: datetime


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The people of one petition, and what its reader may do about them.

    `linked` are the numbers of petitions that follow from this one, or that it follows from, as far as
    the reader may read them; `replaceable` those in whose place somebody may be named. Who is kept
    apart, and why, is shown to those who decide on it alone. `may_return_until` is the last day on which
    the reader's department may give the petition back; None when it may not.
    """

    filing_number: str
    apart: tuple[ApartView, ...]
    help: tuple[HelpView, ...]
    signatures: tuple[SignatureView, ...]
    payments: tuple[PaymentView, ...]
    returns: tuple[ReturnView, ...]
    linked: tuple[str, ...]
    abandoned: tuple[str, ...]
    replaceable: tuple[tuple[str, str], ...]
    may_return_until: date | None
    may_exclude: bool
    may_lift: bool
    may_designate: bool


def read_people_file(office: Office, person: Person, filing_number: str) -> PeopleFile:
    """The people of a petition, for one who reads it. Raises NotFound, Forbidden."""
    with office.read() as connection:
        case = _readable_case(connection, person, filing_number)
        decides = has_role(case, *MAY_EXCLUDE, *MAY_DESIGNATE)
        given_back = _returns(connection, case.id)
        returned = any(each.department_name == case.department_name for each in given_back)
        return PeopleFile(
            filing_number=case.filing_number,
            apart=_apart(connection, case.id) if decides else (),
            help=_help(connection, case.id),
            signatures=_signatures(connection, case.id),
            payments=_payments(connection, case.id),
            returns=given_back,
            linked=_linked(connection, person, case.id),
            abandoned=_abandoned(office, connection, case) if decides else (),
            replaceable=_replaceable(connection, case) if decides else (),
            may_return_until=None if returned else _may_return_until(office, case),
            may_exclude=has_role(case, *MAY_EXCLUDE),
            may_lift=has_role(case, *MAY_LIFT),
            may_designate=has_role(case, *MAY_DESIGNATE),
        )


def people_to_name(office: Office, person: Person, filing_number: str) -> list[PersonView]:
    """The people of the entity who are not kept apart from a petition. Raises NotFound, Forbidden."""
    with office.read() as connection:
        case = _readable_case(connection, person, filing_number)
        return people(connection, besides=besides_excluded(case.id))


def read_contributions(office: Office, person: Person, filing_number: str) -> tuple[HelpView, ...]:
    """What other departments were asked and gave. Raises NotFound, Forbidden."""
    with office.read() as connection:
        return _help(connection, _readable_case(connection, person, filing_number).id)


def _readable_case(connection: sa.Connection, person: Person, filing_number: str) -> Case:
    case = read_case(connection, filing_number, reader=person)
    check_may_read(case)
    return case


def _abandoned(office: Office, connection: sa.Connection, case: Case) -> tuple[str, ...]:
    definition = office.definitions.get(case.bundle)
    return tuple(abandoned_tasks(connection, definition, case.id, case.author))


def _replaceable(connection: sa.Connection, case: Case) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(full_names(connection, replaceable(connection, case)).items()))


def _may_return_until(office: Office, case: Case) -> date | None:
    if case.assigned_at is None or not may_return(office, case):
        return None
    return last_day_to_return(case.assigned_at, office.entity().calendar)


def _apart(connection: sa.Connection, petition_id: int) -> tuple[ApartView, ...]:
    table, stand_ins = EXCLUSIONS.c, STAND_INS.c
    query = (
        sa.select(table.username, PEOPLE.c.full_name, table.cause, table.reason, table.recorded_at)
        .join(PEOPLE, PEOPLE.c.username == table.username)
        .where(table.petition_id == petition_id)
        .order_by(table.recorded_at, table.username)
    )
    in_place = connection.execute(
        sa.select(stand_ins.instead_of, PEOPLE.c.full_name)
        .join(PEOPLE, PEOPLE.c.username == stand_ins.username)
        .where(stand_ins.petition_id == petition_id)
        .distinct()
        .order_by(PEOPLE.c.full_name)
    ).all()
    return tuple(
        ApartView(
            username,
            name,
            ExclusionCause(cause),
            reason,
            at,
            tuple(other for instead_of, other in in_place if instead_of == username),
        )
        for username, name, cause, reason, at in connection.execute(query)
    )


def _help(connection: sa.Connection, petition_id: int) -> tuple[HelpView, ...]:
    table = HELP_REQUESTS.c
    waits = sa.exists().where(
        WORK_ITEMS.c.petition_id == petition_id,
        WORK_ITEMS.c.lane == Lane.ASKED_DEPARTMENT.value,
        WORK_ITEMS.c.department == table.department,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.created_at >= table.asked_at,
    )
    query = (
        sa.select(
            DEPARTMENTS.c.name,
            table.question,
            table.asked_at,
            waits,
            table.contribution,
            PEOPLE.c.full_name,
            table.contributed_at,
        )
        .join(DEPARTMENTS, DEPARTMENTS.c.code == table.department)
        .outerjoin(PEOPLE, PEOPLE.c.username == table.contributed_by)
        .where(table.petition_id == petition_id)
        .order_by(table.seq)
    )
    return tuple(
        HelpView(name, question, asked_at, bool(open_) and given_at is None, text, by or "", given_at)
        for name, question, asked_at, open_, text, by, given_at in connection.execute(query)
    )


def _signatures(connection: sa.Connection, petition_id: int) -> tuple[SignatureView, ...]:
    table, hand = SIGNATURES.c, PEOPLE.alias("hand")
    query = (
        sa.select(PEOPLE.c.full_name, table.asked_at, table.decision, table.reason, table.decided_at)
        .add_columns(hand.c.full_name.label("hand_name"))
        .join(PEOPLE, PEOPLE.c.username == table.signer)
        .outerjoin(hand, sa.and_(hand.c.username == table.decided_by, hand.c.username != table.signer))
        .where(table.petition_id == petition_id)
        .order_by(table.seq)
    )
    return tuple(
        SignatureView(
            row.full_name,
            row.asked_at,
            SignatureDecision(row.decision) if row.decision else None,
            row.reason,
            row.decided_at,
            row.hand_name or "",
        )
        for row in connection.execute(query)
    )


def _payments(connection: sa.Connection, petition_id: int) -> tuple[PaymentView, ...]:
    table = COPY_PAYMENTS.c
    query = sa.select(table.copies, table.price, table.asked_at, table.receipt, table.paid_at)
    rows = connection.execute(query.where(table.petition_id == petition_id).order_by(table.seq))
    return tuple(PaymentView(*row) for row in rows)


def _linked(connection: sa.Connection, person: Person, petition_id: int) -> tuple[str, ...]:
    table = PETITION_LINKS.c
    later = sa.select(table.petition_id).where(table.related_id == petition_id)
    earlier = sa.select(table.related_id).where(table.petition_id == petition_id)
    query = (
        sa.select(PETITIONS.c.filing_number)
        .where(PETITIONS.c.id.in_(later.union(earlier)), readable_by(person))
        .order_by(PETITIONS.c.id)
    )
    return tuple(connection.scalars(query))


def _returns(connection: sa.Connection, petition_id: int) -> tuple[ReturnView, ...]:
    table = DEPARTMENT_RETURNS.c
    query = (
        sa.select(DEPARTMENTS.c.name, table.reason, PEOPLE.c.full_name, table.returned_at)
        .join(DEPARTMENTS, DEPARTMENTS.c.code == table.department)
        .join(PEOPLE, PEOPLE.c.username == table.returned_by)
        .where(table.petition_id == petition_id)
        .order_by(table.returned_at)
    )
    return tuple(ReturnView(*row) for row in connection.execute(query))
