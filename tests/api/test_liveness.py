"""The health page turns red when time has stopped passing in the office."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.flows import sweeps
from processes.petitions.sweep_tables import SWEEP_RUNS
from tests.api.site import Site


def _age_the_sweeps(site: Site, age: timedelta) -> None:
    with site.office.write() as connection:
        connection.execute(sa.update(SWEEP_RUNS).values(finished_at=real_now() - age))


def _patience(site: Site) -> timedelta:
    return 3 * timedelta(seconds=site.office.settings.sweep_seconds)


def test_an_office_that_was_just_opened_is_well(sqlite_site: Site) -> None:
    assert sqlite_site.client.get("/health").status_code == 200


@pytest.mark.parametrize(("lateness", "status"), [(-240, 200), (60, 503)])
def test_a_sweep_older_than_three_periods_turns_it_red(sqlite_site: Site, lateness: int, status: int) -> None:
    sweeps.sweep(sqlite_site.office)
    _age_the_sweeps(sqlite_site, _patience(sqlite_site) + timedelta(seconds=lateness))

    response = sqlite_site.client.get("/health")

    assert response.status_code == status
    assert sqlite_site.client.get("/health/web").status_code == 200
    assert ("Alertas" in response.text) == (status == 503)


def test_the_sweep_that_ends_again_turns_it_green(sqlite_site: Site) -> None:
    sweeps.sweep(sqlite_site.office)
    _age_the_sweeps(sqlite_site, 2 * _patience(sqlite_site))
    sweeps.sweep(sqlite_site.office)

    assert sqlite_site.client.get("/health").status_code == 200


def test_the_age_of_the_oldest_message_is_measured(sqlite_site: Site) -> None:
    now = sqlite_site.office.now()
    held = {
        "key": "held",
        "stream": "office",
        "recipient": "ana@correo.example",
        "template": "escalation",
        "context": "{}",
        "status": MessageStatus.PENDING.value,
        "attempts": 1,
        "created_at": now - timedelta(minutes=10),
        "claimed_until": real_now() + timedelta(hours=1),
        "last_error": "",
        "subject": "",
        "text": "",
    }
    with sqlite_site.office.write() as connection:
        connection.execute(sa.insert(MESSAGES), held)

    here = TestClient(sqlite_site.client.app, client=("127.0.0.1", 50000))
    lines = here.get("/metrics").text.splitlines()
    (measured,) = (line for line in lines if line.startswith("ventanilla_oldest_message_seconds"))
    assert float(measured.split()[1]) == 600
