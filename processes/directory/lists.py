"""The lists that people choose from in the single form: the entity's topics and its territories."""

import re
import unicodedata
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.directory.tables import TERRITORIES, TOPICS


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter that people write about. `department` is the code of the one suggested for it."""

    code: str
    name: str
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """A part of the entity's territory: a comuna, a corregimiento, a vereda."""

    code: str
    name: str


_NUMBER = re.compile(r"\d+")
_WIDEST_NUMBER = 6
_READ_TOPICS = sa.select(TOPICS.c.code, TOPICS.c.name, TOPICS.c.department).where(TOPICS.c.active)
_READ_TERRITORIES = sa.select(TERRITORIES.c.code, TERRITORIES.c.name).where(TERRITORIES.c.active)


def read_topics(connection: sa.Connection) -> tuple[Topic, ...]:
    """The topics that are offered, by name."""
    return tuple(sorted((Topic(*row) for row in connection.execute(_READ_TOPICS)), key=_as_people_look))


def read_territories(connection: sa.Connection) -> tuple[Territory, ...]:
    """The territories that are offered, by name."""
    rows = connection.execute(_READ_TERRITORIES)
    return tuple(sorted((Territory(*row) for row in rows), key=_as_people_look))


def put_topic(connection: sa.Connection, topic: Topic) -> None:
    """Offer `topic` from now on, or change the one with its code."""
    values = {"name": topic.name, "department": topic.department, "active": True}
    insert = insert_or(connection)(TOPICS).values(code=topic.code, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["code"], set_=values))


def put_territory(connection: sa.Connection, territory: Territory) -> None:
    """Offer `territory` from now on, or change the one with its code."""
    values = {"name": territory.name, "active": True}
    insert = insert_or(connection)(TERRITORIES).values(code=territory.code, **values)
    connection.execute(insert.on_conflict_do_update(index_elements=["code"], set_=values))


def withdraw_topic(connection: sa.Connection, code: str) -> bool:
    """Offer the topic no more; petitions that name it keep it. False when it was not offered."""
    update = sa.update(TOPICS).where(TOPICS.c.code == code, TOPICS.c.active).values(active=False)
    return connection.execute(update).rowcount == 1


def withdraw_territory(connection: sa.Connection, code: str) -> bool:
    """Offer the territory no more; petitions that name it keep it. False when it was not offered."""
    table = TERRITORIES.c
    update = sa.update(TERRITORIES).where(table.code == code, table.active).values(active=False)
    return connection.execute(update).rowcount == 1


def _as_people_look(choice: Topic | Territory) -> str:
    """The order of a dictionary, where «Árboles» stands under A and numbers go by their value."""
    letters = unicodedata.normalize("NFKD", choice.name).encode("ascii", "ignore").decode().casefold()
    return _NUMBER.sub(lambda found: found[0].zfill(_WIDEST_NUMBER), letters)
