"""The installation that a command works on."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from api.logs import configure_logs
from processes.common.audit import Actor
from processes.common.database import make_engine
from processes.common.errors import NotFound
from processes.common.office_clock import OfficeClock
from processes.common.settings import load_settings
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import ENTITY
from processes.petitions.office import Office, open_office

CONSOLE = Actor("system", "consola")
OPERATOR = Person("consola", "Consola de administración", frozenset({Role.ADMINISTRATOR}))
"""Who acts from the command line: whoever may use it already holds the database and the secrets."""

_PASSWORD_BYTES = 12


@contextmanager
def office_here() -> Iterator[Office]:
    """The office of the home folder. Raises NotFound before it was made."""
    with any_office_here() as office:
        if not _was_made(office):
            raise NotFound(
                f"En {office.settings.home} todavía no hay una oficina. Cree una con «ventanilla init», "
                "o una de muestra con «ventanilla serve»."
            )
        office.entity()
        yield office


def _was_made(office: Office) -> bool:
    """Whether the database is there with its tables; a file of SQLite's that is missing is not made."""
    url = sa.make_url(office.settings.url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    with office.read() as connection:
        return sa.inspect(connection).has_table(ENTITY.name)


@contextmanager
def any_office_here() -> Iterator[Office]:
    """The office of the home folder, made already or not."""
    settings = load_settings()
    configure_logs("WARNING")
    engine = make_engine(settings.url, create=True)
    try:
        yield open_office(settings, clock=OfficeClock(engine), engine=engine)
    finally:
        engine.dispose()


def new_password() -> str:
    """A password that nobody guesses: 96 bits."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)
