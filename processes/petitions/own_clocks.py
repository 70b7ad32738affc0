"""The clock of a task that is a duty of its own: a report to a judge, a danger; not the petition's date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import day_in_bogota
from processes.petitions.duties import CLOCKS, duty_of
from processes.petitions.duty_tables import DutyKind
from processes.petitions.legal_reading import read_reckonings
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.terms.clocks import clocks

_SOON = 5
"""From how many working days before its date a duty presses."""


@dataclass(frozen=True, slots=True)
class OwnClock:
    """What the task is, and until when; without a date it presses at once."""

    duty: DutyKind
    due_on: date | None
    due_at: datetime | None


def own_clocks(
    office: Office, connection: sa.Connection, rows: Sequence[sa.RowMapping]
) -> dict[tuple[int, int], OwnClock]:
    """The clocks of those tasks among `rows` that have one, by petition and task.

    A row has `petition_id`, `task`, `form` and `bundle`. Lists without such a task cost no statement.
    """
    duties = {
        (row["petition_id"], row["task"]): duty
        for row in rows
        if row["form"] and (duty := duty_of(office.definitions.get(row["bundle"]), row["form"])) is not None
    }
    ids = sorted({petition_id for (petition_id, _), duty in duties.items() if duty in CLOCKS})
    entity = office.entity()
    reckonings = read_reckonings(connection, ids, entity.calendar, entity.after_hours)
    running = {petition_id: clocks(reckoning) for petition_id, reckoning in reckonings.items()}
    found: dict[tuple[int, int], OwnClock] = {}
    for (petition_id, task), duty in duties.items():
        clock = running[petition_id].get(CLOCKS[duty]) if duty in CLOCKS else None
        found[petition_id, task] = OwnClock(
            duty, None if clock is None else clock.due_on, None if clock is None else clock.due_at
        )
    return found


def light_by(office: Office, due_on: date | None, due_at: datetime | None) -> Light | None:
    """The traffic light of a duty by its own date; None without one."""
    if due_on is None:
        return None
    now = office.now()
    today = day_in_bogota(now)
    if now > due_at if due_at is not None else today > due_on:
        return Light.OVERDUE
    left = office.entity().calendar.working_days_between(today, due_on)
    return Light.DUE_SOON if left <= _SOON else Light.ON_TRACK
