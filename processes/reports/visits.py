"""What somebody who visits a department wants to have at hand."""

import sqlalchemy as sa

from processes.common.calendar import day_in_bogota
from processes.directory.people import Person
from processes.petitions.access import not_excluded, require_role
from processes.petitions.office import Office
from processes.reports.counting import P, overdue
from processes.reports.office_tasks import OFFICE_TASK_READERS
from processes.reports.tables import OFFICE_TASKS, OfficeTaskKind

MOST_SHOWN = 50
"""Petitions that a visit lists; whoever has more to answer begins with the oldest."""


def overdue_where_visited(office: Office, person: Person, task: int) -> tuple[str, ...]:
    """The filing numbers of what is overdue today in the department of a visit, the oldest date first.

    None of those that `person` is kept apart from; none at all for another kind of task. Raises Forbidden.
    """
    require_role(person, *OFFICE_TASK_READERS)
    visited = (
        sa.select(OFFICE_TASKS.c.department)
        .where(OFFICE_TASKS.c.id == task, OFFICE_TASKS.c.kind == OfficeTaskKind.VISIT.value)
        .scalar_subquery()
    )
    query = (
        sa.select(P.filing_number)
        .where(
            P.department == visited,
            overdue(day_in_bogota(office.now())),
            not_excluded(person, *OFFICE_TASK_READERS),
        )
        .order_by(P.due_on, P.filing_number)
        .limit(MOST_SHOWN)
    )
    with office.read() as connection:
        return tuple(connection.scalars(query))
