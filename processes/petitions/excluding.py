"""Whoever is complained of, or has a conflict of interest, is kept apart from a petition (CPACA 11, 12)."""

import sqlalchemy as sa

from processes.common.errors import Conflict, NotFound
from processes.directory.people import Person, full_names
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.abandoned import warn_of_abandoned
from processes.petitions.access import DEPARTMENT_ROLES, acting, check_may_read, require_role
from processes.petitions.apart import Apart, check_people, checked_reason, keep_apart
from processes.petitions.beside import write_beside
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.people_tables import EXCLUSIONS, STAND_INS, ExclusionCause
from processes.petitions.redistributing import redistribute
from processes.petitions.signals import Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus

MAY_EXCLUDE = (Role.FRONT_DESK_CLERK, Role.CITIZEN_SERVICE_HEAD, Role.LEGAL_OFFICE)
"""Roles that say of whom a petition complains."""

MAY_LIFT = (Role.CITIZEN_SERVICE_HEAD, Role.LEGAL_OFFICE)
"""Roles that decide that somebody who was kept apart no longer is."""


def declare_conflict(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Keep `person` apart from a petition by their own word; from now on they do not find it.

    The head of citizen service decides who goes on. Raises NotFound; Forbidden for a petition that is
    not theirs to read; Invalid without the reasons.
    """
    why = checked_reason(reason)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        check_may_read(case)
        _exclude(office, connection, case, person, Apart(person.username, ExclusionCause.CONFLICT, why))

    in_one_transaction(office, act)
    office.after_commit()


def name_complained_of(
    office: Office, person: Person, filing_number: str, *, username: str, reason: str
) -> None:
    """Keep the official of whom a petition complains apart from it.

    By the front desk, the head of citizen service or the legal office. Raises Forbidden, NotFound,
    Conflict for one who is apart already, Invalid for nobody of the entity or without the reasons.
    """
    require_role(person, *MAY_EXCLUDE)
    why = checked_reason(reason)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        check_people(connection, {username}, "username")
        by = acting(case, *MAY_EXCLUDE)
        _exclude(office, connection, case, by, Apart(username, ExclusionCause.COMPLAINED_OF, why))

    in_one_transaction(office, act)
    office.after_commit()


def lift_exclusion(office: Office, person: Person, filing_number: str, *, username: str, reason: str) -> None:
    """Let somebody who was kept apart find the petition again; the journal keeps why.

    By the head of citizen service or the legal office, never by the one who is apart: they do not find
    it. Raises Forbidden, NotFound when nobody of that name is apart, Invalid without the reasons.
    """
    require_role(person, *MAY_LIFT)
    why = checked_reason(reason)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        step = _step(office, connection, case, acting(case, *MAY_LIFT))
        name = full_names(connection, {username}).get(username, username)
        step.record("exclusion_lifted", username=username, name=name, reason=why)
        step.later.append(lambda: _forget(step, username))
        write_beside(step)

    in_one_transaction(office, act)


def _exclude(office: Office, connection: sa.Connection, case: Case, by: Person, apart: Apart) -> None:
    step = _step(office, connection, case, by)
    known = sa.and_(EXCLUSIONS.c.petition_id == case.id, EXCLUSIONS.c.username == apart.username)
    if connection.execute(sa.select(EXCLUSIONS.c.cause).where(known)).first() is not None:
        raise Conflict("Esa persona ya está apartada de esta petición.")
    keep_apart(step, (apart,))
    if case.status not in ENDED and _has_a_hand_in(connection, case, apart.username):
        redistribute(office, step, Signal.CONFLICT_DECLARED)
    else:
        write_beside(step)
    definition = office.definitions.get(case.bundle)
    warn_of_abandoned(connection, definition, case.id, case.author, now=step.now)


def _has_a_hand_in(connection: sa.Connection, case: Case, username: str) -> bool:
    """Whether the petition waits for this person, or is with their department."""
    of_the_department = (
        sa.select(PEOPLE.c.username)
        .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
        .where(PEOPLE.c.username == username, PEOPLE.c.department == case.department)
        .where(PERSON_ROLES.c.role.in_(DEPARTMENT_ROLES))
    )
    holds = sa.select(WORK_ITEMS.c.task).where(
        WORK_ITEMS.c.petition_id == case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.only_for == username,
    )
    return bool(connection.scalar(sa.select(sa.or_(sa.exists(of_the_department), sa.exists(holds)))))


def _step(office: Office, connection: sa.Connection, case: Case, by: Person) -> Step:
    return Step(connection, case, office.entity(), office.settings.public_url, by.actor, office.now())


def _forget(step: Step, username: str) -> None:
    this = sa.and_(EXCLUSIONS.c.petition_id == step.case.id, EXCLUSIONS.c.username == username)
    if step.connection.execute(sa.delete(EXCLUSIONS).where(this)).rowcount == 0:
        raise NotFound("Esa persona no está apartada de esta petición. Actualice la página.")
    instead = sa.and_(STAND_INS.c.petition_id == step.case.id, STAND_INS.c.instead_of == username)
    step.connection.execute(sa.delete(STAND_INS).where(instead))
