"""Files of a task: what leaves with the answer is the citizen's to see, and nothing else is."""

import sqlalchemy as sa

from processes.petitions.attachments import attachment_rows
from processes.petitions.step import Step
from processes.petitions.tables import ATTACHMENTS

OUTGOING, DRAFT, INTERNAL = "outgoing", "draft", "internal"
"""Left with an answer; will leave with the one that is being drafted; stays in the house."""

_ANSWER_COLUMN = "answer_text"
_OF_DIRECTION = (
    ATTACHMENTS.c.petition_id == sa.bindparam("case_id"),
    ATTACHMENTS.c.direction == sa.bindparam("was"),
)
_TURN = sa.update(ATTACHMENTS).where(*_OF_DIRECTION)
_NAMES = sa.select(ATTACHMENTS.c.name).where(*_OF_DIRECTION).order_by(ATTACHMENTS.c.seq)


def keep_task_files(step: Step) -> None:
    """Keep the files that came with the step's task; those of a new draft replace the earlier draft's."""
    if not step.files:
        return
    direction = _direction(step)
    if direction == DRAFT and step.case.attachments:
        _turn(step, DRAFT, INTERNAL)
    rows = attachment_rows(
        step.files,
        petition_id=step.case.id,
        after=step.case.attachments,
        direction=direction,
        actor=step.actor,
        now=step.now,
    )
    step.connection.execute(sa.insert(ATTACHMENTS), rows)


def let_files_leave(step: Step) -> None:
    """What was attached to the draft leaves with the answer, once the step is written."""
    if step.case.attachments:
        step.later.append(lambda: _turn(step, DRAFT, OUTGOING))


def names_of_files(step: Step) -> tuple[str, ...]:
    """Names of the files of the answer: of the one that leaves in this step, or of what has left."""
    leaving = step.answer is not None
    names: list[str] = []
    if step.case.attachments:
        values = {"case_id": step.case.id, "was": DRAFT if leaving else OUTGOING}
        names.extend(step.connection.scalars(_NAMES, values))
    if leaving:
        names.extend(file.name for file in step.files)
    return tuple(names)


def _direction(step: Step) -> str:
    if step.answer is not None:
        return OUTGOING
    return DRAFT if _ANSWER_COLUMN in step.changes else INTERNAL


def _turn(step: Step, was: str, direction: str) -> None:
    step.connection.execute(_TURN, {"case_id": step.case.id, "was": was, "direction": direction})
