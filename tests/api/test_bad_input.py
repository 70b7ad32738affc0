"""Whatever is sent: an error of the caller in Spanish, or the text kept and shown as it came; never a 500."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from processes.petitions.tables import PETITIONS
from tests.api.site import PETITION, Site
from tests.builders.office import CLERK, SERVICE_HEAD

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
HUGE = 10**30
DEEP = b"[" * 100_000


def part(name: str, content: bytes = b"a") -> bytes:
    return b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), content)


BODIES: dict[str, tuple[dict[str, str], bytes, int]] = {
    "no body": (JSON, b"", 400),
    "no JSON": (JSON, b"kind=request", 400),
    "half a JSON": (JSON, b'{"kind": "request"', 400),
    "JSON in Latin-1": (JSON, '{"kind": "petición"}'.encode("latin-1"), 400),
    "JSON in UTF-16": (JSON, '{"kind": "request"}'.encode("utf-16"), 400),
    "half a character": (JSON, b'{"subject": "\\ud83d"}', 400),
    "not a number": (JSON, b'{"kind": NaN}', 400),
    "a list": (JSON, b"[]", 400),
    "a text": (JSON, b'"petition"', 400),
    "deep": (JSON, DEEP, 400),
    "deep objects": (JSON, b'{"a":' * 50_000, 400),
    "a huge number": (JSON, b'{"kind": %d}' % HUGE, 422),
    "wrong types": (JSON, b'{"kind": {}, "subject": [], "anonymous": "maybe"}', 422),
    "a megabyte of text": (JSON, b'{"body": "%s"}' % (b"a" * 1_000_000), 413),
    "no type": ({}, b'{"kind": "request"}', 422),
    "10,000 fields": (FORM, b"&".join(b"f%d=x" % n for n in range(10_000)), 400),
    "10,000 parts": (MULTIPART, b"".join(part(f"f{n}") for n in range(10_000)) + b"--x--\r\n", 400),
    "11 files": (
        MULTIPART,
        b"".join(part(f'files"; filename="{n}.txt') for n in range(11)) + b"--x--\r\n",
        400,
    ),
    "a form cut short": (MULTIPART, part("kind")[:-6], 422),
    "a form without boundary": ({"Content-Type": "multipart/form-data"}, part("kind"), 400),
    "a broken form": (MULTIPART, b"--y\r\nnothing", 400),
    "a long field": (MULTIPART, part("body", b"a" * 1_100_000) + b"--x--\r\n", 400),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_cannot_be_a_petition_is_refused_in_spanish(sqlite_site: Site, name: str) -> None:
    headers, body, status = BODIES[name]

    response = sqlite_site.client.post("/api/petitions", content=body, headers=headers)

    assert response.status_code == status, response.text
    assert_is_a_problem(response.json(), status)


def test_a_body_without_a_length_is_bounded_too(sqlite_site: Site) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 50_000_000:
            sent += 100_000
            yield b"a" * 100_000

    response = sqlite_site.client.post("/api/petitions", content=endless(), headers=JSON)

    assert response.status_code == 413
    assert_is_a_problem(response.json(), 413)


def test_a_body_over_the_limit_is_refused_on_pages_too(sqlite_site: Site) -> None:
    response = sqlite_site.client.post("/consultar", content=b"a" * 1_000_001, headers=FORM)

    assert response.status_code == 413
    assert response.headers["content-type"].startswith("text/html")


UNFIT: dict[str, dict[str, object]] = {
    "a NUL": {"subject": "uno\x00dos"},
    "a control character": {"body": "uno\x07dos"},
    "an unknown kind": {"kind": "ombudsman_request"},
    "a kind with a NUL": {"kind": "request\x00"},
    "an unknown document": {"document_type": "LIBRETA"},
    "a long subject": {"subject": "a" * 201},
    "a long body": {"body": "a" * 20_001},
    "a number as text": {"full_name": 7},
    "an address for mail headers": {"email": "rosa@correo.example\r\nBcc: todos@correo.example"},
    "both anonymous and reserved": {"kind": "wrongdoing_report", "anonymous": True, "reserve_identity": True},
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_field_that_does_not_fit_is_named(site: Site, name: str) -> None:
    response = site.client.post("/api/petitions", json={**PETITION, **UNFIT[name]})

    assert response.status_code == 422
    assert_is_a_problem(response.json(), 422)
    assert {error["field"] for error in response.json()["errors"]} & UNFIT[name].keys()


HOSTILE = (
    "<script>alert('x')</script>",
    "{{ 7 * 7 }} {% for x in y %} ${7*7} #{7*7}",
    "'; DROP TABLE petition; --",
    "\u202egnirts desrever",
    "👩🏽‍🦽 Ñandú y ciprés 中文",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_strange_text_is_kept_as_it_came(site: Site, text: str) -> None:
    number = site.file(subject=text, body=text, full_name=text, address=text, email="", reply_by="letter")[
        "filing_number"
    ]

    read = site.client.get(f"/api/petitions/{number}", headers=site.bearer(SERVICE_HEAD)).json()
    page = site.client.get(f"/peticiones/{number}", headers=site.bearer(SERVICE_HEAD))

    assert (read["row"]["subject"], read["body"], read["identity"]["full_name"]) == (text, text, text)
    assert page.status_code == 200
    assert "<script>alert" not in page.text


ADDRESSES = (
    "/api/petitions/%00/tracking",
    "/api/petitions/2026-000001%00/tracking",
    "/api/petitions/" + "9" * 5000 + "/tracking",
    "/api/petitions/2026-000001/tracking",
    "/api/petitions/\uff12\uff10\uff12\uff16-000001/tracking",
    "/api/work-items?limit=0",
    "/api/work-items?limit=201",
    f"/api/work-items?limit={HUGE}",
    "/api/work-items?limit=uno",
    "/api/work-items?state=%00",
    "/api/work-items?cursor=%00",
    "/api/work-items?cursor=AAAA",
    "/api/work-items?cursor=" + "A" * 201,
    "/api/petitions?cursor=WyIyMDI2LTAxLTAxIl0",
    "/api/petitions?cursor=WzE4NDQ2NzQ0MDczNzA5NTUxNjE1XQ",
    "/api/petitions?status=feliz",
    "/api/work-items?cursor=WyIyMDI2LTAxLTAxIiwxODQ0Njc0NDA3MzcwOTU1MTYxNSwxXQ",
    f"/api/work-items/2026-000001/{HUGE}",
    "/api/work-items/2026-000001/-1",
    "/api/work-items/2026-000001/1e3",
    "/api/messages/0",
    f"/api/messages/{HUGE}",
    "/api/nada",
    "/static/%00",
    "/static/../app.py",
    "/static/" + "a" * 5000,
    "/%ff%fe",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_leads_nowhere_is_refused(site: Site, address: str) -> None:
    site.file()

    response = site.client.get(
        address, headers={**site.bearer(SERVICE_HEAD), "Tracking-Code": "AAAAA-AAAA-AAAA"}
    )

    assert response.status_code in {403, 404, 422}
    if address.startswith("/api"):
        assert_is_a_problem(response.json(), response.status_code)


TASK_BODIES: dict[str, Any] = {
    "an impossible date": {"fields": {"kind": "2026-02-30"}},
    "nothing": {},
    "null": None,
    "fields that are no object": {"fields": [1, 2]},
    "an unknown field": {"fields": {"kind": "request", "level": 2, "admin": True}},
    "a NUL": {"fields": {"kind": "request\x00", "level": 2}},
    "a huge number": {"fields": {"kind": "request", "level": HUGE}},
    "a number without end": {"fields": {"kind": "request", "level": 1e308}},
    "an object": {"fields": {"kind": {"a": "b"}, "level": [1]}},
    "a long text": {"fields": {"kind": "a" * 100_000, "level": 2}},
}


@pytest.mark.parametrize("name", TASK_BODIES)
def test_a_task_is_not_completed_by_nonsense(site: Site, name: str) -> None:
    number = site.file()["filing_number"]
    address = f"/api/work-items/{number}/3"
    headers = site.bearer(CLERK)

    response = site.client.post(f"{address}/complete", json=TASK_BODIES[name], headers=headers)

    assert response.status_code in {400, 422}, response.text
    assert_is_a_problem(response.json(), response.status_code)
    assert site.client.get(address, headers=headers).json()["view"]["status"] == "open"


@pytest.mark.parametrize(
    "fields", [{"kind": "a\x00b"}, {"kind": "a" * 70_000}, {"x" * 300: {"y": [1] * 20_000}}]
)
def test_a_draft_is_kept_as_it_is_or_refused(site: Site, fields: dict[str, object]) -> None:
    number = site.file()["filing_number"]
    headers = site.bearer(CLERK)
    site.client.post(f"/api/work-items/{number}/3/claim", headers=headers)

    saved = site.client.post(f"/api/work-items/{number}/3/draft", json={"fields": fields}, headers=headers)
    read = site.client.get(f"/api/work-items/{number}/3", headers=headers)

    assert saved.status_code in {204, 422}
    assert read.status_code == 200
    assert read.json()["draft"] == (fields if saved.status_code == 204 else {})


@pytest.mark.parametrize("reason", ["", "corto", "a" * 1001, "con un \x00 en medio de todo", 7, None])
def test_a_number_is_not_voided_without_a_reason(site: Site, reason: object) -> None:
    number = site.file()["filing_number"]

    response = site.client.post(
        f"/api/petitions/{number}/void", json={"reason": reason}, headers=site.bearer(SERVICE_HEAD)
    )

    assert response.status_code == 422
    with site.office.read() as connection:
        query = sa.select(PETITIONS.c.status).where(PETITIONS.c.filing_number == number)
        assert connection.scalar(query) == "filed"


@pytest.mark.parametrize(
    "credentials", [{"username": "ana\x00", "password": "x"}, {"username": "ana"}, {}, [], "ana"]
)
def test_nonsense_signs_nobody_in(site: Site, credentials: object) -> None:
    response = site.client.post("/api/session", json=credentials)

    assert response.status_code in {401, 422}
    assert_is_a_problem(response.json(), response.status_code)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])
def test_a_method_that_is_not_served_is_told(sqlite_site: Site, method: str) -> None:
    response = sqlite_site.client.request(method, "/api/petitions")

    assert response.status_code == 405
    assert_is_a_problem(response.json(), 405)
    assert response.headers["Allow"]


def assert_is_a_problem(told: dict[str, Any], status: int) -> None:
    assert told["status"] == status
    assert told["type"].endswith(f"/api/docs#{told['code']}")
    assert told["title"]
    assert told["detail"][0].isupper()
    assert told["request_id"]
