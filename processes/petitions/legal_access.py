"""Who may do which legal act, by the table of the law and the roles of the entity."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import DEPARTMENT_ROLES, refused
from processes.petitions.case import Case
from processes.petitions.legal_act import APPROVERS
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


def who_does(case: Case, legal_move: Move) -> Person | None:
    """The reader of `case` in a post that may do `legal_move` on it; None when none may.

    The people of a department act on its petitions alone. A post whose role approves the act comes first.
    """
    able = [hand.post for hand in case.hands if _may_do(hand.post, case.department, legal_move)]
    approver = APPROVERS.get(legal_move.kind)
    return next((post for post in able if approver in post.roles), able[0] if able else None)


def check_may_do(case: Case, kind: LegalEventKind) -> Person:
    """The same. Raises Forbidden when no post of the reader may do an act of `kind`."""
    by = who_does(case, MOVES[kind])
    if by is None:
        raise refused(case, _NOT_THEIRS.format(EVENT_LABELS[kind]))
    return by


def _may_do(post: Person, department: str | None, legal_move: Move) -> bool:
    if legal_move.kind in NOT_HERE:
        return False
    roles = {role for role in post.roles if _LEGAL_ACTORS.get(role) in legal_move.actors}
    at_home = department is not None and post.department == department
    return bool(roles - DEPARTMENT_ROLES) or (at_home and bool(roles))


def check_role(post: Person, kind: LegalEventKind) -> None:
    """The same of whoever has the task of doing it: the diagram has said whose the petition is."""
    if not any(_LEGAL_ACTORS.get(role) in MOVES[kind].actors for role in post.roles):
        raise Forbidden(_NOT_THEIRS.format(EVENT_LABELS[kind]))
