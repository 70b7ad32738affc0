"""SQLite databases that were furnished once in a process, for the offices that begin as another one did."""

from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

_kept: dict[Hashable, bytes] = {}


@dataclass(frozen=True)
class Beginning:
    """What a database holds before it is furnished, and what it is furnished with."""

    path: Path
    key: Hashable

    def recall(self) -> bool:
        """Whether this was furnished before; then the database is as it was when that was done."""
        furnished = _kept.get(self.key)
        if furnished is not None:
            self.path.write_bytes(furnished)
        return furnished is not None

    def keep(self, engine: sa.Engine) -> None:
        """Remember the database as it is now.

        It is closed first: whoever closes a file drops every lock that their process holds on it, and
        another process would then take away the log that this one still writes to
        (sqlite.org/howtocorrupt.html, 2.2).
        """
        engine.dispose()
        _kept[self.key] = self.path.read_bytes()


def beginning_of(database_url: str, *furniture: Hashable) -> Beginning | None:
    """The beginning of a database that nobody has open; None where it is no file."""
    url = sa.make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    path = Path(url.database)
    if Path(f"{path}-wal").exists():
        return None
    return Beginning(path, (sha256(path.read_bytes()).digest(), *furniture))
