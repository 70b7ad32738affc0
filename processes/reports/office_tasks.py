"""Tasks that time brings to citizen service: visits to whoever is most overdue, what was kept long enough."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act, record_office_act
from processes.common.database import insert_or
from processes.common.errors import Conflict, Invalid, NotFound
from processes.common.text import clean_line, clean_text
from processes.directory.people import Person, full_names
from processes.directory.roles import Role
from processes.directory.tables import DEPARTMENTS
from processes.petitions.access import require_role
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS
from processes.reports.periods import Cadence, Period, period_of, reporting_day
from processes.reports.reading import LARGEST_NUMBER
from processes.reports.standing import near_or_past
from processes.reports.tables import OFFICE_TASKS, OfficeTaskKind

MOST_VISITS = 6
"""Departments visited in a month: six, seventy-two a year (Ibagué 4.2)."""

RETENTION_YEARS = 5
"""How long a closed petition is kept before somebody decides what becomes of it; the entity's own
retention table (Ley 594 de 2000, artículo 24) says what the decision is."""

SHORTEST_FINDINGS = 15
MAX_TEXT = 8000
_NO_SUCH_TASK = "Esa tarea no existe."
OFFICE_TASK_READERS = frozenset({Role.CITIZEN_SERVICE_HEAD, Role.INTERNAL_CONTROL, Role.DIRECTOR})
"""Roles that see these tasks; the head of citizen service does them."""


@dataclass(frozen=True, slots=True)
class OfficeTaskView:
    """A task as people read it; `done_by` is a name, empty while it is open."""

    id: int
    kind: OfficeTaskKind
    period_label: str
    department_name: str
    petitions: int
    due_on: date
    findings: str
    commitments: str
    act_number: str
    done_at: datetime | None
    done_by: str


def plan_visits(office: Office) -> int:
    """A visit for each of the six departments with most overdue petitions, once a month; how many are new."""
    now = office.now()
    month = period_of(Cadence.MONTH, reporting_day(now))
    with office.write() as connection:
        overdue = Counter(
            standing.department
            for standing in near_or_past(office, connection)
            if standing.light is Light.OVERDUE and standing.department is not None
        )
        if _planned(connection, OfficeTaskKind.VISIT, month):
            return 0
        ranked = sorted(overdue.items(), key=lambda found: (-found[1], found[0]))[:MOST_VISITS]
        return _plan(connection, OfficeTaskKind.VISIT, month, dict(ranked), now)


def plan_retention(office: Office) -> int:
    """A task for each department whose closed petitions were kept long enough, once a year; how many are new.

    It asks a person to decide by an act; nothing is destroyed by time.
    """
    now = office.now()
    year = period_of(Cadence.YEAR, reporting_day(now))
    before = year.first.replace(year=year.first.year - RETENTION_YEARS)
    table = PETITIONS.c
    kept = (
        sa.select(table.department, sa.func.count())
        .where(
            table.status == PetitionStatus.CLOSED.value,
            table.department.is_not(None),
            table.filed_on < before,
        )
        .group_by(table.department)
    )
    with office.write() as connection:
        if _planned(connection, OfficeTaskKind.RETENTION, year):
            return 0
        found = dict(connection.execute(kept).tuples().all())
        return _plan(connection, OfficeTaskKind.RETENTION, year, found, now)


def list_office_tasks(office: Office, person: Person) -> tuple[OfficeTaskView, ...]:
    """The tasks, those that are open first. Raises Forbidden."""
    require_role(person, *OFFICE_TASK_READERS)
    table = OFFICE_TASKS.c
    query = _views().order_by(table.done_at.is_not(None), table.due_on, table.id)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
        names = full_names(connection, {row["done_by"] for row in rows})
    return tuple(_view(row, names) for row in rows)


def read_office_task(office: Office, person: Person, task: int) -> OfficeTaskView:
    """One task. Raises NotFound, Forbidden."""
    require_role(person, *OFFICE_TASK_READERS)
    with office.read() as connection:
        row = _row(connection, task)
        if row is None:
            raise NotFound(_NO_SUCH_TASK)
        return _view(row, full_names(connection, {row["done_by"]}))


def finish_office_task(
    office: Office, person: Person, task: int, *, findings: str, commitments: str, act_number: str = ""
) -> None:
    """Note what a visit found and what was agreed, or what was decided on what was kept.

    Raises NotFound; Forbidden unless the person is head of citizen service; Invalid with a sentence for
    each field; Conflict when it was done.
    """
    by = require_role(person, Role.CITIZEN_SERVICE_HEAD)
    table, now = OFFICE_TASKS.c, office.now()
    with office.write() as connection:
        row = _row(connection, task)
        if row is None:
            raise NotFound(_NO_SUCH_TASK)
        values = _checked(OfficeTaskKind(row["kind"]), findings, commitments, act_number)
        done = {**values, "done_at": now, "done_by": by.username}
        statement = sa.update(OFFICE_TASKS).where(table.id == task, table.done_at.is_(None)).values(done)
        if connection.execute(statement).rowcount != 1:
            raise Conflict("Esta tarea ya se hizo.")
        detail = {"task": task, "kind": row["kind"], "period": row["period"], "department": row["department"]}
        record_office_act(connection, Act("office_task_done", by.actor, detail), at=now)


def _row(connection: sa.Connection, task: int) -> sa.RowMapping | None:
    if not 0 < task <= LARGEST_NUMBER:
        return None
    return connection.execute(_views().where(OFFICE_TASKS.c.id == task)).mappings().one_or_none()


def _checked(kind: OfficeTaskKind, findings: str, commitments: str, act_number: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    values = {
        "findings": clean_text(findings, field="findings", max_length=MAX_TEXT),
        "commitments": clean_text(commitments, field="commitments", max_length=MAX_TEXT),
        "act_number": clean_line(act_number, field="act_number", max_length=60),
    }
    if len(values["findings"]) < SHORTEST_FINDINGS:
        problems["findings"] = f"Escriba qué encontró, en al menos {SHORTEST_FINDINGS} caracteres."
    if kind is OfficeTaskKind.VISIT and not values["commitments"]:
        problems["commitments"] = "Escriba a qué se comprometió la dependencia y para cuándo."
    if kind is OfficeTaskKind.RETENTION and not values["act_number"]:
        problems["act_number"] = "Escriba el número y la fecha del acto con el que se decidió."
    if problems:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)
    return values


def _planned(connection: sa.Connection, kind: OfficeTaskKind, period: Period) -> bool:
    table = OFFICE_TASKS.c
    query = sa.select(table.id).where(table.kind == kind.value, table.period == period.key).limit(1)
    return connection.scalar(query) is not None


def _plan(
    connection: sa.Connection, kind: OfficeTaskKind, period: Period, found: dict[str, int], now: datetime
) -> int:
    rows = [
        {
            "kind": kind.value,
            "period": period.key,
            "period_label": period.label,
            "department": department,
            "petitions": count,
            "due_on": period.last,
            "created_at": now,
            "findings": "",
            "commitments": "",
            "act_number": "",
            "done_by": "",
        }
        for department, count in found.items()
    ]
    if not rows:
        return 0
    # A run beside this one plans the same: what is there stays.
    connection.execute(insert_or(connection)(OFFICE_TASKS).on_conflict_do_nothing(), rows)
    detail = {"kind": kind.value, "period": period.key, "departments": sorted(found)}
    record_office_act(connection, Act("office_tasks_planned", SYSTEM, detail), at=now)
    return len(rows)


def _views() -> sa.Select[tuple[object, ...]]:
    table = OFFICE_TASKS.c
    joined = OFFICE_TASKS.join(DEPARTMENTS, DEPARTMENTS.c.code == table.department)
    return sa.select(*table, DEPARTMENTS.c.name.label("department_name")).select_from(joined)


def _view(row: sa.RowMapping, names: dict[str, str]) -> OfficeTaskView:
    return OfficeTaskView(
        id=row["id"],
        kind=OfficeTaskKind(row["kind"]),
        period_label=row["period_label"],
        department_name=row["department_name"],
        petitions=row["petitions"],
        due_on=row["due_on"],
        findings=row["findings"],
        commitments=row["commitments"],
        act_number=row["act_number"],
        done_at=row["done_at"],
        done_by=names.get(row["done_by"], row["done_by"]),
    )
