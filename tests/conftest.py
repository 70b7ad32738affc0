"""What every test may ask for: a migrated database of each kind, a browser; and what a skip is."""

import gc
import os
import shutil
import sqlite3
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa
import structlog
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.support.browser import PATIENCE_MILLISECONDS, chromium, forget_the_visitor
from tests.support.missing import MissingPart, skip_without
from tests.support.postgres import PostgresServer, postgres_server

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

# Its own way to draw a traceback takes seconds each.
structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded for the tests stays to their end: nobody looks for garbage in it, then or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_finish() -> None:
    """Now it is known whether anybody signs in here: tests of pure rooms do not load the accounts."""
    if "processes.directory.accounts" in sys.modules:
        from tests.support.passwords import hash_quickly  # noqa: PLC0415 - see above

        hash_quickly()


@pytest.fixture(autouse=True)
def _logs_stay_as_they_were() -> Iterator[None]:
    """What runs as a process of its own sets up its logs: on a stream that the next test does not have."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_if_all_is_required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_if_all_is_required((yield))


def _failed_if_all_is_required(report: Report) -> Report:
    if REQUIRE_ALL and report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_ALL=1 allows no skip: {report.longrepr}"
    return report


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of a migrated database of the test's own: the test runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address of a migrated SQLite database of the test's own."""
    path = tmp_path / "ventanilla.sqlite3"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgres: PostgresServer, postgres_template: sa.URL) -> Iterator[str]:
    """Address of a migrated PostgreSQL database of the test's own."""
    url = postgres.create_database(template=postgres_template.database)
    yield _text(url)
    postgres.drop_database(url)


@pytest.fixture
def empty_postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    """Address of a PostgreSQL database without any table."""
    url = postgres.create_database()
    yield _text(url)
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    _migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> Iterator[sa.URL]:
    url = postgres.create_database()
    _migrate(_text(url))
    yield url
    postgres.drop_database(url)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the session, started by the first test that asks for it."""
    try:
        with postgres_server() as server:
            yield server
    except MissingPart as missing:
        skip_without(missing)


# Playwright keeps an event loop running in the test's thread, which `asyncio.run` in a later test
# would refuse: so a browser lives no longer than the file that asked for it.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium, shared by the tests of one file."""
    try:
        with chromium() as started:
            yield started
    except MissingPart as missing:
        skip_without(missing)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """The one tab of a file: all that a browser makes for another takes a second of a processor."""
    with browser.new_context(locale="es-CO", timezone_id="America/Bogota") as context:
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        yield context.new_page()


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """A page of a visitor in Colombia; the test fails if a script or the page's policy does."""
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def note_error(error: Error) -> None:
        faults.append(str(error))

    tab.on("console", note)
    tab.on("pageerror", note_error)
    yield tab
    forget_the_visitor(tab)
    tab.remove_listener("console", note)
    tab.remove_listener("pageerror", note_error)
    assert faults == []


def _migrate(url: str) -> None:
    from processes.common import database  # noqa: PLC0415 - tests of pure rooms do not load the store

    database.upgrade(url)


def _text(url: sa.URL) -> str:
    return url.render_as_string(hide_password=False)
