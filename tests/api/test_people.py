"""The people of a petition by JSON: who may do what, and what each refusal says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from processes.common.resources import bpmn_folder
from processes.directory.people import Person
from tests.api.site import KeptMail, Site
from tests.builders.level_three import ask, drafting
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    an_office,
)

WHY = "La vía es del departamento: la mantiene la gobernación."
COMPLAINT = {"username": "clara", "reason": "La queja es de su trato en la obra."}


@pytest.fixture
def whole_site(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    """A site with the whole procedure."""
    with an_office(sqlite_url, tmp_path, procedure=bpmn_folder()) as office:
        mail = KeptMail()
        with TestClient(create_app(office, sender=mail), base_url=office.settings.public_url) as client:
            yield Site(client, office, mail)


@pytest.fixture
def number(whole_site: Site) -> str:
    return drafting(whole_site.office).filing_number


def _post(site: Site, person: Person, number: str, what: str, body: dict[str, str]) -> tuple[int, str]:
    response = site.client.post(f"/api/petitions/{number}/{what}", json=body, headers=site.bearer(person))
    return response.status_code, response.text


def _people(site: Site, person: Person, number: str) -> dict[str, Any]:
    response = site.client.get(f"/api/petitions/{number}/people", headers=site.bearer(person))
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def test_a_department_gives_a_petition_back_once(whole_site: Site, number: str) -> None:
    assert _people(whole_site, OFFICIAL, number)["may_return_until"] == "2026-11-24"

    assert _post(whole_site, OFFICIAL, number, "return", {"reason": WHY}) == (204, "")

    status, told = _post(whole_site, DEPARTMENT_HEAD, number, "return", {"reason": WHY})
    assert status == 409
    assert "ya no se devuelve" in told


def test_reasons_are_asked_for_field_by_field(whole_site: Site, number: str) -> None:
    status, told = _post(whole_site, OFFICIAL, number, "conflict", {"reason": "Porque sí"})

    assert status == 422
    assert '{"field":"reason","detail":"Escriba las razones, en al menos 15 caracteres."}' in told


def test_whoever_declares_a_conflict_gets_404_from_then_on(whole_site: Site, number: str) -> None:
    assert _post(whole_site, OFFICIAL, number, "conflict", {"reason": "La dueña es mi hermana."})[0] == 204

    gone = whole_site.client.get(f"/api/petitions/{number}", headers=whole_site.bearer(OFFICIAL))
    listed = whole_site.client.get("/api/petitions", headers=whole_site.bearer(OFFICIAL)).json()

    assert (gone.status_code, listed["items"]) == (404, [])


@pytest.mark.parametrize(
    ("person", "what", "body"),
    [
        (OFFICIAL, "exclusions", COMPLAINT),
        (DIRECTOR, "exclusions", COMPLAINT),
        (CLERK, "exclusions/lift", COMPLAINT),
        (OFFICIAL, "stand-ins", {"username": "hugo", "instead_of": "clara"}),
        (CLERK, "stand-ins", {"username": "hugo", "instead_of": "clara"}),
        (ADMINISTRATOR, "return", {"reason": WHY}),
        (SERVICE_HEAD, "return", {"reason": WHY}),
    ],
    ids=lambda value: (
        value.username if isinstance(value, Person) else value if isinstance(value, str) else ""
    ),
)
def test_nobody_does_what_is_anothers_to_do(
    whole_site: Site, number: str, person: Person, what: str, body: dict[str, str]
) -> None:
    assert _post(whole_site, person, number, what, body)[0] == 403


def test_who_is_kept_apart_and_who_stands_in_is_for_those_who_decide(whole_site: Site, number: str) -> None:
    assert _post(whole_site, CLERK, number, "exclusions", COMPLAINT)[0] == 204
    named = {"username": "hugo", "instead_of": "clara"}
    assert _post(whole_site, DIRECTOR, number, "stand-ins", named)[0] == 204

    (apart,) = _people(whole_site, SERVICE_HEAD, number)["apart"]
    assert (apart["full_name"], apart["cause"], apart["stand_ins"]) == (
        "Clara Niño",
        "complained_of",
        ["Hugo Salas"],
    )
    assert _people(whole_site, STRANGER, number)["apart"] == []
    assert _post(whole_site, SERVICE_HEAD, number, "exclusions/lift", COMPLAINT)[0] == 204
    seen = whole_site.client.get(f"/api/petitions/{number}", headers=whole_site.bearer(OTHER_OFFICIAL))
    assert seen.status_code == 200


def test_a_task_offers_what_its_form_takes_from_the_installation(whole_site: Site, number: str) -> None:
    ask(whole_site.office, number, "HAC")
    headers = whole_site.bearer(STRANGER)
    (item,) = whole_site.client.get("/api/work-items", headers=headers).json()["items"]
    asked = whole_site.client.get(f"/api/work-items/{number}/{item['task']}", headers=headers).json()
    answer = {"fields": {"contribution": "Hay dinero: CDP 118."}}
    done = whole_site.client.post(
        f"/api/work-items/{number}/{item['task']}/complete", headers=headers, json=answer
    )
    assert (asked["options"], asked["why_not"], done.status_code) == ({}, "", 200)

    headers = whole_site.bearer(OFFICIAL)
    (item,) = whole_site.client.get("/api/work-items", headers=headers).json()["items"]
    draft = whole_site.client.get(f"/api/work-items/{number}/{item['task']}", headers=headers).json()

    assert draft["options"]["departments"] == [
        ["HAC", "Secretaría de Hacienda"],
        ["INF", "Secretaría de Infraestructura"],
    ]
    (given,) = _people(whole_site, OFFICIAL, number)["help"]
    assert (given["contribution"], given["contributed_by"]) == ("Hay dinero: CDP 118.", "Hugo Salas")
