"""A due date by JSON, with every day that led to it."""

from tests.api.site import Site
from tests.builders.office import ADMINISTRATOR, SERVICE_HEAD, STRANGER


def test_a_due_date_is_explained_day_by_day(site: Site) -> None:
    number = site.file()["filing_number"]

    response = site.client.get(f"/api/petitions/{number}/due-date", headers=site.bearer(SERVICE_HEAD))

    told = response.json()
    assert response.status_code == 200
    assert (told["filed_on"], told["due_on"], told["filing_reason"]) == ("2026-11-23", "2026-12-15", "")
    days = told["explanation"]["days"]
    assert [day["number"] for day in days if day["counted"]] == list(range(1, 16))
    assert all(day["why"] for day in days)
    assert "artículo 14" in told["explanation"]["rule"]["citation"]


def test_the_documentation_describes_a_day_as_it_is_sent(site: Site) -> None:
    number = site.file()["filing_number"]
    told = site.client.get(f"/api/petitions/{number}/due-date", headers=site.bearer(SERVICE_HEAD)).json()

    document = site.client.get("/api/openapi.json").json()

    described = document["components"]["schemas"]["DayCount"]["properties"]
    assert described.keys() == told["explanation"]["days"][0].keys()


def test_a_due_date_is_explained_only_to_those_who_read_the_petition(site: Site) -> None:
    number = site.file()["filing_number"]
    address = f"/api/petitions/{number}/due-date"

    assert site.client.get(address).status_code == 401
    assert site.client.get(address, headers=site.bearer(ADMINISTRATOR)).status_code == 403
    assert site.client.get(address, headers=site.bearer(STRANGER)).status_code == 403
