"""Who in the office is told that dates moved: one letter a person and change, however many petitions."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from notifications.messages import CalendarChanged
from processes.common.audit import OFFICE
from processes.common.outbox import Envelope, post
from processes.directory.people import Contact, contact, contacts_with_role
from processes.directory.roles import Role
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.recalculation_writing import Occasion

_MINE = "a su cargo"
_DEPARTMENTS = "de su dependencia"
_ALL = "de la entidad"


def tell_the_office(
    connection: sa.Connection, occasion: Occasion, public_url: str, *, not_before: datetime | None
) -> int:
    """Write to those who hold a moved petition, to their chiefs and to the head of citizen service.

    Gives how many dates moved. Nobody gets two letters: the widest scope of a person is told.
    """
    moved = MOVED_DATES.c
    query = sa.select(moved.holder, moved.department, sa.func.count()).where(
        moved.version == occasion.version
    )
    groups = connection.execute(query.group_by(moved.holder, moved.department)).tuples().all()
    holders: Counter[str] = Counter()
    departments: Counter[str] = Counter()
    for holder, department, count in groups:
        if holder is not None:
            holders[holder] += count
        if department is not None:
            departments[department] += count
    total: int = sum(count for _, _, count in groups)
    letters: dict[str, tuple[Contact, int, str]] = {}
    for person, count, scope in _addressees(connection, holders, departments, total):
        letters[person.username] = (person, count, scope)
    envelopes = [
        Envelope(
            f"calendar/{occasion.version}/{username}",
            OFFICE,
            person.email,
            CalendarChanged(
                letterhead=occasion.letterhead,
                moved=count,
                scope=scope,
                changes=occasion.changes,
                url=f"{public_url}/bandeja",
            ),
            not_before=not_before,
        )
        for username, (person, count, scope) in sorted(letters.items())
    ]
    post(connection, envelopes, now=occasion.now)
    return total


def _addressees(
    connection: sa.Connection, holders: Counter[str], departments: Counter[str], total: int
) -> Iterator[tuple[Contact, int, str]]:
    """The narrowest scope first, so that a wider one takes its place."""
    for username, count in holders.items():
        person = contact(connection, username)
        if person is not None:
            yield person, count, _MINE
    for department, count in departments.items():
        for person in contacts_with_role(connection, Role.DEPARTMENT_HEAD, department=department):
            yield person, count, _DEPARTMENTS
    if total:
        for person in contacts_with_role(connection, Role.CITIZEN_SERVICE_HEAD):
            yield person, total, _ALL
