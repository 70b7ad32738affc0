"""An office on a migrated database: an entity, two departments, one person for each role, the procedure."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.common.settings import Settings
from processes.directory.calendar_settings import CalendarSettings
from processes.directory.calendar_versions import found_calendar
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import DEPARTMENTS, ENTITY, PEOPLE, PERSON_ROLES
from processes.engine.bundle import bundle_hash
from processes.petitions.office import Office, open_office
from processes.petitions.publishing import read_bundle_folder
from tests.builders.bundles import publish_once_compiled
from tests.builders.furnished import beginning_of
from tests.builders.procedures import SHORT
from tests.support.engines import sharing_engine

MONDAY_MORNING = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""10:00 in Bogotá on a working Monday."""


class HandClock:
    """Office time that moves only when a test moves it."""

    def __init__(self, at: datetime = MONDAY_MORNING) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def forward(self, **step: float) -> None:
        self.at += timedelta(**step)

    def to(self, at: datetime) -> None:
        self.at = at


def _person(username: str, full_name: str, role: Role, department: str | None = None) -> Person:
    return Person(username, full_name, frozenset({role}), department, f"Cargo de {username}")


CLERK = _person("ana", "Ana Ruiz", Role.FRONT_DESK_CLERK)
SERVICE_HEAD = _person("bea", "Beatriz Lozano", Role.CITIZEN_SERVICE_HEAD)
OFFICIAL = _person("carlos", "Carlos Mejía", Role.OFFICIAL, "INF")
OTHER_OFFICIAL = _person("clara", "Clara Niño", Role.OFFICIAL, "INF")
DEPARTMENT_HEAD = _person("diana", "Diana Páez", Role.DEPARTMENT_HEAD, "INF")
STRANGER = _person("hugo", "Hugo Salas", Role.OFFICIAL, "HAC")
DIRECTOR = _person("elena", "Elena Cruz", Role.DIRECTOR)
CUSTODIAN = _person("fabio", "Fabio Gil", Role.IDENTITY_CUSTODIAN)
ADMINISTRATOR = _person("gina", "Gina Mora", Role.ADMINISTRATOR)
CONTROL = _person("ines", "Inés Vega", Role.INTERNAL_CONTROL)
EVERYBODY = (
    CLERK,
    SERVICE_HEAD,
    OFFICIAL,
    OTHER_OFFICIAL,
    DEPARTMENT_HEAD,
    STRANGER,
    DIRECTOR,
    CUSTODIAN,
    ADMINISTRATOR,
    CONTROL,
)


def furnish(connection: sa.Connection) -> None:
    """The entity, its departments and people; passwords that open nothing."""
    connection.execute(
        sa.insert(ENTITY),
        {
            "id": 1,
            "name": "Alcaldía de Puerto Claro",
            "tax_id": "",
            "city": "Puerto Claro",
            "address": "Calle 1 # 2-3",
            "email": "contacto@puertoclaro.example",
            "phone": "",
            "demonstration": True,
        },
    )
    found_calendar(connection, CalendarSettings(), by=SYSTEM, at=MONDAY_MORNING)
    connection.execute(
        sa.insert(DEPARTMENTS),
        [
            {"code": "INF", "name": "Secretaría de Infraestructura", "active": True},
            {"code": "HAC", "name": "Secretaría de Hacienda", "active": True},
        ],
    )
    people = [
        {
            "username": person.username,
            "full_name": person.full_name,
            "email": f"{person.username}@puertoclaro.example",
            "position": person.position,
            "department": person.department,
            "password_hash": "",
            "active": True,
        }
        for person in EVERYBODY
    ]
    insert = sa.insert(PEOPLE).returning(PEOPLE.c.id, sort_by_parameter_order=True)
    numbers = connection.scalars(insert, people).all()
    roles = [
        {"person_id": number, "role": role.value}
        for number, person in zip(numbers, EVERYBODY, strict=True)
        for role in person.roles
    ]
    connection.execute(sa.insert(PERSON_ROLES), roles)


def publish_procedure(office: Office, folder: Path = SHORT) -> str:
    """The files of `folder`, from now on the procedure of new petitions; the hash of their version."""
    return publish_once_compiled(office, read_bundle_folder(folder))


@contextmanager
def an_office_again(database_url: str, home: Path, clock: HandClock | None = None) -> Iterator[Office]:
    """An office that another process furnished."""
    engine = sharing_engine(database_url)
    try:
        yield open_office(Settings(home=home), clock=clock or HandClock(), engine=engine)
    finally:
        engine.dispose()


@contextmanager
def an_office(
    database_url: str, home: Path, clock: HandClock | None = None, *, procedure: Path = SHORT
) -> Iterator[Office]:
    """A furnished office with its procedure published, on a migrated database."""
    clock = clock or HandClock()
    files = read_bundle_folder(procedure)
    beginning = beginning_of(database_url, bundle_hash(files), clock.now())
    furnished = beginning is not None and beginning.recall()
    with an_office_again(database_url, home, clock) as office:
        if not furnished:
            with office.write() as connection:
                furnish(connection)
        publish_once_compiled(office, files)
        if beginning is not None and not furnished:
            beginning.keep(office.engine)
        yield office
