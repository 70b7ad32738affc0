"""Alerts whose instant has come: each case on its own, so that one that fails holds up no other."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from processes.common.audit import CLOCK
from processes.common.errors import Unavailable
from processes.engine import door
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.incidents import record_failure
from processes.petitions.office import Office
from processes.petitions.step import Step
from processes.petitions.tables import PETITIONS
from processes.petitions.telling import finish_step

_log = structlog.get_logger(__name__)


def advance_due_alerts(office: Office, *, batch: int = 500) -> int:
    """Fire all that is due now, the oldest first, in batches; how many cases advanced.

    A sweep that runs twice, late or in two processes at once changes nothing: a case whose alert
    fired has a new version and no alert that is due. A case that cannot advance is passed by until
    the next sweep, so that it holds up no other.
    """
    now = office.now()
    advanced, last = 0, None
    while due := _due(office, now, after=last, limit=batch):
        for filing_number, _, _ in due:
            advanced += _fire_or_record(office, filing_number, now)
        last = due[-1][1:]
    if advanced:
        office.after_commit()
    return advanced


def _due(
    office: Office, now: datetime, *, after: tuple[datetime, int] | None, limit: int
) -> list[tuple[str, datetime, int]]:
    place = (PETITIONS.c.next_wake_at, PETITIONS.c.id)
    query = sa.select(PETITIONS.c.filing_number, *place).where(PETITIONS.c.next_wake_at <= now)
    if after is not None:
        wake = sa.literal(after[0], PETITIONS.c.next_wake_at.type)
        query = query.where(sa.tuple_(*place) > sa.tuple_(wake, sa.literal(after[1])))
    with office.read() as connection:
        return [
            (number, at, key) for number, at, key in connection.execute(query.order_by(*place).limit(limit))
        ]


def _fire_or_record(office: Office, filing_number: str, now: datetime) -> bool:
    try:
        return _fire(office, filing_number, now)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one case that cannot advance must not hold up the others
        _log.exception("alert_failed", petition=filing_number)
        record_failure(office, filing_number, error)
        return False


def _fire(office: Office, filing_number: str, now: datetime) -> bool:
    def act(connection: sa.Connection) -> bool:
        case = read_case(connection, filing_number)
        instants = {
            task: alert.due_at
            for task, alert in case.alerts.items()
            if alert.due_at is not None and alert.due_at <= now
        }
        if not instants:
            return False
        step = Step(connection, case, office.entity(), office.settings.public_url, CLOCK, now)
        for task in instants:
            step.record("alert_fired", alert=case.alerts[task].name, task=task)
        definition = office.definitions.get(case.bundle)
        advance = door.tick(definition, case.state, now=now, instants=instants, calendar=step.entity.calendar)
        finish_step(office, step, advance)
        return True

    return in_one_transaction(office, act)
