"""A petition that passes to another department: its tasks go with it, drafts and all, and its date stays."""

import sqlalchemy as sa

from processes.common.errors import Invalid
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus


def choose_department(step: Step, code: str) -> None:
    """Put the petition with the department `code`. Raises Invalid for an unknown one, or the same."""
    if code not in step.department_names:
        problem = "Elija una dependencia de la lista."
        raise Invalid(problem, {"department": problem})
    if code == step.case.department:
        problem = "La petición ya está en esa dependencia."
        raise Invalid(problem, {"department": problem})
    step.changes |= {"department": code, "assigned_at": step.now}
    if step.case.status is PetitionStatus.IN_PROGRESS:
        step.changes["status"] = PetitionStatus.ASSIGNED.value


def hand_over_tasks(step: Step) -> None:
    """The open tasks of the department, free for whoever takes them there; what was drafted stays."""
    step.connection.execute(
        sa.update(WORK_ITEMS)
        .where(
            WORK_ITEMS.c.petition_id == step.case.id,
            WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
            WORK_ITEMS.c.lane.in_(LANES_WITHIN_A_DEPARTMENT),
        )
        .values(department=step.department, assignee=None)
    )
