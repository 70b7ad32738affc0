"""Who in the office is told that dates moved: one letter a person and change, however many petitions."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from notifications.messages import CalendarChanged
from processes.common.audit import OFFICE
from processes.common.outbox import post
from processes.directory.addressees import Addressees
from processes.directory.people import Contact
from processes.directory.people_mail import to_person
from processes.directory.roles import Role
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.recalculation_writing import Occasion

_MINE = "a su cargo"
_DEPARTMENTS = "de su dependencia"
_ALL = "de la entidad"


def tell_the_office(
    addressees: Addressees, occasion: Occasion, public_url: str, *, not_before: datetime | None
) -> int:
    """Write to those who hold a moved petition, to their chiefs and to the head of citizen service.

    Gives how many dates moved. Nobody gets two letters: the widest scope of a person is told.
    """
    connection, moved = addressees.connection, MOVED_DATES.c
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
    for person, count, scope in _people(addressees, holders, departments, total):
        if person.username not in letters or count >= letters[person.username][1]:
            letters[person.username] = (person, count, scope)
    envelopes = [
        to_person(
            person,
            CalendarChanged(
                letterhead=occasion.letterhead,
                moved=count,
                scope=scope,
                changes=occasion.changes,
                url=f"{public_url}/bandeja",
            ),
            cause=f"calendar/{occasion.version}",
            stream=OFFICE,
            not_before=not_before,
        )
        for _, (person, count, scope) in sorted(letters.items())
    ]
    post(connection, envelopes, now=occasion.now)
    return total


def _people(
    addressees: Addressees, holders: Counter[str], departments: Counter[str], total: int
) -> Iterator[tuple[Contact, int, str]]:
    """The narrowest scope first, so that a wider one takes its place."""
    for username, count in holders.items():
        for person in addressees.called(username):
            yield person, count, _MINE
    for department, count in departments.items():
        for person in addressees.with_role(Role.DEPARTMENT_HEAD, department=department):
            yield person, count, _DEPARTMENTS
    if total:
        for person in addressees.with_role(Role.CITIZEN_SERVICE_HEAD):
            yield person, total, _ALL
