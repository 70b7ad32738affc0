"""What many steps of one transaction share: rows that are written together, and one phonebook."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from processes.common.writer import Row, Writer
from processes.directory.phonebook import Phonebook


class Sheaf(Writer):
    """In place of the connection, keeps the rows of each statement until `write`.

    For what no step reads again, and what concerns its own petition alone: then the order among the
    petitions does not matter.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.phonebook = Phonebook(connection)
        self._rows: dict[sa.Executable, list[Row]] = {}

    def execute(self, statement: sa.Executable, parameters: Row | Sequence[Row], /) -> None:
        """Keep the rows of `parameters` for `statement`."""
        rows = [parameters] if isinstance(parameters, Mapping) else parameters
        self._rows.setdefault(statement, []).extend(rows)

    def write(self) -> None:
        """Write all that was kept, the statements in the order in which they first came."""
        for statement, rows in self._rows.items():
            self._connection.execute(statement, rows)
        self._rows.clear()
