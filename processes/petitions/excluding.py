"""Whoever is complained of, or has a conflict of interest, is kept apart from a petition (CPACA 11, 12)."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.text import clean_text
from processes.directory.people import Person, full_names
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.abandoned import warn_of_abandoned
from processes.petitions.access import DEPARTMENT_ROLES, may_read, require_role
from processes.petitions.beside import write_beside
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.legal_act import SHORTEST_REASON
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

_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody to be kept apart, and why."""

    username: str
    cause: ExclusionCause
    reason: str


def declare_conflict(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Keep `person` apart from a petition by their own word; from now on they do not find it.

    The head of citizen service decides who goes on. Raises NotFound; Forbidden for a petition that is
    not theirs to read; Invalid without the reasons.
    """
    why = checked_reason(reason)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        if not may_read(person, case.department, helps=case.reader_helps):
            raise Forbidden("Esta petición es de otra dependencia.")
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
        _exclude(office, connection, case, person, Apart(username, ExclusionCause.COMPLAINED_OF, why))

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
        step = _step(office, connection, case, person)
        name = full_names(connection, {username}).get(username, username)
        step.record("exclusion_lifted", username=username, name=name, reason=why)
        step.later.append(lambda: _forget(step, username))
        write_beside(step)

    in_one_transaction(office, act)


def checked_reason(reason: str) -> str:
    """`reason` cleaned. Raises Invalid under 15 characters."""
    why = clean_text(reason, field="reason", max_length=_LONGEST_REASON)
    if len(why) < SHORTEST_REASON:
        problem = f"Escriba las razones, en al menos {SHORTEST_REASON} caracteres."
        raise Invalid(problem, {"reason": problem})
    return why


def check_people(connection: sa.Connection, usernames: Collection[str], field: str) -> None:
    """Raises Invalid, for `field`, unless each of `usernames` is somebody of the entity."""
    known = set(connection.scalars(sa.select(PEOPLE.c.username).where(PEOPLE.c.username.in_(usernames))))
    if known != set(usernames):
        problem = "Elija a la persona de la lista."
        raise Invalid(problem, {field: problem})


def keep_apart(step: Step, apart: Collection[Apart]) -> None:
    """Note in `step` that these people are apart, and let go of the tasks that they hold.

    Whoever is apart already stays so, for the first reason.
    """
    names = full_names(step.connection, {each.username for each in apart})
    for each in apart:
        name = names.get(each.username, each.username)
        step.record("person_excluded", username=each.username, name=name, cause=each.cause.value)
    step.later.append(lambda: _insert(step, apart))


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
    warn_of_abandoned(connection, case.id, now=step.now)


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


def _insert(step: Step, apart: Collection[Apart]) -> None:
    rows = [
        {
            "petition_id": step.case.id,
            "username": each.username,
            "cause": each.cause.value,
            "reason": each.reason,
            "recorded_by": str(step.actor),
            "recorded_at": step.now,
        }
        for each in apart
    ]
    insert = insert_or(step.connection)(EXCLUSIONS)
    step.connection.execute(insert.on_conflict_do_nothing(), rows)
    held = sa.and_(
        WORK_ITEMS.c.petition_id == step.case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.assignee.in_([each.username for each in apart]),
    )
    step.connection.execute(sa.update(WORK_ITEMS).where(held).values(assignee=None))


def _forget(step: Step, username: str) -> None:
    this = sa.and_(EXCLUSIONS.c.petition_id == step.case.id, EXCLUSIONS.c.username == username)
    if step.connection.execute(sa.delete(EXCLUSIONS).where(this)).rowcount == 0:
        raise NotFound("Esa persona no está apartada de esta petición. Actualice la página.")
    instead = sa.and_(STAND_INS.c.petition_id == step.case.id, STAND_INS.c.instead_of == username)
    step.connection.execute(sa.delete(STAND_INS).where(instead))
