"""What time asks of citizen service, done on a page."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from processes.reports.office_tasks import plan_visits
from tests.builders.office import CONTROL, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def visit_to_infrastructure(office: Office, clock: HandClock) -> str:
    """The address of a visit that is due."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    clock.to(datetime(2027, 1, 4, 12, 40, tzinfo=UTC))
    assert plan_visits(office) == 1
    return "/tareas-de-la-oficina/1"


def test_the_head_writes_what_a_visit_found(signed_in: SignIn, visit_to_infrastructure: str) -> None:
    head = signed_in(SERVICE_HEAD)
    listed = head.open("/tareas-de-la-oficina")
    page = head.open(visit_to_infrastructure)

    refused = head.press(page, visit_to_infrastructure, findings="Poco", commitments="")
    done = head.press(
        refused,
        visit_to_infrastructure,
        findings="Nadie recibe el reparto por vacaciones.",
        commitments="Nombrar un encargado el lunes.",
    )

    assert "Visita de seguimiento: Secretaría de Infraestructura" in listed.text
    assert [link.text for link in page.all("//dd/a")] == ["2026-000001"]
    assert refused.status == 422
    assert "Poco" in refused.text
    assert "La tarea quedó anotada como hecha." in done.text
    assert "Nombrar un encargado el lunes." in signed_in(CONTROL).open(visit_to_infrastructure).text


def test_only_the_head_is_offered_the_form(signed_in: SignIn, visit_to_infrastructure: str) -> None:
    assert signed_in(CONTROL).open(visit_to_infrastructure).all("//main//form") == []
    assert signed_in(OFFICIAL).open(visit_to_infrastructure).status == 403
