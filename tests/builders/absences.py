"""People who are away, who is in their place, and what becomes of their work."""

from datetime import date

import sqlalchemy as sa

from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.petitions.inbox import list_work_items
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.substituting import record_substitution
from tests.builders.office import ADMINISTRATOR, SERVICE_HEAD
from tests.builders.petitions import classify, distribute, file_one

MONDAY, FRIDAY, NEXT_FRIDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 4)
_VACATION = "Resolución 120 del 20 de noviembre de 2026"


def send_away(
    office: Office,
    absent: Person,
    substitute: Person,
    *,
    by: Person = ADMINISTRATOR,
    first_on: date | None = MONDAY,
    last_on: date = FRIDAY,
    act_number: str = _VACATION,
) -> int:
    """`substitute` is in the place of `absent`, from the office's first Monday to its Friday."""
    return record_substitution(
        office,
        by,
        absent=absent.username,
        substitute=substitute.username,
        first_on=first_on,
        last_on=last_on,
        act_number=act_number,
    )


def assigned(office: Office) -> str:
    """A petition of the short procedure before its department."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def inbox(office: Office, person: Person, *, state: str = "open") -> list[str]:
    """The petitions of the tasks that wait for somebody today, in whatever post."""
    items = list_work_items(office, office.with_posts(person), state=state).items
    return [item.filing_number for item in items]


def history(office: Office, number: str) -> list[tuple[str, str]]:
    """Who did what to a petition, in words."""
    timeline = read_petition(office, SERVICE_HEAD, number).timeline
    return [(entry.actor, entry.text) for entry in timeline]


def told(office: Office, template: str) -> set[str]:
    """The user names of those who were written to with that template."""
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == template)
    with office.read() as connection:
        return {recipient.partition("@")[0] for recipient in connection.scalars(query)}
