"""Letters on paper and personal notices, for programs."""

from typing import Any

import pytest

from processes.petitions.desk import file_at_desk
from tests.api.site import Site
from tests.builders.office import CLERK, DEPARTMENT_HEAD, OFFICIAL
from tests.builders.petitions import ROSA, classify, distribute, file_one

ON_PAPER = {**ROSA, "channel": "letter", "email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}


@pytest.fixture
def number(sqlite_site: Site) -> str:
    """A petition that came by post, without mail."""
    return file_at_desk(sqlite_site.office, CLERK, ON_PAPER).filing_number


def _waiting(site: Site, number: str) -> list[dict[str, Any]]:
    """The letters of one petition that wait at the desk."""
    items = site.client.get("/api/letters", headers=site.bearer(CLERK)).json()["items"]
    return [each for each in items if each["filing_number"] == number]


def test_a_letter_is_printed_and_handed_over(sqlite_site: Site, number: str) -> None:
    client, desk = sqlite_site.client, sqlite_site.bearer(CLERK)
    (waiting,) = _waiting(sqlite_site, number)
    address = f"/api/letters/{waiting['id']}"

    printed = client.post(f"{address}/print", headers=desk).json()
    refused = client.post(f"{address}/handed-over", json={"how": "post", "proof": ""}, headers=desk)
    done = client.post(f"{address}/handed-over", json={"how": "post", "proof": "Guía 7"}, headers=desk)

    assert waiting["name"] == "Rosa Díaz"
    assert number in printed["text"]
    assert [each["field"] for each in refused.json()["errors"]] == ["proof"]
    assert done.status_code == 204
    assert _waiting(sqlite_site, number) == []
    assert client.post(f"{address}/returned", json={"reason": "No está"}, headers=desk).status_code == 404


@pytest.mark.usefixtures("number")
def test_letters_are_for_the_desk_alone(sqlite_site: Site) -> None:
    client = sqlite_site.client
    assert client.get("/api/letters").status_code == 401
    assert client.get("/api/letters", headers=sqlite_site.bearer(OFFICIAL)).status_code == 403


def test_somebody_reads_what_they_were_told_and_chooses_what_is_mailed(sqlite_site: Site) -> None:
    office, client, head = sqlite_site.office, sqlite_site.client, sqlite_site.bearer(DEPARTMENT_HEAD)
    told = file_one(office).filing_number
    classify(office, told)
    distribute(office, told)
    (notice,) = client.get("/api/notices", headers=head).json()["items"]

    assert notice["filing_number"] == told
    assert client.get("/api/notices/unread", headers=head).json() == {"unread": 1}
    assert client.post(f"/api/notices/{notice['id']}/read", headers=head).json()["read_at"] is not None
    assert (
        client.post(f"/api/notices/{notice['id']}/read", headers=sqlite_site.bearer(CLERK)).status_code == 404
    )
    assert client.post("/api/notices/read", headers=head).json() == {"unread": 0}
    address = "/api/notices/preferences"
    assert client.put(address, json={"mail_off": ["tasks"]}, headers=head).status_code == 204
    assert client.put(address, json={"mail_off": ["escalation"]}, headers=head).status_code == 422
    assert client.get(address, headers=head).json() == {"mail_off": ["tasks"]}
