"""Letters to the citizen of a petition: who writes, and by mail or on paper."""

from dataclasses import replace

import sqlalchemy as sa

from notifications.messages import Acknowledgement, Letter, Letterhead
from notifications.notices import CitizenNotice, CitizenNoticeOf
from processes.common.outbox import ON_PAPER, Envelope, MessageChannel
from processes.petitions.answer_mail import answer_failed_at
from processes.petitions.letterheads import letterhead_of
from processes.petitions.reserved_letters import tell_custodians
from processes.petitions.sent_answers import last_answer
from processes.petitions.step import Step
from processes.petitions.tables import RESERVED_IDENTITIES, Channel

RECEIPT_FORM = "forms/receipt.json"
"""The form of a task of the diagram by which the front desk hands over the receipt itself."""

_ON_THEIR_SCREEN = frozenset({Channel.WEB, Channel.API})
_AFTER_AN_ANSWER = frozenset(
    {CitizenNoticeOf.ANSWER_PUBLISHED, CitizenNoticeOf.SURVEY, CitizenNoticeOf.SURVEY_REMINDER}
)


def letterhead(step: Step) -> Letterhead:
    """The entity, and how to reach it."""
    return letterhead_of(step.entity)


def write_to_citizen(step: Step, letter: Letter, cause: str, *, name: str = "") -> bool:
    """Put `letter` with the step's messages; False, and noted, when it does not leave by mail.

    Without an address of mail it goes on paper, by the front desk. What follows an answer is not sent to
    the address from which that answer came back. The letter to a reserved identity goes in a sealed
    envelope. The journal calls the letter by `name`, or by its template.
    """
    case = step.case
    template = name or letter.template
    address = _address(step)
    if not address:
        _write_on_paper(step, letter, cause, template)
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


def has_mail(step: Step) -> bool:
    """Whether the citizen can be written to by mail."""
    return bool(_address(step))


def _address(step: Step) -> str:
    return sealed_email(step) if step.case.reserved_identity else step.case.citizen_email


def _write_on_paper(step: Step, letter: Letter, cause: str, template: str) -> None:
    """Leave the letter with the front desk, or with the custodian of a reserved identity, who is told.

    Not when it would tell nobody, or nothing new.
    """
    why = _why_not_on_paper(step, template)
    if why:
        step.record_system(why, template=template)
        return
    if isinstance(letter, CitizenNotice) and has_their_code(step.case.channel):
        letter = replace(letter, tracking_code="")
    envelope = Envelope(
        f"{cause}/citizen", step.case.filing_number, ON_PAPER, letter, channel=MessageChannel.PAPER
    )
    step.envelopes.append(envelope)
    reserved = {"reserved": True} if step.case.reserved_identity else {}
    step.record_system("notice_on_paper", template=template, **reserved)
    if reserved:
        tell_custodians(step, cause)


def _why_not_on_paper(step: Step, template: str) -> str:
    """The act of the journal that says why nothing goes on paper; empty when it goes."""
    if step.case.anonymous:
        return "notice_without_address"
    if template == Acknowledgement.template and has_their_code(step.case.channel):
        return "notice_on_screen"
    if template == Acknowledgement.template and _is_handed_over_by_a_task(step):
        return "notice_as_task"
    if template == CitizenNoticeOf.ANSWER_BY_LETTER:
        return "notice_with_answer"
    if template in _AFTER_AN_ANSWER and _answer_came_back(step):
        return "notice_held_back"
    return ""


def has_their_code(channel: Channel) -> bool:
    """Whether who filed by `channel` took number and code from their own screen: nobody else prints them."""
    return channel in _ON_THEIR_SCREEN


def _is_handed_over_by_a_task(step: Step) -> bool:
    """Whether the desk has a task for it. The code of a reserved identity is not the desk's to hand over."""
    return RECEIPT_FORM in step.opened_forms and not step.case.reserved_identity


def _answer_came_back(step: Step) -> bool:
    answer = last_answer(step.connection, step.case.id)
    return answer is not None and answer.is_back


def sealed_email(step: Step) -> str:
    """The address of a reserved identity, to write to; it goes into a sealed envelope and nowhere else."""
    if step.sealed_email is None:
        query = sa.select(RESERVED_IDENTITIES.c.email).where(
            RESERVED_IDENTITIES.c.petition_id == step.case.id
        )
        step.sealed_email = step.connection.scalar(query) or ""
    return step.sealed_email
