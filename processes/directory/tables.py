"""Tables of the directory: one entity, its departments, its people, who is signed in."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime


class Entity(SQLModel, table=True):
    """The public body that this installation serves; one row."""

    __tablename__ = "entity"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=200)
    tax_id: str = Field(default="", max_length=20)
    city: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=200)
    email: str = Field(default="", max_length=320)
    phone: str = Field(default="", max_length=60)
    emergency_phone: str = Field(default="", max_length=60)
    invoice_email: str = Field(default="", max_length=320)
    demonstration: bool = Field(
        default=False, description="Entidad de muestra: su reloj puede correr aprisa."
    )


class HolidayList(SQLModel, table=True):
    """A list of national holidays by which terms were counted, known by its content's hash."""

    __tablename__ = "holiday_list"

    print: str = Field(primary_key=True, max_length=64)
    days: str = Field(description="JSON: por motivo, los días.")


class CalendarVersion(SQLModel, table=True):
    """The entity's calendar, whole; never changes. The one with the highest number is in force.

    `finished_at` is None until every open petition has been counted by it.
    """

    __tablename__ = "calendar_version"
    __table_args__ = (sa.CheckConstraint("number >= 1", name="number"),)

    number: int = Field(primary_key=True)
    settings: str
    holidays: str = Field(foreign_key="holiday_list.print", max_length=64)
    law: str = Field(max_length=64, description="Huella de las reglas de los términos.")
    reason: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str = Field(max_length=120)
    undoes: int | None = Field(default=None, foreign_key="calendar_version.number")
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class CalendarDraft(SQLModel, table=True):
    """A change of the calendar that is being prepared; one row, and it moves nothing.

    `base` is the version that it changes, `revision` counts its own changes, `undoes` is the version
    that it takes back.
    """

    __tablename__ = "calendar_draft"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    base: int = Field(foreign_key="calendar_version.number")
    revision: int
    settings: str
    holidays: str = Field(foreign_key="holiday_list.print", max_length=64)
    undoes: int | None = Field(default=None, foreign_key="calendar_version.number")
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by: str = Field(max_length=120)


class Department(SQLModel, table=True):
    """A department (dependencia), known by its code."""

    __tablename__ = "department"

    code: str = Field(primary_key=True, max_length=20)
    name: str = Field(max_length=200)
    active: bool = True


class Topic(SQLModel, table=True):
    """A matter that people choose in the form; `department` is the one suggested for it."""

    __tablename__ = "topic"

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    department: str | None = Field(default=None, foreign_key="department.code", max_length=20)
    active: bool = True


class Territory(SQLModel, table=True):
    """A part of the territory that people choose in the form: a comuna, a corregimiento, a vereda."""

    __tablename__ = "territory"

    code: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    active: bool = True


class Person(SQLModel, table=True):
    """Somebody who works in the entity. The password is kept as an argon2 hash.

    `mail_off` are the groups of notices that they read in Ventanilla alone, with a blank between them.
    """

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=60)
    full_name: str = Field(max_length=200)
    email: str = Field(default="", max_length=320)
    position: str = Field(default="", max_length=120)
    department: str | None = Field(default=None, foreign_key="department.code", max_length=20, index=True)
    password_hash: str = Field(max_length=200)
    mail_off: str = Field(default="", max_length=60)
    active: bool = True


class PersonRole(SQLModel, table=True):
    """A role that a person has."""

    __tablename__ = "person_role"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    role: str = Field(primary_key=True, max_length=30)


class OnCallTurn(SQLModel, table=True):
    """Somebody told at any hour of a danger to life; in the order of `turn`, at an address of their own."""

    __tablename__ = "on_call_turn"

    username: str = Field(primary_key=True, foreign_key="person.username", max_length=60)
    turn: int
    email: str = Field(default="", max_length=320)
    phone: str = Field(default="", max_length=60)


class WebSession(SQLModel, table=True):
    """Somebody signed in. Only the hash of the token is kept: the table opens no door."""

    __tablename__ = "web_session"

    token_hash: bytes = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class SignInAttempt(SQLModel, table=True):
    """Failed sign-ins in a row for one user name, so that guessing is slowed in every process."""

    __tablename__ = "sign_in_attempt"

    username: str = Field(primary_key=True, max_length=60)
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


ENTITY = SQLModel.metadata.tables["entity"]
HOLIDAY_LISTS = SQLModel.metadata.tables["holiday_list"]
CALENDAR_VERSIONS = SQLModel.metadata.tables["calendar_version"]
CALENDAR_DRAFTS = SQLModel.metadata.tables["calendar_draft"]
DEPARTMENTS = SQLModel.metadata.tables["department"]
TOPICS = SQLModel.metadata.tables["topic"]
TERRITORIES = SQLModel.metadata.tables["territory"]
PEOPLE = SQLModel.metadata.tables["person"]
PERSON_ROLES = SQLModel.metadata.tables["person_role"]
ON_CALL_TURNS = SQLModel.metadata.tables["on_call_turn"]
WEB_SESSIONS = SQLModel.metadata.tables["web_session"]
SIGN_IN_ATTEMPTS = SQLModel.metadata.tables["sign_in_attempt"]
