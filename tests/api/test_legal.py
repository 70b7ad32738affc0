"""The legal acts by JSON: what is open, what an act would do, the act, and each refusal with its rule."""

from typing import Any

import httpx2
import pytest

from processes.directory.people import Person
from tests.api.site import Site
from tests.builders.office import ADMINISTRATOR, CLERK, CONTROL, OFFICIAL, SERVICE_HEAD, STRANGER
from tests.builders.petitions import classify, distribute

REASONS = "La cuadrilla debe hacer un estudio del suelo que tarda dos semanas."
MISSING = "Falta la dirección exacta y una fotografía del hueco."
EXTENSION = {"kind": "extension_told", "reason": REASONS}
REQUEST = {"kind": "completion_requested", "reason": MISSING}


def at_work(site: Site) -> dict[str, Any]:
    receipt = site.file()
    classify(site.office, receipt["filing_number"])
    distribute(site.office, receipt["filing_number"])
    return receipt


def post(site: Site, person: Person, number: str, what: str, body: object) -> httpx2.Response:
    return site.client.post(f"/api/petitions/{number}/{what}", json=body, headers=site.bearer(person))


def legal_file(site: Site, person: Person, number: str) -> dict[str, Any]:
    response = site.client.get(f"/api/petitions/{number}/legal-file", headers=site.bearer(person))
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


def test_the_legal_file_tells_what_is_open_until_when_and_why_the_rest_is_not(site: Site) -> None:
    number = at_work(site)["filing_number"]

    told = legal_file(site, OFFICIAL, number)

    extension = next(each for each in told["permitted"] if each["kind"] == "extension_told")
    assert extension["until"] == "2026-12-15"
    assert "parágrafo" in extension["citation"]
    refused = {each["kind"]: each["why"] for each in told["refused"]}
    assert "completed" in refused
    assert all(refused.values())
    assert told["explanation"]["due_on"] == told["due_on"] == "2026-12-15"


def test_a_rehearsal_tells_the_new_date_and_changes_nothing(site: Site) -> None:
    number = at_work(site)["filing_number"]

    response = post(site, OFFICIAL, number, "legal-acts/preview", EXTENSION)

    told = response.json()
    assert (response.status_code, told["due_on_before"], told["due_on"]) == (200, "2026-12-15", "2027-01-07")
    assert told["explanation"]["days"][-1]["date"] == "2027-01-07"
    after = legal_file(site, OFFICIAL, number)
    assert (after["due_on"], after["events"]) == ("2026-12-15", [])


def test_an_act_moves_the_date_and_stands_in_the_file(site: Site) -> None:
    number = at_work(site)["filing_number"]

    response = post(site, OFFICIAL, number, "legal-acts", EXTENSION)

    assert (response.status_code, response.json()["term_state"]) == (201, "extended")
    (event,) = legal_file(site, SERVICE_HEAD, number)["events"]
    assert (event["kind"], event["text"], event["recorded_by"]) == ("extension_told", REASONS, "Carlos Mejía")


def test_a_refused_act_is_a_problem_with_its_norm(site: Site) -> None:
    number = at_work(site)["filing_number"]
    post(site, OFFICIAL, number, "legal-acts", EXTENSION)

    refused = post(site, OFFICIAL, number, "legal-acts", EXTENSION)

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "refused-act")
    assert refused.headers["content-type"] == "application/problem+json"
    assert "artículo 14" in problem["citation"]
    assert problem["citation"] in problem["detail"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "corto"}, "reason"),
        ({"happened_at": "2026-11-23T10:00:00"}, "happened_at"),
        ({"happened_at": "mañana"}, "happened_at"),
        ({"length": {"amount": 0}}, "length.amount"),
        ({"length": {"amount": 5, "unit": "lunas"}}, "length.unit"),
        ({"kind": "burned"}, "kind"),
        ({"color": "rojo"}, "color"),
    ],
)
def test_each_wrong_field_is_named(site: Site, changes: dict[str, object], field: str) -> None:
    number = at_work(site)["filing_number"]

    refused = post(site, OFFICIAL, number, "legal-acts", {**EXTENSION, **changes})

    assert refused.status_code == 422
    assert field in {error["field"] for error in refused.json()["errors"]}


@pytest.mark.parametrize("person", [CONTROL, ADMINISTRATOR, STRANGER], ids=lambda person: person.username)
def test_an_act_is_refused_to_those_to_whom_it_does_not_belong(site: Site, person: Person) -> None:
    number = at_work(site)["filing_number"]

    for what in ("legal-acts", "legal-acts/preview"):
        assert post(site, person, number, what, EXTENSION).status_code == 403


def test_the_citizen_completes_with_number_and_code_alone(site: Site) -> None:
    receipt = at_work(site)
    number, code = receipt["filing_number"], {"Tracking-Code": receipt["tracking_code"]}
    post(site, OFFICIAL, number, "legal-acts", REQUEST)
    address = f"/api/petitions/{number}/tracking"

    asked = site.client.get(f"{address}/legal-file", headers=code).json()
    done = site.client.post(
        f"{address}/legal-acts",
        json={"kind": "completed", "text": "La dirección es calle 5 # 4-21, frente a la panadería."},
        headers=code,
    )

    assert asked["term_state"] == "suspended"
    assert {each["kind"] for each in asked["permitted"]} >= {"completed", "completion_extension_asked"}
    assert next(each["text"] for each in asked["events"]) == MISSING
    assert (done.status_code, done.json()["term_state"]) == (201, "running")


def test_a_wrong_code_opens_neither_the_clock_nor_an_act(site: Site) -> None:
    number = site.file()["filing_number"]
    wrong = {"Tracking-Code": "AAAAA-AAAA-AAAA"}
    body = {"kind": "withdrawn", "text": "Ya no necesito que me respondan."}

    read = site.client.get(f"/api/petitions/{number}/tracking/legal-file", headers=wrong)
    done = site.client.post(f"/api/petitions/{number}/tracking/legal-acts", json=body, headers=wrong)

    assert (read.status_code, done.status_code) == (404, 404)


def test_an_act_of_the_office_is_not_the_citizen_s(site: Site) -> None:
    receipt = at_work(site)
    address = f"/api/petitions/{receipt['filing_number']}/tracking/legal-acts"

    refused = site.client.post(
        address,
        json={"kind": "extension_told", "text": REASONS},
        headers={"Tracking-Code": receipt["tracking_code"]},
    )

    assert refused.status_code == 422


def test_a_longer_term_waits_for_the_head_of_citizen_service(site: Site) -> None:
    number = at_work(site)["filing_number"]
    body = {"new_kind": "consultation", "reason": "Pide un concepto sobre la norma."}
    address = "reclassification-proposal"

    asked = post(site, OFFICIAL, number, address, body)
    by_the_official = post(site, OFFICIAL, number, f"{address}/approve", {})
    waiting = site.client.get("/api/reclassification-proposals", headers=site.bearer(SERVICE_HEAD)).json()
    approved = post(site, SERVICE_HEAD, number, f"{address}/approve", {})
    again = post(site, SERVICE_HEAD, number, f"{address}/decline", {"reason": "Ya se había aprobado."})

    assert (asked.status_code, by_the_official.status_code, again.status_code) == (204, 403, 404)
    assert number in {each["filing_number"] for each in waiting}
    assert (approved.status_code, approved.json()["due_on"]) == (200, "2027-01-07")


def test_requests_are_numbered_and_the_earliest_date_rules(site: Site) -> None:
    number = site.file()["filing_number"]
    matters = [
        {"kind": "request", "text": "Que se tape el hueco."},
        {"kind": "document_request", "text": "Copia del contrato de la vía."},
    ]

    numbered = post(site, CLERK, number, "matters", {"matters": matters})
    again = post(site, CLERK, number, "matters", {"matters": matters})

    assert (numbered.status_code, numbered.json()["due_on"]) == (201, "2026-12-07")
    assert again.status_code == 409
    shown = legal_file(site, CLERK, number)["matters"]
    assert [(each["number"], each["due_on"]) for each in shown] == [(1, "2026-12-15"), (2, "2026-12-07")]
