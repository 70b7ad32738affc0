"""«Ninguna petición perdida»: the nightly proof that every open petition waits for somebody or something."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act, record_office_act
from processes.common.errors import Conflict
from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.roles import LANE_ROLES, LANES_OF_ONE_DEPARTMENT, Lane, Role
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.access import excluded_from
from processes.petitions.incidents import record_failure
from processes.petitions.letter_waits import long_waits
from processes.petitions.office import Office
from processes.petitions.people_tables import STAND_INS
from processes.petitions.reserved_letters import NOBODY_KEEPS_IT
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
_TASKS = (
    sa.select(
        _P.filing_number, WORK_ITEMS.c.name, WORK_ITEMS.c.lane, WORK_ITEMS.c.department, WORK_ITEMS.c.only_for
    )
    .join(PETITIONS, _P.id == WORK_ITEMS.c.petition_id)
    .where(
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        sa.not_(sa.exists().where(INCIDENTS.c.petition_id == _P.id)),
        sa.not_(sa.exists().where(STAND_INS.c.petition_id == _P.id, STAND_INS.c.lane == WORK_ITEMS.c.lane)),
    )
    .order_by(_P.filing_number, WORK_ITEMS.c.task)
)
_HANDS = (
    sa.select(PEOPLE.c.username, PEOPLE.c.department, PERSON_ROLES.c.role)
    .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
    .where(PEOPLE.c.active)
)


_CUSTODIANS = (
    sa.select(PEOPLE.c.username)
    .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
    .where(
        PEOPLE.c.active,
        PEOPLE.c.email != "",
        PERSON_ROLES.c.role == Role.IDENTITY_CUSTODIAN.value,
        PEOPLE.c.username.not_in(excluded_from(_P.id)),
    )
)
_UNKEPT = (
    sa.select(_P.filing_number)
    .where(
        _OPEN,
        _P.reserved_identity,
        sa.exists().where(
            MESSAGES.c.stream == _P.filing_number, MESSAGES.c.status == MessageStatus.AT_DESK.value
        ),
        sa.not_(sa.exists(_CUSTODIANS)),
        sa.not_(sa.exists().where(INCIDENTS.c.petition_id == _P.id)),
    )
    .order_by(_P.filing_number)
)
"""The open petitions of reserved identity with a letter that no custodian may hand over."""


class Lost(Exception):
    """A petition that waits for nobody and nothing."""


class NobodysTask(Conflict):
    """A petition that waits for somebody whom the entity does not have."""

    def __init__(self, names: list[str]) -> None:
        tasks = ", ".join(f"«{name}»" for name in names)
        super().__init__(
            f"Nadie de la entidad tiene el cargo que hace {tasks} en la dependencia que la tiene. Nombre a "
            "quien la haga, o reasigne la petición, y reintente."
        )


class NobodysLetter(Conflict):
    """A letter of a reserved identity that nobody of the entity may hand over."""

    def __init__(self) -> None:
        super().__init__(NOBODY_KEEPS_IT)


@dataclass(frozen=True, slots=True)
class LostCheck:
    """How many petitions are open, and the numbers of those that nobody would ever see again.

    `letters` are the numbers of the petitions, ended ones too, a letter of which waits too long at the desk.
    """

    open: int
    lost: tuple[str, ...]
    letters: tuple[str, ...] = ()


def check_none_lost(office: Office) -> LostCheck:
    """Look at every open petition: each has a task, an alert with a date, or an incident.

    One that has none gets an incident, so that an administrator sees it, and so does one whose task is
    of a role that nobody has where it lies, or whose letter on paper nobody may hand over. The figure is
    kept in the office's journal, with the petitions whose letters wait too long at the desk.
    """
    with office.read() as connection:
        letters = tuple(each.filing_number for each in long_waits(office, connection))
        found = LostCheck(connection.scalar(_COUNT) or 0, tuple(connection.scalars(_LOST)), letters)
        unkept = tuple(connection.scalars(_UNKEPT))
        nobodys: dict[str, list[str]] = defaultdict(list)
        for filing_number, name in _nobodys_tasks(connection):
            nobodys[filing_number].append(name)
    for filing_number in found.lost:
        record_failure(office, filing_number, Lost())
    for filing_number, names in nobodys.items():
        record_failure(office, filing_number, NobodysTask(names))
    for filing_number in unkept:
        record_failure(office, filing_number, NobodysLetter())
    figure = {"open": found.open, "lost": list(found.lost), "letters": list(found.letters)}
    act = Act(CHECKED, SYSTEM, figure)
    with office.write() as connection:
        record_office_act(connection, act, at=office.now())
    return found


def _nobodys_tasks(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Number and name of each open task that nobody who is still here has the role for.

    Whether they are kept apart from the petition is seen when it happens: `abandoned.py`.
    """
    hands = connection.execute(_HANDS).all()
    usernames = {hand.username for hand in hands}
    anywhere = {hand.role for hand in hands}
    at_home = {(hand.role, hand.department) for hand in hands}
    for task in connection.execute(_TASKS):
        lane = Lane(task.lane)
        if task.only_for is not None:
            done = task.only_for in usernames
        elif lane in LANES_OF_ONE_DEPARTMENT:
            done = any((role, task.department) in at_home for role in LANE_ROLES[lane])
        else:
            done = not anywhere.isdisjoint(LANE_ROLES[lane])
        if not done:
            yield task.filing_number, task.name
