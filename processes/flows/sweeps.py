"""What the schedules do, as plain functions: what is due is done, however often and late they run."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

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
from processes.petitions.danger_rings import ring_dangers
from processes.petitions.idempotency import purge_keys
from processes.petitions.lost import check_none_lost
from processes.petitions.office import Office, open_office
from processes.petitions.orphans import remove_orphans
from processes.petitions.recalculation import continue_recalculation
from processes.petitions.returned_notices import record_returned_notices
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.verification import anchor_audit
from processes.reports.jobs import Job
from processes.reports.making import make_due_reports
from processes.reports.office_tasks import plan_retention, plan_visits
from processes.reports.periods import Cadence
from processes.reports.warnings import send_circular, warn_of_the_day

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
    """Fire what is due, then deliver what waits, whether or not the first fails."""
    try:
        do(office, Job.ADVANCE_ALERTS)
    finally:
        do(office, Job.DELIVER_MESSAGES)


def keep_demonstrating(office: Office, *, rest: Callable[[], bool]) -> None:
    """In a demonstration, whose clock may run fast, do everything again after each `rest`.

    A real office does one job a run: its schedule is often enough. `rest` waits, and answers False when
    it is time to stop.
    """
    while is_founded(office.engine) and office.entity().demonstration and rest():
        do_everything(office)


def do_everything(office: Office, *, but: Collection[Job] = ()) -> dict[Job, int]:
    """Do every job once `but` those, the ones after one that fails too; raises the first failure at the end.

    Messages are delivered last: what the other jobs write leaves with them.
    """
    counts: dict[Job, int] = {}
    failures: list[Exception] = []
    chosen = (job for job in Job if job not in but)
    for job in sorted(chosen, key=lambda each: each is Job.DELIVER_MESSAGES):
        try:
            counts[job] = do(office, job)
        except Exception as error:  # noqa: BLE001 - raised below, once the others have had their turn
            failures.append(error)
    if failures:
        raise failures[0]
    return counts


def do(office: Office, job: Job) -> int:
    """Do a job, and note that it came to its end: the age of that note tells whether the scheduler lives.

    An office without an entity has nothing to do yet.
    """
    count = _BODIES[job](office) if is_founded(office.engine) else 0
    finished_at: datetime = real_now()
    values = {"finished_at": finished_at, "count": count}
    with office.write() as connection:
        insert = insert_or(connection)(SWEEP_RUNS).values(name=job.value, **values)
        connection.execute(insert.on_conflict_do_update(index_elements=[sa.column("name")], set_=values))
    return count


def _advance_alerts(office: Office) -> int:
    """Carry a change of the calendar through first: what it moves may not be due any more."""
    continue_recalculation(office)
    return advance_due_alerts(office) + ring_dangers(office)


def _deliver_messages(office: Office) -> int:
    report = deliver_outbox(office.engine, office.settings, now=office.now())
    record_deliveries(office)
    record_returned_notices(office)
    return report.sent


def _seal_journal(office: Office) -> int:
    """Seal the journal's heads that moved, and clear what is past its time."""
    sealed = anchor_audit(office)
    purge(office.engine, real_now=real_now())
    purge_keys(office.engine, now=office.now())
    remove_orphans(office, real_now=real_now())
    return sealed


def _reports(*cadences: Cadence) -> Callable[[Office], int]:
    return lambda office: len(make_due_reports(office, cadences=cadences))


def _month(office: Office) -> int:
    return len(make_due_reports(office, cadences=[Cadence.MONTH])) + plan_visits(office)


_BODIES: Mapping[Job, Callable[[Office], int]] = MappingProxyType(
    {
        Job.ADVANCE_ALERTS: _advance_alerts,
        Job.DELIVER_MESSAGES: _deliver_messages,
        Job.DAILY_WARNINGS: warn_of_the_day,
        Job.CIRCULAR: send_circular,
        Job.FORTNIGHTLY_REPORT: _reports(Cadence.FORTNIGHT),
        Job.WEEKLY_REPORT: _reports(Cadence.WEEK),
        Job.MONTHLY_REPORTS: _month,
        Job.LONGER_REPORTS: _reports(Cadence.QUARTER, Cadence.FOUR_MONTHS, Cadence.HALF_YEAR, Cadence.YEAR),
        Job.RETENTION: plan_retention,
        Job.SEAL_JOURNAL: _seal_journal,
        Job.NONE_LOST: lambda office: len(check_none_lost(office).lost),
    }
)
