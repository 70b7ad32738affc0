"""Over HTTP, one client, one web process: file, then claim and complete each task to the close."""

from pathlib import Path

import httpx

from processes.common.audit import SYSTEM
from processes.common.database import make_engine, upgrade
from processes.directory.accounts import set_password
from tests.benchmarks.figures import Figure
from tests.builders.office import CLERK, MONDAY_MORNING, OFFICIAL, SERVICE_HEAD, an_office
from tests.builders.petitions import ANSWERED, CHECKED, CLASSIFIED, ROSA, TO_INFRASTRUCTURE
from tests.support.web import WebProcess, signed_in, web_process

PETITIONS = 40
WARM_UP = 4
BARS = {"SQLite": 120.0, "PostgreSQL": 80.0}
PASSWORD = "para-medir-solamente"
_WAY = (
    (CLERK.username, CLASSIFIED),
    (SERVICE_HEAD.username, TO_INFRASTRUCTURE),
    (OFFICIAL.username, ANSWERED),
    (SERVICE_HEAD.username, CHECKED),
)


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """HTTP steps (requests) for each CPU-second of the web process."""
    prepare(url, home)
    with web_process(home, url) as web:
        people = {name: signed_in(web.url, name, PASSWORD) for name, _ in _WAY}
        with httpx.Client(base_url=web.url) as citizen:
            for _ in range(WARM_UP):
                live_a_petition(citizen, people)
            rate, requests = _measured(web, citizen, people)
        for client in people.values():
            client.close()
    return [
        Figure(
            f"HTTP steps a CPU-second, {database}",
            rate,
            BARS[database],
            "1/s",
            at_least=True,
            detail=f"{requests} requests",
        )
    ]


def prepare(url: str, home: Path) -> None:
    """A migrated database with the office, its procedure, and people who can sign in."""
    upgrade(url)
    with an_office(url, home):
        pass
    engine = make_engine(url)
    for username in {name for name, _ in _WAY}:
        set_password(engine, username, password=PASSWORD, by=SYSTEM, now=MONDAY_MORNING)
    engine.dispose()


def live_a_petition(citizen: httpx.Client, people: dict[str, httpx.Client]) -> int:
    """One petition from filing to close; how many requests it took."""
    body = {**ROSA, "privacy_notice": True}
    filed = _checked(citizen.post("/api/petitions", json=body))
    requests, task = 1, 3
    for username, fields in _WAY:
        place = f"/api/work-items/{filed['filing_number']}/{task}"
        _checked(people[username].post(f"{place}/claim"))
        completed = _checked(people[username].post(f"{place}/complete", json={"fields": fields}))
        requests += 2
        task = completed["next_tasks"][0]["key"] if completed["next_tasks"] else 0
    return requests


def _measured(web: WebProcess, citizen: httpx.Client, people: dict[str, httpx.Client]) -> tuple[float, int]:
    before = web.cpu_seconds()
    requests = sum(live_a_petition(citizen, people) for _ in range(PETITIONS))
    return requests / (web.cpu_seconds() - before), requests


def _checked(response: httpx.Response) -> dict[str, list[dict[str, int]]]:
    if response.is_error:
        raise RuntimeError(f"{response.request.url}: {response.status_code} {response.text[:300]}")
    return dict(response.json()) if response.content else {}
