"""The reports as their readers find them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from processes.reports.making import make_due_reports
from tests.builders.office import CONTROL, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def late(office: Office, clock: HandClock) -> str:
    """A petition that is overdue, in reports that are there."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    clock.to(datetime(2026, 12, 16, 12, 30, tzinfo=UTC))
    make_due_reports(office)
    return number


def _fortnightly(visitor: Visitor) -> str:
    listed = visitor.open("/informes")
    (link,) = listed.all("//h2/a[contains(., 'Oportunidad de las respuestas')]")
    return str(link.get("href"))


def test_the_head_reads_the_cases_behind_a_figure_and_sends_the_report(signed_in: SignIn, late: str) -> None:
    head = signed_in(SERVICE_HEAD)
    address = _fortnightly(head)

    shown = head.open(address)
    cases = head.open(f"{address}/cifras/overdue")
    sent = head.press(shown, f"{address}/enviar", remarks="La dependencia ya tiene un plan.")

    assert "Por revisar: todavía no lo ve nadie más" in shown.text
    assert "Secretaría de Infraestructura" in shown.text
    assert late in cases.text
    assert "El informe se envió a quienes lo reciben." in sent.text
    assert "La dependencia ya tiene un plan." in head.open(address).text


def test_internal_control_sees_nothing_before_the_review(signed_in: SignIn, late: str) -> None:
    assert late
    head, control = signed_in(SERVICE_HEAD), signed_in(CONTROL)
    address = _fortnightly(head)

    assert "Oportunidad de las respuestas" not in control.open("/informes").text
    assert control.open(address).status == 403
    assert signed_in(OFFICIAL).open("/informes").status == 403


def test_anybody_reads_what_is_published_without_its_cases(citizen: Visitor, late: str) -> None:
    listed = citizen.open("/informes-publicados")
    (link,) = listed.all("//h2/a")
    address = str(link.get("href"))

    shown = citizen.open(address)

    assert "Oportunidad de respuesta" in shown.text
    assert "SELECT" not in shown.text
    assert late not in shown.text
    assert late not in citizen.open(f"{address}/cifras/filed_by_department").text


@pytest.mark.usefixtures("late")
def test_whoever_reads_no_cases_is_led_to_none(signed_in: SignIn) -> None:
    official = signed_in(OFFICIAL)
    (link,) = official.open("/informes-publicados").all("//h2/a")

    shown = official.open(str(link.get("href")))

    assert shown.status == 200
    assert {each.get("href") for each in shown.all("//main//a")} == {"/informes-publicados"}
