"""A number given by mistake: it stays, visible, with the reason (Acuerdo AGN 060 de 2001, art. 5)."""

from functools import partial

import sqlalchemy as sa

from processes.common.errors import Invalid
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import acting, require_role
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.citizen_mail import write_to_citizen
from processes.petitions.legal_letters import legal_notice
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.legal_rows import event_row, insert_event
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.telling import end_case
from processes.terms.acting import move
from processes.terms.events import LegalEvent, LegalEventKind

_SHORTEST_REASON = 15


def void_petition(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Cancel a number; its petition keeps all that it has, and nobody works on it any more.

    Only the head of citizen service may, before an answer is sent. Raises Forbidden, NotFound,
    Conflict (already answered or ended), Invalid when the reason has under 15 characters, and
    RefusedAct while the citizen is awaited.
    """
    require_role(person, Role.CITIZEN_SERVICE_HEAD)
    why = clean_text(reason, field="reason", max_length=1000)
    if len(why) < _SHORTEST_REASON:
        problem = "Explique por qué se anula el número, en al menos 15 caracteres."
        raise Invalid(problem, {"reason": problem})

    def act(connection: sa.Connection) -> None:
        now, entity = office.now(), office.entity()
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, Role.CITIZEN_SERVICE_HEAD)
        step = Step(connection, case, entity, office.settings.public_url, by.actor, now)
        step.move_to(PetitionStatus.VOIDED)
        before = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
        kind = LegalEventKind.NUMBER_CANCELLED
        event = LegalEvent(kind=kind, at=now, reason=why, approved=True)
        after = move(before, event)
        step.changes["void_reason"] = why
        step.record("petition_voided", reason=why, status={"before": case.status.value})
        step.later.append(partial(insert_event, step, event_row(step, event)))
        letter = legal_notice(step, event, after, act_number="", authority="")
        write_to_citizen(step, letter, f"{case.filing_number}/{case.version}/legal")
        end_case(office, step)

    in_one_transaction(office, act)
    office.after_commit()
