"""Somebody is named to work on one petition in the place of one who is kept apart (CPACA 12: ad hoc)."""

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.common.errors import Invalid
from processes.directory.people import Person, full_names
from processes.directory.roles import LANES_OF_ONE_DEPARTMENT, Lane, Role, lanes_of
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.abandoned import warn_of_abandoned
from processes.petitions.access import acting, excluded_from, require_role
from processes.petitions.beside import write_beside
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.people_tables import STAND_INS
from processes.petitions.step import Step
from processes.petitions.task_access import BARRED, hands_in_the_answer

MAY_DESIGNATE = (Role.DIRECTOR, Role.CITIZEN_SERVICE_HEAD, Role.LEGAL_OFFICE)
"""Roles that name an official ad hoc."""


def designate_stand_in(
    office: Office, person: Person, filing_number: str, *, username: str, instead_of: str
) -> None:
    """From now on `username` does the tasks of `instead_of` in this petition, and reads it.

    `instead_of` is somebody who is kept apart from it, or who may not verify the answer that they wrote
    or signed. Raises Forbidden, NotFound, and Invalid unless both are who they must be.
    """
    require_role(person, *MAY_DESIGNATE)

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, *MAY_DESIGNATE)
        _check(connection, case, username, instead_of)
        step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, office.now())
        names = full_names(connection, {username, instead_of})
        step.record(
            "stand_in_designated",
            username=username,
            name=names[username],
            instead_of=names[instead_of],
        )
        rows = [
            {
                "petition_id": case.id,
                "username": username,
                "lane": lane.value,
                "department": department,
                "instead_of": instead_of,
                "designated_by": str(by.actor),
                "designated_at": step.now,
            }
            for lane, department in _places_of(connection, instead_of)
        ]
        insert = insert_or(connection)(STAND_INS).on_conflict_do_nothing()
        step.later.append(lambda: connection.execute(insert, rows))
        write_beside(step)
        definition = office.definitions.get(case.bundle)
        warn_of_abandoned(connection, definition, case.id, case.author, now=step.now)

    in_one_transaction(office, act)


def replaceable(connection: sa.Connection, case: Case) -> set[str]:
    """In whose place somebody may be named: who is apart, and who wrote or signed the answer."""
    apart = set(connection.scalars(excluded_from(case.id)))
    return apart | hands_in_the_answer(connection, case.id, case.author, BARRED)


def _check(connection: sa.Connection, case: Case, username: str, instead_of: str) -> None:
    apart = set(connection.scalars(excluded_from(case.id)))
    here = connection.scalar(sa.select(PEOPLE.c.id).where(PEOPLE.c.username == username, PEOPLE.c.active))
    problems: dict[str, str] = {}
    if instead_of not in replaceable(connection, case) or not _places_of(connection, instead_of):
        problems["instead_of"] = "Elija a quien está apartado, o escribió o firmó la respuesta."
    if here is None or username in apart:
        problems["username"] = "Elija de la lista a alguien que no esté apartado de esta petición."
    if problems:
        raise Invalid("Revise a quién designa, y en lugar de quién.", problems)


def _places_of(connection: sa.Connection, username: str) -> list[tuple[Lane, str | None]]:
    """The lanes that somebody works on, each with its department; a signature is nobody else's."""
    query = (
        sa.select(PERSON_ROLES.c.role, PEOPLE.c.department)
        .join(PEOPLE, PEOPLE.c.id == PERSON_ROLES.c.person_id)
        .where(PEOPLE.c.username == username)
    )
    rows = connection.execute(query).all()
    lanes = lanes_of(frozenset(Role(row.role) for row in rows)) - {Lane.SIGNATORY}
    department = rows[0].department if rows else None
    return [
        (lane, department if lane in LANES_OF_ONE_DEPARTMENT else None) for lane in sorted(lanes, key=str)
    ]
