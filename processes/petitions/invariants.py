"""What must hold of every petition at every moment; the tests end with it, and so may an administrator.

1. a petition has one engine state, readable, and its open tasks are the open work items, none else;
2. each waiting timer has an alert row (or an incident says why not), and none else; the petition's
   `next_wake_at` is the earliest of them;
3. an open petition has a work item, an alert with a date, or an incident;
4. the numbers of a series and year run from 1 without a gap or a repeat;
5. the journal is whole, and each petition's head is its last event;
6. legal events run from 1 without a gap and in the order in which they happened; the due date, the
   state of the term and the kind of an open petition are those that its reckoning gives, and the
   alerts of a suspended one are held;
7. number and date of sending are those of the first answer, and a notified petition's last one arrived.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from processes.common.errors import OfficeError
from processes.engine import door
from processes.engine.model import Advance
from processes.petitions.answer_invariants import answer_violations
from processes.petitions.answer_tables import SENT_ANSWERS
from processes.petitions.filing_tables import COUNTERS
from processes.petitions.legal_invariants import legal_violations
from processes.petitions.numbers import format_number
from processes.petitions.office import Office
from processes.petitions.status import ENDED, ENDED_BY_AN_ACT, PetitionStatus, TermState
from processes.petitions.tables import (
    ALERTS,
    CASE_STATES,
    INCIDENTS,
    PETITIONS,
    WORK_ITEMS,
    Series,
    WorkItemStatus,
)
from processes.petitions.verification import verify_audit
from processes.petitions.waiting import earliest


def violations(office: Office) -> list[str]:
    """Every invariant that does not hold, in words; empty when the office is in order."""
    with office.read() as connection:
        found = [*_cases(office, connection), *_numbers(connection), *legal_violations(office, connection)]
        found += answer_violations(connection)
    return found + [str(problem) for problem in verify_audit(office.engine)]


def _cases(office: Office, connection: sa.Connection) -> Iterator[str]:
    items = _keys(connection, WORK_ITEMS, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
    incidents = _keys(connection, INCIDENTS, sa.true())
    alerts: dict[int, dict[int, datetime | None]] = defaultdict(dict)
    for petition_id, task, due_at in connection.execute(
        sa.select(ALERTS.c.petition_id, ALERTS.c.task, ALERTS.c.due_at)
    ):
        alerts[petition_id][task] = due_at
    columns = (
        PETITIONS.c.id,
        PETITIONS.c.filing_number,
        PETITIONS.c.status,
        PETITIONS.c.next_wake_at,
        PETITIONS.c.term_state,
    )
    query = sa.select(*columns, CASE_STATES.c.bundle, CASE_STATES.c.state).outerjoin(
        CASE_STATES, CASE_STATES.c.petition_id == PETITIONS.c.id
    )
    for row in connection.execute(query).mappings():
        rows = (items[row["id"]], alerts[row["id"]], incidents[row["id"]])
        for problem in _case(office, row, *rows):
            yield f"{row['filing_number']}: {problem}"


def _case(
    office: Office,
    row: sa.RowMapping,
    items: set[int],
    alerts: dict[int, datetime | None],
    incidents: set[int],
) -> Iterator[str]:
    ended = PetitionStatus(row["status"]) in ENDED
    yield from _rows_alone(row, ended=ended, items=items, alerts=alerts, incidents=incidents)
    if row["state"] is None:
        yield "no tiene estado"
        return
    try:
        definition = office.definitions.get(row["bundle"])
        seen = door.inspect(definition, bytes(row["state"]), now=office.now())
    except OfficeError as error:
        yield f"su estado no se puede leer: {error.message}"
        return
    if PetitionStatus(row["status"]) in ENDED_BY_AN_ACT:
        return
    yield from _rows_and_state(seen, ended=ended, items=items, alerts=set(alerts), incidents=incidents)


def _rows_alone(
    row: sa.RowMapping,
    *,
    ended: bool,
    items: set[int],
    alerts: dict[int, datetime | None],
    incidents: set[int],
) -> Iterator[str]:
    if row["next_wake_at"] != earliest(alerts.values()):
        yield "next_wake_at no es la primera de sus alertas"
    if ended and (items or alerts or incidents):
        yield "terminó, y todavía tiene tareas, alertas o incidentes"
    if not ended and not (items or alerts or incidents):
        yield "está abierta, y no tiene tarea, alerta ni incidente"
    suspended = TermState(row["term_state"]) is TermState.SUSPENDED
    if any((instant is None) != suspended for instant in alerts.values()):
        yield "sus alertas no están detenidas solo mientras el término está suspendido"


def _rows_and_state(
    seen: Advance, *, ended: bool, items: set[int], alerts: set[int], incidents: set[int]
) -> Iterator[str]:
    if seen.finished != ended:
        yield "el diagrama y la petición no dicen lo mismo sobre si terminó"
    if {task.key for task in seen.open_tasks} != items:
        yield "sus tareas abiertas no son las del diagrama"
    if {alert.key for alert in seen.alerts} - incidents != alerts - incidents:
        yield "sus alertas no son los temporizadores que esperan"
    if not {incident.key for incident in seen.incidents} <= incidents:
        yield "una tarea falló y no hay incidente"


def _keys(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for petition_id, task in connection.execute(sa.select(table.c.petition_id, table.c.task).where(where)):
        found[petition_id].add(task)
    return found


def _numbers(connection: sa.Connection) -> Iterator[str]:
    incoming: dict[int, list[int]] = defaultdict(list)
    query = sa.select(PETITIONS.c.year, PETITIONS.c.number, PETITIONS.c.filing_number).order_by(
        PETITIONS.c.year, PETITIONS.c.number
    )
    for year, number, shown in connection.execute(query):
        incoming[year].append(number)
        if shown != format_number(Series.INCOMING, year, number):
            yield f"{shown}: no corresponde al número {number} de {year}"
    outgoing: dict[int, list[int]] = defaultdict(list)
    for shown in connection.scalars(sa.select(SENT_ANSWERS.c.outgoing_number)):
        outgoing[int(shown[:4])].append(int(shown.rsplit("-", 1)[1]))
    given = {(series, year): last for series, year, last in connection.execute(sa.select(COUNTERS))}
    for series, numbers in ((Series.INCOMING, incoming), (Series.OUTGOING, outgoing)):
        for year, found in numbers.items():
            if sorted(found) != list(range(1, len(found) + 1)):
                yield f"la serie {series.value} de {year} tiene huecos o repetidos"
            if given.get((series.value, year)) != len(found):
                yield f"el contador de la serie {series.value} de {year} no es su último número"
