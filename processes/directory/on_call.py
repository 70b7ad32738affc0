"""The on-call roster: who is told at any hour when somebody's life or safety is in danger (CPACA 20)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.text import clean_address, clean_line
from processes.directory.people import Contact
from processes.directory.tables import ON_CALL_TURNS, PEOPLE

_BETWEEN_DIGITS = re.compile(r"[ ().-]")
_MOBILE = re.compile(r"3[0-9]{9}")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{7,14}")
_LONGEST_NAME = 60
_LONGEST_PHONE = 60
_READ = (
    sa.select(
        ON_CALL_TURNS.c.username,
        PEOPLE.c.full_name,
        ON_CALL_TURNS.c.turn,
        ON_CALL_TURNS.c.email,
        PEOPLE.c.email.label("office_email"),
        ON_CALL_TURNS.c.phone,
    )
    .join(PEOPLE, PEOPLE.c.username == ON_CALL_TURNS.c.username)
    .where(PEOPLE.c.active)
    .order_by(ON_CALL_TURNS.c.turn, ON_CALL_TURNS.c.username)
)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Somebody of the roster; `email` is where they are told: the office's address, or another of theirs."""

    username: str
    full_name: str
    turn: int
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A place of the roster to be kept: its order, and how to reach whoever has it at any hour."""

    username: str
    turn: int
    email: str = ""
    phone: str = ""


def read_roster(connection: sa.Connection) -> tuple[OnCall, ...]:
    """Who is on call, in their order; whoever left the entity is left out."""
    return tuple(
        OnCall(row.username, row.full_name, row.turn, row.email or row.office_email, row.phone)
        for row in connection.execute(_READ)
    )


def read_turns(connection: sa.Connection) -> list[Turn]:
    """The roster as it is kept, with the addresses that were given for it."""
    return [Turn(row.username, row.turn, row.email, row.phone) for row in connection.execute(_READ)]


def on_call_contacts(connection: sa.Connection) -> list[Contact]:
    """Whom to write to: everybody on call who has an address, in their order."""
    roster = read_roster(connection)
    return [Contact(each.username, each.full_name, each.email) for each in roster if each.email]


def on_call_phones(connection: sa.Connection) -> dict[str, str]:
    """The telephones (E.164) of the roster that can take a short message, by user name."""
    phones = {each.username: international_phone(each.phone) for each in read_roster(connection)}
    return {username: phone for username, phone in phones.items() if phone}


def international_phone(written: str) -> str:
    """`written` as `+573001234567`; empty when it is no mobile of Colombia and does not say its country."""
    number = _BETWEEN_DIGITS.sub("", written)
    if _MOBILE.fullmatch(number):
        return f"+57{number}"
    return number if _INTERNATIONAL.fullmatch(number) else ""


def checked_turn(username: str, turn: int, *, email: str = "", phone: str = "") -> Turn:
    """A place of the roster, its texts made fit to keep. Raises Invalid for the field that is not."""
    who = clean_line(username, field="username", max_length=_LONGEST_NAME)
    return Turn(
        who,
        turn,
        clean_address(email, field="email"),
        clean_line(phone, field="phone", max_length=_LONGEST_PHONE),
    )


def replace_roster(connection: sa.Connection, turns: Iterable[Turn]) -> None:
    """Put `turns` in the place of the roster that there was."""
    connection.execute(sa.delete(ON_CALL_TURNS))
    rows = [
        {"username": each.username, "turn": each.turn, "email": each.email, "phone": each.phone}
        for each in turns
    ]
    if rows:
        connection.execute(sa.insert(ON_CALL_TURNS), rows)
