"""Petitions of the whole procedure, answered by the front desk at level 1, and what follows."""

from dataclasses import dataclass, field

from notifications.send import OutgoingMessage, PermanentFailure
from processes.common.delivery import deliver_pending
from processes.common.office_clock import real_now
from processes.directory.people import Person
from processes.petitions.answer_delivery import record_deliveries
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.inbox import list_work_items
from processes.petitions.office import Office
from processes.petitions.work import Completed, complete
from tests.builders.office import CLERK
from tests.builders.petitions import file_one

CLASSIFIED = {"nature": "petition", "kind": "request", "level": 1, "priority": False, "admission": "ours"}
ANSWERED = {
    "work_next": "answer",
    "answer_text": "La cuadrilla tapará el hueco el martes 1 de diciembre.",
    "outcome": "granted",
}


@dataclass
class Postman:
    """A mail server: takes everything, but for the addresses that it does not know."""

    unknown: frozenset[str] = frozenset()
    taken: list[OutgoingMessage] = field(default_factory=list)

    def send(self, message: OutgoingMessage) -> None:
        if message.to in self.unknown:
            raise PermanentFailure("La dirección no existe.")
        self.taken.append(message)


def deliver(office: Office, *unknown: str) -> list[OutgoingMessage]:
    """Send what waits, and note what became of the answers; what the mail server took."""
    postman = Postman(frozenset(unknown))
    deliver_pending(
        office.engine, postman, now=office.now(), real_clock=real_now, mail_domain="prueba.example"
    )
    record_deliveries(office)
    return postman.taken


def open_task(office: Office, person: Person, number: str, element: str) -> int:
    """The open task of that element that waits for `person`."""
    items = list_work_items(office, person, limit=200).items
    return next(each.task for each in items if each.filing_number == number and each.element == element)


def do(office: Office, person: Person, number: str, element: str, **values: object) -> Completed:
    """Complete the open task of that element."""
    return complete(office, person, number, open_task(office, person, number, element), values)


def answered(office: Office, **changes: str) -> FilingReceipt:
    """A petition whose answer has just left."""
    receipt = file_one(office, **changes)
    number = receipt.filing_number
    do(office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    do(office, CLERK, number, "AnswerAtOnce", **ANSWERED)
    return receipt


def elements(office: Office, person: Person, number: str) -> set[str]:
    """The elements of the petition's open tasks that `person` sees."""
    items = list_work_items(office, person, limit=200).items
    return {each.element for each in items if each.filing_number == number}
