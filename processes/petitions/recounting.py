"""Open petitions counted by a calendar: what date each would have, read in few statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import WorkCalendar
from processes.common.errors import Invalid
from processes.petitions.legal_moving import term_state
from processes.petitions.legal_reading import RECKONED, reckonings_of
from processes.petitions.status import ANSWERED_OR_ENDED, PetitionStatus, TermState
from processes.petitions.tables import PETITIONS
from processes.terms.clock import AfterHours
from processes.terms.kinds import PetitionKind

_TO_ANSWER = sorted(status.value for status in PetitionStatus if status not in ANSWERED_OR_ENDED)
TO_ANSWER = PETITIONS.c.status.in_(_TO_ANSWER)
"""Petitions that still wait for their answer; what was answered keeps the date that it was answered by."""

COLUMNS = (
    *RECKONED,
    PETITIONS.c.filing_number,
    PETITIONS.c.due_on,
    PETITIONS.c.due_at,
    PETITIONS.c.term_state,
    PETITIONS.c.department,
)
_READ_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Counted:
    """A petition with the date that it has and the one that it would have.

    `kind_after` is the kind that then rules: of several requests another may come to be the earliest.
    `refusal` says why it could not be counted; it then keeps its date.
    """

    id: int
    filing_number: str
    kind: PetitionKind
    department: str | None
    due_before: date
    due_after: date
    due_at: datetime | None
    kind_after: PetitionKind
    term_state: TermState
    row_changes: bool
    refusal: str = ""

    @property
    def moves(self) -> bool:
        """Whether the date changes."""
        return self.due_before != self.due_after

    @property
    def days(self) -> int:
        """By how many days of the week it moves; negative when it comes earlier."""
        return (self.due_after - self.due_before).days


@dataclass(frozen=True, slots=True)
class _Date:
    due_on: date
    due_at: datetime | None
    kind: PetitionKind
    term_state: TermState


class _Counter:
    """Counts petitions by one calendar. Those of one kind and day share their date, counted once.

    A term in hours runs from the minute of reception, so its date is nobody else's.
    """

    def __init__(self, connection: sa.Connection, calendar: WorkCalendar, policy: AfterHours) -> None:
        self._connection = connection
        self._calendar = calendar
        self._policy = policy
        self._known: dict[tuple[str, date], _Date | Invalid] = {}

    def count(self, rows: Sequence[sa.RowMapping]) -> list[Counted]:
        """The petitions of `rows`, in their order."""
        moved_by_acts = [row for row in rows if _has_history(row)]
        own = self._reckoned(moved_by_acts) if moved_by_acts else {}
        return [_counted(row, own.get(row["id"]) or self._plain(row)) for row in rows]

    def _plain(self, row: sa.RowMapping) -> _Date | Invalid:
        key = (row["kind"], row["filed_on"])
        found = self._known.get(key)
        if found is None:
            found = self._reckoned([row])[row["id"]]
            if isinstance(found, Invalid) or found.due_at is None:
                self._known[key] = found
        return found

    def _reckoned(self, rows: Sequence[sa.RowMapping]) -> Mapping[int, _Date | Invalid]:
        try:
            reckonings = reckonings_of(self._connection, rows, self._calendar, self._policy)
            return {
                key: _Date(each.due_on, each.due_at, each.governing.kind, term_state(each))
                for key, each in reckonings.items()
            }
        except Invalid as error:
            if len(rows) == 1:
                return {rows[0]["id"]: error}
        # One that cannot be counted must not keep the others from it.
        return {key: found for row in rows for key, found in self._reckoned([row]).items()}


def _has_history(row: sa.RowMapping) -> bool:
    return bool(row["legal_seq"] or row["matter_count"] or row["fixed_amount"] is not None)


def _counted(row: sa.RowMapping, found: _Date | Invalid) -> Counted:
    stands = _Date(row["due_on"], row["due_at"], PetitionKind(row["kind"]), TermState(row["term_state"]))
    after = stands if isinstance(found, Invalid) else found
    return Counted(
        id=row["id"],
        filing_number=row["filing_number"],
        kind=stands.kind,
        department=row["department"],
        due_before=stands.due_on,
        due_after=after.due_on,
        due_at=after.due_at,
        kind_after=after.kind,
        term_state=after.term_state,
        row_changes=after != stands,
        refusal=found.message if isinstance(found, Invalid) else "",
    )


def count_rows(
    connection: sa.Connection, rows: Sequence[sa.RowMapping], calendar: WorkCalendar, policy: AfterHours
) -> list[Counted]:
    """The petitions of `rows`, which have the columns `COLUMNS`, counted in their order."""
    return _Counter(connection, calendar, policy).count(rows)


def count_open(connection: sa.Connection, calendar: WorkCalendar, policy: AfterHours) -> Iterator[Counted]:
    """Every petition that waits for its answer, in the order of filing; a few thousand at a time."""
    counter, last = _Counter(connection, calendar, policy), 0
    while True:
        query = sa.select(*COLUMNS).where(TO_ANSWER, PETITIONS.c.id > last)
        rows = connection.execute(query.order_by(PETITIONS.c.id).limit(_READ_AT_ONCE)).mappings().all()
        if not rows:
            return
        yield from counter.count(rows)
        last = rows[-1]["id"]


def hold_uncounted(connection: sa.Connection, version: int, *, after: int, limit: int) -> Sequence[int]:
    """The next petitions that an older version counted, held until the end of the transaction."""
    columns = PETITIONS.c
    query = (
        sa.select(columns.id)
        .where(TO_ANSWER, columns.calendar < version, columns.id > after)
        .order_by(columns.id)
        .limit(limit)
        # A filing's rows refer to it and must not wait; whoever changes it waits, and then starts again.
        .with_for_update(key_share=True)
    )
    return connection.scalars(query).all()


def count_uncounted(connection: sa.Connection, version: int) -> int:
    """How many petitions still wait to be counted by `version`."""
    query = sa.select(sa.func.count()).select_from(PETITIONS)
    return connection.scalar(query.where(TO_ANSWER, PETITIONS.c.calendar < version)) or 0
