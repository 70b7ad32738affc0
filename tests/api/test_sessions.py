"""Sessions: tokens for programs, cookies and their proof for pages, other sites kept out."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from processes.common.audit import SYSTEM
from processes.directory.accounts import set_password
from processes.petitions.office import Office
from tests.api.site import KeptMail, Site
from tests.builders.office import ADMINISTRATOR, CLERK, CONTROL, OFFICIAL

PASSWORD = "una puerta bien cerrada"
COOKIE = "ventanilla"


@pytest.fixture(scope="module")
def clerks_password(site: Site) -> str:
    set_password(site.office.engine, CLERK.username, password=PASSWORD, by=SYSTEM, now=site.office.now())
    return PASSWORD


def test_a_program_signs_in_works_and_signs_out(site: Site, clerks_password: str) -> None:
    opened = site.client.post("/api/session", json={"username": CLERK.username, "password": clerks_password})
    headers = {"Authorization": f"Bearer {opened.json()['token']}"}

    person = site.client.get("/api/session", headers=headers)
    closed = site.client.delete("/api/session", headers=headers)
    after = site.client.get("/api/session", headers=headers)

    assert (opened.status_code, closed.status_code, after.status_code) == (201, 204, 401)
    assert person.json() == opened.json()["person"]
    assert person.json()["roles"] == ["front_desk_clerk"]


def test_the_json_door_sets_no_cookie(site: Site, clerks_password: str) -> None:
    opened = site.client.post("/api/session", json={"username": CLERK.username, "password": clerks_password})

    assert "set-cookie" not in opened.headers


def test_a_wrong_password_is_refused_and_then_has_to_wait(site: Site) -> None:
    wrong = {"username": CONTROL.username, "password": "otra"}

    answers = [site.client.post("/api/session", json=wrong) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 401, 401, 429]
    assert answers[-1].json()["code"] == "too-many-requests"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


def test_a_cookie_alone_may_read_but_not_act(sqlite_site: Site) -> None:
    number = sqlite_site.file()["filing_number"]
    cookies = {"Cookie": f"{COOKIE}={sqlite_site.token(CLERK)}"}

    read = sqlite_site.client.get("/api/work-items", headers=cookies)
    acted = sqlite_site.client.post(f"/api/work-items/{number}/3/claim", headers=cookies)

    assert (read.status_code, acted.status_code) == (200, 403)


def test_a_cookie_with_the_proof_of_its_own_session_acts(sqlite_site: Site) -> None:
    number = sqlite_site.file()["filing_number"]
    first, second = sqlite_site.token(CLERK), sqlite_site.token(OFFICIAL)
    own, anothers = proof(sqlite_site, first), proof(sqlite_site, second)

    answers = [
        sqlite_site.client.post(
            f"/api/work-items/{number}/3/claim",
            headers={b"Cookie": f"{COOKIE}={first}".encode(), b"X-CSRF-Token": given.encode()},
        ).status_code
        for given in (anothers, "", "ñ", own)
    ]

    assert answers == [403, 403, 403, 204]


def test_a_page_proves_its_form_with_a_field(sqlite_site: Site) -> None:
    token = sqlite_site.token(CLERK)
    cookies = {"Cookie": f"{COOKIE}={token}"}
    number = sqlite_site.file()["filing_number"]
    address = f"/api/work-items/{number}/3/complete"
    fields = {"kind": "request", "level": "2"}

    without = sqlite_site.client.post(address, headers=cookies, data=fields)
    proven = sqlite_site.client.post(
        address, headers=cookies, data={**fields, "csrf_token": proof(sqlite_site, token)}
    )

    assert (without.status_code, proven.status_code) == (403, 200)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://otro.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Origin": "http://127.0.0.1:8000"}, 422),
        ({}, 422),
    ],
)
def test_what_another_site_makes_a_browser_send_is_refused(
    sqlite_site: Site, headers: dict[str, str], status: int
) -> None:
    response = sqlite_site.client.post("/api/petitions", json={}, headers=headers)

    assert response.status_code == status


def test_over_https_the_cookie_is_bound_to_this_host(office_over_https: Office) -> None:
    set_password(
        office_over_https.engine,
        ADMINISTRATOR.username,
        password=PASSWORD,
        by=SYSTEM,
        now=office_over_https.now(),
    )
    sign_in = {"username": ADMINISTRATOR.username, "password": PASSWORD}

    with TestClient(
        create_app(office_over_https, sender=KeptMail()), base_url="https://ventanilla.example"
    ) as client:
        response = client.post("/ingresar", data=sign_in, follow_redirects=False)

    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-ventanilla=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.fixture
def office_over_https(sqlite_site: Site) -> Office:
    settings = sqlite_site.office.settings.model_copy(
        update={"secure_cookies": True, "base_url": "https://ventanilla.example"}
    )
    return replace(sqlite_site.office, settings=settings)


def proof(site: Site, token: str) -> str:
    """What the pages of the session of `token` carry."""
    page = site.client.get("/bandeja", headers={"Cookie": f"{COOKIE}={token}"})
    assert page.status_code == 200
    return page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
