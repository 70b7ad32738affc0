"""The database: SQLite by default, PostgreSQL by one setting, the same behaviour on both.

SQLite: write-ahead log, `synchronous=FULL`, writers take the lock at once (`BEGIN IMMEDIATE`, so a
read never has to be upgraded and refused). PostgreSQL: writers in read committed, rows locked by
name. Readers see one snapshot on both.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import resources
from typing import Any, cast
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import SQLModel

from processes.common.errors import Unavailable

_BUSY_SECONDS = 30.0
_CONNECT_SECONDS = 10
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000")

_SQLITE_TROUBLE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_SQLITE_DAMAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_POSTGRES_DISK_FULL = "53100"
_POSTGRES_CONTENTION = ("40001", "40P01")
_POSTGRES_LOCK_TIMEOUT = "55P03"
_IDLE_SECONDS = 60
# A server that vanished without a word is noticed after a minute, not after the system's two hours.
_KEEPALIVES = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
_BUSY = (
    "Otra operación está usando los mismos datos y no terminó a tiempo. Nada de lo que envió quedó "
    "registrado; intente de nuevo en unos minutos."
)
_NO_ROOM = (
    "No hay espacio para guardar. Nada de lo que envió quedó registrado; "
    "avise al administrador e intente de nuevo."
)
# A connection that is cut while it commits leaves the outcome unknown; a repeated act is told apart.
_NO_ANSWER = (
    "La base de datos no responde en este momento y no pudimos confirmar lo que envió. "
    "Intente de nuevo en unos minutos; si ya había quedado registrado, no se duplicará."
)
_NEWER_SCHEMA = "La base de datos es de una versión más nueva de Ventanilla: instale esa versión."
_DAMAGED = (
    "El archivo de la base de datos está dañado o no es una base de datos. Nada de lo que envió quedó "
    "registrado; avise al administrador."
)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class BrokenReferences(Exception):
    """A change of tables would leave rows of `tables` that refer to none."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"rows without what they refer to: {', '.join(tables)}")
        self.tables = tuple(tables)


class Contention(Unavailable):
    """Two acts stood in each other's way and this one was undone whole: from its start it may succeed."""


class Busy(Unavailable):
    """Another act held what this one needed for as long as it may wait; nothing was written."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so there it goes in without one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a naive instant cannot be stored: {value!r}"
            raise ValueError(message)
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def make_engine(url: str, *, create: bool = False, busy_seconds: float = _BUSY_SECONDS) -> sa.Engine:
    """An engine for `url`. `postgresql://` means psycopg; SQLite gets its pragmas here.

    Only with `create` is an SQLite file made that is not there: elsewhere one that was moved away must
    not come back empty. `busy_seconds` is how long an act waits for another's lock.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        return sa.create_engine(
            parsed,
            pool_size=10,
            max_overflow=10,
            pool_timeout=busy_seconds,
            connect_args=_postgres_arguments(parsed, busy_seconds),
        )
    if parsed.database and not create:
        file = f"file:{quote(parsed.database)}"
        parsed = parsed.set(database=file, query={**parsed.query, "mode": "rw", "uri": "true"})
    engine = sa.create_engine(
        parsed,
        connect_args={"check_same_thread": False, "timeout": busy_seconds, "isolation_level": None},
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _postgres_arguments(url: sa.URL, busy_seconds: float) -> dict[str, Any]:
    """Bounds for every wait; what the address itself asks for comes last and wins."""
    given = url.query.get("options", "")
    options = (
        f"-c lock_timeout={round(busy_seconds * 1000)}",
        f"-c idle_in_transaction_session_timeout={_IDLE_SECONDS * 1000}",
        given if isinstance(given, str) else " ".join(given),
    )
    bounds = {"connect_timeout": _CONNECT_SECONDS, **_KEEPALIVES}
    chosen = {name: value for name, value in bounds.items() if name not in url.query}
    return {**chosen, "options": " ".join(options).strip()}


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection, *, writes: bool) -> None:
    """Open SQLite's transaction, which its driver leaves to us: whoever will write waits for the lock now.

    Not in a listener on the engine: for that SQLAlchemy would look for listeners around every statement.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def write(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that writes: committed when the block ends, undone when it raises.

    Raises Unavailable when the database does not answer or refuses for want of room.
    """
    with _in_words(), engine.begin() as connection:
        _begin(connection, writes=True)
        yield connection


@contextmanager
def read(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One snapshot to read from; never takes the writers' lock. Raises Unavailable."""
    with _in_words(), engine.connect() as connection:
        # SQLite's readers see a snapshot anyway; PostgreSQL's do from this level on.
        if connection.dialect.name != "sqlite":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            _begin(connection, writes=False)
            yield connection


@contextmanager
def read_one(engine: sa.Engine) -> Iterator[sa.Connection]:
    """For one statement, which is a snapshot by itself: no transaction is opened. Raises Unavailable."""
    with _in_words(), engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def write_schema(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that changes tables, which SQLite makes anew to change them.

    SQLite enforces references meanwhile only if told so, and cannot be told within a transaction: so they
    are off while tables are made anew, and checked before the commit. Raises Unavailable, and
    BrokenReferences, with nothing changed, when a row would refer to none.
    """
    if engine.dialect.name != "sqlite":
        with write(engine) as connection:
            yield connection
        return
    with _in_words(), engine.connect() as connection:
        raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _begin(connection, writes=True)
                changes = raw.total_changes
                yield connection
                # An upgrade that finds nothing to do is not the moment to read every row.
                check = "PRAGMA foreign_key_check"
                if raw.total_changes > changes and (broken := raw.execute(check).fetchall()):
                    raise BrokenReferences(sorted({str(row[0]) for row in broken}))
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise Unavailable(_NO_ANSWER) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            # Python's own refusals (a closed connection, say) carry no code of SQLite's.
            code: str = getattr(error.orig, "sqlite_errorname", "")
            if code == "SQLITE_FULL":
                raise Unavailable(_NO_ROOM) from error
            if code.startswith(_SQLITE_TROUBLE):
                raise Unavailable(_NO_ANSWER) from error
            if code.startswith(_SQLITE_DAMAGE):
                raise Unavailable(_DAMAGED) from error
        elif (
            isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError) or error.connection_invalidated
        ):
            raise _postgres_trouble(getattr(error.orig, "sqlstate", None)) from error
        raise


def _postgres_trouble(code: str | None) -> Unavailable:
    if code in _POSTGRES_CONTENTION:
        return Contention(_BUSY)
    if code == _POSTGRES_LOCK_TIMEOUT:
        return Busy(_BUSY)
    return Unavailable(_NO_ROOM if code == _POSTGRES_DISK_FULL else _NO_ANSWER)


def insert_if_absent(table: sa.Table, columns: Sequence[str], *, key: Sequence[str]) -> sa.TextClause:
    """An insert of `columns` that leaves a row with the same `key` as it is; the same on both databases.

    For the hot path: SQLAlchemy compiles its own ON CONFLICT constructs anew at every execution.
    """
    return typed_text(
        f"INSERT INTO {table.name} ({_quoted(columns)}) VALUES ({', '.join(f':{name}' for name in columns)}) "  # noqa: S608 - names of our own tables
        f"ON CONFLICT ({_quoted(key)}) DO NOTHING",
        *(table.c[name] for name in columns),
    )


def typed_text(statement: str, *columns: sa.Column[Any]) -> sa.TextClause:
    """`statement`, whose parameters named after `columns` are bound with the columns' types."""
    return sa.text(statement).bindparams(*(sa.bindparam(each.name, type_=each.type) for each in columns))


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def insert_or(connection: sa.Connection) -> Callable[[sa.Table], postgresql.Insert]:
    """The `insert` of the dialect in use: both have `on_conflict_do_*`, under the same names."""
    if connection.dialect.name == "sqlite":
        return cast("Callable[[sa.Table], postgresql.Insert]", sqlite.insert)
    return postgresql.insert


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema (Alembic). Raises Unavailable for a newer one."""
    from alembic import command  # noqa: PLC0415 - the web process does not need Alembic
    from alembic.config import Config  # noqa: PLC0415 - the same
    from alembic.util.exc import CommandError  # noqa: PLC0415 - the same

    with resources.as_file(resources.files("processes.migrations")) as folder:
        config = Config(str(folder / "alembic.ini"))
        config.set_main_option("script_location", str(folder))
        config.attributes["url"] = url
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise Unavailable(_NEWER_SCHEMA) from error
