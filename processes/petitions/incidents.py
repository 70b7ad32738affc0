"""Tasks that failed: seen by an administrator in words, and tried again."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, chain
from processes.common.database import insert_or
from processes.common.errors import NotFound, OfficeError
from processes.directory.people import Person
from processes.engine import door
from processes.engine.model import Incident
from processes.petitions.access import WATCHERS, require_role
from processes.petitions.case import guard, in_one_transaction, read_case
from processes.petitions.intents import carry_out
from processes.petitions.office import Office
from processes.petitions.step import Completion, Step, write_step
from processes.petitions.tables import INCIDENTS, PETITIONS
from processes.petitions.waiting import incident_act, incident_row, known_incidents

CASE_AS_A_WHOLE = 0
"""The task number of an incident that concerns no single task (a state that cannot be read, say)."""


@dataclass(frozen=True, slots=True)
class IncidentView:
    """A task that failed, as an administrator sees it."""

    filing_number: str
    task: int
    element: str
    name: str
    message: str
    attempts: int
    opened_at: datetime
    last_at: datetime


def list_incidents(office: Office, person: Person) -> tuple[IncidentView, ...]:
    """What failed and waits, the oldest first. Raises Forbidden."""
    require_role(person, *WATCHERS)
    return open_incidents(office)


def open_incidents(office: Office) -> tuple[IncidentView, ...]:
    """What failed and waits, for the command line and the metrics."""
    table = INCIDENTS.c
    columns = (
        table.task,
        table.element,
        table.name,
        table.message,
        table.attempts,
        table.opened_at,
        table.last_at,
    )
    query = (
        sa.select(PETITIONS.c.filing_number, *columns)
        .join(PETITIONS, PETITIONS.c.id == table.petition_id)
        .order_by(table.opened_at, table.petition_id, table.task)
    )
    with office.read() as connection:
        return tuple(IncidentView(*row) for row in connection.execute(query))


def retry_incident(office: Office, person: Person, filing_number: str, task: int) -> bool:
    """Try a failed task again; whether it succeeded. Raises NotFound when it waits no more, Forbidden."""
    require_role(person, *WATCHERS)

    def act(connection: sa.Connection) -> bool:
        now = office.now()
        case = read_case(connection, filing_number)
        table = INCIDENTS.c
        this = sa.and_(table.petition_id == case.id, table.task == task)
        counted = sa.update(INCIDENTS).where(this).values(attempts=table.attempts + 1, last_at=now)
        if connection.execute(counted).rowcount != 1:
            raise NotFound("Ese incidente ya no está abierto. Actualice la lista.")
        step = Step(connection, case, office.entity(), office.settings.public_url, person.actor, now)
        step.record("incident_retried", task=task)
        definition = office.definitions.get(case.bundle)
        advance = door.inspect(definition, case.state, now=now)
        if task in {incident.key for incident in advance.incidents}:
            advance = door.retry(definition, case.state, task=task, now=now, calendar=step.entity.calendar)
        carry_out(step, advance)
        write_step(step, advance, Completion())
        return task not in known_incidents(connection, case.id)

    succeeded = in_one_transaction(office, act)
    office.after_commit()
    return succeeded


def record_failure(office: Office, filing_number: str, error: Exception) -> None:
    """Keep that a case as a whole could not advance; its state stays as it is.

    The alert that woke it stays due, so that the next sweep tries again.
    """
    reason = error.message if isinstance(error, OfficeError) else f"Error interno: {type(error).__name__}."
    incident = Incident(CASE_AS_A_WHOLE, "", "Caso completo", reason)

    def act(connection: sa.Connection) -> None:
        now = office.now()
        case = read_case(connection, filing_number)
        row = incident_row(case.id, incident, now)
        insert = insert_or(connection)(INCIDENTS).on_conflict_do_nothing(
            index_elements=["petition_id", "task"]
        )
        if connection.execute(insert, row).rowcount == 1:
            rows, head = chain(case.filing_number, case.head, [incident_act(incident)], now)
            guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
            connection.execute(INSERT_EVENTS, rows)

    in_one_transaction(office, act)
