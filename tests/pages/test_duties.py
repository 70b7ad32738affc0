"""Deberes: who sees what outlives a petition, where it leads, and how it is done."""

from collections.abc import Callable

import pytest

from processes.directory.people import Person
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.level_three import LAWYER, hire
from tests.builders.office import CLERK, DIRECTOR, OFFICIAL
from tests.builders.petitions import file_one, live_whole_life
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]
RULING = LegalAct(
    kind=LegalEventKind.JUDGE_RULED,
    reason="Ordena responder de fondo la petición.",
    length=Length(48, TermUnit.HOURS),
    authority="Juzgado Segundo Civil Municipal",
)
BACK = LegalAct(kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Rebotó el correo.")


@pytest.fixture
def number(office: Office) -> str:
    """A closed petition; the legal office has somebody."""
    hire(office, LAWYER)
    number = file_one(office).filing_number
    live_whole_life(office, number)
    return number


def test_a_duty_of_the_law_leads_to_the_act_that_ends_it(
    office: Office, signed_in: SignIn, number: str
) -> None:
    record_legal_act(office, LAWYER, number, RULING)
    lawyer = signed_in(LAWYER)

    assert "Además tiene 1 deber aparte de las respuestas" in lawyer.open("/bandeja").text
    listed = lawyer.open("/deberes")
    (link,) = listed.all("//ol[@class='rows']//h2/a")
    assert link.attrib["href"] == f"/peticiones/{number}/actuaciones/orden-cumplida"
    assert "Por vencer" in listed.text
    assert lawyer.open(link.attrib["href"]).status == 200
    assert "Cumplir el fallo del juez" in lawyer.open(f"/peticiones/{number}").text
    watched = signed_in(DIRECTOR).open("/deberes")
    assert "Cumplir el fallo del juez" in watched.text
    assert watched.all("//ol[@class='rows']//h2/a") == []


def test_an_answer_that_came_back_is_done_by_saying_how_it_was_delivered(
    office: Office, signed_in: SignIn, number: str
) -> None:
    record_legal_act(office, CLERK, number, BACK)
    desk = signed_in(CLERK)
    address = f"/deberes/{number}/respuesta-devuelta"

    page = desk.open(address)
    refused = desk.press(page, address, note="Ya")
    done = desk.press(
        refused, address, note="La recogió su hija con autorización escrita.", delivered_how="in_person"
    )

    assert refused.status == 422
    assert refused.form(address)["note"].strip() == "Ya"
    assert "Escoja cómo se entregó la respuesta." in refused.text
    assert "quedó anotado como cumplido" in done.text
    assert "No hay deberes pendientes" in done.text
    kept = desk.open(f"/peticiones/{number}").text
    assert "La recogió su hija con autorización escrita." in kept
    assert "se entregó en persona el" in kept
    assert "Se cumplió el deber: entregar la respuesta que volvió." in kept
    again = desk.press(page, address, note="La recogió su hija otra vez.", delivered_how="letter")
    assert again.status == 409


def test_duties_are_for_those_whose_they_are_and_who_watch(signed_in: SignIn, number: str) -> None:
    assert signed_in(OFFICIAL).open("/deberes").status == 403
    assert "No hay deberes pendientes" in signed_in(LAWYER).open("/deberes").text
    desk = signed_in(CLERK)
    assert desk.open(f"/deberes/{number}/respuesta-devuelta").status == 404
    assert desk.open(f"/deberes/{number}/otra-cosa").status == 404
