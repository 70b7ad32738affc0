"""Who may see and touch which petition. Pure rules, used by every service."""

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, Lane, Role

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


def sees_all(person: Person) -> bool:
    """Whether `person` reads every petition."""
    return not person.roles.isdisjoint(SEE_ALL)


def may_read(person: Person, department: str | None) -> bool:
    """Whether `person` reads a petition that is with `department`."""
    in_department = not person.roles.isdisjoint(DEPARTMENT_ROLES) and person.department is not None
    return sees_all(person) or (in_department and person.department == department)


def may_work_on(person: Person, lane: str, department: str | None) -> bool:
    """Whether a task of `lane` (and, in the department's lanes, of `department`) is for `person`."""
    if lane not in set(Lane) or Lane(lane) not in person.lanes:
        return False
    return lane not in LANES_WITHIN_A_DEPARTMENT or (
        department is not None and person.department == department
    )


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
