"""An office whose doors a real browser can come to, on loopback, in a thread of the test's process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import uvicorn
from playwright.sync_api import BrowserContext

from api.app import create_app
from processes.common.audit import SYSTEM
from processes.common.office_clock import real_now
from processes.directory.accounts import set_password, sign_in
from processes.directory.people import Person
from processes.petitions.office import Office

PASSWORD = "una clave bien larga"


@dataclass(frozen=True)
class Site:
    """The doors of `office` at `url`."""

    url: str
    office: Office
    _tokens: dict[str, str] = field(default_factory=dict)

    def let_in(self, context: BrowserContext, person: Person) -> None:
        """Make `context` a browser in which `person` signed in, once for all the tests of the site."""
        if person.username not in self._tokens:
            self._tokens[person.username] = self._sign_in(person)
        token = self._tokens[person.username]
        context.add_cookies([{"name": "ventanilla", "value": token, "url": self.url}])

    def _sign_in(self, person: Person) -> str:
        engine = self.office.engine
        set_password(engine, person.username, password=PASSWORD, by=SYSTEM, now=self.office.now())
        lasting = timedelta(hours=1)
        return sign_in(engine, person.username, PASSWORD, real_now=real_now(), lasting=lasting).token


@contextmanager
def serve(office: Office) -> Iterator[Site]:
    """Serve `office` until the block ends."""
    # It listens before the server runs, so that the first visitor waits instead of being refused.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(create_app(office), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", office)
        finally:
            server.should_exit = True
            thread.join()
