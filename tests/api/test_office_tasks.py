"""Visits, as programs read and finish them."""

from datetime import UTC, datetime

import pytest

from processes.reports.office_tasks import plan_visits
from tests.api.site import Site
from tests.builders.office import CONTROL, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute

FOUND = {"findings": "Nadie recibe el reparto por vacaciones.", "commitments": "Un encargado el lunes."}


@pytest.fixture(scope="module")
def visit(sqlite_site: Site) -> str:
    """The address of a visit that is due."""
    number = str(sqlite_site.file()["filing_number"])
    classify(sqlite_site.office, number)
    distribute(sqlite_site.office, number)
    assert isinstance(sqlite_site.office.clock, HandClock)
    sqlite_site.office.clock.to(datetime(2027, 1, 4, 12, 40, tzinfo=UTC))
    assert plan_visits(sqlite_site.office) == 1
    return "/api/office-tasks/1"


def test_the_head_finishes_a_visit_once_and_control_reads_what_was_found(
    sqlite_site: Site, visit: str
) -> None:
    client, head = sqlite_site.client, sqlite_site.bearer(SERVICE_HEAD)
    (listed,) = client.get("/api/office-tasks", headers=head).json()

    assert (listed["kind"], listed["petitions"], listed["done_at"]) == ("visit", 1, None)
    short = client.post(f"{visit}/done", json={"findings": "Poco"}, headers=head)
    assert short.status_code == 422
    assert {error["field"] for error in short.json()["errors"]} == {"findings", "commitments"}
    assert client.post(f"{visit}/done", json=FOUND, headers=head).status_code == 204
    assert client.post(f"{visit}/done", json=FOUND, headers=head).status_code == 409
    read = client.get(visit, headers=sqlite_site.bearer(CONTROL)).json()
    assert read["commitments"] == "Un encargado el lunes."


def test_visits_are_not_for_everybody(sqlite_site: Site, visit: str) -> None:
    client = sqlite_site.client

    assert client.get(visit).status_code == 401
    assert client.get(visit, headers=sqlite_site.bearer(OFFICIAL)).status_code == 403
    assert client.post(f"{visit}/done", json=FOUND, headers=sqlite_site.bearer(CONTROL)).status_code == 403
    assert client.get("/api/office-tasks/999", headers=sqlite_site.bearer(CONTROL)).status_code == 404
