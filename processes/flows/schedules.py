"""The flows and when they run. Their bodies are `sweeps`, which know nothing of Prefect."""

import threading
from datetime import UTC, datetime, timedelta

from prefect import Flow, flow
from prefect.deployments.runner import RunnerDeployment
from prefect.runtime import flow_run
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from processes.common.office_clock import real_now
from processes.common.settings import Settings, load_settings
from processes.flows import sweeps
from processes.flows.logs import configure_logs

DEMONSTRATION_REST_SECONDS = 5
# Runs of a demonstration overlap by this much, so that no gap opens while the next one starts.
_OVERLAP = timedelta(seconds=15)
# A fixed anchor: a restarted runner asks for the schedule that is already there.
_ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)
_AFTER_MIDNIGHT = "20 0 * * *"


@flow(name="sweep", retries=2, retry_delay_seconds=20)
def sweep() -> None:
    """Fire due alerts and deliver messages; in a demonstration, until the next run takes over."""
    configure_logs()
    settings = load_settings()
    until = _scheduled_at() + timedelta(seconds=settings.sweep_seconds) + _OVERLAP

    def rest() -> bool:
        # An event that nobody sets: a pause that a signal can end.
        threading.Event().wait(DEMONSTRATION_REST_SECONDS)
        return real_now() < until

    with sweeps.office_at_work(settings) as office:
        sweeps.keep_sweeping(office, rest=rest)


@flow(name="seal-journal", retries=2, retry_delay_seconds=300)
def seal_journal() -> None:
    """Seal the journal of the day that ended."""
    configure_logs()
    with sweeps.office_at_work(load_settings()) as office:
        sweeps.seal_journal(office)


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Each flow with its schedule."""
    every = Interval(timedelta(seconds=settings.sweep_seconds), anchor_date=_ANCHOR)
    nightly = Cron(_AFTER_MIDNIGHT, timezone="America/Bogota")
    return [_deployment(sweep, every), _deployment(seal_journal, nightly)]


def _deployment(served: Flow[[], None], schedule: Schedule) -> RunnerDeployment:
    # By module, so that a run finds its flow from any working directory.
    module = EntrypointType.MODULE_PATH
    return RunnerDeployment.from_flow(served, name=served.name, schedule=schedule, entrypoint_type=module)


def _scheduled_at() -> datetime:
    """When this run was due: a late one must not take the place of the one that is due now."""
    scheduled: datetime | None = flow_run.scheduled_start_time
    return scheduled or real_now()
