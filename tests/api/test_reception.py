"""The single form and the front desk by JSON: what the page can do, a program can."""

from typing import Any

import pytest
from httpx2 import Response

from processes.directory.people import Person
from tests.api.site import PETITION, Site
from tests.builders.office import ADMINISTRATOR, CLERK, OFFICIAL, SERVICE_HEAD

SPOKEN: dict[str, Any] = {
    **{name: value for name, value in PETITION.items() if name not in {"email", "privacy_notice"}},
    "channel": "verbal",
    "reply_by": "letter",
    "address": "Calle 5 # 4-20",
}


def at_the_desk(site: Site, person: Person = CLERK, **changes: object) -> Response:
    return site.client.post("/api/desk/petitions", json={**SPOKEN, **changes}, headers=site.bearer(person))


def test_a_program_files_with_the_whole_form(site: Site) -> None:
    receipt = site.file(
        petitioner_type="proxy",
        representative_name="Luis Gil",
        representative_document="CC 7",
        special_care=["elderly", "victim"],
        region="Caldas",
        urgent=True,
    )

    told = site.client.get(
        f"/api/petitions/{receipt['filing_number']}/reception", headers=site.bearer(CLERK)
    ).json()
    assert told["special_care"] == ["elderly", "victim"]
    assert (told["petitioner_type"], told["urgent"], told["reply_by"]) == ("proxy", True, "email")
    assert told["reception"] is None


def test_a_form_with_files_sends_its_conditions_one_by_one(site: Site) -> None:
    form = {**PETITION, "privacy_notice": "true", "special_care": ["veteran", "pregnant"]}

    receipt = site.client.post("/api/petitions", data=form, files={"files": ("nota.txt", b"Ver.\n")}).json()

    told = site.client.get(
        f"/api/petitions/{receipt['filing_number']}/reception", headers=site.bearer(CLERK)
    ).json()
    assert told["special_care"] == ["pregnant", "veteran"]


def test_the_rules_of_the_form_are_told_field_by_field(site: Site) -> None:
    wrong = {**PETITION, "petitioner_type": "robot", "special_care": ["rich"], "topic": "x" * 50}

    response = site.client.post("/api/petitions", json=wrong)

    assert response.status_code == 422
    assert {each["field"] for each in response.json()["errors"]} == {
        "petitioner_type",
        "special_care",
        "topic",
    }


def test_what_is_the_desks_alone_is_no_field_of_the_public_form(site: Site) -> None:
    for name in ("channel", "nature", "insists"):
        response = site.client.post("/api/petitions", json={**PETITION, name: "phone"})

        assert response.json()["errors"] == [{"field": name, "detail": "Este campo no existe."}]


def test_the_desk_files_by_json_with_its_proof(site: Site) -> None:
    response = at_the_desk(site, received_by="Luis Gil", received_at="2026-11-20T09:30")

    assert response.status_code == 201
    receipt = response.json()
    assert receipt["received_at"] == "2026-11-20T09:30:00-05:00"
    path = f"/api/petitions/{receipt['filing_number']}"
    told = site.client.get(f"{path}/reception", headers=site.bearer(CLERK)).json()
    assert (told["reception"]["verbal"], told["reception"]["received_by"]) == (True, "Luis Gil")
    printed = site.client.post(f"{path}/acknowledgement", headers=site.bearer(CLERK)).json()
    assert printed["tracking_code"] == receipt["tracking_code"]


def test_a_repeated_request_of_the_desk_files_once(site: Site) -> None:
    headers = {**site.bearer(CLERK), "Idempotency-Key": "desk-1"}

    first = site.client.post("/api/desk/petitions", json=SPOKEN, headers=headers)
    second = site.client.post("/api/desk/petitions", json=SPOKEN, headers=headers)

    assert first.json() == second.json()


def test_the_desk_is_told_every_wrong_field_at_once(site: Site) -> None:
    response = at_the_desk(site, channel="web", subject="", received_at="ayer", insists=True)

    assert response.status_code == 422
    assert {each["field"] for each in response.json()["errors"]} == {
        "channel",
        "subject",
        "received_at",
        "missing",
    }


def test_a_list_of_the_form_is_kept_and_read_by_json(site: Site) -> None:
    keeper = site.bearer(ADMINISTRATOR)
    body = {"name": "Alumbrado público", "department": "INF"}

    saved = site.client.put("/api/topics/alumbrado", json=body, headers=keeper)
    site.client.put("/api/territories/comuna_3", json={"name": "Comuna 3"}, headers=keeper)

    assert saved.json() == {"code": "alumbrado", **body}
    assert saved.json() in site.client.get("/api/topics").json()
    assert {"code": "comuna_3", "name": "Comuna 3"} in site.client.get("/api/territories").json()
    assert site.client.delete("/api/topics/alumbrado", headers=keeper).status_code == 204
    assert site.client.delete("/api/territories/comuna_3", headers=keeper).status_code == 204
    assert site.client.delete("/api/topics/alumbrado", headers=keeper).status_code == 404
    assert site.client.get("/api/topics").json() == []


def test_the_roster_and_the_numbers_to_call_are_kept_by_json(site: Site) -> None:
    keeper = site.bearer(SERVICE_HEAD)

    roster = site.client.put("/api/on-call/diana", json={"phone": "300 123 4567"}, headers=keeper).json()
    contacts = site.client.put("/api/entity/contacts", json={"emergency_phone": "119"}, headers=keeper)

    assert [(each["username"], each["phone"]) for each in roster] == [("diana", "300 123 4567")]
    assert contacts.status_code == 204
    assert site.client.get("/api/on-call", headers=keeper).json() == roster
    assert site.client.delete("/api/on-call/diana", headers=keeper).json() == []


def test_a_danger_is_declared_and_taken_in_hand_by_json(site: Site) -> None:
    path = f"/api/petitions/{site.file()['filing_number']}/danger"
    head = site.bearer(SERVICE_HEAD)

    declared = site.client.post(path, json={"reason": "Amenazan a quien firma."}, headers=head)
    taken = site.client.post(f"{path}/acknowledgement", json={"note": "Va la patrulla."}, headers=head)
    again = site.client.post(f"{path}/acknowledgement", json={}, headers=site.bearer(CLERK))

    assert (declared.status_code, taken.status_code, again.status_code) == (204, 204, 409)
    seen = site.client.get(path, headers=head).json()
    assert (seen["urgent"], seen["in_hand"]["by"]) == (True, "Beatriz Lozano")


@pytest.mark.parametrize("path", ["/danger", "/reception"])
def test_another_departments_petition_is_closed_to_a_program_too(site: Site, path: str) -> None:
    number = site.file()["filing_number"]

    response = site.client.get(f"/api/petitions/{number}{path}", headers=site.bearer(OFFICIAL))

    assert response.status_code == 403
