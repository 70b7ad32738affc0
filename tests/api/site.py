"""What the tests of the doors hold: a client, the office behind it, the mail that left."""

import hashlib
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi.testclient import TestClient

from notifications.send import OutgoingMessage
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, PENDING
from processes.directory.people import Person
from processes.directory.tables import PEOPLE, WEB_SESSIONS
from processes.petitions.office import Office
from tests.builders.petitions import ROSA

PETITION: dict[str, Any] = {**ROSA, "privacy_notice": True}
PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.02


@dataclass
class KeptMail:
    """A mail server that keeps what it is given."""

    messages: list[OutgoingMessage] = field(default_factory=list)
    _arrived: threading.Condition = field(default_factory=threading.Condition)

    def send(self, message: OutgoingMessage) -> None:
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()

    def await_one_to(self, recipient: str) -> OutgoingMessage:
        with self._arrived:
            self._arrived.wait_for(lambda: any(m.to == recipient for m in self.messages), PATIENCE_SECONDS)
            return next(message for message in self.messages if message.to == recipient)


def await_delivery(office: Office) -> None:
    """Return once nothing waits any more: messages leave beside the test, in a thread of the application."""
    waiting = sa.select(sa.func.count()).select_from(MESSAGES).where(PENDING)
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        with office.read() as connection:
            if connection.scalar(waiting) == 0:
                return
        threading.Event().wait(POLL_SECONDS)
    raise AssertionError("messages still wait")


@dataclass(frozen=True)
class Site:
    """The application at work."""

    client: TestClient
    office: Office
    mail: KeptMail

    def token(self, person: Person) -> str:
        """A session for `person`, as signing in would open it, without the work of a password."""
        token = f"token-of-{person.username}-{real_now().timestamp()}"
        with self.office.write() as connection:
            person_id = connection.scalar(sa.select(PEOPLE.c.id).where(PEOPLE.c.username == person.username))
            session = {
                "token_hash": hashlib.sha256(token.encode()).digest(),
                "person_id": person_id,
                "created_at": real_now(),
                "expires_at": real_now() + timedelta(hours=1),
            }
            connection.execute(sa.insert(WEB_SESSIONS), session)
        return token

    def bearer(self, person: Person) -> dict[str, str]:
        """The header of a program that acts for `person`."""
        return {"Authorization": f"Bearer {self.token(person)}"}

    def file(self, **changes: object) -> dict[str, Any]:
        """File Rosa's petition, with `changes`; the receipt."""
        response = self.client.post("/api/petitions", json={**PETITION, **changes})
        assert response.status_code == 201, response.text
        receipt: dict[str, Any] = response.json()
        return receipt
