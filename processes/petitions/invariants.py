"""What must hold of every petition at every moment; the tests end with it, and so may an administrator.

1. a petition has one engine state, readable, and its open tasks are the open work items, none else;
2. each waiting timer has an alert row (or an incident says why not), and none else; the petition's
   `next_wake_at` is the earliest of them, and what hangs from the term is held while that is suspended;
3. an open petition has a work item, an alert with a date, or an incident; one that an act ended stands
   at the end of its diagram, if that listens for it;
4. the numbers of a series and year run from 1 without a gap or a repeat;
5. the journal is whole, and each petition's head is its last event;
6. legal events run from 1 without a gap and in the order in which they happened; the due date, the
   state of the term and the kind of an open petition, and the instants of its legal timers, are those
   that its reckoning gives;
7. what an appeal or a judge waits for is a duty or a task of somebody, and nothing else is;
8. number and date of sending are those of the first answer, and a notified petition's last one arrived.
"""

from collections import defaultdict
from collections.abc import Iterator

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
from processes.petitions.signals import Signal
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
from processes.petitions.waiting import AlertPlan, earliest

_ALERT_COLUMNS = (ALERTS.c.due_at, ALERTS.c.working_days_before, ALERTS.c.share)


def violations(office: Office) -> list[str]:
    """Every invariant that does not hold, in words; empty when the office is in order."""
    with office.read() as connection:
        found = [*_cases(office, connection), *_numbers(connection), *legal_violations(office, connection)]
        found += answer_violations(connection)
    return found + [str(problem) for problem in verify_audit(office.engine)]


def _cases(office: Office, connection: sa.Connection) -> Iterator[str]:
    items = _keys(connection, WORK_ITEMS, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
    incidents = _keys(connection, INCIDENTS, sa.true())
    alerts: dict[int, dict[int, AlertPlan]] = defaultdict(dict)
    columns = (ALERTS.c.petition_id, ALERTS.c.task, *_ALERT_COLUMNS)
    for petition_id, task, *values in connection.execute(sa.select(*columns)):
        alerts[petition_id][task] = AlertPlan(*values)
    heads = (
        PETITIONS.c.id,
        PETITIONS.c.filing_number,
        PETITIONS.c.status,
        PETITIONS.c.next_wake_at,
        PETITIONS.c.term_state,
    )
    query = sa.select(*heads, CASE_STATES.c.bundle, CASE_STATES.c.state).outerjoin(
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
    alerts: dict[int, AlertPlan],
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
        if Signal.ENDED_BY_ACT in definition.signals and not seen.finished:
            yield "un acto la terminó, y su diagrama no lo sabe"
        return
    yield from _rows_and_state(seen, ended=ended, items=items, alerts=set(alerts), incidents=incidents)


def _rows_alone(
    row: sa.RowMapping,
    *,
    ended: bool,
    items: set[int],
    alerts: dict[int, AlertPlan],
    incidents: set[int],
) -> Iterator[str]:
    if row["next_wake_at"] != earliest(plan.due_at for plan in alerts.values()):
        yield "next_wake_at no es la primera de sus alertas"
    if ended and (items or alerts or incidents):
        yield "terminó, y todavía tiene tareas, alertas o incidentes"
    if not ended and not (items or alerts or incidents):
        yield "está abierta, y no tiene tarea, alerta ni incidente"
    suspended = TermState(row["term_state"]) is TermState.SUSPENDED
    hanging = [plan for plan in alerts.values() if plan.hangs_from_the_term]
    if any((plan.due_at is None) != suspended for plan in hanging):
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
