"""A town hall at work: its web process, its mail server, its sweeps, and a clock that tests put forward.

Everything that people do goes over HTTP. What Prefect would wake, the same sweep, runs in the test at
every opening of the office that the clock passes. After each act every invariant must hold.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.database import make_engine
from processes.common.delivery import message_id
from processes.common.office_clock import OfficeClock, set_office_time
from processes.common.outbox import MESSAGES, PENDING
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.people import Person
from processes.flows.sweeps import sweep
from processes.petitions.invariants import violations
from processes.petitions.office import Office, open_office
from processes.petitions.publishing import read_bundle_folder
from processes.terms.clock import opening_instant
from tests.acceptance.petitions.people import PASSWORD, settle
from tests.acceptance.petitions.post import Letter, PostOffice, identity
from tests.builders.bundles import publish_once_compiled
from tests.builders.office import MONDAY_MORNING, furnish
from tests.support.forms import proposed
from tests.support.smtp import serving
from tests.support.web import WebProcess, signed_in, web_process

Json = Any  # what a JSON body holds is looked at by the test that asks
PATIENCE_SECONDS = 120
POLL_SECONDS = 0.02
ADDRESS = "http://puertoclaro.example"
"""Where the letters of both processes lead people."""

LOOKING_CLOCK = "tests.support.clock_that_looks"


class LookingClock(OfficeClock):
    """The office clock, without the two seconds for which a process believes what it read."""

    def now(self) -> datetime:
        """The instant in the office, as it is stored now."""
        self._read_at = float("-inf")
        return super().now()


@dataclass(frozen=True)
class Filing:
    """What a citizen keeps: the number and the code."""

    number: str
    code: str


@dataclass
class Town:
    """The town hall of Puerto Claro, from outside."""

    office: Office
    post_office: PostOffice
    web: WebProcess
    _clients: dict[str, httpx.Client] = field(default_factory=dict)

    # ------------------------------------------------------------------------------------------------ time

    @property
    def today(self) -> date:
        """The day in the office."""
        return self.office.now().astimezone(BOGOTA).date()

    def move_to(self, moment: datetime) -> None:
        """Put the office clock forward, and sweep at each opening on the way and at the end."""
        calendar = self.office.entity().calendar
        day = calendar.next_working_day(self.today)
        while (opening := opening_instant(day, calendar)) < moment:
            self._sweep_at(opening + timedelta(minutes=1))
            day = calendar.next_working_day(day)
        self._sweep_at(moment)

    def working_day(self, days: int) -> date:
        """The day that many working days after today."""
        return self.office.entity().calendar.add_working_days(self.today, days)

    def wait_working_days(self, days: int) -> None:
        """Put the clock forward to ten in the morning of a working day that many later."""
        day = self.working_day(days)
        self.move_to(datetime(day.year, day.month, day.day, 10, tzinfo=BOGOTA).astimezone(UTC))

    def _sweep_at(self, moment: datetime) -> None:
        if moment > self.office.now():
            with self.office.write() as connection:
                set_office_time(connection, office_now=moment, speed=1)
        sweep(self.office)
        self.must_be_in_order()

    # -------------------------------------------------------------------------------------------- citizens

    def file(self, **form: object) -> Filing:
        """File by the public door."""
        receipt = self._checked(self._client(None).post("/api/petitions", json=form)).json()
        return Filing(receipt["filing_number"], receipt["tracking_code"])

    def file_at_desk(self, person: Person, **form: object) -> Filing:
        """File for somebody who came, called or wrote on paper."""
        receipt = self._checked(self._client(person).post("/api/desk/petitions", json=form)).json()
        return Filing(receipt["filing_number"], receipt["tracking_code"])

    def tracking(self, filing: Filing) -> Json:
        """What the citizen sees with number and code."""
        place = f"/api/petitions/{filing.number}/tracking"
        return self._checked(
            self._client(None).get(place, headers={"Tracking-Code": filing.code}), changes=False
        ).json()

    def citizen_does(self, filing: Filing, kind: str, text: str) -> Json:
        """An act of the citizen on the tracking page."""
        place = f"/api/petitions/{filing.number}/tracking/legal-acts"
        body = {"kind": kind, "text": text}
        return self._checked(
            self._client(None).post(place, json=body, headers={"Tracking-Code": filing.code})
        ).json()

    def opens(self, path: str, filing: Filing | None = None, **typed: str) -> str:
        """What a public page shows; with a petition, what it shows after its form was sent."""
        client = self._client(None)
        if filing is None:
            return self._checked(client.get(path), changes=False).text
        keys = {"filing_number": filing.number, "tracking_code": filing.code}
        return self._checked(client.post(path, data={**keys, "send": "1", **typed})).text

    # ---------------------------------------------------------------------------------- people of the entity

    def tasks(self, person: Person, filing: Filing) -> dict[str, int]:
        """The tasks of a petition that wait for somebody, by the name of the element."""
        answer = self._checked(
            self._client(person).get("/api/work-items", params={"limit": 200}), changes=False
        )
        return {
            item["element"]: item["task"]
            for item in answer.json()["items"]
            if item["filing_number"] == filing.number
        }

    def does(self, person: Person, filing: Filing, element: str, **fields: object) -> Json:
        """Somebody takes a task and completes it."""
        return self._checked(self.tries(person, filing, element, **fields)).json()

    def tries(self, person: Person, filing: Filing, element: str, **fields: object) -> httpx.Response:
        """Somebody takes a task and sends its form, whatever the answer."""
        waiting = self.tasks(person, filing)
        assert element in waiting, f"{person.username} tiene {sorted(waiting)}; {self.standing(filing)}"
        place = f"/api/work-items/{filing.number}/{waiting[element]}"
        self._checked(self._client(person).post(f"{place}/claim"))
        task = self._checked(self._client(person).get(place), changes=False).json()
        filled_in = {**proposed(task["form"], task["facts"]), **fields}
        return self._client(person).post(f"{place}/complete", json={"fields": filled_in})

    def acts(self, person: Person, filing: Filing, kind: str, **body: object) -> Json:
        """Somebody carries out a legal act."""
        return self._checked(self.tries_to_act(person, filing, kind, **body)).json()

    def tries_to_act(self, person: Person, filing: Filing, kind: str, **body: object) -> httpx.Response:
        """Somebody sends a legal act, whatever the answer."""
        place = f"/api/petitions/{filing.number}/legal-acts"
        return self._client(person).post(place, json={"kind": kind, **body})

    def reads(self, person: Person, path: str) -> httpx.Response:
        """What one page or address shows to somebody."""
        return self._client(person).get(path)

    def sends(self, person: Person | None, path: str, **body: object) -> httpx.Response:
        """Post a JSON body, whatever the answer; nobody is the public."""
        return self._client(person).post(path, json=body)

    def changes(self, person: Person, path: str, **body: object) -> httpx.Response:
        """Put a JSON body at an address, whatever the answer."""
        return self._client(person).put(path, json=body)

    def legal_file(self, person: Person, filing: Filing) -> Json:
        """Where a petition stands before the law."""
        place = f"/api/petitions/{filing.number}/legal-file"
        return self._checked(self._client(person).get(place), changes=False).json()

    # ---------------------------------------------------------------------------------------------- letters

    def letters_about(self, filing: Filing) -> list[Letter]:
        """Everything that anybody was written about one petition, in the order of writing.

        Two processes deliver, so that of two letters the later one may arrive first.
        """
        self.deliver()
        found = self.post_office.letters()
        about = [each for each in found if filing.number in each.subject or filing.number in each.text]
        written = self._order_of_writing()
        return sorted(about, key=lambda letter: written[letter.identity])

    def _order_of_writing(self) -> dict[str, int]:
        with self.office.read() as connection:
            rows = connection.execute(sa.select(MESSAGES.c.key, MESSAGES.c.id)).all()
        return {identity(message_id(key, "town.example")): number for key, number in rows}

    def letters_to(self, address: str, filing: Filing) -> list[Letter]:
        """What one address was written about a petition."""
        return [each for each in self.letters_about(filing) if address in each.to]

    def deliver(self) -> None:
        """Let everything that waits leave: here, or in the background of the web process."""
        for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
            # Whatever arrived, here or there, is noted by a sweep that begins after it, and may be the
            # cause of the next letter.
            nothing_waited = not self._waiting_letters()
            sweep(self.office)
            if nothing_waited and not self._waiting_letters():
                break
            threading.Event().wait(POLL_SECONDS)
        assert self._waiting_letters() == []
        self.must_be_in_order()

    def _waiting_letters(self) -> list[tuple[str, ...]]:
        columns = (MESSAGES.c.template, MESSAGES.c.recipient, MESSAGES.c.last_error)
        with self.office.read() as connection:
            return [tuple(row) for row in connection.execute(sa.select(*columns).where(PENDING))]

    # ------------------------------------------------------------------------------------------------ order

    def must_be_in_order(self) -> None:
        """Every invariant holds, of every petition."""
        assert violations(self.office) == []

    def standing(self, filing: Filing) -> Mapping[str, object]:
        """A petition's row: where it really stands."""
        with self.office.read() as connection:
            query = sa.text("SELECT * FROM petition WHERE filing_number = :number")
            return dict(connection.execute(query, {"number": filing.number}).mappings().one())

    def journal(self, filing: Filing) -> list[str]:
        """The acts in a petition's journal, in their order."""
        with self.office.read() as connection:
            query = sa.text("SELECT act FROM audit_event WHERE stream = :number ORDER BY seq")
            return list(connection.scalars(query, {"number": filing.number}))

    def close(self) -> None:
        """Everybody goes home."""
        for client in self._clients.values():
            client.close()

    def _client(self, person: Person | None) -> httpx.Client:
        name = "" if person is None else person.username
        if name not in self._clients:
            self._clients[name] = (
                httpx.Client(base_url=self.web.url, timeout=PATIENCE_SECONDS)
                if person is None
                else signed_in(self.web.url, name, PASSWORD)
            )
        return self._clients[name]

    def _checked(self, response: httpx.Response, *, changes: bool = True) -> httpx.Response:
        assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"
        if changes:
            self.must_be_in_order()
        return response


@contextmanager
def town_hall(database_url: str, home: Path, *, procedure: Path | None = None) -> Iterator[Town]:
    """Open the town hall on a Monday at ten, with the whole procedure published."""
    post_office = PostOffice()
    with ExitStack() as stack:
        smtp = stack.enter_context(serving(post_office))()
        mail = {
            "base_url": ADDRESS,
            "mail": "smtp",
            "mail_from": "pqrsd@puertoclaro.example",
            "smtp_host": "127.0.0.1",
        }
        settings = Settings(
            home=home,
            smtp_port=smtp.port,
            smtp_security="none",
            **mail,  # type: ignore[arg-type]  # all texts
        )
        engine = make_engine(database_url)
        stack.callback(engine.dispose)
        office = open_office(settings, clock=LookingClock(engine), engine=engine)
        _open(office, procedure or bpmn_folder())
        environment = {f"VENTANILLA_{name.upper()}": value for name, value in mail.items()}
        web = stack.enter_context(
            web_process(
                home,
                database_url,
                module=LOOKING_CLOCK,
                VENTANILLA_SMTP_PORT=str(smtp.port),
                VENTANILLA_SMTP_SECURITY="none",
                **environment,
            )
        )
        town = Town(office, post_office, web)
        stack.callback(town.close)
        yield town


def _open(office: Office, procedure: Path) -> None:
    with office.write() as connection:
        furnish(connection)
        set_office_time(connection, office_now=MONDAY_MORNING, speed=1)
    settle(office)
    publish_once_compiled(office, read_bundle_folder(procedure))
