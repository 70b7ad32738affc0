"""Tasks that failed: seen by an administrator in words, and tried again."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, chain
from processes.common.errors import NotFound, OfficeError
from processes.directory.people import Person
from processes.engine import door
from processes.engine.model import Incident
from processes.petitions.access import WATCHERS, acting, not_excluded, require_role
from processes.petitions.case import guard, in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import INCIDENTS, PETITIONS
from processes.petitions.telling import finish_step
from processes.petitions.waiting import CASE_AS_A_WHOLE, incident_act, incident_row, known_incidents


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
    return open_incidents(office, person)


def open_incidents(office: Office, person: Person | None = None) -> tuple[IncidentView, ...]:
    """What failed and waits; without a `person`, all of it, for the command line and the metrics."""
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
    if person is not None:
        query = query.where(not_excluded(person, *WATCHERS))
    with office.read() as connection:
        return tuple(IncidentView(*row) for row in connection.execute(query))


def retry_incident(office: Office, person: Person, filing_number: str, task: int) -> bool:
    """Try a failed task again; whether it succeeded. Raises NotFound when it waits no more, Forbidden."""
    require_role(person, *WATCHERS)

    def act(connection: sa.Connection) -> bool:
        now = office.now()
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, *WATCHERS)
        if task not in known_incidents(connection, case.id):
            raise NotFound("Ese incidente ya no está abierto. Actualice la lista.")
        step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, now)
        step.record("incident_retried", task=task)
        definition = office.definitions.get(case.bundle)
        advance = door.inspect(definition, case.state, now=now)
        if task in {incident.key for incident in advance.incidents}:
            advance = door.retry(definition, case.state, task=task, now=now, calendar=step.entity.calendar)
        finish_step(office, step, advance)
        table = INCIDENTS.c
        this = sa.and_(table.petition_id == case.id, table.task == task)
        again = {"attempts": table.attempts + 1, "last_at": now}
        return connection.execute(sa.update(INCIDENTS).where(this).values(again)).rowcount == 0

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
        if case.status in ENDED:
            return
        known = CASE_AS_A_WHOLE in known_incidents(connection, case.id)
        rows, head = chain(case.filing_number, case.head, [] if known else [incident_act(incident)], now)
        guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
        if known:
            table = INCIDENTS.c
            this = sa.and_(table.petition_id == case.id, table.task == CASE_AS_A_WHOLE)
            again = {"attempts": table.attempts + 1, "last_at": now, "message": incident.message}
            connection.execute(sa.update(INCIDENTS).where(this).values(again))
        else:
            connection.execute(sa.insert(INCIDENTS), incident_row(case.id, incident, now))
            connection.execute(INSERT_EVENTS, rows)

    in_one_transaction(office, act)
