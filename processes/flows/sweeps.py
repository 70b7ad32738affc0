"""What the schedules do, as plain functions: what is due is done, however often and late they run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa
import structlog

from processes.common.database import insert_or, make_engine
from processes.common.mail import deliver_outbox
from processes.common.office_clock import OfficeClock, real_now
from processes.common.settings import Settings
from processes.directory.accounts import purge
from processes.directory.founding import is_founded
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_delivery import record_deliveries
from processes.petitions.idempotency import purge_keys
from processes.petitions.office import Office, open_office
from processes.petitions.orphans import remove_orphans
from processes.petitions.recalculation import continue_recalculation
from processes.petitions.returned_notices import record_returned_notices
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.verification import anchor_audit

ADVANCE_ALERTS = "advance_alerts"
DELIVER_MESSAGES = "deliver_messages"
SEAL_JOURNAL = "seal_journal"
_log = structlog.get_logger(__name__)


class RunFailed(Exception):
    """A run came to no good end; says which error it was, and nothing of anybody's data."""


@contextmanager
def office_at_work(settings: Settings) -> Iterator[Office]:
    """The office of `settings`, for as long as one run lasts.

    Raises RunFailed, without its cause: the scheduler keeps and prints what a run raised, and the
    message of a database's error holds the values of the statement.
    """
    engine = make_engine(settings.url)
    try:
        yield open_office(settings, clock=OfficeClock(engine), engine=engine)
    except Exception as error:  # noqa: BLE001 - whatever it is, its message stays here
        _log.exception("run_failed")
        raise RunFailed(type(error).__qualname__) from None
    finally:
        engine.dispose()


def sweep(office: Office) -> None:
    """Carry a change of the calendar through, fire what is due, deliver what waits, whichever fails."""
    try:
        recalculate(office)
    finally:
        try:
            advance_alerts(office)
        finally:
            deliver_messages(office)


def keep_sweeping(office: Office, *, rest: Callable[[], bool]) -> None:
    """Sweep once; in a demonstration, whose clock may run fast, again after each `rest` that says so.

    A real office sweeps once a run: its schedule is often enough. `rest` waits, and answers False
    when it is time to stop.
    """
    sweep(office)
    while is_founded(office.engine) and office.entity().demonstration and rest():
        sweep(office)


def recalculate(office: Office) -> int:
    """Count again what an older calendar counted: nothing, most of the time; how many dates moved."""
    return continue_recalculation(office) if is_founded(office.engine) else 0


def advance_alerts(office: Office) -> int:
    """Fire every alert that is due; how many cases advanced."""
    advanced = advance_due_alerts(office)
    _record(office, ADVANCE_ALERTS, advanced)
    return advanced


def deliver_messages(office: Office) -> int:
    """Send what is due in the outbox, and note what arrived and what came back; how many messages left."""
    report = deliver_outbox(office.engine, office.settings, now=office.now())
    record_deliveries(office)
    record_returned_notices(office)
    _record(office, DELIVER_MESSAGES, report.sent)
    return report.sent


def seal_journal(office: Office) -> int:
    """Seal the journal's heads that moved, and clear what is past its time; how many heads were sealed."""
    sealed = anchor_audit(office)
    purge(office.engine, real_now=real_now())
    purge_keys(office.engine, now=office.now())
    remove_orphans(office, real_now=real_now())
    _record(office, SEAL_JOURNAL, sealed)
    return sealed


def _record(office: Office, name: str, count: int) -> None:
    """Note that the run came to its end: the age of this note tells whether the scheduler lives."""
    finished_at: datetime = real_now()
    values = {"finished_at": finished_at, "count": count}
    with office.write() as connection:
        insert = insert_or(connection)(SWEEP_RUNS).values(name=name, **values)
        connection.execute(insert.on_conflict_do_update(index_elements=[sa.column("name")], set_=values))
