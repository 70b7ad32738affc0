"""The tasks of the diagram as rows: opened, dealt to departments and people, closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.common.database import insert_if_absent, typed_text
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, Lane
from processes.engine.model import OpenTask
from processes.petitions.case import Item
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus

NO_TASK = 0
_COLUMNS = (
    "petition_id",
    "task",
    "element",
    "name",
    "lane",
    "form",
    "department",
    "only_for",
    "assignee",
    "status",
    "draft",
    "created_at",
)
_OPEN = insert_if_absent(WORK_ITEMS, _COLUMNS, key=("petition_id", "task"))
_DEALT: Mapping[Lane, str] = MappingProxyType({Lane.SIGNATORY: "only_for", Lane.DEPARTMENT: "assignee"})
_CLOSING = ("closed_at", "closed_by")
_TURN = typed_text(
    f"INSERT INTO work_item ({', '.join((*_COLUMNS, *_CLOSING))}) "  # noqa: S608 - names of our own table
    f"VALUES ({', '.join(f':{name}' for name in (*_COLUMNS, *_CLOSING))}) "
    "ON CONFLICT (petition_id, task) DO UPDATE SET status = excluded.status, draft = excluded.draft, "
    "assignee = coalesce(work_item.assignee, excluded.assignee), "
    "closed_at = excluded.closed_at, closed_by = excluded.closed_by",
    *(WORK_ITEMS.c[name] for name in (*_COLUMNS, *_CLOSING)),
)
_IS_DONE = WORK_ITEMS.c.task == sa.bindparam("done")
_CLOSE = (
    sa.update(WORK_ITEMS)
    .where(
        WORK_ITEMS.c.petition_id == sa.bindparam("case_id"),
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.task.not_in(sa.bindparam("still_open", expanding=True)),
    )
    .values(
        status=sa.case((_IS_DONE, WorkItemStatus.DONE.value), else_=WorkItemStatus.CANCELLED.value),
        assignee=sa.case(
            (_IS_DONE, sa.func.coalesce(WORK_ITEMS.c.assignee, sa.bindparam("holder", type_=sa.String))),
            else_=WORK_ITEMS.c.assignee,
        ),
        closed_at=sa.bindparam("now", type_=WORK_ITEMS.c.closed_at.type),
        closed_by=sa.case((_IS_DONE, sa.bindparam("by", type_=sa.String)), else_=str(SYSTEM)),
        draft=sa.case((_IS_DONE, ""), else_=WORK_ITEMS.c.draft),
    )
)


def close_work_items(
    connection: sa.Connection,
    petition_id: int,
    still_open: Iterable[OpenTask],
    *,
    done: int,
    by: str | None,
    holder: str | None,
    now: datetime,
) -> None:
    """Mark the task `done` as such, and cancel what the diagram withdrew, in one statement.

    A free task counts as taken by `holder`.
    """
    connection.execute(
        _CLOSE,
        {
            "case_id": petition_id,
            "done": done,
            "by": by,
            "holder": holder,
            "now": now,
            "still_open": [task.key for task in still_open] or [NO_TASK],
        },
    )


def turn_work_items(
    connection: sa.Connection,
    petition_id: int,
    done: Item,
    rows: Sequence[Mapping[str, object]],
    *,
    by: str | None,
    holder: str | None,
    now: datetime,
) -> None:
    """Mark `done`, the only open task of the case, as such and open `rows`: both in one statement.

    A free task counts as taken by `holder`.
    """
    open_still = {"closed_at": None, "closed_by": None}
    completed = {
        "petition_id": petition_id,
        "task": done.task,
        "element": done.element,
        "name": done.name,
        "lane": done.lane,
        "form": done.form,
        "department": done.department,
        "only_for": done.only_for,
        "status": WorkItemStatus.DONE.value,
        "draft": "",
        "created_at": now,
        "assignee": holder,
        "closed_at": now,
        "closed_by": by,
    }
    connection.execute(_TURN, [completed, *({**row, **open_still} for row in rows)])


def open_work_items(connection: sa.Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """A work item for each ready task; those that are there already stay as they are."""
    if rows:
        connection.execute(_OPEN, rows)


def work_item_rows(
    petition_id: int,
    tasks: Iterable[OpenTask],
    *,
    department: str | None,
    now: datetime,
    deals: Mapping[Lane, Sequence[str]],
) -> list[dict[str, object]]:
    """The rows for ready tasks; those of the department's lanes belong to `department`.

    `deals` gives the last tasks of a lane, in their order, to departments (whoever is asked) or to
    people (whoever signs, and whoever goes on with what they did): the step has just opened them.
    """
    rows = [_row(petition_id, task, department, now) for task in tasks]
    for lane, chosen in deals.items():
        column = _DEALT.get(lane, "department")
        theirs = sorted((row for row in rows if row["lane"] == lane), key=lambda row: int(str(row["task"])))
        fresh = theirs[len(theirs) - len(chosen) :]
        for row, each in zip(fresh, chosen, strict=False):
            row[column] = each
    return rows


def _row(petition_id: int, task: OpenTask, department: str | None, now: datetime) -> dict[str, object]:
    return {
        "petition_id": petition_id,
        "task": task.key,
        "element": task.element,
        "name": task.name,
        "lane": task.lane,
        "form": task.form,
        "department": department if task.lane in LANES_WITHIN_A_DEPARTMENT else None,
        "only_for": None,
        "assignee": None,
        "status": WorkItemStatus.OPEN.value,
        "draft": "",
        "created_at": now,
    }
