"""Reports made when their period has ended: each once, whoever asks and however often."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from notifications.letters_of_time import ReportReady
from processes.common.audit import OFFICE, SYSTEM, Act, record_office_act
from processes.common.calendar import day_in_bogota
from processes.common.database import insert_or
from processes.common.outbox import Envelope, post
from processes.directory.addressees import Addressees
from processes.directory.people import Contact
from processes.directory.people_mail import to_people
from processes.directory.roles import Role
from processes.petitions.letterheads import letterhead_of
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from processes.reports.definitions import REPORTS, ReportDefinition
from processes.reports.figures import Asked, Case, Figure, measure
from processes.reports.periods import Cadence, Period, last_ended, reporting_day
from processes.reports.tables import REPORT_CASES, REPORTS_MADE, ReportStatus

_FIRST_FILED = sa.select(sa.func.min(PETITIONS.c.filed_on))


@dataclass(frozen=True, slots=True)
class Made:
    """A report that this call made."""

    id: int
    title: str
    period: str


def make_due_reports(office: Office, *, cadences: Iterable[Cadence] = tuple(Cadence)) -> tuple[Made, ...]:
    """Make each report whose last period has ended and is not there yet; what was made.

    A run that was missed is made up for by the next one, for the last period alone: what stood open at
    the end of an older one cannot be known any more. A period before the first petition has no report.
    """
    now = office.now()
    today = reporting_day(now)
    with office.read() as connection:
        first_filed = connection.scalar(_FIRST_FILED)
    chosen = frozenset(cadences)
    made: list[Made] = []
    for definition in REPORTS.values():
        period = last_ended(definition.cadence, today)
        if definition.cadence in chosen and first_filed is not None and first_filed <= period.last:
            report = make_report(office, definition, period, now=now)
            made += [report] if report is not None else []
    if made:
        office.after_commit()
    return tuple(made)


def make_report(
    office: Office, definition: ReportDefinition, period: Period, *, now: datetime
) -> Made | None:
    """Make the report of `period` and tell its readers; None when it was made before."""
    asked = Asked(period, day_in_bogota(now), office.entity().calendar)
    with office.write() as connection:
        # The row first: whoever comes second waits for it, and finds it.
        report_id = _claim(connection, definition, period, now)
        if report_id is None:
            return None
        measured = [measure(connection, figure, asked) for figure in definition.figures]
        people = _told(office.addressees(connection), definition)
        _keep(connection, report_id, measured, [] if definition.reviewed else people)
        letter = report_letter(office, definition, period.label, report_id, for_review=definition.reviewed)
        cause = f"report/{definition.name}/{period.key}"
        post(connection, letters_to(office, people, letter, cause=cause), now=now)
        detail = {"report": definition.name, "period": period.key}
        record_office_act(connection, Act("report_made", SYSTEM, detail), at=now)
    return Made(report_id, definition.title, period.label)


def _claim(
    connection: sa.Connection, definition: ReportDefinition, period: Period, now: datetime
) -> int | None:
    status = ReportStatus.FOR_REVIEW if definition.reviewed else ReportStatus.SENT
    values = {
        "name": definition.name,
        "period": period.key,
        "period_label": period.label,
        "first_on": period.first,
        "last_on": period.last,
        "made_at": now,
        "status": status.value,
        "figures": "[]",
        "remarks": "",
        "sent_at": None if definition.reviewed else now,
        "sent_by": "" if definition.reviewed else str(SYSTEM),
        "told": "[]",
    }
    insert = insert_or(connection)(REPORTS_MADE).values(values).on_conflict_do_nothing()
    return connection.scalar(insert.returning(REPORTS_MADE.c.id))


def _keep(
    connection: sa.Connection,
    report_id: int,
    measured: list[tuple[Figure, tuple[Case, ...]]],
    people: list[Contact],
) -> None:
    values = {
        "figures": orjson.dumps([asdict(figure) for figure, _ in measured]).decode(),
        "told": names_of(people),
    }
    connection.execute(sa.update(REPORTS_MADE).where(REPORTS_MADE.c.id == report_id).values(values))
    rows = [
        {"report_id": report_id, "figure": figure.key, "seq": seq, **asdict(case)}
        for figure, cases in measured
        for seq, case in enumerate(cases, start=1)
    ]
    if rows:
        connection.execute(sa.insert(REPORT_CASES), rows)


def _told(addressees: Addressees, definition: ReportDefinition) -> list[Contact]:
    roles = frozenset({Role.CITIZEN_SERVICE_HEAD}) if definition.reviewed else definition.recipients
    return readers(addressees, roles)


def names_of(people: Iterable[Contact]) -> str:
    """The full names of those who were told, as the row of a report keeps them."""
    return orjson.dumps([person.full_name for person in people]).decode()


def letters_to(
    office: Office, people: Iterable[Contact], letter: ReportReady, *, cause: str
) -> list[Envelope]:
    """The same letter to each of `people`, once for its `cause`, in the hours of the office."""
    waits = office.entity().staff_letter_waits_until(office.now())
    return to_people(people, letter, cause=cause, stream=OFFICE, not_before=waits)


def report_letter(
    office: Office, definition: ReportDefinition, period_label: str, report_id: int, *, for_review: bool
) -> ReportReady:
    """The letter that says where the report is; the figures stay where they can be traced."""
    return ReportReady(
        letterhead=letterhead_of(office.entity()),
        title=definition.title,
        period_label=period_label,
        for_review=for_review,
        url=f"{office.settings.public_url}/informes/{report_id}",
    )


def readers(addressees: Addressees, roles: Iterable[Role]) -> list[Contact]:
    """Everybody with one of `roles`, once each; when nobody has any, the head of citizen service."""
    found = {person.username: person for role in sorted(roles) for person in addressees.with_role(role)}
    return list(found.values()) or addressees.with_role(Role.CITIZEN_SERVICE_HEAD)
