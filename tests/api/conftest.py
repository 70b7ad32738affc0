"""A site to call: the application on a furnished office, on each kind of database, once a file."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
import structlog
from fastapi.testclient import TestClient

from api.app import create_app
from api.logs import failure_without_values
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.api.site import KeptMail, Site
from tests.builders.office import HandClock, an_office
from tests.support.postgres import PostgresServer


@pytest.fixture(scope="session", autouse=True)
def _logs_as_in_production() -> Iterator[None]:
    """The library's own rendering of a failure takes a minute: it shows every local value."""
    renderer = structlog.processors.JSONRenderer(default=str)
    structlog.configure(processors=[failure_without_values, renderer])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that the tests of one file share; whatever they did, every invariant holds at its end."""
    home = tmp_path_factory.mktemp("site")
    with (
        _database(request, home) as url,
        an_office(url, home, HandClock()) as office,
        _open(office) as opened,
    ):
        yield opened
        assert violations(opened.office) == []


@pytest.fixture(scope="module")
def sqlite_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site for what the database has no part in."""
    home = tmp_path_factory.mktemp("site")
    with an_office(_copy(sqlite_template, home), home, HandClock()) as office, _open(office) as opened:
        yield opened


@contextmanager
def _open(office: Office) -> Iterator[Site]:
    office = replace(office, settings=office.settings.model_copy(update={"filings_per_hour": 100_000}))
    mail = KeptMail()
    with TestClient(create_app(office, sender=mail), base_url=office.settings.public_url) as client:
        yield Site(client, office, mail)


@contextmanager
def _database(request: pytest.FixtureRequest, home: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield _copy(request.getfixturevalue("sqlite_template"), home)
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    template: sa.URL = request.getfixturevalue("postgres_template")
    url = server.create_database(template=template.database)
    yield url.render_as_string(hide_password=False)
    server.drop_database(url)


def _copy(template: Path, home: Path) -> str:
    path = home / "ventanilla.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"
