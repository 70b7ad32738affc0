"""Cartas por entregar: what the front desk prints and hands over to whoever has no mail."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.people import Person
from processes.petitions.desk import file_at_desk
from processes.petitions.office import Office
from tests.builders.office import ADMINISTRATOR, CLERK, CUSTODIAN, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import ROSA, file_one
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]
ON_PAPER = {
    **ROSA,
    "channel": "letter",
    "email": "",
    "phone": "3001234567",
    "reply_by": "letter",
    "address": "Calle 5 # 4-20",
}


@pytest.fixture
def number(office: Office) -> str:
    """A petition that came by post, without mail."""
    return file_at_desk(office, CLERK, ON_PAPER).filing_number


def test_the_desk_prints_a_letter_and_notes_that_it_arrived(signed_in: SignIn, number: str) -> None:
    desk = signed_in(CLERK)
    listed = desk.open("/cartas")
    (link,) = listed.all("//ol[@class='rows']//a")
    page = desk.open(link.attrib["href"])
    printed = desk.press(page, f"{page.path}/imprimir")
    refused = desk.press(page, f"{page.path}/entregada", how="post", proof="")
    done = desk.press(refused, f"{page.path}/entregada", how="post", proof="Guía 700123")

    assert "Rosa Díaz" in listed.text
    assert "Calle 5 # 4-20" in printed.text
    assert number in printed.text
    assert refused.status == 422
    assert refused.form(f"{page.path}/entregada")["how"] == "post"
    assert "La entrega quedó anotada" in done.text
    assert "No hay cartas por entregar" in done.text
    assert "correo postal o mensajería" in desk.open(f"/peticiones/{number}").text
    kept = signed_in(SERVICE_HEAD).open(page.path.replace("cartas", "mensajes"))
    assert "Guía 700123" in kept.text


@pytest.mark.usefixtures("number")
def test_the_inbox_of_the_desk_says_that_a_letter_waits(signed_in: SignIn) -> None:
    assert "Hay 1 carta por entregar" in signed_in(CLERK).open("/bandeja").text
    assert "por entregar" not in signed_in(OFFICIAL).open("/bandeja").text


def test_a_letter_that_nobody_takes_goes_to_the_messages_and_back(signed_in: SignIn, number: str) -> None:
    desk, head = signed_in(CLERK), signed_in(SERVICE_HEAD)
    (link,) = desk.open("/cartas").all("//ol[@class='rows']//a")
    address = link.attrib["href"]
    desk.press(desk.open(address), f"{address}/devuelta", reason="La dirección no existe.")
    message = address.replace("cartas", "mensajes")
    again = head.press(head.open(message), message)

    assert "Por entregar en papel" in again.text
    assert number in desk.open("/cartas").text


@pytest.mark.usefixtures("number")
def test_letters_are_for_the_desk(signed_in: SignIn) -> None:
    for person in (OFFICIAL, ADMINISTRATOR):
        assert signed_in(person).open("/cartas").status == 403
    assert "No hay cartas por entregar" in signed_in(CUSTODIAN).open("/cartas").text
    assert signed_in(CLERK).open("/cartas/999999999999").status == 404


def test_a_mail_that_came_back_is_noted_and_handed_over_on_paper(signed_in: SignIn, office: Office) -> None:
    filed = file_one(office).filing_number
    with office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(status=MessageStatus.SENT.value, sent_at=office.now()))
    head = signed_in(SERVICE_HEAD)
    page = head.open("/mensajes/1")
    refused = head.press(page, "/mensajes/1/volvio", reason="")
    noted = head.press(refused, "/mensajes/1/volvio", reason="El buzón no existe.")
    done = head.press(noted, "/mensajes/1/papel")

    assert (refused.status, "Escriba qué dice el correo" in refused.text) == (422, True)
    assert "Volvió: El buzón no existe." in noted.text
    assert "La carta quedó en «Cartas por entregar»" in done.text
    assert filed in signed_in(CLERK).open("/cartas").text
