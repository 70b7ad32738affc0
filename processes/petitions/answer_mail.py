"""The mail that carries an answer, known by its key until it arrives or comes back."""

import sqlalchemy as sa

from notifications.messages import Answer
from processes.common.outbox import MESSAGES, SEALED_RECIPIENTS, MessageStatus
from processes.petitions.sent_answers import change_answer, insert_answer, last_answer
from processes.petitions.step import Step

_LAST_MAIL_TO = (
    sa.select(MESSAGES.c.status, MESSAGES.c.sent_at)
    .outerjoin(SEALED_RECIPIENTS, SEALED_RECIPIENTS.c.key == MESSAGES.c.key)
    .where(
        MESSAGES.c.stream == sa.bindparam("filing_number"),
        MESSAGES.c.template == Answer.template,
        sa.func.coalesce(SEALED_RECIPIENTS.c.address, MESSAGES.c.recipient) == sa.bindparam("address"),
    )
    .order_by(MESSAGES.c.id.desc())
    .limit(1)
)


def add_answer(step: Step) -> None:
    """Keep the answer that leaves in this step, with its mail if there is one."""
    if step.answer is not None:
        insert_answer(step.connection, step.answer)


def follow_answer(step: Step, message_key: str) -> None:
    """The message of that key carries the answer: what becomes of it is what becomes of the answer."""
    if step.answer is not None:
        step.answer = {**step.answer, "notice_key": message_key}
        return
    last = last_answer(step.connection, step.case.id)
    if last is not None:
        step.later.append(
            lambda: change_answer(step.connection, step.case.id, last.seq, notice_key=message_key)
        )


def answer_failed_at(step: Step, address: str) -> bool:
    """Whether the last answer that was mailed to `address` came back: what is mailed there reaches nobody."""
    keys = {"filing_number": step.case.filing_number, "address": address}
    mail = step.connection.execute(_LAST_MAIL_TO, keys).one_or_none()
    if mail is None or mail.status == MessageStatus.GIVEN_UP.value:
        return mail is not None
    answer = last_answer(step.connection, step.case.id)
    came_back = None if answer is None else answer.returned_at
    return came_back is not None and mail.sent_at is not None and came_back >= mail.sent_at
