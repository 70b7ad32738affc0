"""Who may see and touch which petition: one rule, for lists as for one petition.

Whoever is kept apart from a petition (`exclusion`) finds it nowhere, as if it did not exist; each query
that shows petitions to people of the entity takes `not_excluded` or `readable_by`, and each act reads
its case with its `reader`.
"""

import sqlalchemy as sa

from processes.common.errors import Forbidden
from processes.directory.people import Besides, Person
from processes.directory.roles import LANES_OF_ONE_DEPARTMENT, Lane, Role
from processes.petitions.people_tables import EXCLUSIONS, HELP_REQUESTS, SIGNATURES, STAND_INS
from processes.petitions.tables import PETITIONS

SEE_ALL = frozenset(
    {
        Role.FRONT_DESK_CLERK,
        Role.CITIZEN_SERVICE_HEAD,
        Role.LEGAL_OFFICE,
        Role.INTERNAL_CONTROL,
        Role.IDENTITY_CUSTODIAN,
        Role.DIRECTOR,
    }
)
"""Roles that read every petition; the people of a department read those of their department."""

DEPARTMENT_ROLES = frozenset({Role.OFFICIAL, Role.DEPARTMENT_HEAD})
WATCHERS = frozenset({Role.CITIZEN_SERVICE_HEAD, Role.ADMINISTRATOR})
"""Roles that see what was sent and what failed."""


def excluded_from(petition_id: int | sa.ColumnElement[int]) -> sa.Select[tuple[str]]:
    """The user names of those who are kept apart from a petition."""
    return sa.select(EXCLUSIONS.c.username).where(EXCLUSIONS.c.petition_id == petition_id)


_EXCLUDED = excluded_from(sa.bindparam("apart_from", type_=sa.Integer))


def besides_excluded(petition_id: int) -> Besides:
    """For a question to the directory: all but those who are kept apart from a petition."""
    return Besides(_EXCLUDED, {"apart_from": petition_id})


def not_excluded(
    person: Person, petition_id: sa.ColumnElement[int] = PETITIONS.c.id
) -> sa.ColumnElement[bool]:
    """For a query on petitions: those from which `person` is not kept apart."""
    apart = sa.select(EXCLUSIONS.c.petition_id).where(EXCLUSIONS.c.username == person.username)
    return petition_id.not_in(apart)


def readable_by(person: Person) -> sa.ColumnElement[bool]:
    """For a query on petitions: those that `person` may read.

    Of the whole entity or of their department, by role; those to which their department was asked to
    contribute; and those that they were named to sign, or to work on in the place of another.
    """
    if sees_all(person):
        return not_excluded(person)
    signs = sa.select(SIGNATURES.c.petition_id).where(SIGNATURES.c.signer == person.username)
    stands_in = sa.select(STAND_INS.c.petition_id).where(STAND_INS.c.username == person.username)
    reading: sa.ColumnElement[bool] = PETITIONS.c.id.in_(signs.union(stands_in))
    if _is_of_a_department(person):
        asked = sa.select(HELP_REQUESTS.c.petition_id).where(HELP_REQUESTS.c.department == person.department)
        at_home = PETITIONS.c.department == person.department
        reading = sa.or_(at_home, PETITIONS.c.id.in_(asked), reading)
    return sa.and_(reading, not_excluded(person))


def sees_all(person: Person) -> bool:
    """Whether `person` reads every petition."""
    return not person.roles.isdisjoint(SEE_ALL)


def may_read(person: Person, department: str | None, *, helps: bool = False) -> bool:
    """Whether `person` reads a petition that is with `department`, or that they help with.

    That they are not kept apart from it was seen when it was read.
    """
    at_home = _is_of_a_department(person) and person.department == department
    return sees_all(person) or at_home or helps


def may_work_on(person: Person, lane: str, department: str | None, only_for: str | None = None) -> bool:
    """Whether a task of `lane` is for `person`.

    In a department's lanes it is for the people of `department`; a signature is for the one who was
    named.
    """
    if lane not in set(Lane) or Lane(lane) not in person.lanes:
        return False
    if lane == Lane.SIGNATORY:
        return only_for == person.username
    return lane not in LANES_OF_ONE_DEPARTMENT or (department is not None and person.department == department)


def may_take_away(person: Person, department: str | None) -> bool:
    """Whether `person` may give back a task that another holds, so that it can be worked on."""
    heads = person.has(Role.DEPARTMENT_HEAD) and department is not None and person.department == department
    return heads or person.has(Role.CITIZEN_SERVICE_HEAD)


def require_role(person: Person, *roles: Role) -> None:
    """Raises Forbidden unless `person` has one of `roles`."""
    if not person.has(*roles):
        raise Forbidden(
            "Su cargo en Ventanilla no incluye esta acción. Si la necesita, hable con el administrador."
        )


def _is_of_a_department(person: Person) -> bool:
    return person.department is not None and not person.roles.isdisjoint(DEPARTMENT_ROLES)
