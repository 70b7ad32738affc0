"""The on-call roster, kept by the administrator and by the head of citizen service."""

from collections.abc import Sequence

import sqlalchemy as sa

from processes.common.audit import Act, record_office_act
from processes.common.errors import Invalid
from processes.directory.on_call import (
    OnCall,
    Turn,
    checked_turn,
    read_roster,
    read_turns,
    replace_roster,
)
from processes.directory.people import Person
from processes.directory.tables import PEOPLE
from processes.petitions.access import require_role
from processes.petitions.form_lists import FORM_KEEPERS
from processes.petitions.office import Office


def roster_of(office: Office) -> tuple[OnCall, ...]:
    """Who is on call, in their order."""
    with office.read() as connection:
        return read_roster(connection)


def candidates(office: Office) -> list[tuple[str, str]]:
    """Who may be put on the roster, by name: user name and full name of everybody of the entity."""
    query = sa.select(PEOPLE.c.username, PEOPLE.c.full_name).where(PEOPLE.c.active)
    with office.read() as connection:
        return list(connection.execute(query.order_by(PEOPLE.c.full_name)).tuples())


def add_to_roster(
    office: Office, person: Person, username: str, *, email: str = "", phone: str = ""
) -> tuple[OnCall, ...]:
    """Put somebody at the end of the roster, or change how to reach one of it; the roster.

    `email` is where they are told, the office's address when it is empty. Raises Forbidden, Invalid.
    """
    by = require_role(person, *FORM_KEEPERS)
    with office.write() as connection:
        turns = read_turns(connection)
        place = next((each.turn for each in turns if each.username == username), len(turns) + 1)
        changed = checked_turn(username, place, email=email, phone=phone)
        _check_reachable(connection, changed)
        others = [each for each in turns if each.username != username]
        return _keep(office, connection, by, sorted([*others, changed], key=lambda each: each.turn))


def take_off_roster(office: Office, person: Person, username: str) -> tuple[OnCall, ...]:
    """Take somebody off the roster, if they are on it; the roster. Raises Forbidden."""
    by = require_role(person, *FORM_KEEPERS)
    with office.write() as connection:
        turns = [each for each in read_turns(connection) if each.username != username]
        return _keep(office, connection, by, turns)


def put_first(office: Office, person: Person, username: str) -> tuple[OnCall, ...]:
    """Make somebody of the roster the first to be told; the roster. Raises Forbidden."""
    by = require_role(person, *FORM_KEEPERS)
    with office.write() as connection:
        turns = sorted(read_turns(connection), key=lambda each: each.username != username)
        return _keep(office, connection, by, turns)


def _keep(office: Office, connection: sa.Connection, by: Person, turns: Sequence[Turn]) -> tuple[OnCall, ...]:
    numbered = [Turn(each.username, place, each.email, each.phone) for place, each in enumerate(turns, 1)]
    replace_roster(connection, numbered)
    act = Act("roster_saved", by.actor, {"people": [each.username for each in numbered]})
    record_office_act(connection, act, at=office.now())
    return read_roster(connection)


def _check_reachable(connection: sa.Connection, turn: Turn) -> None:
    query = sa.select(PEOPLE.c.email).where(PEOPLE.c.username == turn.username, PEOPLE.c.active)
    row = connection.execute(query).one_or_none()
    if row is None:
        reason = "Elija una persona de la lista."
        raise Invalid(reason, {"username": reason})
    if not (turn.email or row.email):
        reason = "Esa persona no tiene correo en la oficina: escriba uno en el que lea a cualquier hora."
        raise Invalid(reason, {"email": reason})
