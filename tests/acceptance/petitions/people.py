"""The people of Puerto Claro, and the departments that its petitions go to."""

import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.directory.accounts import NewPerson, create_person
from processes.directory.lists import Territory, Topic, put_territory, put_topic
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.petitions.office import Office
from tests.builders.office import MONDAY_MORNING

PASSWORD = "una clave bien larga"
MORE_DEPARTMENTS = {
    "ORC": "Oficina de Relación con el Ciudadano",
    "JUR": "Oficina Jurídica",
    "SAL": "Secretaría de Salud",
    "MOV": "Secretaría de Movilidad",
    "AMB": "Secretaría de Medio Ambiente",
    "GOB": "Secretaría de Gobierno",
}


TOPICS = (
    Topic("lights", "Alumbrado público", "INF"),
    Topic("roads", "Vías y andenes", "INF"),
    Topic("contracts", "Contratación", "INF"),
    Topic("tax", "Impuesto predial", "HAC"),
    Topic("sisben", "SISBEN y subsidios", "GOB"),
    Topic("noise", "Ruido y espacio público", "GOB"),
    Topic("trees", "Árboles y parques", "AMB"),
    Topic("garbage", "Aseo", "AMB"),
    Topic("health", "Salud", "SAL"),
    Topic("traffic", "Movilidad", "MOV"),
)
TERRITORIES = (
    Territory("c1", "Comuna 1: La Esperanza y Barrio Abajo"),
    Territory("c2", "Comuna 2: Santa Ana y Villa Fanny"),
    Territory("v1", "Vereda El Rosario"),
)


def _person(username: str, full_name: str, role: Role, department: str) -> Person:
    return Person(username, full_name, frozenset({role}), department, f"Cargo de {username}")


LAWYER = _person("julia", "Julia Ortiz", Role.LEGAL_OFFICE, "JUR")
RECEPTIONIST = _person("olga", "Olga Lara", Role.FRONT_DESK_CLERK, "ORC")
DEPUTY_HEAD = _person("berta", "Berta Solís", Role.CITIZEN_SERVICE_HEAD, "ORC")
DOCTOR = _person("saul", "Saúl Peña", Role.OFFICIAL, "SAL")
HEALTH_HEAD = _person("sara", "Sara Gil", Role.DEPARTMENT_HEAD, "SAL")
TRAFFIC_OFFICER = _person("mario", "Mario Cano", Role.OFFICIAL, "MOV")
TRAFFIC_HEAD = _person("mireya", "Mireya Pardo", Role.DEPARTMENT_HEAD, "MOV")
FORESTER = _person("abel", "Abel Rojas", Role.OFFICIAL, "AMB")
GREEN_HEAD = _person("amparo", "Amparo Daza", Role.DEPARTMENT_HEAD, "AMB")
INSPECTOR = _person("gilma", "Gilma Ríos", Role.OFFICIAL, "GOB")
GOVERNMENT_HEAD = _person("german", "Germán Luna", Role.DEPARTMENT_HEAD, "GOB")
TREASURER = _person("hilda", "Hilda Mora", Role.DEPARTMENT_HEAD, "HAC")
NEWCOMERS = (
    LAWYER,
    RECEPTIONIST,
    DEPUTY_HEAD,
    DOCTOR,
    HEALTH_HEAD,
    TRAFFIC_OFFICER,
    TRAFFIC_HEAD,
    FORESTER,
    GREEN_HEAD,
    INSPECTOR,
    GOVERNMENT_HEAD,
    TREASURER,
)


def mail_of(person: Person) -> str:
    """The address of somebody of the entity."""
    return f"{person.username}@puertoclaro.example"


def settle(office: Office) -> None:
    """Add the departments and people that the tests' office lacks, and let everybody sign in."""
    with office.write() as connection:
        connection.execute(
            sa.insert(DEPARTMENTS),
            [{"code": code, "name": name, "active": True} for code, name in MORE_DEPARTMENTS.items()],
        )
        for topic in TOPICS:
            put_topic(connection, topic)
        for territory in TERRITORIES:
            put_territory(connection, territory)
    for person in NEWCOMERS:
        new = NewPerson(
            person.username,
            person.full_name,
            person.roles,
            mail_of(person),
            person.position,
            person.department,
        )
        create_person(office.engine, new, password=PASSWORD, by=SYSTEM, now=MONDAY_MORNING)
    with office.write() as connection:
        # The hash of one of them opens for everybody: two dozen times argon2 would take a second more.
        hashed = sa.select(PEOPLE.c.password_hash).where(PEOPLE.c.username == LAWYER.username)
        connection.execute(sa.update(PEOPLE).values(password_hash=hashed.scalar_subquery()))
