"""People who are kept apart from a petition, as a step notes it: no task stays with them."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.common.errors import Invalid
from processes.common.text import clean_text
from processes.directory.people import full_names
from processes.directory.tables import PEOPLE
from processes.petitions.legal_act import SHORTEST_REASON
from processes.petitions.people_tables import EXCLUSIONS, ExclusionCause
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus

_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody to be kept apart, and why."""

    username: str
    cause: ExclusionCause
    reason: str


def checked_reason(reason: str) -> str:
    """`reason` cleaned. Raises Invalid under 15 characters."""
    why = clean_text(reason, field="reason", max_length=_LONGEST_REASON)
    if len(why) < SHORTEST_REASON:
        problem = f"Escriba las razones, en al menos {SHORTEST_REASON} caracteres."
        raise Invalid(problem, {"reason": problem})
    return why


def check_people(connection: sa.Connection, usernames: Collection[str], field: str) -> None:
    """Raises Invalid, for `field`, unless each of `usernames` is somebody of the entity."""
    known = set(connection.scalars(sa.select(PEOPLE.c.username).where(PEOPLE.c.username.in_(usernames))))
    if known != set(usernames):
        problem = "Elija a la persona de la lista."
        raise Invalid(problem, {field: problem})


def keep_apart(step: Step, apart: Collection[Apart]) -> None:
    """Note in `step` that these people are apart, and let go of the tasks that they hold.

    Whoever is apart already stays so, for the first reason.
    """
    step.apart.update(each.username for each in apart)
    names = full_names(step.connection, {each.username for each in apart})
    for each in apart:
        name = names.get(each.username, each.username)
        step.record("person_excluded", username=each.username, name=name, cause=each.cause.value)
    step.later.append(lambda: _insert(step, apart))


def _insert(step: Step, apart: Collection[Apart]) -> None:
    rows = [
        {
            "petition_id": step.case.id,
            "username": each.username,
            "cause": each.cause.value,
            "reason": each.reason,
            "recorded_by": str(step.actor),
            "recorded_at": step.now,
        }
        for each in apart
    ]
    insert = insert_or(step.connection)(EXCLUSIONS)
    step.connection.execute(insert.on_conflict_do_nothing(), rows)
    held = sa.and_(
        WORK_ITEMS.c.petition_id == step.case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.assignee.in_([each.username for each in apart]),
    )
    step.connection.execute(sa.update(WORK_ITEMS).where(held).values(assignee=None))
