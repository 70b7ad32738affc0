"""The first page of an installation: its entity and its departments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import Act, Actor, record_office_act
from processes.common.calendar import OfficeHours, usual_hours
from processes.common.database import read, write
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_address, clean_line
from processes.directory.calendar_settings import CalendarSettings
from processes.directory.calendar_versions import found_calendar
from processes.directory.tables import DEPARTMENTS, ENTITY
from processes.terms.clock import AfterHours

_CODE_LENGTH = 20
_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class NewEntity:
    """An entity to be founded. `departments` are names by code."""

    name: str
    tax_id: str = ""
    city: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    hours: OfficeHours = field(default_factory=usual_hours)
    after_hours: AfterHours = AfterHours.NEXT_WORKING_DAY
    demonstration: bool = False
    departments: Mapping[str, str] = field(default_factory=dict)


def is_founded(engine: sa.Engine) -> bool:
    """Whether this installation has its entity."""
    with read(engine) as connection:
        return connection.scalar(sa.select(ENTITY.c.id)) is not None


def found_entity(engine: sa.Engine, new: NewEntity, *, by: Actor, now: datetime) -> None:
    """Make `new` the entity of this installation, for good; `now` is office time, for the journal.

    Raises Invalid with a sentence for each wrong field, and Conflict when there is one already.
    """
    row, departments = _entity_row(new), _department_rows(new.departments)
    with write(engine) as connection:
        if connection.scalar(sa.select(ENTITY.c.name)) is not None:
            raise Conflict("Esta carpeta ya tiene una entidad. Use otra carpeta (VENTANILLA_HOME) para otra.")
        connection.execute(sa.insert(ENTITY), row)
        settings = CalendarSettings(hours=new.hours, after_hours=new.after_hours)
        found_calendar(connection, settings, by=by, at=now)
        if departments:
            connection.execute(sa.insert(DEPARTMENTS), departments)
        detail = {"name": row["name"], "departments": sorted(new.departments), "sample": new.demonstration}
        record_office_act(connection, Act("entity_founded", by, detail), at=now)


def _entity_row(new: NewEntity) -> dict[str, object]:
    problems: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name, given, max_length in (
        ("name", new.name, _NAME_LENGTH),
        ("tax_id", new.tax_id, 20),
        ("city", new.city, 120),
        ("address", new.address, 200),
        ("phone", new.phone, 60),
    ):
        try:
            texts[name] = clean_line(given, field=name, max_length=max_length)
        except Invalid as error:
            problems.update(error.fields)
    try:
        texts["email"] = clean_address(new.email, field="email")
    except Invalid as error:
        problems.update(error.fields)
    if not texts.get("name") and "name" not in problems:
        problems["name"] = "Escriba el nombre de la entidad."
    if problems:
        raise Invalid("Revise los datos de la entidad.", problems)
    return {
        "id": 1,
        **texts,
        "demonstration": new.demonstration,
    }


def _department_rows(departments: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "code": clean_line(code, field="department", max_length=_CODE_LENGTH),
            "name": clean_line(name, field="department", max_length=_NAME_LENGTH),
            "active": True,
        }
        for code, name in departments.items()
    ]
