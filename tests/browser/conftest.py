"""A furnished office that a browser visits: petitions in every state, one of them hostile."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from processes.common.errors import Conflict
from processes.common.outbox import post
from processes.directory.people import Contact
from processes.directory.people_mail import to_person
from processes.petitions.desk import file_at_desk
from processes.petitions.filing import file_petition
from processes.petitions.form import new_petition
from processes.petitions.incidents import record_failure
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.paper import list_letters
from processes.petitions.voiding import void_petition
from processes.terms.events import LegalEventKind
from tests.builders.absences import send_away
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
    an_office,
)
from tests.builders.petitions import ROSA, answer, classify, distribute, file_one, verify
from tests.support.letters import ESCALATION
from tests.support.site import Site, serve

LONG_WORD = "a" * 1900
HOSTILE = f"<img src=x onerror=alert(1)> {{{{ 7*7 }}}} {{% if %}} \u202eotxet \u2066 {LONG_WORD}"
BACK = LegalAct(kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Rebotó el correo.")
"""What comes back after the close is a duty."""


@dataclass(frozen=True)
class Town:
    """The site, and the numbers of the petitions that were filed there."""

    site: Site
    filed: str
    assigned: str
    answered: str
    closed: str
    voided: str
    reserved: str
    hostile: str
    hostile_code: str
    letter: int


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Shared by the tests of one file: what one test does, the next may see."""
    home = tmp_path_factory.mktemp("town")
    database = home / "ventanilla.sqlite3"
    database.write_bytes(sqlite_template.read_bytes())
    with an_office(f"sqlite:///{database}", home, HandClock()) as office, serve(office) as site:
        yield _furnished(site, office)


def _furnished(site: Site, office: Office) -> Town:
    numbers = [
        file_one(office, subject=f"Hueco en la calle {street}").filing_number for street in range(1, 6)
    ]
    filed, assigned, answered, closed, voided = numbers
    for number in (assigned, answered, closed):
        classify(office, number, priority=number == assigned)
        distribute(office, number)
    for number in (answered, closed):
        answer(office, number)
    verify(office, closed)
    record_legal_act(office, CLERK, closed, BACK)
    _tell_the_head(office, assigned)
    void_petition(office, SERVICE_HEAD, voided, reason="Se radicó dos veces la misma carta.")
    send_away(office, OFFICIAL, STRANGER)
    record_failure(office, filed, Conflict("No se pudo enviar el acuse: el correo no responde."))
    reserved = file_one(office, kind="wrongdoing_report", reserve_identity="true").filing_number
    hostile = file_petition(
        office,
        new_petition(ROSA | {"subject": HOSTILE[:200], "body": HOSTILE * 9, "full_name": HOSTILE[:150]}),
    )
    return Town(
        site,
        filed,
        assigned,
        answered,
        closed,
        voided,
        reserved,
        hostile.filing_number,
        hostile.tracking_code,
        _letter_on_paper(office),
    )


def _tell_the_head(office: Office, number: str) -> None:
    """An alert of the ladder, as the clock would tell it."""
    head = Contact(DEPARTMENT_HEAD.username, DEPARTMENT_HEAD.full_name, "diana@puertoclaro.example")
    alert = replace(ESCALATION, filing_number=number, rung="department_head")
    with office.write() as connection:
        told = to_person(head, alert, cause="aviso", stream=number, not_before=None)
        post(connection, [told], now=office.now())


def _letter_on_paper(office: Office) -> int:
    """The number of a letter that waits at the desk for somebody with a hostile name and address."""
    came = {"channel": "letter", "email": "", "reply_by": "letter"}
    file_at_desk(office, CLERK, {**ROSA, **came, "full_name": HOSTILE[:150], "address": HOSTILE[:180]})
    (letter,) = list_letters(office, CLERK).items
    return letter.id
