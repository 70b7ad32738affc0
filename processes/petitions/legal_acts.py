"""The legal acts of the entity's people: who may do which, and the one service that does them."""

from collections.abc import Mapping
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import DEPARTMENT_ROLES
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.legal_act import LegalAct, LegalOutcome
from processes.petitions.legal_doing import Doer, do_act
from processes.petitions.office import Office
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
NOT_HERE = frozenset(
    {
        LegalEventKind.FILED,
        LegalEventKind.TRANSFERRED_IN,
        LegalEventKind.ANSWERED,
        LegalEventKind.NUMBER_CANCELLED,
    }
)
"""Events that have a service of their own: filing, the task of answering, voiding."""


def record_legal_act(office: Office, person: Person, filing_number: str, act: LegalAct) -> LegalOutcome:
    """Do `act` on a petition: event, dates, alerts, journal and letter are kept together, or none is.

    Raises NotFound; Forbidden for another role or another department's petition; RefusedAct (Invalid)
    for an act that the law does not allow, with its rule and what to do; Invalid with a sentence for
    each wrong field; Conflict.
    """

    def do(connection: sa.Connection) -> LegalOutcome:
        return do_legal_act(office, connection, person, filing_number, act)

    outcome = in_one_transaction(office, do)
    office.after_commit()
    return outcome


def do_legal_act(
    office: Office, connection: sa.Connection, person: Person, filing_number: str, act: LegalAct
) -> LegalOutcome:
    """The same in the caller's transaction, which may also be undone to see what an act would lead to."""
    case = read_case(connection, filing_number, reader=person)
    if not may_do(person, case.department, MOVES[act.kind]):
        raise Forbidden(
            f"El acto «{EVENT_LABELS[act.kind]}» no le corresponde a su cargo en esta petición. "
            "Pídalo a quien la ley o la entidad se lo encarga."
        )
    return do_act(office, connection, case, act, Doer(person.actor, person))


def may_do(person: Person, department: str | None, legal_move: Move) -> bool:
    """Whether one of the roles of `person` may do `legal_move` on a petition that is with `department`.

    The people of a department act on its petitions alone.
    """
    if legal_move.kind in NOT_HERE:
        return False
    roles = {role for role in person.roles if _LEGAL_ACTORS.get(role) in legal_move.actors}
    at_home = department is not None and person.department == department
    return bool(roles - DEPARTMENT_ROLES) or (at_home and bool(roles))
