"""Alerts whose instant has come: each case on its own, so that one that fails holds up no other."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from processes.common.audit import CLOCK
from processes.common.errors import Unavailable
from processes.engine import door
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.incidents import record_failure
from processes.petitions.intents import carry_out
from processes.petitions.office import Office
from processes.petitions.step import Completion, Step, write_step
from processes.petitions.tables import PETITIONS

_log = structlog.get_logger(__name__)


def advance_due_alerts(office: Office, *, limit: int = 500) -> int:
    """Fire what is due now, the oldest first; how many cases advanced, at most `limit`.

    A sweep that runs twice, late or in two processes at once changes nothing: a case whose alert
    fired has a new version and no alert that is due.
    """
    now = office.now()
    query = (
        sa.select(PETITIONS.c.filing_number)
        .where(PETITIONS.c.next_wake_at <= now)
        .order_by(PETITIONS.c.next_wake_at)
        .limit(limit)
    )
    with office.read() as connection:
        due = list(connection.scalars(query))
    advanced = 0
    for filing_number in due:
        try:
            advanced += _fire(office, filing_number, now)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001 - one case that cannot advance must not hold up the others
            _log.exception("alert_failed", petition=filing_number)
            record_failure(office, filing_number, error)
    if advanced:
        office.after_commit()
    return advanced


def _fire(office: Office, filing_number: str, now: datetime) -> bool:
    def act(connection: sa.Connection) -> bool:
        case = read_case(connection, filing_number)
        instants = {task: alert.due_at for task, alert in case.alerts.items() if alert.due_at <= now}
        if not instants:
            return False
        step = Step(connection, case, office.entity(), office.settings.public_url, CLOCK, now)
        for task in instants:
            step.record("alert_fired", alert=case.alerts[task].name, task=task)
        definition = office.definitions.get(case.bundle)
        advance = door.tick(definition, case.state, now=now, instants=instants, calendar=step.entity.calendar)
        carry_out(step, advance)
        write_step(step, advance, Completion())
        return True

    return in_one_transaction(office, act)
