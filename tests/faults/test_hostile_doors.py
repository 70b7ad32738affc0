"""Every door gets every kind of nonsense: refused in words or kept literally, never a failure of ours."""

import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import orjson
import pytest
import sqlalchemy as sa
from fastapi.routing import iter_route_contexts
from httpx2 import Response
from starlette.routing import Mount
from starlette.testclient import TestClient

from api.app import create_app
from processes.common.office_clock import real_now
from processes.common.resources import bpmn_folder
from processes.directory.roles import Role
from processes.directory.tables import PERSON_ROLES, WEB_SESSIONS
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.answers import open_task
from tests.builders.office import CLERK, EVERYBODY, an_office
from tests.builders.petitions import file_one

HUGE = "9" * 400
MARKUP = "<script>alert('x')</script>"
NONSENSE = (
    "",
    " ",
    "\x00",
    "uno\x00dos\x1b[2J",
    MARKUP,
    "{{ 7 * 7 }}{% for x in y %}${7*7}#{7*7}",
    "'; DROP TABLE petition; --",
    "x" * 200_000,
    "\udcff",
    "\u202e\ufeff\ufffe",
    "-1",
    HUGE,
    "1e999",
    "NaN",
    "١٢٣",
    "2026-02-30",
    "9999-99-99T99:99",
    "true",
    "//evil.example",
    "http://[",
    "../../etc/passwd",
    "WzE4NDQ2NzQ0MDczNzA5NTUxNjE1XQ",
)
FIELDS = (
    "kind",
    "subject",
    "body",
    "anonymous",
    "petitioner_type",
    "reply_by",
    "region",
    "topic",
    "territory",
    "special_care",
    "channel",
    "nature",
    "received_at",
    "received_by",
    "missing",
    "fixed_amount",
    "topic_name",
    "topic_department",
    "note",
    "reserve_identity",
    "full_name",
    "document_type",
    "document_number",
    "email",
    "phone",
    "address",
    "privacy_notice",
    "idempotency_key",
    "kept_files",
    "csrf_token",
    "website",
    "filing_number",
    "tracking_code",
    "seq",
    "username",
    "password",
    "volver",
    "level",
    "priority",
    "department",
    "distribution_note",
    "answer_text",
    "outcome",
    "closing_checks",
    "reason",
    "fields",
    "cursor",
    "limit",
    "state",
    "aviso",
    "admission",
    "complained_of",
    "send",
    "solved",
    "understood",
    "rating",
    "comment",
    "text",
    "code",
    "name",
    "emergency_phone",
    "invoice_email",
    "instead_of",
    "act_number",
    "authority",
    "matters",
    "new_kind",
    "happened_at",
)
HEADERS = (b"Idempotency-Key", b"Tracking-Code", b"Cookie", b"Origin", b"X-CSRF-Token", b"Content-Type")
FORMS = ("query", "urlencoded", "multipart", "json", "nested-json", "headers")


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office where Ana may do everything; whatever was sent, every invariant holds at its end."""
    with an_office(sqlite_url, tmp_path, procedure=bpmn_folder()) as opened:
        with opened.write() as connection:
            ana = EVERYBODY.index(CLERK) + 1
            others = [{"person_id": ana, "role": role.value} for role in Role if role not in CLERK.roles]
            connection.execute(sa.insert(PERSON_ROLES), others)
        yield replace(opened, settings=opened.settings.model_copy(update={"filings_per_hour": 1_000_000}))
        assert violations(opened) == []


@pytest.mark.parametrize(
    "turns", [pytest.param(2, id="some"), pytest.param(20, id="much", marks=pytest.mark.long)]
)
def test_no_door_fails_whatever_it_is_sent(office: Office, turns: int) -> None:
    number = file_one(office).filing_number
    task = str(open_task(office, CLERK, number, "ConfirmClassification"))
    app = create_app(office)
    client = TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False)
    dice = random.Random(turns)
    for _ in range(turns):
        for method, path in _doors(client):
            address = _address(path, number, task, dice)
            response = _send(client, office, dice, method, address)
            _is_no_failure(response, f"{method} {address}")


def _doors(client: TestClient) -> list[tuple[str, str]]:
    return [
        (method, str(route.path))
        for route in iter_route_contexts(client.app.routes)  # type: ignore[attr-defined] # an ASGI app has no routes, FastAPI does
        if not isinstance(route.original_route, Mount)
        for method in sorted(route.methods or ())
    ]


def _address(path: str, number: str, task: str, dice: random.Random) -> str:
    """The door's address; its parts are mostly right, or no door would be passed."""
    right = {"filing_number": number, "task": task, "number": "1", "seq": "1"}

    def part(found: re.Match[str]) -> str:
        if dice.random() < 0.8:
            return right.get(found[1], "1")
        return quote(dice.choice(NONSENSE)[:3000] or "x", safe="", errors="surrogateescape")

    return re.sub(r"\{(\w+)(?::\w+)?\}", part, path)


def _send(client: TestClient, office: Office, dice: random.Random, method: str, address: str) -> Response:
    values = {name: dice.choice(NONSENSE) for name in dice.sample(FIELDS, dice.randint(1, len(FIELDS)))}
    how = dice.choice(FORMS)
    headers: list[tuple[bytes, bytes]] = []
    query, content = "", b""
    match how:
        case "query":
            query = "?" + _encoded(values)[:20_000]
        case "urlencoded":
            headers.append((b"Content-Type", b"application/x-www-form-urlencoded"))
            content = _encoded(values).encode()
        case "multipart":
            headers.append((b"Content-Type", b"multipart/form-data; boundary=x"))
            content = b"".join(_part(name, value, dice) for name, value in values.items()) + b"--x--\r\n"
        case "json" | "nested-json":
            headers.append((b"Content-Type", b"application/json"))
            plain = {name: _json_value(value, dice) for name, value in values.items()}
            content = orjson.dumps({"fields": plain} if how == "nested-json" else plain)
        case _:
            headers.extend((name, _header(dice.choice(NONSENSE))) for name in HEADERS)
    headers.extend(_credential(office, dice))
    return client.request(method, address + query, headers=headers, content=content)


def _encoded(values: dict[str, str]) -> str:
    return "&".join(f"{name}={quote(value, errors='surrogateescape')}" for name, value in values.items())


def _part(name: str, value: str, dice: random.Random) -> bytes:
    file = '; filename="../<b>foto\\.png"' if dice.random() < 0.2 else ""
    head = f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + value.encode("utf-8", "surrogateescape") + b"\r\n"


def _json_value(value: str, dice: random.Random) -> object:
    whole = value.encode("utf-8", "replace").decode()
    return dice.choice((whole, whole, [whole], {"a": whole}, None, 2**63 - 1, -1.5e300, True))


def _header(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")[:2000].translate(None, b"\x00\r\n")


def _credential(office: Office, dice: random.Random) -> list[tuple[bytes, bytes]]:
    chance = dice.random()
    if chance < 0.2:
        return []
    token = f"token-{dice.getrandbits(64)}".encode()
    with office.write() as connection:
        connection.execute(
            sa.insert(WEB_SESSIONS),
            {
                "token_hash": hashlib.sha256(token).digest(),
                "person_id": EVERYBODY.index(CLERK) + 1,
                "created_at": real_now(),
                "expires_at": real_now() + timedelta(hours=1),
            },
        )
    return [(b"Authorization", b"Bearer " + token) if chance < 0.8 else (b"Cookie", b"ventanilla=" + token)]


def _is_no_failure(response: Response, where: str) -> None:
    assert response.status_code < 500, f"{where}: {response.status_code} {response.text[:300]}"
    media_type = response.headers.get("content-type", "")
    if response.status_code >= 400:
        assert media_type.startswith(("application/problem+json", "text/html")), f"{where}: {media_type}"
    if media_type.startswith("text/html"):
        assert MARKUP not in response.text, where
        assert "49" not in re.findall(r">\s*(\d+)\s*<", response.text), where
