"""A million petitions in a minute: copies of one that is at work, made by the database itself.

They have no journal of their own, so the checker of invariants would miss it; what they are for is the
time that a sweep over all of them takes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from processes.petitions.office import Office
from processes.petitions.tables import ALERTS, CASE_STATES, PETITIONERS, PETITIONS, WORK_ITEMS

_FIRST = 1_000_001
_YEAR_MARK = "2026-"


class Copies:
    """Copies of petition 1, each with the next number from a million on.

    It stays as it is itself: no sweep finds it due.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.made = 0
        with office.write() as connection:
            connection.execute(sa.update(PETITIONS).where(PETITIONS.c.id == 1).values(next_wake_at=None))

    def add(self, count: int, *, wake_at: datetime) -> None:
        """Copy the whole case `count` times, to wake at `wake_at`; its alerts are due when they are."""
        self._copy(count, (PETITIONERS, CASE_STATES, WORK_ITEMS, ALERTS), wake_at)

    def add_sleeping(self, count: int, *, wake_at: datetime) -> None:
        """Copy the head of the case alone: all that a sweep sees of one that is not due."""
        self._copy(count, (), wake_at)

    def settle(self) -> None:
        """Let the database know its own size, as its upkeep does in its time."""
        with self._office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            clears = connection.dialect.name == "postgresql"
            connection.execute(sa.text("VACUUM ANALYZE" if clears else "ANALYZE"))

    def _copy(self, count: int, tables: tuple[sa.Table, ...], wake_at: datetime) -> None:
        first, last = _FIRST + self.made, _FIRST + self.made + count - 1
        self.made += count
        numbers = _numbers(first, last)
        key = numbers.c.key
        head: dict[sa.Column[Any], sa.ColumnElement[Any]] = {
            PETITIONS.c.id: key,
            PETITIONS.c.number: key,
            PETITIONS.c.filing_number: sa.literal(_YEAR_MARK) + sa.cast(key, sa.String),
            PETITIONS.c.next_wake_at: sa.literal(wake_at, PETITIONS.c.next_wake_at.type),
        }
        with self._office.write() as connection:
            connection.execute(_copied(PETITIONS, PETITIONS.c.id, numbers, head))
            for table in tables:
                owner = table.c.petition_id
                connection.execute(_copied(table, owner, numbers, {owner: key}))


def _numbers(first: int, last: int) -> sa.CTE:
    numbers = sa.select(sa.literal(first).label("key")).cte("numbers", recursive=True)
    return numbers.union_all(sa.select(numbers.c.key + 1).where(numbers.c.key < last))


def _copied(
    table: sa.Table,
    owner: sa.Column[Any],
    numbers: sa.CTE,
    changed: Mapping[sa.Column[Any], sa.ColumnElement[Any]],
) -> sa.Insert:
    values = [changed.get(column, column) for column in table.columns]
    originals = sa.select(*values).select_from(table.join(numbers, sa.true())).where(owner == 1)
    return sa.insert(table).from_select(list(table.columns.keys()), originals)
