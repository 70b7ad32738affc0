"""An absence recorded on its page, and what it changes on those of whoever is in somebody's place."""

from collections.abc import Callable

from processes.directory.people import Person
from processes.petitions.office import Office
from processes.petitions.work import claim
from tests.builders.absences import assigned, send_away
from tests.builders.office import ADMINISTRATOR, DEPARTMENT_HEAD, OFFICIAL, STRANGER, HandClock
from tests.builders.petitions import task_of
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]
VACATION = {
    "absent": "carlos",
    "substitute": "hugo",
    "first_on": "2026-11-23",
    "last_on": "2026-11-27",
    "act_number": "Resolución 120 del 20 de noviembre de 2026",
}


def test_a_head_records_an_absence_and_ends_it(signed_in: SignIn) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    page = head.open("/ausencias")

    refused = head.press(page, "/ausencias", **{**VACATION, "last_on": "pronto"})
    kept = refused.form("/ausencias")
    recorded = head.press(refused, "/ausencias", **VACATION)
    ended = head.press(recorded, "/ausencias/1/terminar")

    assert (refused.status, kept["act_number"]) == (422, VACATION["act_number"])
    assert "Escriba el último día." in refused.text
    days = "Del lunes 23 de noviembre de 2026 al viernes 27 de noviembre de 2026"
    assert f"Le reemplaza Hugo Salas · Vigente hoy {days}" in recorded.text
    assert "Nadie está ausente." in ended.text
    assert "terminó antes, el lunes 23 de noviembre de 2026" in ended.text


def test_what_may_not_be_recorded_is_said_at_its_field(signed_in: SignIn) -> None:
    administrator = signed_in(ADMINISTRATOR)
    recorded = administrator.press(administrator.open("/ausencias"), "/ausencias", **VACATION)

    circle = {**VACATION, "absent": "hugo", "substitute": "carlos"}
    refused = administrator.press(recorded, "/ausencias", **circle)

    assert refused.status == 422
    assert "Los reemplazos formarían un círculo" in refused.text
    assert signed_in(OFFICIAL).open("/ausencias").status == 403


def test_a_head_is_told_whose_absences_are_not_theirs(signed_in: SignIn) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    page = head.open("/ausencias")

    refused = head.press(page, "/ausencias", **{**VACATION, "absent": "bea"})

    assert refused.status == 403
    assert "Las demás las registra el administrador" in refused.text


def test_the_inbox_says_in_whose_place_one_works(office: Office, clock: HandClock, signed_in: SignIn) -> None:
    number = assigned(office)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    send_away(office, OFFICIAL, STRANGER)

    inbox = signed_in(STRANGER).open("/bandeja")
    page = signed_in(STRANGER).open(f"/tareas/{number}/{task}")
    absent = signed_in(OFFICIAL).open("/bandeja")
    clock.forward(days=5)
    after = signed_in(STRANGER).open("/bandeja")

    assert "Usted reemplaza a Carlos Mejía hasta el viernes 27 de noviembre de 2026" in inbox.text
    assert "De Carlos Mejía, por su encargo" in inbox.text
    assert "Es de Carlos Mejía: usted la hace por su encargo." in page.text
    assert "Hasta el viernes 27 de noviembre de 2026 le reemplaza Hugo Salas" in absent.text
    assert "Carlos Mejía" not in after.text


def test_whoever_works_in_a_head_s_place_opens_the_heads_pages(office: Office, signed_in: SignIn) -> None:
    assert signed_in(STRANGER).open("/ausencias").status == 403

    send_away(office, DEPARTMENT_HEAD, STRANGER)

    page = signed_in(STRANGER).open("/ausencias")
    assert page.status == 200
    assert [option.text for option in page.all("//select[@id='absent']/option")][1:] == [
        "Carlos Mejía, Cargo de carlos, Secretaría de Infraestructura",
        "Clara Niño, Cargo de clara, Secretaría de Infraestructura",
        "Diana Páez, Cargo de diana, Secretaría de Infraestructura",
    ]
