"""Who may do which legal act, by the table of the law and the roles of the entity."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import DEPARTMENT_ROLES
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.moves import MOVES, Actor, Move

_LEGAL_ACTORS: Mapping[Role, Actor] = MappingProxyType(
    {
        Role.FRONT_DESK_CLERK: Actor.FRONT_DESK,
        Role.OFFICIAL: Actor.OFFICIAL,
        Role.DEPARTMENT_HEAD: Actor.DEPARTMENT_HEAD,
        Role.DIRECTOR: Actor.DIRECTOR,
        Role.CITIZEN_SERVICE_HEAD: Actor.CITIZEN_SERVICE_HEAD,
        Role.LEGAL_OFFICE: Actor.LEGAL_OFFICE,
        Role.ADMINISTRATOR: Actor.ADMINISTRATOR,
    }
)
_NOT_THEIRS = (
    "El acto «{}» no le corresponde a su cargo en esta petición. "
    "Pídalo a quien la ley o la entidad se lo encarga."
)
NOT_HERE = frozenset(
    {
        LegalEventKind.FILED,
        LegalEventKind.TRANSFERRED_IN,
        LegalEventKind.ANSWERED,
        LegalEventKind.NUMBER_CANCELLED,
    }
)
"""Events that have a service of their own: filing, the task of answering, voiding."""


def may_do(person: Person, department: str | None, legal_move: Move) -> bool:
    """Whether one of the roles of `person` may do `legal_move` on a petition that is with `department`.

    The people of a department act on its petitions alone.
    """
    if legal_move.kind in NOT_HERE:
        return False
    roles = {role for role in person.roles if _LEGAL_ACTORS.get(role) in legal_move.actors}
    at_home = department is not None and person.department == department
    return bool(roles - DEPARTMENT_ROLES) or (at_home and bool(roles))


def check_may_do(person: Person, department: str | None, kind: LegalEventKind) -> None:
    """Raises Forbidden unless `person` may do an act of `kind` on a petition that is with `department`."""
    if not may_do(person, department, MOVES[kind]):
        raise Forbidden(_NOT_THEIRS.format(EVENT_LABELS[kind]))


def check_role(person: Person, kind: LegalEventKind) -> None:
    """The same of whoever has the task of doing it: the diagram has said whose the petition is."""
    if not any(_LEGAL_ACTORS.get(role) in MOVES[kind].actors for role in person.roles):
        raise Forbidden(_NOT_THEIRS.format(EVENT_LABELS[kind]))
