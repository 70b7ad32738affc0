"""«Ninguna petición perdida»: the nightly proof that every open petition waits for somebody or something."""

from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act, record_office_act
from processes.petitions.incidents import record_failure
from processes.petitions.office import Office
from processes.petitions.status import ENDED
from processes.petitions.tables import ALERTS, INCIDENTS, PETITIONS, WORK_ITEMS, WorkItemStatus

CHECKED = "none_lost_checked"
"""The act of the office's journal that keeps the figure."""

_P = PETITIONS.c
_OPEN = _P.status.not_in([status.value for status in ENDED])
_WAITS = sa.or_(
    sa.exists().where(WORK_ITEMS.c.petition_id == _P.id, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value),
    sa.exists().where(ALERTS.c.petition_id == _P.id, ALERTS.c.due_at.is_not(None)),
    sa.exists().where(INCIDENTS.c.petition_id == _P.id),
)
_COUNT = sa.select(sa.func.count()).select_from(PETITIONS).where(_OPEN)
_LOST = sa.select(_P.filing_number).where(_OPEN, sa.not_(_WAITS)).order_by(_P.filing_number)


class Lost(Exception):
    """A petition that waits for nobody and nothing."""


@dataclass(frozen=True, slots=True)
class LostCheck:
    """How many petitions are open, and the numbers of those that nobody would ever see again."""

    open: int
    lost: tuple[str, ...]


def check_none_lost(office: Office) -> LostCheck:
    """Look at every open petition: each has a task, an alert with a date, or an incident.

    One that has none gets an incident, so that an administrator sees it; the figure is kept in the
    office's journal.
    """
    with office.read() as connection:
        found = LostCheck(connection.scalar(_COUNT) or 0, tuple(connection.scalars(_LOST)))
    for filing_number in found.lost:
        record_failure(office, filing_number, Lost())
    act = Act(CHECKED, SYSTEM, {"open": found.open, "lost": list(found.lost)})
    with office.write() as connection:
        record_office_act(connection, act, at=office.now())
    return found
