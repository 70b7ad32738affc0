"""A draft that comes back, from its review or from those who help: work again, of whoever did it before."""

import sqlalchemy as sa

from processes.directory.people import full_names
from processes.directory.roles import LANE_ROLES, Lane
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.engine.model import Advance
from processes.petitions.access import excluded_from
from processes.petitions.status import ENDED, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus

_KNOWN = sa.select(WORK_ITEMS.c.task).where(
    WORK_ITEMS.c.petition_id == sa.bindparam("case_id"), WORK_ITEMS.c.task == sa.bindparam("task")
)


def take_up_again(step: Step, advance: Advance) -> None:
    """Where the department writes again nobody waits for a signature, and its new task has its person.

    The task stays free when whoever did the last one is no longer there for it (`drafter_of`).
    """
    drafts = [task for task in advance.open_tasks if task.lane == Lane.DEPARTMENT]
    if not drafts or step.case.department is None or step.case.status in ENDED:
        return  # a petition that goes on after its end has its own tasks back
    if step.status is PetitionStatus.AWAITING_SIGNATURE:
        step.move_to(PetitionStatus.IN_PROGRESS)
    newest = max(drafts, key=lambda task: task.key)
    if newest.key in step.case.open_tasks:
        return
    if step.connection.execute(_KNOWN, {"case_id": step.case.id, "task": newest.key}).first() is not None:
        return
    username = drafter_of(step)
    if username is not None:
        step.deals[Lane.DEPARTMENT] = (username,)
        name = full_names(step.connection, {username})[username]
        step.record_system("task_came_back", task=newest.key, name=newest.name, to=name)


def drafter_of(step: Step) -> str | None:
    """Whose the last task of the petition's department was, while they are of it and not kept apart.

    What was done in somebody's place was theirs.
    """
    roles = sa.select(PERSON_ROLES.c.person_id).where(
        PERSON_ROLES.c.role.in_([role.value for role in LANE_ROLES[Lane.DEPARTMENT]])
    )
    query = (
        sa.select(
            WORK_ITEMS.c.assignee,
            sa.and_(
                PEOPLE.c.active,
                PEOPLE.c.department == WORK_ITEMS.c.department,
                PEOPLE.c.id.in_(roles),
                PEOPLE.c.username.not_in(excluded_from(step.case.id)),
            ).label("is_there"),
        )
        .join(PEOPLE, PEOPLE.c.username == WORK_ITEMS.c.assignee)
        .where(
            WORK_ITEMS.c.petition_id == step.case.id,
            WORK_ITEMS.c.lane == Lane.DEPARTMENT.value,
            WORK_ITEMS.c.department == step.department,
            WORK_ITEMS.c.status == WorkItemStatus.DONE.value,
        )
        .order_by(WORK_ITEMS.c.task.desc())
        .limit(1)
    )
    last = step.connection.execute(query).one_or_none()
    return last.assignee if last is not None and last.is_there else None
