"""What takes rows to write: a connection, at once, or what keeps them for one that writes many together."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa

Row: TypeAlias = Mapping[str, Any]


class Writer(Protocol):
    """Executes a statement whose result nobody looks at."""

    def execute(self, statement: sa.Executable, parameters: Row | Sequence[Row], /) -> object:
        """Write one row, or several, by one statement."""
