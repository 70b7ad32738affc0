"""What people read of the reports, and the review that sends one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from processes.common.audit import OFFICE, Act, record_office_act
from processes.common.errors import Conflict, Forbidden, NotFound
from processes.common.outbox import Envelope, post
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import not_excluded, require_role
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from processes.reports.definitions import REPORTS, ReportDefinition
from processes.reports.figures import Case, Figure, Measure, Value
from processes.reports.making import readers, report_letter
from processes.reports.tables import REPORT_CASES, REPORTS_MADE, ReportStatus

REPORT_READERS = frozenset(
    {
        Role.CITIZEN_SERVICE_HEAD,
        Role.DIRECTOR,
        Role.LEGAL_OFFICE,
        Role.INTERNAL_CONTROL,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.ADMINISTRATOR,
    }
)
"""Roles that see the list of reports; each sees those that are for one of their roles, or for all."""

_SEES_ALL = frozenset({Role.CITIZEN_SERVICE_HEAD, Role.INTERNAL_CONTROL, Role.DIRECTOR, Role.ADMINISTRATOR})
MAX_REMARKS = 4000
LARGEST_NUMBER = 2**31 - 1
"""The largest number that a column of the database holds; no row has a larger one."""
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report as the list shows it."""

    id: int
    definition: ReportDefinition
    period_label: str
    first_on: date
    last_on: date
    made_at: datetime
    status: ReportStatus
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report with its figures."""

    row: ReportRow
    figures: tuple[Figure, ...]
    remarks: str
    sent_by: str


def list_reports(office: Office, person: Person) -> tuple[ReportRow, ...]:
    """The reports that `person` may read, the newest first. Raises Forbidden."""
    require_role(person, *REPORT_READERS)
    table = REPORTS_MADE.c
    query = sa.select(REPORTS_MADE).order_by(table.made_at.desc(), table.id.desc()).limit(MOST_LISTED)
    with office.read() as connection:
        rows = [_row(row) for row in connection.execute(query).mappings()]
    return tuple(row for row in rows if may_read_report(person, row))


def published_reports(office: Office) -> tuple[ReportRow, ...]:
    """The reports that anybody may read, the newest first."""
    table = REPORTS_MADE.c
    names = [name for name, definition in REPORTS.items() if definition.published]
    query = (
        sa.select(REPORTS_MADE)
        .where(table.name.in_(names), table.status == ReportStatus.SENT.value)
        .order_by(table.last_on.desc(), table.id.desc())
        .limit(MOST_LISTED)
    )
    with office.read() as connection:
        return tuple(_row(row) for row in connection.execute(query).mappings())


def may_read_report(person: Person | None, row: ReportRow) -> bool:
    """Whether `person` (None: anybody) reads that report; before its review it is the reviewer's alone."""
    sent = row.status is ReportStatus.SENT
    if row.definition.published and sent:
        return True
    if person is None:
        return False
    if not sent:
        return person.has(Role.CITIZEN_SERVICE_HEAD)
    return person.has(*_SEES_ALL, *row.definition.recipients)


def read_report(office: Office, person: Person | None, report_id: int) -> ReportView:
    """A report with its figures. Raises NotFound, Forbidden."""
    with office.read() as connection:
        return _readable(connection, person, report_id)


def cases_behind(office: Office, person: Person, report_id: int, figure: str) -> tuple[Case, ...]:
    """The cases behind a figure, as they were counted, without those that `person` is kept apart from.

    Raises NotFound, Forbidden.
    """
    table = REPORT_CASES.c
    query = (
        sa.select(table.bucket, table.filing_number, table.amount)
        .join(PETITIONS, PETITIONS.c.filing_number == table.filing_number)
        .where(table.report_id == report_id, table.figure == figure, not_excluded(person))
        .order_by(table.bucket, table.seq)
    )
    with office.read() as connection:
        view = _readable(connection, person, report_id)
        if figure not in {each.key for each in view.figures}:
            raise NotFound("Ese informe no tiene esa cifra.")
        return tuple(Case(*row) for row in connection.execute(query))


def send_report(office: Office, person: Person, report_id: int, *, remarks: str = "") -> None:
    """Send a reviewed report to its readers, with what the reviewer adds.

    Raises NotFound; Forbidden unless the person is head of citizen service; Conflict when it went out.
    """
    require_role(person, Role.CITIZEN_SERVICE_HEAD)
    text = clean_text(remarks, field="remarks", max_length=MAX_REMARKS)
    now, table = office.now(), REPORTS_MADE.c
    with office.write() as connection:
        view = _readable(connection, person, report_id)
        sent = {
            "status": ReportStatus.SENT.value,
            "sent_at": now,
            "sent_by": str(person.actor),
            "remarks": text,
        }
        waiting = sa.and_(table.id == report_id, table.status == ReportStatus.FOR_REVIEW.value)
        if connection.execute(sa.update(REPORTS_MADE).where(waiting).values(sent)).rowcount != 1:
            raise Conflict("Este informe ya se envió.")
        definition, label = view.row.definition, view.row.period_label
        letter = report_letter(office, definition, label, report_id, for_review=False)
        cause = f"report/{report_id}/sent"
        people = readers(connection, definition.recipients)
        waits = office.entity().staff_letter_waits_until(now)
        envelopes = [
            Envelope(f"{cause}/{each.username}", OFFICE, each.email, letter, not_before=waits)
            for each in people
        ]
        post(connection, envelopes, now=now)
        detail = {"report": definition.name, "id": report_id, "people": [p.full_name for p in people]}
        record_office_act(connection, Act("report_sent", person.actor, detail), at=now)
    office.after_commit()


def _readable(connection: sa.Connection, person: Person | None, report_id: int) -> ReportView:
    query = sa.select(REPORTS_MADE).where(REPORTS_MADE.c.id == report_id)
    known = 0 < report_id <= LARGEST_NUMBER
    found = connection.execute(query).mappings().one_or_none() if known else None
    if found is None:
        raise NotFound("Ese informe no existe.")
    row = _row(found)
    if not may_read_report(person, row):
        raise Forbidden("Este informe no es para su cargo.")
    figures = tuple(_figure(each) for each in orjson.loads(found["figures"]))
    return ReportView(row, figures, found["remarks"], found["sent_by"])


def _row(row: sa.RowMapping) -> ReportRow:
    return ReportRow(
        id=row["id"],
        definition=REPORTS[row["name"]],
        period_label=row["period_label"],
        first_on=row["first_on"],
        last_on=row["last_on"],
        made_at=row["made_at"],
        status=ReportStatus(row["status"]),
        sent_at=row["sent_at"],
    )


def _figure(stored: Mapping[str, object]) -> Figure:
    values = stored["values"]
    if not isinstance(values, list):
        raise TypeError(values)
    figure = Figure(**{**stored, "values": ()})  # type: ignore[arg-type]  # what `asdict` wrote
    return replace(figure, measure=Measure(figure.measure), values=tuple(Value(**each) for each in values))
