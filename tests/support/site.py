"""An office whose doors a real browser can come to, on loopback, in a thread of the test's process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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

    def let_in(self, context: BrowserContext, person: Person) -> None:
        """Make `context` a browser in which `person` signed in."""
        engine = self.office.engine
        set_password(engine, person.username, password=PASSWORD, by=SYSTEM, now=self.office.now())
        session = sign_in(engine, person.username, PASSWORD, real_now=real_now(), lasting=timedelta(hours=1))
        context.add_cookies([{"name": "ventanilla", "value": session.token, "url": self.url}])


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
