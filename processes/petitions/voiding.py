"""A number given by mistake: it stays, visible, with the reason (Acuerdo AGN 060 de 2001, art. 5)."""

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.errors import Invalid
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import require_role
from processes.petitions.case import guard, in_one_transaction, read_case
from processes.petitions.ending import end_waiting
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus, move

_SHORTEST_REASON = 15


def void_petition(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Cancel a number; its petition keeps all that it has, and nobody works on it any more.

    Only the head of citizen service may, before an answer is sent. Raises Forbidden, NotFound,
    Conflict (already answered or ended), and Invalid when the reason has under 15 characters.
    """
    require_role(person, Role.CITIZEN_SERVICE_HEAD)
    why = clean_text(reason, field="reason", max_length=1000)
    if len(why) < _SHORTEST_REASON:
        problem = "Explique por qué se anula el número, en al menos 15 caracteres."
        raise Invalid(problem, {"reason": problem})

    def act(connection: sa.Connection) -> None:
        now = office.now()
        case = read_case(connection, filing_number)
        status = move(case.status, PetitionStatus.VOIDED)
        voided = Act(
            "petition_voided", person.actor, {"reason": why, "status": {"before": case.status.value}}
        )
        rows, head = chain(case.filing_number, case.head, [voided], now)
        heads = {"audit_seq": head.seq, "audit_hash": head.hash, "next_wake_at": None}
        guard(connection, case, {"status": status.value, "void_reason": why, **heads})
        connection.execute(INSERT_EVENTS, rows)
        end_waiting(connection, case.id, by=person.username, now=now)

    in_one_transaction(office, act)
