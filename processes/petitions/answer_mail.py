"""The mail that carries an answer, known by its key until it arrives or comes back."""

from processes.petitions.sent_answers import change_answer, insert_answer, last_answer
from processes.petitions.step import Step


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
