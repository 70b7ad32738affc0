"""The procedure of `bpmn/` over HTTP: a petition of level 3 from filing to survey, and its largest state."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import httpx
import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.common.database import make_engine, upgrade
from processes.common.office_clock import OfficeClock
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.accounts import set_password
from processes.directory.lists import Territory, Topic, put_territory, put_topic
from processes.flows.sweeps import sweep
from processes.petitions.answer_tables import SURVEYS
from processes.petitions.office import Office, open_office
from processes.petitions.tables import CASE_STATES, PETITIONS, WORK_ITEMS, WorkItemStatus
from tests.benchmarks import http
from tests.benchmarks.figures import Figure
from tests.builders.office import CLERK, DEPARTMENT_HEAD, MONDAY_MORNING, OFFICIAL, an_office
from tests.builders.petitions import ROSA
from tests.support.web import WebProcess, signed_in, web_process

STEPS_A_CPU_SECOND = {"SQLite": 100.0, "PostgreSQL": 80.0}
LARGEST_STATE_KB = 2.0
PATIENCE, POLL_SECONDS = 1000, 0.02
_Way: TypeAlias = tuple[tuple[str, Mapping[str, object]], ...]
_CONFIRMED = {
    "nature": "petition",
    "kind": "request",
    "level": 3,
    "priority": False,
    "urgent": False,
    "topic": "roads",
    "admission": "ours",
}
_DRAFTED = {
    "work_next": "review",
    "answer_text": "Cordial saludo. La cuadrilla tapará el hueco el martes 1 de diciembre.",
    "outcome": "granted",
}
_WAY: _Way = (
    (CLERK.username, _CONFIRMED),
    (OFFICIAL.username, _DRAFTED),
    (DEPARTMENT_HEAD.username, {"review": "approve", "signatories": []}),
)
_OPEN_TASK = (
    sa.select(WORK_ITEMS.c.task)
    .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
    .where(
        PETITIONS.c.filing_number == sa.bindparam("number"),
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
    )
)
_SURVEY = (
    sa.select(SURVEYS.c.seq)
    .join(PETITIONS, PETITIONS.c.id == SURVEYS.c.petition_id)
    .where(PETITIONS.c.filing_number == sa.bindparam("number"))
)
_STATES = sa.select(CASE_STATES.c.state)
_OPINION = {
    "send": "1",
    "solved": "yes",
    "understood": "yes",
    "dignified": "yes",
    "rating": "5",
    "comment": "",
}


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """HTTP steps (requests) for each CPU-second of the web process, and the largest state that was stored."""
    _prepare(url, home)
    engine = make_engine(url)
    office = open_office(Settings(home=home), clock=OfficeClock(engine), engine=engine)
    with web_process(home, url) as web:
        town = _Town(web, office)
        for _ in range(http.WARM_UP):
            town.live_a_petition()
        before = web.cpu_seconds()
        requests = sum(town.live_a_petition() for _ in range(http.PETITIONS))
        rate = requests / (web.cpu_seconds() - before)
        town.close()
    engine.dispose()
    return [
        Figure(
            f"HTTP steps a CPU-second, whole procedure, {database}",
            rate,
            STEPS_A_CPU_SECOND[database],
            "1/s",
            at_least=True,
            detail=f"{requests} requests",
        ),
        Figure(
            f"engine state, whole procedure, the largest, {database}",
            town.largest_state / 1000,
            LARGEST_STATE_KB,
            "kB",
        ),
    ]


def _prepare(url: str, home: Path) -> None:
    upgrade(url)
    with an_office(url, home, procedure=bpmn_folder()) as office:
        with office.write() as connection:
            put_topic(connection, Topic("roads", "Vías", "INF"))
            put_territory(connection, Territory("c1", "Comuna 1"))
        for username, _ in _WAY:
            set_password(office.engine, username, password=http.PASSWORD, by=SYSTEM, now=MONDAY_MORNING)


class _Town:
    """The people of one web process, and the sweeps beside it."""

    def __init__(self, web: WebProcess, office: Office) -> None:
        self._office = office
        self._citizen = httpx.Client(base_url=web.url)
        self._people = {name: signed_in(web.url, name, http.PASSWORD) for name, _ in _WAY}
        self.largest_state = 0

    def live_a_petition(self) -> int:
        """One petition from filing to survey; how many requests it took."""
        body = {**ROSA, "privacy_notice": True, "topic": "roads", "territory": "c1"}
        filed = _checked(self._citizen.post("/api/petitions", json=body)).json()
        number, requests = filed["filing_number"], 1
        for username, fields in _WAY:
            self._note_states()
            place = f"/api/work-items/{number}/{self._open_task(number)}"
            _checked(self._people[username].post(f"{place}/claim"))
            _checked(self._people[username].post(f"{place}/complete", json={"fields": fields}))
            requests += 2
        self._await_survey(number)
        self._note_states()
        keys = {"filing_number": number, "tracking_code": filed["tracking_code"]}
        _checked(self._citizen.post("/encuesta", data={**keys, **_OPINION}))
        return requests + 1

    def _await_survey(self, filing_number: str) -> None:
        """Sweep, as the scheduler does, until the letter has left and its arrival opened the survey."""
        for _ in range(PATIENCE):
            sweep(self._office)
            with self._office.read() as connection:
                if connection.scalars(_SURVEY, {"number": filing_number}).first() is not None:
                    return
            threading.Event().wait(POLL_SECONDS)
        raise RuntimeError(filing_number)

    def close(self) -> None:
        """Everybody goes home."""
        for client in (self._citizen, *self._people.values()):
            client.close()

    def _open_task(self, filing_number: str) -> int:
        with self._office.read() as connection:
            task: int = connection.scalars(_OPEN_TASK, {"number": filing_number}).one()
        return task

    def _note_states(self) -> None:
        with self._office.read() as connection:
            self.largest_state = max(self.largest_state, *map(len, connection.scalars(_STATES)))


def _checked(response: httpx.Response) -> httpx.Response:
    if response.is_error:
        message = f"{response.request.url}: {response.status_code} {response.text[:300]}"
        raise RuntimeError(message)
    return response
