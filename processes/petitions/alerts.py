"""Alerts whose instant has come: fired in shards, and no case that fails holds up another."""

from datetime import datetime

import sqlalchemy as sa
import structlog

from processes.common.audit import CLOCK
from processes.common.errors import Unavailable
from processes.engine import door
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.incidents import record_failure
from processes.petitions.office import Office
from processes.petitions.shards import (
    FROM_THE_START,
    advance_shard,
    all_due,
    hold_due,
    is_anything_due,
    leave_room,
)
from processes.petitions.sheaf import Sheaf
from processes.petitions.step import Step
from processes.petitions.telling import finish_step

BATCH = 50

_log = structlog.get_logger(__name__)


def advance_due_alerts(office: Office, *, batch: int = BATCH) -> int:
    """Fire all that is due now, the oldest first, in shards of `batch` cases; how many times one advanced.

    A sweep that runs twice, late, in several processes at once or is cut off changes nothing: a case
    whose alert fired has a new version and no alert that is due. Where a case of a shard cannot advance,
    each is tried by itself, and what fails is passed by until the next sweep: it holds up no other.
    """
    now = office.now()
    if not is_anything_due(office, now):
        return 0

    def fire(connection: sa.Connection, sheaf: Sheaf, filing_number: str) -> bool:
        return _fire(office, connection, filing_number, now, sheaf=sheaf)

    advanced, held_seconds, place = 0, 0.0, FROM_THE_START
    tried: set[str] = set()
    while shard := advance_shard(office, now, fire, after=place, batch=batch):
        advanced += shard.advanced + _fire_each(office, shard.failed, now)
        tried.update(shard.failed)
        place = shard.last
        held_seconds = leave_room(office, held_seconds + shard.seconds)
    # What somebody else held when its turn came: a person who worked on it, or another sweep.
    advanced += _fire_each(office, [number for number in all_due(office, now) if number not in tried], now)
    if advanced:
        office.after_commit()
    return advanced


def _fire_each(office: Office, filing_numbers: list[str], now: datetime) -> int:
    return sum(_fire_or_record(office, filing_number, now) for filing_number in filing_numbers)


def _fire_or_record(office: Office, filing_number: str, now: datetime) -> bool:
    def fire(connection: sa.Connection) -> bool:
        return hold_due(connection, filing_number, now) and _fire(office, connection, filing_number, now)

    try:
        return in_one_transaction(office, fire)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - one case that cannot advance must not hold up the others
        _log.exception("alert_failed", petition=filing_number)
        record_failure(office, filing_number, error)
        return False


def _fire(
    office: Office,
    connection: sa.Connection,
    filing_number: str,
    now: datetime,
    *,
    sheaf: Sheaf | None = None,
) -> bool:
    case = read_case(connection, filing_number)
    instants = {
        task: alert.due_at
        for task, alert in case.alerts.items()
        if alert.due_at is not None and alert.due_at <= now
    }
    if not instants:
        return False
    step = Step(connection, case, office.entity(), office.settings.public_url, CLOCK, now, writer=sheaf)
    step.phonebook = None if sheaf is None else sheaf.phonebook
    for task in instants:
        step.record("alert_fired", alert=case.alerts[task].name, task=task)
    definition = office.definitions.get(case.bundle)
    advance = door.tick(definition, case.state, now=now, instants=instants, calendar=step.entity.calendar)
    finish_step(office, step, advance)
    return True
