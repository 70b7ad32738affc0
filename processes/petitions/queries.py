"""What the entity's people read: petitions, their files, the messages that were sent."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.errors import Forbidden, NotFound
from processes.directory.people import Person
from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.petitions.access import (
    OTHER_DEPARTMENT,
    not_excluded,
    readable_by,
    reads_petitions,
    withheld_from,
)
from processes.petitions.attachments import read_file
from processes.petitions.form import Identity, StoredFile
from processes.petitions.identity_reading import identity_of
from processes.petitions.legal_reading import explained_date
from processes.petitions.lights import Light, standing_of
from processes.petitions.numbers import NO_SUCH_PETITION, checked_number
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.reception import Nature
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import (
    ALERTS,
    ATTACHMENTS,
    INCIDENTS,
    PETITIONERS,
    PETITIONS,
    WORK_ITEMS,
    Channel,
    WorkItemStatus,
)
from processes.petitions.timeline import TimelineEntry, read_timeline
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition as a list shows it. `target_on` is the office's own target, before `due_on`.

    `due_status` is None once it was answered or ended, and for what is no petition: no term runs for it.
    """

    filing_number: str
    kind: PetitionKind
    nature: Nature
    subject: str
    status: PetitionStatus
    department_name: str | None
    filed_on: date
    due_on: date
    target_on: date
    term_state: TermState
    due_status: Light | None
    priority: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of a petition, open or past; `only_for` is the user name of the one person who may do it."""

    task: int
    element: str
    name: str
    lane: str
    department: str | None
    only_for: str | None
    only_for_name: str | None
    assignee_name: str | None
    status: WorkItemStatus
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert that waits for its instant; those held by a suspended term are left out."""

    element: str
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file; `direction` is `incoming`, `draft`, `outgoing` (the citizen sees it) or `internal`."""

    seq: int
    direction: str
    file: StoredFile


@dataclass(frozen=True, slots=True)
class PetitionView:
    """A petition with all that its reader may know. `identity` is None when anonymous or reserved."""

    row: PetitionRow
    channel: Channel
    body: str
    received_at: datetime
    level: int | None
    department: str | None
    anonymous: bool
    reserved_identity: bool
    identity: Identity | None
    distribution_note: str
    answer_text: str
    outgoing_number: str | None
    sent_at: datetime | None
    closed_at: datetime | None
    outcome: str
    closing_note: str
    void_reason: str
    explanation: ExplainedDate
    tasks: tuple[TaskRow, ...]
    alerts: tuple[AlertRow, ...]
    incidents: tuple[str, ...]
    files: tuple[FileRow, ...]
    timeline: tuple[TimelineEntry, ...]
    current_elements: tuple[str, ...]


def list_petitions(
    office: Office,
    person: Person,
    *,
    cursor: str | None = None,
    limit: int = 50,
    status: PetitionStatus | None = None,
) -> Page[PetitionRow]:
    """The petitions that `person` may read, the newest first. Raises Forbidden, Invalid."""
    if not reads_petitions(person):
        raise Forbidden("Su cargo en Ventanilla no incluye consultar peticiones.")
    query = _rows().where(readable_by(person))
    if status is not None:
        query = query.where(PETITIONS.c.status == status.value)
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(PETITIONS.c.id < before)
    query = query.order_by(PETITIONS.c.id.desc()).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    return page_of(rows, limit, lambda row: _row(office, row), lambda row: (row["id"],))


def read_petition(office: Office, person: Person, filing_number: str) -> PetitionView:
    """A petition for one of the entity. Raises NotFound, and Forbidden for another department's."""
    with office.read() as connection:
        row = readable_row(connection, person, filing_number)
        petition_id = row["id"]
        tasks = _tasks(connection, petition_id)
        return PetitionView(
            row=_row(office, row),
            channel=Channel(row["channel"]),
            body=row["body"],
            received_at=row["received_at"],
            level=row["level"],
            department=row["department"],
            anonymous=row["anonymous"],
            reserved_identity=row["reserved_identity"],
            identity=_identity(connection, petition_id),
            distribution_note=row["distribution_note"],
            answer_text=row["answer_text"],
            outgoing_number=row["outgoing_number"],
            sent_at=row["sent_at"],
            closed_at=row["closed_at"],
            outcome=row["outcome"],
            closing_note=row["closing_note"],
            void_reason=row["void_reason"],
            explanation=explained_date(connection, row, office.entity()),
            tasks=tasks,
            alerts=_alerts(connection, petition_id),
            incidents=_incidents(connection, petition_id),
            files=_files(connection, petition_id),
            timeline=read_timeline(connection, filing_number),
            current_elements=tuple(task.element for task in tasks if task.status is WorkItemStatus.OPEN),
        )


def petition_file(office: Office, person: Person, filing_number: str, seq: int) -> tuple[StoredFile, bytes]:
    """A file of a petition that `person` may read. Raises NotFound, Forbidden."""
    with office.read() as connection:
        row = readable_row(connection, person, filing_number)
        files = _files(connection, row["id"])
    for found in files:
        if found.seq == seq:
            return found.file, read_file(office.settings.files_folder, found.file.sha256)
    raise NotFound("Ese archivo no está en la petición.")


def _rows() -> sa.Select[tuple[object, ...]]:
    return sa.select(*PETITIONS.c, DEPARTMENTS.c.name.label("department_name")).outerjoin(
        DEPARTMENTS, DEPARTMENTS.c.code == PETITIONS.c.department
    )


def readable_row(connection: sa.Connection, person: Person, filing_number: str) -> sa.RowMapping:
    """The petition's row for one who may read it. Raises NotFound, and Forbidden for another department's."""
    query = (
        _rows()
        .add_columns(readable_by(person).label("readable"), withheld_from(person).label("withheld"))
        .where(PETITIONS.c.filing_number == checked_number(filing_number), not_excluded(person))
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None or (row["withheld"] and not row["readable"]):
        raise NotFound(NO_SUCH_PETITION)
    if not row["readable"]:
        raise Forbidden(OTHER_DEPARTMENT)
    return row


def _row(office: Office, row: sa.RowMapping) -> PetitionRow:
    status = PetitionStatus(row["status"])
    stands = standing_of(office, row, status)
    nature = Nature(row["nature"])
    return PetitionRow(
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        nature=nature,
        subject=row["subject"],
        status=status,
        department_name=row["department_name"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        target_on=stands.target_on,
        term_state=TermState(row["term_state"]),
        due_status=stands.light if nature is Nature.PETITION else None,
        priority=row["priority"],
    )


def _identity(connection: sa.Connection, petition_id: int) -> Identity | None:
    query = sa.select(PETITIONERS).where(PETITIONERS.c.petition_id == petition_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    return identity_of(row)


def _tasks(connection: sa.Connection, petition_id: int) -> tuple[TaskRow, ...]:
    table, named = WORK_ITEMS.c, PEOPLE.alias("named")
    columns = (table.task, table.element, table.name, table.lane, table.department, table.only_for)
    query = (
        sa.select(
            *columns, named.c.full_name.label("only_for_name"), PEOPLE.c.full_name.label("assignee_name")
        )
        .add_columns(table.status, table.created_at, table.closed_at)
        .outerjoin(PEOPLE, PEOPLE.c.username == table.assignee)
        .outerjoin(named, named.c.username == table.only_for)
        .where(table.petition_id == petition_id)
        .order_by(table.task)
    )
    rows = connection.execute(query).mappings()
    return tuple(TaskRow(**{**row, "status": WorkItemStatus(row["status"])}) for row in rows)


def _alerts(connection: sa.Connection, petition_id: int) -> tuple[AlertRow, ...]:
    table = ALERTS.c
    query = sa.select(table.element, table.name, table.due_at).where(
        table.petition_id == petition_id, table.due_at.is_not(None)
    )
    return tuple(AlertRow(*row) for row in connection.execute(query.order_by(table.due_at)))


def _incidents(connection: sa.Connection, petition_id: int) -> tuple[str, ...]:
    query = sa.select(INCIDENTS.c.message).where(INCIDENTS.c.petition_id == petition_id)
    return tuple(connection.scalars(query.order_by(INCIDENTS.c.task)))


def _files(connection: sa.Connection, petition_id: int) -> tuple[FileRow, ...]:
    table = ATTACHMENTS.c
    query = (
        sa.select(table.seq, table.direction, table.name, table.media_type, table.size, table.sha256)
        .where(table.petition_id == petition_id)
        .order_by(table.seq)
    )
    return tuple(
        FileRow(seq, direction, StoredFile(*file)) for seq, direction, *file in connection.execute(query)
    )
