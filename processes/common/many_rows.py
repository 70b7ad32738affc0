"""Thousands of rows in one statement: what an act over every case writes.

PostgreSQL takes all of them as one JSON document, at a third of the time of a statement a row; SQLite,
in whose process a statement costs little, takes them one by one.
"""

from collections.abc import Mapping, Sequence

import orjson
import sqlalchemy as sa

Row = Mapping[str, object]


def insert_many(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, then: str = "") -> None:
    """Insert `rows`, which all have the columns of the first; `then` is an ON CONFLICT clause."""
    if not rows:
        return
    columns = tuple(rows[0])
    into = f"INSERT INTO {table.name} ({_named(columns)})"
    _execute(
        connection,
        table,
        rows,
        one_by_one=f"{into} VALUES ({', '.join(f':{name}' for name in columns)}) {then}",
        at_once=f"{into} SELECT {_named(columns)} FROM {_given(table)} {then}",  # noqa: S608 - names of our own tables
    )


def update_many(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, key: Sequence[str], also: str = ""
) -> None:
    """Write `rows` over those with the same `key`; `also` is one more assignment, the same for all."""
    if not rows:
        return
    changed = [name for name in rows[0] if name not in key]
    more = f", {also}" if also else ""
    update = f"UPDATE {table.name} SET "  # noqa: S608 - names of our own tables
    _execute(
        connection,
        table,
        rows,
        one_by_one=update
        + ", ".join(f'"{name}" = :{name}' for name in changed)
        + more
        + " WHERE "
        + " AND ".join(f'"{name}" = :{name}' for name in key),
        at_once=update
        + ", ".join(f'"{name}" = given."{name}"' for name in changed)
        + more
        + f" FROM {_given(table)} WHERE "
        + " AND ".join(f'{table.name}."{name}" = given."{name}"' for name in key),
    )


def _execute(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, one_by_one: str, at_once: str
) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(one_by_one, _bound(connection, table, rows))
        return
    document = orjson.dumps(rows, default=_plain).decode()
    connection.execute(sa.text(at_once), {"rows": document})


def _bound(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows as the driver takes them: SQLAlchemy's own way there costs more than the statement."""
    found = {name: table.c[name].type.dialect_impl(connection.dialect) for name in rows[0]}
    processors = {name: kind.bind_processor(connection.dialect) for name, kind in found.items()}
    needed = [(name, each) for name, each in processors.items() if each is not None]
    return [{**row, **{name: process(row[name]) for name, process in needed}} for row in rows]


def _given(table: sa.Table) -> str:
    return f"json_populate_recordset(NULL::{table.name}, CAST(:rows AS json)) AS given"


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(type(value).__name__)
