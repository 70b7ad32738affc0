"""«Enterado»: whoever was told of a petition that nears its date says so on its page."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from processes.directory.people import Person
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.office import Office
from tests.builders.office import DEPARTMENT_HEAD, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]


@pytest.fixture
def told(office: Office, clock: HandClock) -> str:
    """The page of a petition of which the head of the department was told."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    clock.to(datetime(2026, 12, 7, 14, 0, tzinfo=UTC))
    assert advance_due_alerts(office) == 1
    return f"/peticiones/{number}"


def test_whoever_was_told_says_so_once(signed_in: SignIn, told: str) -> None:
    head = signed_in(DEPARTMENT_HEAD)
    page = head.open(told)

    done = head.press(page, f"{told}/enterado")

    assert "7 de diciembre" in page.text
    assert "Queda escrito que usted está enterado" in done.text
    assert "Se dio por enterado del aviso de vencimiento" in done.text
    assert [form.action for form in done.root.forms if "enterado" in str(form.action)] == []


def test_nobody_else_is_offered_it(signed_in: SignIn, told: str) -> None:
    watcher = signed_in(SERVICE_HEAD)
    page = watcher.open(told)

    assert [form.action for form in page.root.forms if "enterado" in str(form.action)] == []
    assert watcher.send(f"{told}/enterado", page.form("/salir")).status == 403
