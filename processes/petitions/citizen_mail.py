"""Letters to the citizen of a petition: who writes, and to which address."""

import sqlalchemy as sa

from notifications.messages import Letter, Letterhead
from notifications.notices import CitizenNoticeOf
from processes.common.outbox import Envelope
from processes.petitions.answer_mail import answer_failed_at
from processes.petitions.step import Step
from processes.petitions.tables import RESERVED_IDENTITIES

_AFTER_AN_ANSWER = frozenset(
    {CitizenNoticeOf.ANSWER_PUBLISHED, CitizenNoticeOf.SURVEY, CitizenNoticeOf.SURVEY_REMINDER}
)


def letterhead(step: Step) -> Letterhead:
    """The entity, and how to reach it."""
    entity = step.entity
    ways = (entity.address, entity.city, entity.phone, entity.email)
    return Letterhead(entity=entity.name, contact=" · ".join(way for way in ways if way))


def write_to_citizen(step: Step, letter: Letter, cause: str, *, name: str = "") -> bool:
    """Put `letter` with the step's messages; False, and noted, when there is no address to write to.

    What follows an answer is not sent to the address from which that answer came back. The letter to a
    reserved identity goes in a sealed envelope. The journal calls the letter by `name`, or by its template.
    """
    case = step.case
    template = name or letter.template
    address = sealed_email(step) if case.reserved_identity else case.citizen_email
    if not address:
        step.record_system("notice_without_address", template=template)
        return False
    if template in _AFTER_AN_ANSWER and answer_failed_at(step, address):
        step.record_system("notice_held_back", template=template)
        return False
    envelope = Envelope(
        f"{cause}/citizen", case.filing_number, address, letter, sealed=case.reserved_identity
    )
    step.envelopes.append(envelope)
    step.record_system("notice_posted", template=template, to="citizen")
    return True


def sealed_email(step: Step) -> str:
    """The address of a reserved identity, to write to; it goes into a sealed envelope and nowhere else."""
    if step.sealed_email is None:
        query = sa.select(RESERVED_IDENTITIES.c.email).where(
            RESERVED_IDENTITIES.c.petition_id == step.case.id
        )
        step.sealed_email = step.connection.scalar(query) or ""
    return step.sealed_email
