"""Changes of kind that wait for an approval, by JSON: what cannot be proposed, and what was seen."""

from typing import Any

import httpx2
import pytest

from processes.directory.people import Person
from tests.api.site import Site
from tests.builders.office import OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute

WHY = "Pide un concepto sobre la norma de la obra, no una actuación."
LONGER: dict[str, Any] = {"new_kind": "consultation", "reason": WHY}


def at_work(site: Site) -> str:
    number = str(site.file()["filing_number"])
    classify(site.office, number)
    distribute(site.office, number)
    return number


def propose(site: Site, number: str, **changes: object) -> httpx2.Response:
    address = f"/api/petitions/{number}/reclassification-proposal"
    return site.client.post(address, json={**LONGER, **changes}, headers=site.bearer(OFFICIAL))


def decide(site: Site, number: str, how: str, *, proposed_at: str, by: Person = SERVICE_HEAD) -> int:
    address = f"/api/petitions/{number}/reclassification-proposal/{how}"
    body = {"reason": WHY} if how == "decline" else None
    sent = site.client.post(address, params={"proposed_at": proposed_at}, json=body, headers=site.bearer(by))
    return sent.status_code


def waiting(site: Site) -> list[dict[str, Any]]:
    response = site.client.get("/api/reclassification-proposals", headers=site.bearer(SERVICE_HEAD))
    assert response.status_code == 200, response.text
    told: list[dict[str, Any]] = response.json()
    return told


@pytest.mark.parametrize("matter", [0, -1, 2, 99, 10**25, 10**3999])
def test_a_request_that_the_petition_does_not_have_is_no_proposal(site: Site, matter: int) -> None:
    number = at_work(site)

    refused = propose(site, number, matters=[matter])

    assert (refused.status_code, refused.json()["code"]) == (422, "refused-act")
    assert number not in {each["filing_number"] for each in waiting(site)}


def test_a_change_to_a_kind_that_is_switched_off_is_refused_and_says_what_to_do(site: Site) -> None:
    number = at_work(site)
    act = {"kind": "reclassified", "reason": WHY, "new_kind": "health_simple_risk"}

    proposed = propose(site, number, new_kind="health_simple_risk")
    done = site.client.post(
        f"/api/petitions/{number}/legal-acts", json=act, headers=site.bearer(SERVICE_HEAD)
    )

    for refused in (proposed, done):
        assert refused.status_code == 422
        assert "no tiene activada la clase" in refused.json()["detail"]


@pytest.mark.parametrize("how", ["approve", "decline"])
def test_what_was_seen_is_what_is_decided(site: Site, how: str) -> None:
    number = at_work(site)
    assert propose(site, number).status_code == 204
    (seen,) = [each for each in waiting(site) if each["filing_number"] == number]
    assert isinstance(site.office.clock, HandClock)
    site.office.clock.forward(minutes=1)
    assert propose(site, number, new_kind="consultation", reason=f"{WHY} Otra vez.").status_code == 204
    (newer,) = [each for each in waiting(site) if each["filing_number"] == number]

    stale = decide(site, number, how, proposed_at=seen["proposed_at"])
    decided = decide(site, number, how, proposed_at=newer["proposed_at"])

    assert (stale, decided < 300) == (409, True)
    assert number not in {each["filing_number"] for each in waiting(site)}
