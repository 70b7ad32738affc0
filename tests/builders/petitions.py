"""Petitions and their way through the procedure."""

from processes.directory.people import Person
from processes.petitions.filing import file_petition
from processes.petitions.form import NewPetition, new_petition
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.inbox import list_work_items
from processes.petitions.office import Office
from processes.petitions.work import Completed, claim, complete
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD

ROSA = {
    "kind": "request",
    "subject": "Hueco en la calle 5",
    "body": "Frente a mi casa hay un hueco desde hace un mes. Pido que lo arreglen.",
    "full_name": "Rosa Díaz",
    "document_type": "CC",
    "document_number": "52123456",
    "email": "rosa@correo.example",
    "reply_by": "email",
    "privacy_notice": "true",
}
CLASSIFIED = {"kind": "request", "level": 3, "priority": False}
TO_INFRASTRUCTURE = {"department": "INF", "distribution_note": "Revisar con la cuadrilla."}
ANSWERED = {
    "answer_text": "Cordial saludo. La cuadrilla tapará el hueco el martes 1 de diciembre.",
    "outcome": "granted",
}
CHECKED = {"closing_checks": ["substantive", "plain_language"], "closing_note": ""}


def a_form(**changes: str) -> NewPetition:
    """Rosa's petition, with `changes`."""
    return new_petition({**ROSA, **changes})


def file_one(office: Office, **changes: str) -> FilingReceipt:
    """File Rosa's petition, with `changes`."""
    return file_petition(office, a_form(**changes))


def task_of(office: Office, person: Person, filing_number: str) -> int:
    """The task of a petition that waits for `person`."""
    items = list_work_items(office, person, limit=200).items
    return next(item.task for item in items if item.filing_number == filing_number)


def classify(office: Office, number: str, **changes: object) -> Completed:
    return complete(office, CLERK, number, task_of(office, CLERK, number), {**CLASSIFIED, **changes})


def distribute(office: Office, number: str) -> Completed:
    return complete(office, SERVICE_HEAD, number, task_of(office, SERVICE_HEAD, number), TO_INFRASTRUCTURE)


def answer(office: Office, number: str, **changes: object) -> Completed:
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    return complete(office, OFFICIAL, number, task, {**ANSWERED, **changes})


def verify(office: Office, number: str) -> Completed:
    return complete(office, SERVICE_HEAD, number, task_of(office, SERVICE_HEAD, number), CHECKED)


def live_whole_life(office: Office, number: str) -> None:
    """From its filing to its close."""
    classify(office, number)
    distribute(office, number)
    answer(office, number)
    verify(office, number)
