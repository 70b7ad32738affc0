"""Disks that fill up: a real small one where the tests may mount it, and limits that refuse the same."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_DISK_BYTES = 8_000_000
_CHUNK = 4096
_MOUNTING = 1 << 21  # CAP_SYS_ADMIN (capabilities(7))


class Disk(Protocol):
    """A disk on which an office lives."""

    @property
    def folder(self) -> Path:
        """Where its files go."""

    def fill(self, engine: sa.Engine) -> None:
        """Leave the database no room to grow."""

    def refusing_files(self) -> AbstractContextManager[None]:
        """While this lasts, a full disk takes no file."""

    def make_room(self) -> None:
        """What an administrator does."""


class SmallDisk:
    """A file system of its own, filled by a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, engine: sa.Engine) -> None:  # noqa: ARG002 - the other kind of disk needs it
        """Write until the system refuses."""
        with self._ballast.open("ab", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(_CHUNK)):
                pass

    def refusing_files(self) -> AbstractContextManager[None]:
        """It refuses them since it was filled."""
        return nullcontext()

    def make_room(self) -> None:
        """Remove what filled it."""
        self._ballast.unlink()


class LimitedDisk:
    """A folder like any other, where SQLite may not grow: it says what it says on a full disk.

    A file is refused with EFBIG, where a full disk says ENOSPC.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._engines: list[sa.Engine] = []

    def fill(self, engine: sa.Engine) -> None:
        """Forbid the database another page."""
        sa.event.listen(engine, "connect", _allow_no_page)
        engine.dispose()
        self._engines.append(engine)

    @contextmanager
    def refusing_files(self) -> Iterator[None]:
        """Forbid this process to write a byte, be it to its own output."""
        _, hard = before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    def make_room(self) -> None:
        """Lift the limit."""
        for engine in self._engines:
            sa.event.remove(engine, "connect", _allow_no_page)
            engine.dispose()


def _allow_no_page(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA max_page_count=1")  # the least that SQLite allows is what it has
    cursor.close()


def may_mount() -> bool:
    """Whether this process may mount a file system."""
    status = Path("/proc/self/status").read_text().splitlines()
    effective = next(line.split()[1] for line in status if line.startswith("CapEff:"))
    return os.geteuid() == 0 and bool(int(effective, 16) & _MOUNTING)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A disk of eight megabytes at `folder`."""
    folder.mkdir()
    # The table of mounts is this machine's: whatever happens, what was mounted here is unmounted here.
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_DISK_BYTES}", "tmpfs", folder], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
