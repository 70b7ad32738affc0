"""Who in the office is told that dates moved: one letter a person and change, however many petitions."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from notifications.letters_of_time import ReservedLetters
from notifications.messages import CalendarChanged, DueDateMoved
from processes.common.audit import OFFICE
from processes.common.outbox import MESSAGES, Envelope, MessageStatus, post
from processes.directory.addressees import Addressees
from processes.directory.people import Contact
from processes.directory.people_mail import to_person
from processes.directory.roles import Role
from processes.petitions.people_tables import EXCLUSIONS
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.recalculation_writing import Occasion
from processes.petitions.tables import PETITIONS

_MINE = "a su cargo"
_DEPARTMENTS = "de su dependencia"
_ALL = "de la entidad"
_APART = sa.select(EXCLUSIONS.c.petition_id).where(EXCLUSIONS.c.username == sa.bindparam("username"))
_ON_PAPER = sa.exists().where(
    MESSAGES.c.stream == PETITIONS.c.filing_number,
    MESSAGES.c.template == DueDateMoved.template,
    MESSAGES.c.status == MessageStatus.AT_DESK.value,
)
_RESERVED = (
    sa.select(sa.func.count())
    .select_from(PETITIONS)
    .join(MOVED_DATES, MOVED_DATES.c.petition_id == PETITIONS.c.id)
    .where(
        MOVED_DATES.c.version == sa.bindparam("version"),
        PETITIONS.c.reserved_identity,
        PETITIONS.c.id.not_in(_APART),
        _ON_PAPER,
    )
)
"""How many petitions of reserved identity a version moved whose notice of it waits on paper."""


def tell_the_office(
    addressees: Addressees, occasion: Occasion, public_url: str, *, not_before: datetime | None
) -> int:
    """Write to those who hold a moved petition, to their chiefs and to the head of citizen service.

    Gives how many dates moved. Nobody gets two letters of it: the widest scope of a person is told. The
    custodians of reserved identities are told what they have to hand over on paper.
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
    envelopes += _to_custodians(addressees, occasion, public_url, not_before)
    post(connection, envelopes, now=occasion.now)
    return total


def _to_custodians(
    addressees: Addressees, occasion: Occasion, public_url: str, not_before: datetime | None
) -> Iterator[Envelope]:
    for person in addressees.with_role(Role.IDENTITY_CUSTODIAN):
        keys = {"version": occasion.version, "username": person.username}
        letters = addressees.connection.scalar(_RESERVED, keys) or 0
        if letters:
            letter = ReservedLetters(
                letterhead=occasion.letterhead, letters=letters, url=f"{public_url}/cartas"
            )
            cause = f"calendar/{occasion.version}/reserved"
            yield to_person(person, letter, cause=cause, stream=OFFICE, not_before=not_before)


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
