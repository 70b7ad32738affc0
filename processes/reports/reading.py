"""What people read of the reports, and the review that sends one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from processes.common.audit import Act, record_office_act
from processes.common.errors import Conflict, Forbidden, NotFound, SignInNeeded
from processes.common.outbox import post
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import not_excluded, require_role
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.tables import PETITIONS
from processes.reports.definitions import REPORTS, ReportDefinition
from processes.reports.figures import Case, Figure, Measure, Value
from processes.reports.making import letters_to, names_of, readers, report_letter
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
_R = REPORTS_MADE.c
_C = REPORT_CASES.c
_SENT = _R.status == ReportStatus.SENT.value


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
    """A report with its figures; `told` names those who were written to when it was sent."""

    row: ReportRow
    figures: tuple[Figure, ...]
    remarks: str
    told: tuple[str, ...]


def list_reports(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50
) -> Page[ReportRow]:
    """The reports that `person` may read, the newest first.

    Raises Forbidden; Invalid for a wrong cursor or limit.
    """
    require_role(person, *REPORT_READERS)
    readable: sa.ColumnElement[bool] = sa.and_(_SENT, _R.name.in_(sorted(_readable_names(person))))
    if person.has(Role.CITIZEN_SERVICE_HEAD):
        readable = sa.true()
    return _listed(office, readable, cursor, limit)


def published_reports(office: Office, *, cursor: str | None = None, limit: int = 50) -> Page[ReportRow]:
    """The reports that anybody may read, the newest first. Raises Invalid for a wrong cursor or limit."""
    published = sa.and_(_SENT, _R.name.in_(sorted(_readable_names(None))))
    return _listed(office, published, cursor, limit)


def _listed(
    office: Office, readable: sa.ColumnElement[bool], cursor: str | None, limit: int
) -> Page[ReportRow]:
    query = sa.select(REPORTS_MADE).where(readable).order_by(_R.id.desc()).limit(checked_limit(limit) + 1)
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(_R.id < before)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    return page_of(rows, limit, _row, lambda row: (row["id"],))


def may_read_report(person: Person | None, row: ReportRow) -> bool:
    """Whether `person` (None: anybody) reads that report; before its review it is the reviewer's alone."""
    if row.status is ReportStatus.SENT:
        return row.definition.name in _readable_names(person)
    return person is not None and person.has(Role.CITIZEN_SERVICE_HEAD)


def _roles_that_read(row: ReportRow) -> frozenset[Role]:
    """The roles by which the cases of a report are read."""
    if row.status is not ReportStatus.SENT:
        return frozenset({Role.CITIZEN_SERVICE_HEAD})
    return REPORT_READERS if row.definition.published else _SEES_ALL | row.definition.recipients


def _readable_names(person: Person | None) -> frozenset[str]:
    """The reports that `person` (None: anybody) reads once they are sent."""
    return frozenset(
        name
        for name, definition in REPORTS.items()
        if definition.published or (person is not None and person.has(*_SEES_ALL, *definition.recipients))
    )


def read_report(office: Office, person: Person | None, report_id: int) -> ReportView:
    """A report with its figures; whoever is not of the entity reads neither queries nor names.

    Raises NotFound, Forbidden; SignInNeeded where nobody is signed in and it is not for anybody.
    """
    with office.read() as connection:
        return _readable(connection, person, report_id)


def cases_behind(
    office: Office,
    person: Person,
    report_id: int,
    figure: str,
    *,
    cursor: str | None = None,
    limit: int = 200,
) -> Page[Case]:
    """The cases behind a figure, as they were counted, without those that `person` is kept apart from.

    Raises NotFound, Forbidden; Invalid for a wrong cursor or limit.
    """
    query = (
        sa.select(_C.seq, _C.bucket, _C.filing_number, _C.amount)
        .join(PETITIONS, PETITIONS.c.filing_number == _C.filing_number)
        .where(_C.report_id == report_id, _C.figure == figure)
        .order_by(_C.seq)
        .limit(checked_limit(limit) + 1)
    )
    if cursor is not None:
        (after,) = read_cursor(cursor, int)
        query = query.where(_C.seq > after)
    with office.read() as connection:
        view = _readable(connection, person, report_id)
        if figure not in {each.key for each in view.figures}:
            raise NotFound("Ese informe no tiene esa cifra.")
        theirs = not_excluded(person, *_roles_that_read(view.row))
        rows = connection.execute(query.where(theirs)).mappings().all()
    return page_of(rows, limit, _case, lambda row: (row["seq"],))


def send_report(office: Office, person: Person, report_id: int, *, remarks: str = "") -> None:
    """Send a reviewed report to its readers, with what the reviewer adds.

    Raises NotFound; Forbidden unless the person is head of citizen service; Conflict when it went out.
    """
    by = require_role(person, Role.CITIZEN_SERVICE_HEAD)
    text = clean_text(remarks, field="remarks", max_length=MAX_REMARKS)
    now = office.now()
    with office.write() as connection:
        view = _readable(connection, person, report_id)
        definition, label = view.row.definition, view.row.period_label
        people = readers(office.addressees(connection), definition.recipients)
        sent = {
            "status": ReportStatus.SENT.value,
            "sent_at": now,
            "sent_by": str(by.actor),
            "remarks": text,
            "told": names_of(people),
        }
        waiting = sa.and_(_R.id == report_id, _R.status == ReportStatus.FOR_REVIEW.value)
        if connection.execute(sa.update(REPORTS_MADE).where(waiting).values(sent)).rowcount != 1:
            raise Conflict("Este informe ya se envió.")
        letter = report_letter(office, definition, label, report_id, for_review=False)
        post(connection, letters_to(office, people, letter, cause=f"report/{report_id}/sent"), now=now)
        detail = {"report": definition.name, "id": report_id, "people": [p.full_name for p in people]}
        record_office_act(connection, Act("report_sent", by.actor, detail), at=now)
    office.after_commit()


def _readable(connection: sa.Connection, person: Person | None, report_id: int) -> ReportView:
    query = sa.select(REPORTS_MADE).where(_R.id == report_id)
    known = 0 < report_id <= LARGEST_NUMBER
    found = connection.execute(query).mappings().one_or_none() if known else None
    if found is None:
        raise NotFound("Ese informe no existe.")
    row = _row(found)
    if not may_read_report(person, row):
        if person is None:
            raise SignInNeeded("Para leer este informe, ingrese con su usuario y su contraseña.")
        raise Forbidden("Este informe no es para su cargo.")
    figures = tuple(_figure(each) for each in orjson.loads(found["figures"]))
    if person is None:
        unexplained = tuple(replace(figure, query="") for figure in figures)
        return ReportView(row, unexplained, found["remarks"], ())
    return ReportView(row, figures, found["remarks"], tuple(orjson.loads(found["told"])))


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


def _case(row: sa.RowMapping) -> Case:
    return Case(row["bucket"], row["filing_number"], row["amount"])


def _figure(stored: Mapping[str, object]) -> Figure:
    values = stored["values"]
    if not isinstance(values, list):
        raise TypeError(values)
    figure = Figure(**{**stored, "values": ()})  # type: ignore[arg-type]  # what `asdict` wrote
    return replace(figure, measure=Measure(figure.measure), values=tuple(Value(**each) for each in values))
