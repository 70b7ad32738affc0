"""The reports as programs read them."""

from datetime import UTC, datetime

import pytest

from processes.reports.making import make_due_reports
from tests.api.site import Site
from tests.builders.office import CLERK, DEPARTMENT_HEAD, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute


@pytest.fixture(scope="module")
def late(sqlite_site: Site) -> str:
    """A petition that is overdue, in the reports of November and of the first half of December."""
    number = str(sqlite_site.file()["filing_number"])
    classify(sqlite_site.office, number)
    distribute(sqlite_site.office, number)
    assert isinstance(sqlite_site.office.clock, HandClock)
    sqlite_site.office.clock.to(datetime(2026, 12, 16, 12, 30, tzinfo=UTC))
    make_due_reports(sqlite_site.office)
    return number


def test_the_head_lists_the_reports_reads_one_and_its_cases_and_sends_it(
    sqlite_site: Site, late: str
) -> None:
    client, headers = sqlite_site.client, sqlite_site.bearer(SERVICE_HEAD)
    listed = client.get("/api/reports", headers=headers).json()["items"]
    waiting = next(each for each in listed if each["status"] == "for_review")
    address = f"/api/reports/{waiting['id']}"

    report = client.get(address, headers=headers).json()
    overdue = next(figure for figure in report["figures"] if figure["key"] == "overdue")
    cases = client.get(f"{address}/figures/overdue/cases", headers=headers).json()

    assert waiting["recipients"] == ["disciplinary_control"]
    assert waiting["published"] is False
    assert overdue["query"].startswith("SELECT")
    assert [(each["label"], each["value"]) for each in overdue["values"]] == [
        ("Secretaría de Infraestructura", 1.0)
    ]
    assert [case["filing_number"] for case in cases["items"]] == [late]
    assert client.post(f"{address}/sending", json={}, headers=headers).status_code == 204
    assert client.post(f"{address}/sending", json={}, headers=headers).status_code == 409
    assert client.get(address, headers=headers).json()["report"]["status"] == "sent"


def test_anybody_reads_a_published_report_without_queries_cases_or_names(
    sqlite_site: Site, late: str
) -> None:
    client = sqlite_site.client
    (published,) = client.get("/api/published-reports").json()["items"]

    report = client.get(f"/api/reports/{published['id']}").json()

    assert published["name"] == "monthly_timeliness"
    assert {figure["query"] for figure in report["figures"]} == {""}
    assert report["told"] == []
    assert late not in str(report)
    refused = client.get(f"/api/reports/{published['id']}/figures/overdue/cases")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"


def test_reports_are_refused_to_whom_they_are_not_for(sqlite_site: Site, late: str) -> None:
    assert late
    client = sqlite_site.client
    listed = client.get("/api/reports", headers=sqlite_site.bearer(SERVICE_HEAD)).json()["items"]
    transfers = next(each["id"] for each in listed if each["name"] == "monthly_transfers")

    assert client.get("/api/reports", headers=sqlite_site.bearer(CLERK)).status_code == 403
    assert client.get(f"/api/reports/{transfers}").status_code == 401
    head = sqlite_site.bearer(DEPARTMENT_HEAD)
    assert {each["name"] for each in client.get("/api/reports", headers=head).json()["items"]} == {
        "monthly_timeliness"
    }
    assert client.get("/api/reports/999", headers=head).status_code == 404
    assert client.get("/api/reports?cursor=x", headers=head).status_code == 422


def test_the_list_of_reports_comes_in_pages(sqlite_site: Site, late: str) -> None:
    assert late
    client, headers = sqlite_site.client, sqlite_site.bearer(SERVICE_HEAD)
    everything = client.get("/api/reports", headers=headers).json()["items"]

    first = client.get("/api/reports?limit=1", headers=headers).json()
    second = client.get(f"/api/reports?limit=1&cursor={first['next_cursor']}", headers=headers).json()

    assert first["items"] + second["items"] == everything[:2]
