"""Absences by JSON."""

from processes.directory.people import Person
from tests.api.site import Site
from tests.builders.office import ADMINISTRATOR, DEPARTMENT_HEAD, OFFICIAL, SERVICE_HEAD, STRANGER

VACATION = {
    "absent": "carlos",
    "substitute": "hugo",
    "first_on": "2026-11-23",
    "last_on": "2026-11-27",
    "act_number": "Resolución 120 del 20 de noviembre de 2026",
}


def _record(site: Site, person: Person, **changed: str) -> tuple[int, dict[str, object]]:
    body = {**VACATION, **changed}
    response = site.client.post("/api/substitutions", json=body, headers=site.bearer(person))
    return response.status_code, response.json()


def test_an_absence_is_recorded_listed_and_ended(site: Site) -> None:
    status, recorded = _record(site, DEPARTMENT_HEAD)
    headers = site.bearer(SERVICE_HEAD)
    listed = next(
        each
        for each in site.client.get("/api/substitutions", headers=headers).json()
        if each["number"] == recorded["number"]
    )
    session = site.client.get("/api/session", headers=site.bearer(STRANGER)).json()
    ended = site.client.post(f"/api/substitutions/{recorded['number']}/end", headers=headers)
    again = site.client.post(f"/api/substitutions/{recorded['number']}/end", headers=headers)

    assert status == 201
    assert (listed["absent_name"], listed["state"]) == ("Carlos Mejía", "holds")
    assert session["stands_in_for"] == ["carlos"]
    assert (ended.status_code, again.status_code) == (204, 409)


def test_each_refusal_says_why(site: Site) -> None:
    _, recorded = _record(site, ADMINISTRATOR)

    circle = _record(site, ADMINISTRATOR, absent="hugo", substitute="carlos")
    twice = _record(site, ADMINISTRATOR, substitute="clara")
    not_theirs = _record(site, DEPARTMENT_HEAD, absent="bea", substitute="hugo")
    nobody = _record(site, OFFICIAL)
    site.client.post(f"/api/substitutions/{recorded['number']}/end", headers=site.bearer(ADMINISTRATOR))

    assert [status for status, _ in (circle, twice, not_theirs, nobody)] == [422, 422, 403, 403]
    errors = [str(body["errors"]) for _, body in (circle, twice)]
    assert "círculo" in errors[0]
    assert "Ya tiene quien le reemplace" in errors[1]
