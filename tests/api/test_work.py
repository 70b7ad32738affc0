"""The official's side by JSON: the whole life of a petition, and who may do what in it."""

from typing import Any

import httpx2
import pytest

from processes.directory.people import Person
from tests.api.site import Site
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CUSTODIAN,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
)
from tests.builders.petitions import ANSWERED, CHECKED, CLASSIFIED, TO_INFRASTRUCTURE

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def act(site: Site, person: Person, number: str, task: int, what: str, **request: Any) -> httpx2.Response:  # noqa: ANN401 - what the client takes
    address = f"/api/work-items/{number}/{task}/{what}"
    return site.client.post(address, headers=site.bearer(person), **request)


def complete(site: Site, person: Person, number: str, task: int, fields: dict[str, Any]) -> dict[str, Any]:
    response = act(site, person, number, task, "complete", json={"fields": fields})
    assert response.status_code == 200, response.text
    completed: dict[str, Any] = response.json()
    return completed


def first_task(site: Site, person: Person, number: str) -> int:
    page = site.client.get("/api/work-items", params={"limit": 200}, headers=site.bearer(person)).json()
    task: int = next(item["task"] for item in page["items"] if item["filing_number"] == number)
    return task


def waiting_for_its_answer(site: Site) -> tuple[str, int]:
    number = site.file()["filing_number"]
    completed = complete(site, CLERK, number, first_task(site, CLERK, number), CLASSIFIED)
    completed = complete(site, SERVICE_HEAD, number, completed["next_tasks"][0]["key"], TO_INFRASTRUCTURE)
    return number, completed["next_tasks"][0]["key"]


def test_a_petition_lives_from_its_filing_to_its_close(site: Site) -> None:
    receipt = site.file()
    number = receipt["filing_number"]
    task = first_task(site, CLERK, number)
    steps = (
        (CLERK, CLASSIFIED),
        (SERVICE_HEAD, TO_INFRASTRUCTURE),
        (OFFICIAL, ANSWERED),
        (SERVICE_HEAD, CHECKED),
    )

    for person, fields in steps:
        assert act(site, person, number, task, "claim").status_code == 204
        completed = complete(site, person, number, task, fields)
        task = completed["next_tasks"][0]["key"] if completed["next_tasks"] else 0

    tracked = site.client.get(
        f"/api/petitions/{number}/tracking", headers={"Tracking-Code": receipt["tracking_code"]}
    ).json()
    assert completed["status"] == tracked["status"] == "closed"
    assert tracked["answer"]["text"] == ANSWERED["answer_text"]


def test_a_task_tells_its_form_and_keeps_its_draft(site: Site) -> None:
    number, task = waiting_for_its_answer(site)
    act(site, OFFICIAL, number, task, "claim")

    draft = act(site, OFFICIAL, number, task, "draft", json={"fields": {"answer_text": "Estimada Rosa:"}})
    read = site.client.get(f"/api/work-items/{number}/{task}", headers=site.bearer(OFFICIAL)).json()

    assert draft.status_code == 204
    assert read["draft"] == {"answer_text": "Estimada Rosa:"}
    assert "answer_text" in {component.get("key") for component in read["form"]["components"]}


def test_a_released_task_may_be_taken_by_another(site: Site) -> None:
    number, task = waiting_for_its_answer(site)
    act(site, OFFICIAL, number, task, "claim")

    taken = act(site, OTHER_OFFICIAL, number, task, "claim")
    act(site, OFFICIAL, number, task, "release")
    taken_later = act(site, OTHER_OFFICIAL, number, task, "claim")

    assert (taken.status_code, taken_later.status_code) == (409, 204)
    assert OFFICIAL.full_name in taken.json()["detail"]


def test_who_comes_second_learns_who_came_first(site: Site) -> None:
    number, task = waiting_for_its_answer(site)
    complete(site, OFFICIAL, number, task, ANSWERED)

    second = act(site, OTHER_OFFICIAL, number, task, "complete", json={"fields": ANSWERED})

    assert (second.status_code, second.json()["code"]) == (409, "conflict")
    assert OFFICIAL.full_name in second.json()["detail"]


def test_the_answer_carries_its_files(site: Site) -> None:
    number, task = waiting_for_its_answer(site)

    response = act(
        site, OFFICIAL, number, task, "complete", data=ANSWERED, files={"files": ("plano.pdf", PDF)}
    )
    petition = site.client.get(f"/api/petitions/{number}", headers=site.bearer(SERVICE_HEAD)).json()

    assert response.status_code == 200
    assert [(each["direction"], each["file"]["name"]) for each in petition["files"]] == [
        ("outgoing", "plano.pdf")
    ]


def test_wrong_fields_leave_the_task_where_it_was(site: Site) -> None:
    number, task = waiting_for_its_answer(site)

    response = act(site, OFFICIAL, number, task, "complete", json={"fields": {"answer_text": "Sí."}})

    assert response.status_code == 422
    assert {"answer_text", "outcome"} <= {error["field"] for error in response.json()["errors"]}
    assert first_task(site, OFFICIAL, number) == task


def test_an_official_of_another_department_has_no_part_in_it(site: Site) -> None:
    number, task = waiting_for_its_answer(site)

    answers = [
        site.client.get(f"/api/work-items/{number}/{task}", headers=site.bearer(STRANGER)),
        site.client.get(f"/api/petitions/{number}", headers=site.bearer(STRANGER)),
        act(site, STRANGER, number, task, "claim"),
        act(site, STRANGER, number, task, "complete", json={"fields": ANSWERED}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]


def test_lists_go_on_where_the_page_before_ended(site: Site) -> None:
    filed = {site.file()["filing_number"] for _ in range(5)}
    headers = site.bearer(SERVICE_HEAD)

    seen: list[str] = []
    cursor = None
    while cursor is not None or not seen:
        params = {"limit": "2"} if cursor is None else {"limit": "2", "cursor": cursor}
        page = site.client.get("/api/petitions", params=params, headers=headers).json()
        seen += [item["filing_number"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert filed <= set(seen)
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen, reverse=True)


def test_only_ones_own_tasks_are_listed_when_asked_for(site: Site) -> None:
    number, task = waiting_for_its_answer(site)
    act(site, OFFICIAL, number, task, "claim")

    mine = site.client.get(
        "/api/work-items", params={"state": "mine", "limit": 200}, headers=site.bearer(OFFICIAL)
    )

    assert {item["assignee"] for item in mine.json()["items"]} == {OFFICIAL.username}


def test_a_voided_number_tells_its_reason(site: Site) -> None:
    receipt = site.file()
    number = receipt["filing_number"]
    reason = "Radicada dos veces por un error de la ventanilla."

    response = site.client.post(
        f"/api/petitions/{number}/void", json={"reason": reason}, headers=site.bearer(SERVICE_HEAD)
    )
    tracked = site.client.get(
        f"/api/petitions/{number}/tracking", headers={"Tracking-Code": receipt["tracking_code"]}
    )

    assert response.status_code == 204
    assert (tracked.json()["status"], tracked.json()["void_reason"]) == ("voided", reason)


def test_a_reserved_identity_is_shown_to_its_custodian_alone_and_each_reading_is_kept(site: Site) -> None:
    number = site.file(kind="wrongdoing_report", reserve_identity=True)["filing_number"]
    address = f"/api/petitions/{number}/reserved-identity"
    reason = {"reason": "La Fiscalía pide el nombre de quien denuncia."}

    for_others = site.client.post(address, json=reason, headers=site.bearer(SERVICE_HEAD))
    for_the_custodian = site.client.post(address, json=reason, headers=site.bearer(CUSTODIAN))
    petition = site.client.get(f"/api/petitions/{number}", headers=site.bearer(SERVICE_HEAD))

    assert for_others.status_code == 403
    assert for_the_custodian.json()["full_name"] == "Rosa Díaz"
    assert petition.json()["identity"] is None
    assert "Rosa Díaz" not in petition.text
    assert any(reason["reason"] in entry["text"] for entry in petition.json()["timeline"])


def test_what_was_sent_is_listed_without_its_text_and_read_without_the_code(site: Site) -> None:
    receipt = site.file()
    headers = site.bearer(SERVICE_HEAD)

    listed = site.client.get("/api/messages", headers=headers).json()["items"]
    message = next(each for each in listed if each["filing_number"] == receipt["filing_number"])
    read = site.client.get(f"/api/messages/{message['id']}", headers=headers)

    assert message["text"] == ""
    assert receipt["filing_number"] in read.json()["text"]
    assert receipt["tracking_code"] not in read.text


def test_an_incident_that_is_not_open_is_not_retried(site: Site) -> None:
    number = site.file()["filing_number"]
    headers = site.bearer(ADMINISTRATOR)

    retried = site.client.post(f"/api/incidents/{number}/3/retry", headers=headers)

    assert site.client.get("/api/incidents", headers=headers).json() == []
    assert retried.status_code == 404


@pytest.mark.parametrize("what", ["claim", "release", "draft", "complete"])
def test_a_task_that_does_not_exist_is_not_found(site: Site, what: str) -> None:
    number = site.file()["filing_number"]

    response = act(site, CLERK, number, 9999, what, json={"fields": {}})

    assert response.status_code == 404
