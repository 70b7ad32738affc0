"""Tasks that nobody may do: no one has the role, all are apart, or had a hand in what they would verify."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.directory.roles import LANE_ROLES, LANES_OF_ONE_DEPARTMENT, LANES_WITHIN_A_DEPARTMENT, Lane
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.engine.definition import Definition
from processes.engine.model import Advance, Incident, OpenTask
from processes.petitions.access import excluded_from
from processes.petitions.people_tables import STAND_INS
from processes.petitions.step import Step
from processes.petitions.tables import INCIDENTS, WORK_ITEMS, WorkItemStatus
from processes.petitions.task_access import barred_by, hands_in_the_answer
from processes.petitions.waiting import CASE_AS_A_WHOLE, incident_row

_ELEMENT = "abandoned"
_OPEN_ITEMS = sa.select(
    WORK_ITEMS.c.name, WORK_ITEMS.c.lane, WORK_ITEMS.c.form, WORK_ITEMS.c.department, WORK_ITEMS.c.only_for
).where(
    WORK_ITEMS.c.petition_id == sa.bindparam("petition_id"),
    WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
)
_THIS: sa.BindParameter[int] = sa.bindparam("petition_id", type_=sa.Integer)
_HERE = sa.and_(PEOPLE.c.active, PEOPLE.c.username.not_in(excluded_from(_THIS)))
_HANDS = (
    sa.select(PEOPLE.c.username, PEOPLE.c.department, PERSON_ROLES.c.role)
    .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
    .where(_HERE)
)
_STAND_INS = (
    sa.select(STAND_INS.c.username, STAND_INS.c.lane, STAND_INS.c.department)
    .join(PEOPLE, PEOPLE.c.username == STAND_INS.c.username)
    .where(STAND_INS.c.petition_id == _THIS, _HERE)
)
_NOT_ABANDONED = sa.delete(INCIDENTS).where(
    INCIDENTS.c.petition_id == sa.bindparam("case_id"), INCIDENTS.c.element == _ELEMENT
)


def warn_if_abandoned(definition: Definition, step: Step, advance: Advance) -> None:
    """The same once `step` is written, where it may be so; the usual step costs nothing."""
    opened = {task.form for task in advance.open_tasks if task.form}
    barred = any(barred_by(definition.forms[form]) for form in opened)
    apart = step.case.somebody_is_apart or step.apart
    if apart or barred or any(_has_nobody(step, task) for task in advance.open_tasks):
        author = step.changes.get("author", step.case.author)
        warn_of_abandoned(step.connection, definition, step.case.id, str(author or ""), now=step.now)


def _has_nobody(step: Step, task: OpenTask) -> bool:
    """Whether the entity has nobody for the lane of the task, as far as is known without asking again."""
    lane = Lane(task.lane)
    department = step.department if lane in LANES_WITHIN_A_DEPARTMENT else None
    return step.entity.has_nobody(LANE_ROLES[lane], department)


def warn_of_abandoned(
    connection: sa.Connection, definition: Definition, petition_id: int, author: str | None, *, now: datetime
) -> None:
    """An incident while a task waits for nobody: somebody must be named in the place of another."""
    names = abandoned_tasks(connection, definition, petition_id, author)
    if not names:
        connection.execute(_NOT_ABANDONED, {"case_id": petition_id})
        return
    tasks = ", ".join(f"«{name}»" for name in names)
    message = (
        f"Nadie puede hacer {tasks}: no hay una persona activa con ese cargo, o quienes podrían están "
        "apartados de esta petición, o escribieron o firmaron lo que se verifica. Nombre a quien la haga, o "
        "designe a un funcionario ad hoc en la página «Personas» de la petición."
    )
    incident = Incident(CASE_AS_A_WHOLE, _ELEMENT, "Caso completo", message)
    insert = insert_or(connection)(INCIDENTS)
    connection.execute(insert.on_conflict_do_nothing(), incident_row(petition_id, incident, now))


def abandoned_tasks(
    connection: sa.Connection, definition: Definition, petition_id: int, author: str | None
) -> list[str]:
    """The names of the open tasks that nobody who is still here, and is not kept apart, may do."""
    this = {"petition_id": petition_id}
    items = connection.execute(_OPEN_ITEMS, this).all()
    hands = connection.execute(_HANDS, this).all()
    stand_ins = connection.execute(_STAND_INS, this).all()
    abandoned: list[str] = []
    for item in items:
        barred = barred_by(definition.forms.get(item.form)) if item.form else frozenset[str]()
        out = hands_in_the_answer(connection, petition_id, author, barred)
        theirs = {hand.username for hand in hands if _is_for(item, hand)} | {
            each.username
            for each in stand_ins
            if each.lane == item.lane and each.department in {None, item.department}
        }
        if not theirs - out:
            abandoned.append(item.name)
    return abandoned


def _is_for(item: sa.Row[Any], hand: sa.Row[Any]) -> bool:
    if item.only_for is not None:
        return bool(hand.username == item.only_for)
    lane = Lane(item.lane)
    at_home = lane not in LANES_OF_ONE_DEPARTMENT or hand.department == item.department
    return at_home and hand.role in LANE_ROLES[lane]
