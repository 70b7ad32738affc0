"""People at the doors of a web process that may be gone: they try again, as people do."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx

from processes.common.audit import SYSTEM
from processes.directory.accounts import set_password
from processes.flows.sweeps import sweep
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS, WORK_ITEMS
from tests.builders.office import MONDAY_MORNING, an_office
from tests.builders.petitions import ROSA
from tests.faults.aftermath import kept_petitions
from tests.faults.worker import SHORT_PROCEDURE, SHORT_WAY, Procedure, Way
from tests.support.web import signed_in

PASSWORD = "una clave para las fallas"
ROSA_IN_JSON = {**ROSA, "privacy_notice": True}
PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 300.0
"""Long enough for a machine that everybody uses: only what fails waits so long."""
VISITS_A_SWEEP = 10
UNAVAILABLE = httpx.codes.SERVICE_UNAVAILABLE


def furnish_for_visitors(database_url: str, home: Path, *, procedure: Procedure = SHORT_PROCEDURE) -> None:
    """An office whose people can sign in."""
    with an_office(database_url, home, procedure=procedure.folder) as office:
        for username in {person.username for person, _ in procedure.way.values()}:
            set_password(office.engine, username, password=PASSWORD, by=SYSTEM, now=MONDAY_MORNING)


@dataclass
class Citizen:
    """Files petition after petition; a key comes back until its receipt was seen.

    `by_page` fills in the page's form, otherwise the citizen is a program.
    """

    name: str
    by_page: bool = False
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE_SECONDS))
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: list[httpx.Response] = field(default_factory=list)

    @property
    def achieved(self) -> int:
        """How many receipts were seen."""
        return len(self.shown)

    @property
    def key(self) -> str:
        """The key of the filing under way."""
        return f"{len(self.shown):08x}-0000-4000-8000-{self.name:0>12}"

    def close(self) -> None:
        """Go home."""
        self.client.close()

    def visit(self, url: str) -> None:
        """Send the filing under way once. Raises httpx.TransportError when nobody answers."""
        if self.by_page:
            answer = self.client.post(f"{url}/radicar", data={**ROSA, "idempotency_key": self.key})
        else:
            answer = self.client.post(
                f"{url}/api/petitions", json=ROSA_IN_JSON, headers={"Idempotency-Key": self.key}
            )
        self.answers.append(answer)
        if answer.status_code == httpx.codes.CREATED:
            receipt = answer.json()
            self.shown[self.key] = (receipt["filing_number"], receipt["tracking_code"])
        elif answer.status_code == httpx.codes.SEE_OTHER:
            number, _, code = answer.cookies["constancia"].partition(".")
            self.shown[self.key] = (number, code)


@dataclass
class Staff:
    """Complete one task after another; remembers what they were told was done."""

    way: Way = field(default_factory=lambda: SHORT_WAY)
    clients: dict[str, httpx.Client] = field(default_factory=dict)
    done: set[tuple[str, int]] = field(default_factory=set)
    answers: list[httpx.Response] = field(default_factory=list)

    @property
    def achieved(self) -> int:
        """How many tasks were done."""
        return len(self.done)

    def sign_in(self, url: str) -> None:
        """Everybody who has a part in the procedure; their sessions outlive the web process."""
        people = {person.username for person, _ in self.way.values()}
        self.clients = {name: signed_in(url, name, PASSWORD) for name in people}

    def visit(self, url: str) -> None:
        """Everybody completes the first task that waits for them. Raises httpx.TransportError."""
        for client in self.clients.values():
            client.base_url = httpx.URL(url)
            listed = self._note(client.get("/api/work-items", params={"limit": 1}))
            if listed.is_success:
                for item in listed.json()["items"]:
                    self._complete(client, item["filing_number"], item["task"], item["element"])

    def close(self) -> None:
        """Go home."""
        for client in self.clients.values():
            client.close()

    def _complete(self, client: httpx.Client, number: str, task: int, element: str) -> None:
        fields = self.way[element][1]
        answer = self._note(client.post(f"/api/work-items/{number}/{task}/complete", json={"fields": fields}))
        if answer.is_success:
            self.done.add((number, task))

    def _note(self, answer: httpx.Response) -> httpx.Response:
        self.answers.append(answer)
        return answer


@dataclass
class Clock:
    """Sweeps again and again, beside everybody."""

    office: Office
    achieved: int = 0
    _visits: int = 0
    answers: list[httpx.Response] = field(default_factory=list)

    def visit(self, url: str) -> None:  # noqa: ARG002 - it comes to the database, whatever the address
        """Fire what is due and deliver what waits, on some of the visits: others come more often."""
        self._visits += 1
        if self._visits % VISITS_A_SWEEP == 1:
            sweep(self.office)
            self.achieved += 1

    def close(self) -> None:
        """Nothing to take along."""


class Crowd:
    """Visitors who come again and again, each in a thread, to whatever address the office has now."""

    def __init__(self, visitors: Iterable[Citizen | Staff | Clock]) -> None:
        self.url = ""
        self._visitors = list(visitors)
        self._leaving = threading.Event()
        self._threads = [threading.Thread(target=self._keep_coming, args=(each,)) for each in self._visitors]
        self.faults: list[BaseException] = []

    def come(self, url: str) -> None:
        """Begin."""
        self.url = url
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def leave(self) -> None:
        """Finish the visit under way, and go. Raises what a visitor could not bear."""
        self._leaving.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()
        for visitor in self._visitors:
            visitor.close()
        if self.faults:
            raise self.faults.pop()

    def until_all_succeed(self) -> None:
        """Return when every visitor has achieved more than now."""
        before = [visitor.achieved for visitor in self._visitors]
        self._until(lambda: all(v.achieved > b for v, b in zip(self._visitors, before, strict=True)))

    def until_all_are_refused(self) -> None:
        """Return when every visitor was told, after now, that the office is not available."""
        before = [len(visitor.answers) for visitor in self._visitors]
        self._until(
            lambda: all(
                any(answer.status_code == UNAVAILABLE for answer in visitor.answers[count:])
                for visitor, count in zip(self._visitors, before, strict=True)
            )
        )

    def stay(self, seconds: float) -> None:
        """Let the visitors go on for so long."""
        self._leaving.wait(seconds)

    def _until(self, seen: Callable[[], bool]) -> None:
        for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
            if seen() or self.faults:
                return
            self._leaving.wait(PAUSE_SECONDS)
        last = [
            (each.achieved, [answer.text[:200] for answer in each.answers[-2:]]) for each in self._visitors
        ]
        raise TimeoutError(last)

    def _keep_coming(self, visitor: Citizen | Staff | Clock) -> None:
        try:
            while not self._leaving.wait(PAUSE_SECONDS):
                try:
                    visitor.visit(self.url)
                except httpx.TransportError:
                    continue
        except BaseException as fault:
            self.faults.append(fault)
            raise


def everything_told_is_true(office: Office, citizens: Iterable[Citizen], staff: Staff) -> None:
    """Every receipt is kept, each key is one petition, every completion is written under its person."""
    told = [receipt for citizen in citizens for receipt in citizen.shown.values()]
    kept = kept_petitions(office)
    assert len(set(told)) == len(told) > 0
    assert dict(told).items() <= kept.items()
    with office.read() as connection:
        rows = connection.execute(
            WORK_ITEMS.join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
            .select()
            .with_only_columns(PETITIONS.c.filing_number, WORK_ITEMS.c.task)
            .where(WORK_ITEMS.c.status == "done")
        )
        done = {(number, task) for number, task in rows}
    assert staff.done <= done
