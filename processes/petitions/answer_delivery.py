"""Whether the mail that carried an answer arrived: noted from the outbox, and told to the case."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from processes.common.audit import CLOCK
from processes.common.errors import OfficeError, Unavailable
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.answer_tables import SENT_ANSWERS, DeliveredHow
from processes.petitions.beside import write_beside
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.duties import end_duty
from processes.petitions.duty_tables import DutyKind
from processes.petitions.intents_delivery import hand_over_answer, take_back
from processes.petitions.office import Office
from processes.petitions.sent_answers import SentAnswer, last_answer, read_answers
from processes.petitions.signals import Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import PETITIONS
from processes.petitions.telling import tell_case
from processes.terms.effects import ANSWERS
from processes.terms.events import LegalEvent, LegalEventKind

_log = structlog.get_logger(__name__)
ARRIVED_OR_BACK = (
    sa.select(PETITIONS.c.filing_number, SENT_ANSWERS.c.seq)
    .join(SENT_ANSWERS, SENT_ANSWERS.c.petition_id == PETITIONS.c.id)
    .join(MESSAGES, MESSAGES.c.key == SENT_ANSWERS.c.notice_key)
    .where(
        SENT_ANSWERS.c.notice_key.is_not(None),
        MESSAGES.c.status.in_([MessageStatus.SENT.value, MessageStatus.GIVEN_UP.value]),
    )
)
"""The answers whose mail is settled and not noted yet, by the index of those that travel."""

_MESSAGE = sa.select(MESSAGES.c.status, MESSAGES.c.sent_at).where(
    MESSAGES.c.key == sa.bindparam("message_key")
)


def record_deliveries(office: Office) -> int:
    """Note each answer whose mail was accepted or given up, and tell its case; how many.

    A sweep that runs twice or at once changes nothing: an answer whose mail is settled waits for no
    message any more. One that cannot be noted holds up no other.
    """
    with office.read() as connection:
        # Sorted here: for an order SQLite would walk every answer instead of those that travel.
        settled = sorted((number, seq) for number, seq in connection.execute(ARRIVED_OR_BACK).tuples())
    noted = sum(_note_or_log(office, number, seq) for number, seq in settled)
    if noted:
        office.after_commit()
    return noted


def signal_of_act(step: Step, event: LegalEvent) -> Signal | None:
    """Note a legal act about the delivery of the answer; the signal that its case is told.

    The front desk learns later of a returned letter or mail (`notice_returned` of the answer), or that
    it was notified.
    """
    if event.of not in ANSWERS:
        return None
    answer = last_answer(step.connection, step.case.id)
    if answer is None:
        return None
    if event.kind is LegalEventKind.NOTICE_RETURNED:
        take_back(step, answer)
        return Signal.ANSWER_RETURNED
    if event.kind is LegalEventKind.NOTIFIED and answer.delivered_at is None:
        hand_over_answer(step, answer, DeliveredHow.IN_PERSON, at=event.at, to="")
        return Signal.ANSWER_DELIVERED
    return None


def deliver_what_came_back(office: Office, step: Step, how: DeliveredHow, *, note: str) -> None:
    """Write that the answer that came back was delivered now, which ends the duty to deliver it.

    Without one that is still back only the duty ends. Raises StaleCase when another act came first.
    """
    answers = read_answers(step.connection, step.case.id)
    back = next((each for each in reversed(answers) if each.is_back), None)
    if back is None:
        end_duty(step, DutyKind.RETURNED_ANSWER, note=note)
        write_beside(step)
        return
    hand_over_answer(step, back, how, at=step.now, to="", note=note)
    _write(office, step, Signal.ANSWER_DELIVERED, last=back is answers[-1])


def _note_or_log(office: Office, filing_number: str, seq: int) -> bool:
    try:
        return _note(office, filing_number, seq)
    except Unavailable:
        raise
    except OfficeError:
        _log.exception("delivery_not_noted", petition=filing_number)
        return False


def _note(office: Office, filing_number: str, seq: int) -> bool:
    def act(connection: sa.Connection) -> bool:
        case = read_case(connection, filing_number)
        answers = read_answers(connection, case.id)
        answer = next(each for each in answers if each.seq == seq)
        if answer.notice_key is None:
            return False  # another sweep was quicker
        message = connection.execute(_MESSAGE, {"message_key": answer.notice_key}).one()
        if message.status == MessageStatus.PENDING.value:
            return False  # somebody lets it be sent again
        step = Step(connection, case, office.entity(), office.settings.public_url, CLOCK, office.now())
        signal = _write_down(step, answer, message.sent_at)
        _write(office, step, signal, last=answer is answers[-1])
        return True

    return in_one_transaction(office, act)


def _write(office: Office, step: Step, signal: Signal, *, last: bool) -> None:
    """Write the step; the case is told while it goes on, and only of its last answer."""
    if not last:
        step.changes.clear()  # where the petition stands is its last answer's to say
    if step.case.status in ENDED or not last:
        write_beside(step)
    else:
        tell_case(office, step, signal)


def _write_down(step: Step, answer: SentAnswer, accepted_at: datetime | None) -> Signal:
    """What became of the mail: accepted then, or given up."""
    if accepted_at is None:
        take_back(step, answer)
        return Signal.ANSWER_RETURNED
    hand_over_answer(step, answer, DeliveredHow.EMAIL, at=accepted_at, to="")
    return Signal.ANSWER_DELIVERED
