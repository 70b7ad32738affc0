"""«Avisos» and «Mi cuenta»: what the office told somebody, and what comes by mail besides."""

from collections.abc import Callable

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from tests.builders.office import CLERK, DEPARTMENT_HEAD
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def number(office: Office) -> str:
    """A petition of whose assignment the head of a department was told."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def test_a_notice_leads_to_its_petition_and_is_read_then(signed_in: SignIn, number: str) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    listed = head.open("/avisos")
    buttons = [str(form.action) for form in listed.root.forms if "/avisos/" in str(form.action)]
    (button,) = (each for each in buttons if each != "/avisos/leidos")

    opened = head.press(listed, button)

    assert "Avisos (1 sin leer)" in listed.text
    assert opened.path == f"/peticiones/{number}"
    assert "sin leer" not in opened.text
    assert "Leído" in head.open("/avisos").text


def test_all_are_marked_as_read_at_once(signed_in: SignIn, number: str) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    done = head.press(head.open("/avisos"), "/avisos/leidos")

    assert number in done.text
    assert "Todos sus avisos quedaron como leídos." in done.text
    assert "sin leer" not in done.text


def test_somebody_chooses_what_comes_by_mail(signed_in: SignIn) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    page = head.open("/mi-cuenta")
    ticked = [each.attrib["value"] for each in page.all("//input[@type='checkbox'][@checked]")]

    saved = head.press(page, "/mi-cuenta", by_mail=["summaries"])

    assert ticked == ["tasks", "summaries"]
    assert "Queda guardado" in saved.text
    assert [each.attrib["value"] for each in saved.all("//input[@checked]")] == ["summaries"]
    assert "órdenes de los jueces" in saved.text


def test_who_was_told_nothing_reads_so(signed_in: SignIn, citizen: Visitor) -> None:
    assert "Todavía no tiene avisos." in signed_in(CLERK).open("/avisos").text
    assert citizen.open("/avisos").path.startswith("/ingresar")
