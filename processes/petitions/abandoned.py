"""Tasks that nobody may do any more, because all who could are kept apart from the petition."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.directory.roles import LANE_ROLES, LANES_OF_ONE_DEPARTMENT, Lane
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.engine.model import Incident
from processes.petitions.access import excluded_from
from processes.petitions.people_tables import STAND_INS
from processes.petitions.tables import INCIDENTS, WORK_ITEMS, WorkItemStatus
from processes.petitions.waiting import CASE_AS_A_WHOLE, incident_row

_ELEMENT = "abandoned"


def warn_of_abandoned(connection: sa.Connection, petition_id: int, *, now: datetime) -> None:
    """An incident while a task waits for nobody: somebody must be named in the place of who is apart."""
    names = abandoned_tasks(connection, petition_id)
    if not names:
        this = sa.and_(INCIDENTS.c.petition_id == petition_id, INCIDENTS.c.element == _ELEMENT)
        connection.execute(sa.delete(INCIDENTS).where(this))
        return
    tasks = ", ".join(f"«{name}»" for name in names)
    message = (
        f"Nadie puede hacer {tasks}: quienes podrían están apartados de esta petición. Designe a un "
        "funcionario ad hoc en la página «Personas» de la petición."
    )
    incident = Incident(CASE_AS_A_WHOLE, _ELEMENT, "Caso completo", message)
    insert = insert_or(connection)(INCIDENTS)
    connection.execute(insert.on_conflict_do_nothing(), incident_row(petition_id, incident, now))


def abandoned_tasks(connection: sa.Connection, petition_id: int) -> list[str]:
    """The names of the open tasks that nobody who is still here, and is not kept apart, may do."""
    items = connection.execute(
        sa.select(WORK_ITEMS.c.name, WORK_ITEMS.c.lane, WORK_ITEMS.c.department, WORK_ITEMS.c.only_for).where(
            WORK_ITEMS.c.petition_id == petition_id, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value
        )
    ).all()
    here = sa.and_(PEOPLE.c.active, PEOPLE.c.username.not_in(excluded_from(petition_id)))
    hands = connection.execute(
        sa.select(PEOPLE.c.username, PEOPLE.c.department, PERSON_ROLES.c.role)
        .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
        .where(here)
    ).all()
    stand_ins = connection.execute(
        sa.select(STAND_INS.c.lane, STAND_INS.c.department)
        .join(PEOPLE, PEOPLE.c.username == STAND_INS.c.username)
        .where(STAND_INS.c.petition_id == petition_id, here)
    ).all()
    return [
        item.name
        for item in items
        if not any(_is_for(item, hand) for hand in hands)
        and not any(item.lane == lane and at in {None, item.department} for lane, at in stand_ins)
    ]


def _is_for(item: sa.Row[Any], hand: sa.Row[Any]) -> bool:
    if item.only_for is not None:
        return bool(hand.username == item.only_for)
    lane = Lane(item.lane)
    at_home = lane not in LANES_OF_ONE_DEPARTMENT or hand.department == item.department
    return at_home and hand.role in LANE_ROLES[lane]
