"""Messages leave soon after the act that posts them, whatever happened to those before."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.delivery import Delivery
from processes.common.errors import Unavailable
from processes.petitions.office import Office
from tests.api.site import PATIENCE_SECONDS, PETITION, KeptMail
from tests.builders.office import HandClock, an_office


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office that nobody else delivers for."""
    with an_office(sqlite_url, tmp_path, HandClock()) as opened:
        yield opened


def test_what_was_posted_leaves_before_the_process_ends(office: Office) -> None:
    mail = KeptMail()

    with TestClient(create_app(office, sender=mail)) as client:
        client.post("/api/petitions", json={**PETITION, "email": "ultima@correo.example"})

    assert "ultima@correo.example" in {message.to for message in mail.messages}


def test_what_an_earlier_process_left_leaves_at_the_start(office: Office) -> None:
    TestClient(create_app(office, sender=KeptMail())).post(
        "/api/petitions", json={**PETITION, "email": "antes@correo.example"}
    )
    mail = KeptMail()

    with TestClient(create_app(office, sender=mail)):
        message = mail.await_one_to("antes@correo.example")

    assert message.subject


def test_a_delivery_that_failed_does_not_end_the_deliverer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes: Iterator[Exception | None] = iter([Unavailable("Sin base de datos."), RuntimeError("x"), None])
    attempted, succeeded = threading.Semaphore(0), threading.Event()

    def deliver(*_: object, **__: object) -> None:
        outcome = next(outcomes, None)
        attempted.release()
        if outcome is not None:
            raise outcome
        succeeded.set()

    monkeypatch.setattr("api.delivery.deliver_outbox", deliver)
    delivery = Delivery(KeptMail())

    delivery.start(office)
    for _ in range(2):
        assert attempted.acquire(timeout=PATIENCE_SECONDS)
        delivery.wake()
    reached = succeeded.wait(PATIENCE_SECONDS)
    delivery.stop()

    assert reached
