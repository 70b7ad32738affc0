"""The versions of the calendar: each is kept whole, and the newest is in force."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import orjson
import sqlalchemy as sa

from processes.common.audit import Actor
from processes.common.database import insert_or, read
from processes.directory.calendar_settings import (
    CalendarSettings,
    Holidays,
    settings_from_json,
    settings_to_json,
)
from processes.directory.tables import CALENDAR_VERSIONS, HOLIDAY_LISTS
from processes.terms.holidays import build_calendar

FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class StoredCalendar:
    """A version as it is kept. `law` is the print of the terms' rules that its dates were counted by."""

    number: int
    settings: CalendarSettings
    holidays_print: str
    holidays: Holidays
    law: str


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to be kept: its settings, the print of its kept list of holidays, why, by whom."""

    settings: CalendarSettings
    holidays_print: str
    reason: str
    by: Actor
    undoes: int | None = None


def newest_number() -> sa.ScalarSelect[int]:
    """The number of the version in force, to be asked within another statement."""
    return sa.select(sa.func.max(CALENDAR_VERSIONS.c.number)).scalar_subquery()


def read_version(connection: sa.Connection, number: int | sa.ScalarSelect[int]) -> StoredCalendar:
    """The version `number`. Raises NoResultFound."""
    version = CALENDAR_VERSIONS.c
    query = (
        sa.select(version.number, version.settings, version.law, HOLIDAY_LISTS.c.print, HOLIDAY_LISTS.c.days)
        .join(HOLIDAY_LISTS, HOLIDAY_LISTS.c.print == version.holidays)
        .where(version.number == number)
    )
    row = connection.execute(query).one()
    return StoredCalendar(
        row.number, settings_from_json(row.settings), row.print, holidays_from_json(row.days), row.law
    )


def add_version(connection: sa.Connection, number: int, new: NewVersion, *, at: datetime) -> None:
    """Keep `new` under `number`, which becomes the one in force; two at once collide on the number."""
    row = {
        "number": number,
        "settings": settings_to_json(new.settings),
        "holidays": new.holidays_print,
        "law": law_print(),
        "reason": new.reason,
        "made_at": at,
        "made_by": str(new.by),
        "undoes": new.undoes,
        "finished_at": None,
    }
    connection.execute(sa.insert(CALENDAR_VERSIONS), row)


def found_calendar(connection: sa.Connection, settings: CalendarSettings, *, by: Actor, at: datetime) -> None:
    """The first version of a new entity, by this release's holidays; no petition waits for it."""
    new = NewVersion(settings, keep_release_holidays(connection), "Calendario inicial de la entidad.", by)
    add_version(connection, FIRST_VERSION, new, at=at)
    connection.execute(sa.update(CALENDAR_VERSIONS).values(finished_at=at))


def keep_release_holidays(connection: sa.Connection) -> str:
    """Keep this release's list of holidays, if it is not kept already; its print."""
    row = {"print": release_holidays_print(), "days": holidays_to_json(release_holidays())}
    connection.execute(insert_or(connection)(HOLIDAY_LISTS).on_conflict_do_nothing(), row)
    return release_holidays_print()


def read_holidays(connection: sa.Connection, list_print: str) -> Holidays:
    """The list of holidays of that print, which is kept."""
    query = sa.select(HOLIDAY_LISTS.c.days).where(HOLIDAY_LISTS.c.print == list_print)
    return holidays_from_json(connection.execute(query).scalar_one())


def release_is_another(engine: sa.Engine) -> bool:
    """Whether this release's holidays or rules are not those that open petitions were counted by."""
    version = CALENDAR_VERSIONS.c
    query = sa.select(version.holidays, version.law).where(version.number == newest_number())
    with read(engine) as connection:
        row = connection.execute(query).one_or_none()
    return row is not None and (row.holidays, row.law) != (release_holidays_print(), law_print())


@cache
def release_holidays() -> Holidays:
    """The national holidays that this release knows."""
    return build_calendar().reasons


@cache
def law_print() -> str:
    """What tells this release's rules of the terms from those of another."""
    text = files("processes.terms").joinpath("law.toml").read_text(encoding="utf-8")
    return text_print(text)


@cache
def release_holidays_print() -> str:
    """What tells this release's holidays from those of another."""
    return text_print(holidays_to_json(release_holidays()))


def holidays_to_json(holidays: Holidays) -> str:
    """Holidays as they are stored: days by reason, because a reason returns every year."""
    by_reason: dict[str, list[date]] = {}
    for day in sorted(holidays):
        by_reason.setdefault(holidays[day], []).append(day)
    return orjson.dumps(by_reason, option=orjson.OPT_SORT_KEYS).decode()


def holidays_from_json(text: str) -> Holidays:
    """The holidays that `holidays_to_json` wrote."""
    by_reason: Mapping[str, list[str]] = orjson.loads(text)
    return {date.fromisoformat(day): reason for reason, days in by_reason.items() for day in days}


def text_print(text: str) -> str:
    """A short name for a text by its content."""
    return hashlib.sha256(text.encode()).hexdigest()
