"""The open petitions whose date is near or past, with who answers for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from processes.common.calendar import day_in_bogota
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, Role
from processes.petitions.lights import Light, standing_of
from processes.petitions.office import Office
from processes.petitions.status import ENDED, PetitionStatus, TermState
from processes.petitions.tables import PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.terms.kinds import PetitionKind

_P = PETITIONS.c
_HORIZON = timedelta(days=45)
_ANSWERS_FOR = sa.and_(
    WORK_ITEMS.c.petition_id == _P.id,
    WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
    WORK_ITEMS.c.lane.in_([lane.value for lane in LANES_WITHIN_A_DEPARTMENT]),
)
_HOLDER = sa.select(sa.func.min(WORK_ITEMS.c.assignee)).where(_ANSWERS_FOR).scalar_subquery()
_OPEN = (
    sa.select(
        _P.id,
        _P.filing_number,
        _P.kind,
        _P.status,
        _P.term_state,
        _P.due_on,
        _P.department,
        _HOLDER.label("holder"),
    )
    .where(
        _P.sent_at.is_(None),
        _P.status.not_in([status.value for status in ENDED]),
        _P.term_state != TermState.SUSPENDED.value,
        _P.due_on <= sa.bindparam("horizon", type_=_P.due_on.type),
    )
    .order_by(_P.due_on, _P.id)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An open petition that is overdue or due soon. `holder` took a task of its department, or is None.

    What is owed aside from the answer has its `label`, the `roles` whose it is, and the `page` where it is
    done when that is not the petition's; one that `waits` has no date and presses at once, since `due_on`.
    """

    petition_id: int
    filing_number: str
    kind: PetitionKind
    due_on: date
    light: Light
    department: str | None
    holder: str | None
    label: str = ""
    roles: frozenset[Role] = frozenset()
    waits: bool = False
    page: str = ""


def near_or_past(office: Office, connection: sa.Connection) -> Iterator[Standing]:
    """The open petitions that are due soon or overdue today, the oldest date first."""
    today = day_in_bogota(office.now())
    for row in connection.execute(_OPEN, {"horizon": today + _HORIZON}).mappings():
        light = standing_of(office, row, PetitionStatus(row["status"])).light
        if light is Light.DUE_SOON or light is Light.OVERDUE:
            yield _standing(row, light)


def due_until(office: Office, connection: sa.Connection, last: date) -> Iterator[Standing]:
    """The open petitions whose date is `last` or before, the oldest date first."""
    today = day_in_bogota(office.now())
    for row in connection.execute(_OPEN, {"horizon": last}).mappings():
        yield _standing(row, Light.OVERDUE if row["due_on"] < today else Light.DUE_SOON)


def _standing(row: sa.RowMapping, light: Light) -> Standing:
    return Standing(
        petition_id=row["id"],
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        due_on=row["due_on"],
        light=light,
        department=row["department"],
        holder=row["holder"],
    )
