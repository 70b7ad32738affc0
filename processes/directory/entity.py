"""The public body of this installation, with its hours, as one frozen value."""

import time as stopwatch
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

import orjson
import sqlalchemy as sa

from processes.common.calendar import OfficeHours, WorkCalendar
from processes.common.database import read
from processes.common.errors import NotFound
from processes.directory.tables import ENTITY
from processes.terms.clock import AfterHours
from processes.terms.holidays import build_calendar

_REREAD_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """The entity as people see it, and the calendar that its terms are counted by."""

    name: str
    city: str
    address: str
    email: str
    phone: str
    after_hours: AfterHours
    demonstration: bool
    calendar: WorkCalendar


class Entities:
    """Reads the entity, and looks again every five seconds at most."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._read_at = float("-inf")
        self._profile: EntityProfile | None = None

    def current(self) -> EntityProfile:
        """The entity. Raises NotFound before `ventanilla init` has made one."""
        profile = self._profile
        if profile is None or stopwatch.monotonic() - self._read_at > _REREAD_SECONDS:
            with read(self._engine) as connection:
                row = connection.execute(sa.select(ENTITY).where(ENTITY.c.id == 1)).mappings().one_or_none()
            if row is None:
                raise NotFound("Todavía no hay una entidad. Ejecute «ventanilla init» para crearla.")
            profile = self._profile = _profile(row)
            self._read_at = stopwatch.monotonic()
        return profile


def hours_to_json(hours: OfficeHours) -> str:
    """Office hours as they are stored: spans of HH:MM by weekday."""
    return orjson.dumps(
        {
            str(day): [[opens.isoformat("minutes"), closes.isoformat("minutes")] for opens, closes in spans]
            for day, spans in hours.items()
        }
    ).decode()


def hours_from_json(text: str) -> OfficeHours:
    """The office hours that `hours_to_json` wrote."""
    stored: Mapping[str, list[list[str]]] = orjson.loads(text)
    return MappingProxyType(
        {
            int(day): tuple(
                (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans
            )
            for day, spans in stored.items()
        }
    )


def _profile(row: sa.RowMapping) -> EntityProfile:
    return EntityProfile(
        name=row["name"],
        city=row["city"],
        address=row["address"],
        email=row["email"],
        phone=row["phone"],
        after_hours=AfterHours(row["after_hours"]),
        demonstration=row["demonstration"],
        calendar=build_calendar(hours=hours_from_json(row["office_hours"])),
    )
