"""Whether time still passes in the office: how long ago the sweeps that wake everything else ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from processes.common.office_clock import real_now
from processes.petitions.office import Office
from processes.reports.jobs import JOBS, Job, last_runs

PERIODS = 3
"""A sweep that has not ended for so many of its periods is late."""

SWEEPS = tuple(job for job, definition in JOBS.items() if definition.cron is None)


@dataclass(frozen=True, slots=True)
class LateSweep:
    """A sweep that should have ended again; `age` is real time since it did, or since it was watched."""

    job: Job
    age: timedelta


def late_sweeps(office: Office, *, watched_since: datetime) -> tuple[LateSweep, ...]:
    """The sweeps that are older than three periods.

    One that never ended counts from `watched_since`, when somebody began to look: the first of an
    installation may take its time.
    """
    now, runs = real_now(), last_runs(office)
    patience = PERIODS * timedelta(seconds=office.settings.sweep_seconds)
    ages = {job: now - (runs[job].finished_at if job in runs else watched_since) for job in SWEEPS}
    # A clock that was set back makes no sweep late.
    return tuple(LateSweep(job, age) for job, age in ages.items() if age > patience)
