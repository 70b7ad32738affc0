"""The alarms of a danger that outlived its petition: they go on as those of the diagram do (CPACA 20)."""

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from notifications.notices import OfficeNoticeOf
from processes.common.audit import CLOCK
from processes.common.errors import Unavailable
from processes.petitions.beside import write_beside
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.danger import who_attends
from processes.petitions.duties import tell_of_duty
from processes.petitions.duty_tables import DUTIES, DutyKind
from processes.petitions.office import Office
from processes.petitions.step import Step
from processes.petitions.tables import PETITIONS

QUICK_ALARMS = 8
LAST_ALARM = 26
"""Alarms in all: the quick ones, and those of the three days that follow; then the day's warning goes on."""

_QUICK, _SLOW = timedelta(minutes=15), timedelta(hours=4)
_D = DUTIES.c
_log = structlog.get_logger(__name__)
_RINGS = (
    sa.select(PETITIONS.c.filing_number, _D.seq, _D.opened_at, _D.rings)
    .join(PETITIONS, PETITIONS.c.id == _D.petition_id)
    .where(_D.kind == DutyKind.DANGER.value, _D.done_at.is_(None), _D.rings < LAST_ALARM)
    .order_by(_D.petition_id, _D.seq)
)


def alarms_due(since: datetime, now: datetime) -> int:
    """How many alarms are due `now` of a danger that nobody attends to `since`."""
    quick = (now - since) // _QUICK
    if quick <= QUICK_ALARMS:
        return max(quick, 0)
    return min(QUICK_ALARMS + (now - since - QUICK_ALARMS * _QUICK) // _SLOW, LAST_ALARM)


def ring_dangers(office: Office) -> int:
    """Tell again of each danger that an ended petition left and nobody has in hand; how many rang.

    Alarms that were missed ring as one. A sweep that runs twice or at once rings none twice.
    """
    now = office.now()
    with office.read() as connection:
        due = [row for row in connection.execute(_RINGS) if alarms_due(row.opened_at, now) > row.rings]
    rung = sum(_ring_or_log(office, row.filing_number, row.seq, now) for row in due)
    if rung:
        office.after_commit()
    return rung


def _ring_or_log(office: Office, filing_number: str, seq: int, now: datetime) -> bool:
    try:
        return _ring(office, filing_number, seq, now)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - one that cannot be told must not silence the others
        _log.exception("danger_not_told", petition=filing_number)
        return False


def _ring(office: Office, filing_number: str, seq: int, now: datetime) -> bool:
    def ring(connection: sa.Connection) -> bool:
        case = read_case(connection, filing_number)
        this = sa.and_(PETITIONS.c.filing_number == filing_number, _D.seq == seq)
        row = connection.execute(_RINGS.where(this)).one_or_none()
        if row is None or alarms_due(row.opened_at, now) <= row.rings:
            return False  # another sweep was quicker, or somebody did it
        if who_attends(office, connection, case) is not None:
            return False
        step = Step(connection, case, office.entity(), office.settings.public_url, CLOCK, now)
        tell_of_duty(step, OfficeNoticeOf.DANGER_LEFT, ("on_call", "citizen_service_head", "director"))
        write_beside(step)
        rings = sa.update(DUTIES).where(_D.petition_id == case.id, _D.seq == seq)
        connection.execute(rings.values(rings=alarms_due(row.opened_at, now)))
        return True

    return in_one_transaction(office, ring)
