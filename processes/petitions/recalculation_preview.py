"""What a change of the calendar would move, shown before it is applied; and what one has moved."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, NotFound
from processes.directory.calendar_differences import differences
from processes.directory.calendar_versions import (
    FIRST_VERSION,
    newest_number,
    read_version,
    release_holidays,
)
from processes.directory.entity import calendar_of
from processes.directory.people import Person, full_names
from processes.directory.tables import CALENDAR_VERSIONS, DEPARTMENTS
from processes.petitions.access import not_excluded, require_role
from processes.petitions.calendars import CALENDAR_KEEPERS, CALENDAR_READERS, Draft, read_draft
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.recounting import Counted, count_open, count_uncounted
from processes.petitions.tables import PETITIONS
from processes.terms.kinds import PetitionKind

_VERSIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class DateMove:
    """A petition whose date moves. `days` are days of the week, negative when it comes earlier.

    `refusal` says why it could not be counted; it then keeps its date.
    """

    filing_number: str
    kind: PetitionKind
    department: str
    due_before: date
    due_after: date
    days: int
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """How many petitions move by the same number of days."""

    days: int
    petitions: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What the draft would move, over all open petitions, and a page of them in the order of filing.

    `fall_overdue` would be overdue today and are not, `saved` the other way round.
    """

    draft: Draft
    open_petitions: int
    moved: int
    shifts: tuple[Shift, ...]
    fall_overdue: int
    saved: int
    refused: int
    page: Page[DateMove]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the calendar in the history. `left` petitions still wait to be counted by it."""

    number: int
    in_force: bool
    reason: str
    made_at: datetime
    made_by: str
    undoes: int | None
    finished_at: datetime | None
    changes: tuple[str, ...]
    moved: int
    left: int


@dataclass(slots=True)
class _Totals:
    """What is counted while the petitions pass by."""

    open_petitions: int = 0
    fall_overdue: int = 0
    saved: int = 0
    refused: int = 0

    def add(self, count: Counted, today: date) -> None:
        self.open_petitions += 1
        self.refused += bool(count.refusal)
        self.fall_overdue += count.due_after < today <= count.due_before
        self.saved += count.due_before < today <= count.due_after


def preview_change(office: Office, person: Person, *, cursor: str | None = None, limit: int = 50) -> Preview:
    """What the draft would move if it were applied now. Raises Forbidden, Conflict without one, Invalid."""
    require_role(person, *CALENDAR_KEEPERS)
    after = 0 if cursor is None else int(read_cursor(cursor, int)[0])
    today = office.now().astimezone(BOGOTA).date()
    totals, shifts, shown = _Totals(), Counter[int](), list[Counted]()
    checked_limit(limit)
    with office.read() as connection:
        in_force = read_version(connection, newest_number())
        draft = read_draft(connection, in_force)
        if draft is None:
            raise Conflict("No hay un cambio en preparación.")
        names = _department_names(connection)
        policy = draft.calendar.settings.after_hours
        hidden = sa.select(PETITIONS.c.id).where(~not_excluded(person, *CALENDAR_KEEPERS))
        apart = set(connection.scalars(hidden))
        for count in count_open(connection, calendar_of(draft.calendar), policy):
            totals.add(count, today)
            if count.moves:
                shifts[count.days] += 1
            listed = (count.moves or count.refusal) and count.id not in apart
            if listed and count.id > after and len(shown) <= limit:
                shown.append(count)
    page = page_of(shown, limit, lambda count: _move(count, names), lambda count: (count.id,))
    return Preview(
        draft=draft,
        open_petitions=totals.open_petitions,
        moved=sum(shifts.values()),
        shifts=tuple(Shift(days, shifts[days]) for days in sorted(shifts)),
        fall_overdue=totals.fall_overdue,
        saved=totals.saved,
        refused=totals.refused,
        page=page,
    )


def count_release_moves(office: Office) -> int:
    """How many dates would move if this release's holidays and rules were taken as they are."""
    with office.read() as connection:
        settings = read_version(connection, newest_number()).settings
        calendar = settings.work_calendar(release_holidays())
        return sum(each.moves for each in count_open(connection, calendar, settings.after_hours))


def list_versions(office: Office, person: Person) -> tuple[VersionView, ...]:
    """The history of the calendar, the newest first. Raises Forbidden."""
    require_role(person, *CALENDAR_READERS)
    with office.read() as connection:
        newest = connection.scalar(sa.select(newest_number()))
        query = sa.select(CALENDAR_VERSIONS).order_by(CALENDAR_VERSIONS.c.number.desc())
        rows = connection.execute(query.limit(_VERSIONS_SHOWN)).mappings().all()
        return tuple(_version(connection, row, newest) for row in rows)


def read_version_view(office: Office, person: Person, number: int) -> VersionView:
    """One version of the history. Raises Forbidden, NotFound."""
    require_role(person, *CALENDAR_READERS)
    with office.read() as connection:
        newest = connection.scalar(sa.select(newest_number()))
        query = sa.select(CALENDAR_VERSIONS).where(CALENDAR_VERSIONS.c.number == number)
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("Esa versión del calendario no existe.")
        return _version(connection, row, newest)


def list_moves(
    office: Office, person: Person, number: int, *, cursor: str | None = None, limit: int = 50
) -> Page[DateMove]:
    """The dates that a version moved, by filing number. Raises Forbidden, Invalid."""
    require_role(person, *CALENDAR_READERS)
    moved, petition = MOVED_DATES.c, PETITIONS.c
    query = (
        sa.select(petition.filing_number, petition.kind, moved.department, moved.due_before, moved.due_after)
        .join(PETITIONS, petition.id == moved.petition_id)
        .where(moved.version == number, not_excluded(person, *CALENDAR_READERS))
        .order_by(petition.filing_number)
        .limit(checked_limit(limit) + 1)
    )
    if cursor is not None:
        query = query.where(petition.filing_number > str(read_cursor(cursor, str)[0]))
    with office.read() as connection:
        names = _department_names(connection)
        rows = connection.execute(query).mappings().all()
    return page_of(rows, limit, lambda row: _moved(row, names), lambda row: (row["filing_number"],))


def _version(connection: sa.Connection, row: sa.RowMapping, newest: int | None) -> VersionView:
    number: int = row["number"]
    username = row["made_by"].partition(":")[2]
    moved = sa.select(sa.func.count()).select_from(MOVED_DATES).where(MOVED_DATES.c.version == number)
    changes: tuple[str, ...] = ()
    if number > FIRST_VERSION:
        changes = differences(read_version(connection, number - 1), read_version(connection, number))
    return VersionView(
        number=number,
        in_force=number == newest,
        reason=row["reason"],
        made_at=row["made_at"],
        made_by=full_names(connection, {username}).get(username, username or "Ventanilla"),
        undoes=row["undoes"],
        finished_at=row["finished_at"],
        changes=changes,
        moved=connection.scalar(moved) or 0,
        left=0 if row["finished_at"] else count_uncounted(connection, number),
    )


def _department_names(connection: sa.Connection) -> dict[str, str]:
    return dict(connection.execute(sa.select(DEPARTMENTS.c.code, DEPARTMENTS.c.name)).tuples().all())


def _move(count: Counted, names: dict[str, str]) -> DateMove:
    return DateMove(
        filing_number=count.filing_number,
        kind=count.kind,
        department=names.get(count.department or "", ""),
        due_before=count.due_before,
        due_after=count.due_after,
        days=count.days,
        refusal=count.refusal,
    )


def _moved(row: sa.RowMapping, names: dict[str, str]) -> DateMove:
    return DateMove(
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        department=names.get(row["department"] or "", ""),
        due_before=row["due_before"],
        due_after=row["due_after"],
        days=(row["due_after"] - row["due_before"]).days,
    )
