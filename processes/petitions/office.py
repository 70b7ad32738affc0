"""What every act needs: the database, the clock, the entity, the published procedure."""

import threading
import time as stopwatch
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from processes.common import database
from processes.common.calendar import BOGOTA
from processes.common.errors import NotFound
from processes.common.office_clock import Clock
from processes.common.settings import Settings
from processes.common.staff_hours import StaffHours
from processes.directory.addressees import Addressees
from processes.directory.entity import Entities, EntityProfile
from processes.directory.people import Person
from processes.directory.phonebook import Phonebook
from processes.engine.bundle import Definition, load_bundle
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.tables import BUNDLE_FILES, CURRENT_BUNDLES

PROCESS_ID = "petition"
_REREAD_SECONDS = 2.0


class Definitions:
    """Published bundles, compiled once in each process; a bundle never changes, so neither does its place."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._compiled: dict[str, Definition] = {}
        self._lock = threading.Lock()
        self._current: str | None = None
        self._read_at = float("-inf")

    def current(self) -> Definition:
        """What new petitions start with; looked up every two seconds at most.

        Raises NotFound when nothing is published.
        """
        if self._current is None or stopwatch.monotonic() - self._read_at > _REREAD_SECONDS:
            self._current, self._read_at = self._read_current(), stopwatch.monotonic()
        return self.get(self._current)

    def forget_current(self) -> None:
        """Look again at the next call."""
        self._current = None

    def published(self, definition: Definition) -> None:
        """This process has just published `definition`: it need not be compiled again."""
        with self._lock:
            self._compiled[definition.hash] = definition
        self.forget_current()

    def _read_current(self) -> str:
        query = sa.select(CURRENT_BUNDLES.c.bundle).where(CURRENT_BUNDLES.c.process_id == PROCESS_ID)
        with database.read(self._engine) as connection:
            content_hash: str | None = connection.scalar(query)
        if content_hash is None:
            raise NotFound(
                "Todavía no hay un procedimiento publicado. Ejecute «ventanilla diagrams publish»."
            )
        return content_hash

    def get(self, content_hash: str) -> Definition:
        """The bundle with this content hash. Raises NotFound when it was never published here."""
        compiled = self._compiled.get(content_hash)
        if compiled is None:
            with self._lock:
                compiled = self._compiled.get(content_hash) or self._compile(content_hash)
                self._compiled[content_hash] = compiled
        return compiled

    def _compile(self, content_hash: str) -> Definition:
        query = sa.select(BUNDLE_FILES.c.name, BUNDLE_FILES.c.content).where(
            BUNDLE_FILES.c.bundle == content_hash
        )
        with database.read(self._engine) as connection:
            files = {name: bytes(content) for name, content in connection.execute(query)}
        if not files:
            raise NotFound(f"La versión {content_hash[:12]} del procedimiento no está publicada aquí.")
        return load_bundle(files, CATALOGUE)


@dataclass(frozen=True, slots=True)
class Office:
    """One installation at work. Services take it first, and open one transaction each."""

    engine: sa.Engine
    settings: Settings
    clock: Clock
    definitions: Definitions
    entities: Entities
    after_commit: Callable[[], None] = field(default=lambda: None)

    def now(self) -> datetime:
        """Office time, aware, in UTC."""
        return self.clock.now()

    def entity(self) -> EntityProfile:
        """The entity that this installation serves."""
        return self.entities.current()

    def with_posts(self, person: Person) -> Person:
        """`person` with the posts of those in whose place they are today."""
        return self.entity().with_posts(person, self.now())

    def addressees(self, connection: sa.Connection) -> Addressees:
        """Whom to write to today."""
        today = self.now().astimezone(BOGOTA).date()
        return Addressees(Phonebook(connection), self.entity().substitutions, today)

    def write(self) -> AbstractContextManager[sa.Connection]:
        """One transaction that writes."""
        return database.write(self.engine)

    def read(self) -> AbstractContextManager[sa.Connection]:
        """One snapshot to read from."""
        return database.read(self.engine)


def open_office(settings: Settings, *, clock: Clock, engine: sa.Engine) -> Office:
    """The office on the database of `engine`."""
    hours, short = StaffHours.parse(settings.staff_hours), bool(settings.gateway_url)
    entities = Entities(engine, hours, short_messages=short, clock=clock.now)
    return Office(engine, settings, clock, Definitions(engine), entities)
