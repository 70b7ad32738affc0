"""Petitions of the whole procedure that a department works on: drafted, helped, reviewed, signed."""

import sqlalchemy as sa

from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import DEPARTMENTS, PEOPLE, PERSON_ROLES
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.office import Office
from processes.petitions.work import Completed
from tests.builders.answers import CLASSIFIED, do
from tests.builders.office import CLERK, DEPARTMENT_HEAD, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import file_one

QUESTION = "¿La vía está en el plan de este año, y con qué presupuesto?"
TEXT = "La cuadrilla tapará el hueco el martes 1 de diciembre."
PLANNER = Person("pablo", "Pablo Ríos", frozenset({Role.OFFICIAL}), "PLA", "Profesional de planeación")
LAWYER = Person("lucia", "Lucía Mena", frozenset({Role.LEGAL_OFFICE}), None, "Jefa jurídica")


def hire(office: Office, person: Person, department_name: str = "") -> Person:
    """One more person of the entity, in a new department when it has a name."""
    with office.write() as connection:
        if department_name:
            row = {"code": person.department, "name": department_name, "active": True}
            connection.execute(sa.insert(DEPARTMENTS), row)
        number = connection.scalar(
            sa.insert(PEOPLE).returning(PEOPLE.c.id),
            {
                "username": person.username,
                "full_name": person.full_name,
                "email": f"{person.username}@puertoclaro.example",
                "position": person.position,
                "department": person.department,
                "password_hash": "",
                "active": True,
            },
        )
        roles = [{"person_id": number, "role": role.value} for role in person.roles]
        connection.execute(sa.insert(PERSON_ROLES), roles)
    return person


def dismiss(office: Office, person: Person) -> None:
    """Somebody who is with the entity no more."""
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == person.username).values(active=False))


def classified(office: Office, **fields: object) -> FilingReceipt:
    """A petition of level 3 that waits for its department."""
    receipt = file_one(office)
    values = {**CLASSIFIED, "level": 3, **fields}
    do(office, CLERK, receipt.filing_number, "ConfirmClassification", **values)
    return receipt


def drafting(office: Office, **fields: object) -> FilingReceipt:
    """A petition before the department that answers it."""
    receipt = classified(office, **fields)
    do(office, SERVICE_HEAD, receipt.filing_number, "ChooseDepartment", department="INF")
    return receipt


def ask(office: Office, number: str, *departments: str, question: str = QUESTION) -> Completed:
    """The official asks other departments for their part."""
    asking = {"work_next": "ask_help", "asked_departments": list(departments), "question": question}
    return do(office, OFFICIAL, number, "Draft", **asking)


def send_to_review(office: Office, number: str, *, text: str = TEXT) -> Completed:
    """The official has the answer ready."""
    ready = {"work_next": "review", "answer_text": text, "outcome": "granted"}
    return do(office, OFFICIAL, number, "Draft", **ready)


def approve(office: Office, number: str, *signatories: Person) -> Completed:
    """The head approves the answer, and says who else signs it."""
    named = [person.username for person in signatories]
    return do(office, DEPARTMENT_HEAD, number, "Review", review="approve", signatories=named)
