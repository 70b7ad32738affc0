"""The flows and when they run. Their bodies are `sweeps`, which know nothing of Prefect."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from prefect import Flow, flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from processes.common.office_clock import real_now
from processes.common.settings import Settings, load_settings
from processes.flows import sweeps
from processes.flows.logs import configure_logs
from processes.flows.missed import drop_doubled_runs
from processes.reports.jobs import JOBS, SCHEDULER_TAG, Job, JobDefinition

DEMONSTRATION_REST_SECONDS = 10
# Runs of a demonstration overlap by this much, so that no gap opens while the next one starts.
_OVERLAP = timedelta(seconds=15)
# A fixed anchor: a restarted runner asks for the schedule that is already there.
_ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)
_BOGOTA = "America/Bogota"


@flow(name=Job.ADVANCE_ALERTS, retries=2, retry_delay_seconds=20)
def advance_alerts() -> None:
    """Fire what is due; in a demonstration do everything, until the next run takes over."""
    configure_logs()
    settings = load_settings()
    until = _scheduled_at() + timedelta(seconds=settings.sweep_seconds) + _OVERLAP
    with sweeps.office_at_work(settings) as office:
        _tell(Job.ADVANCE_ALERTS, sweeps.do(office, Job.ADVANCE_ALERTS))
        if settings.prefect_api_url:
            _make_room()
        sweeps.keep_demonstrating(office, rest=_rest(until))


@flow(name=Job.DELIVER_MESSAGES, retries=2, retry_delay_seconds=20)
def deliver_messages() -> None:
    """Send what the web process left in the outbox."""
    _do(Job.DELIVER_MESSAGES)


@flow(name=Job.DAILY_WARNINGS, retries=3, retry_delay_seconds=300)
def daily_warnings() -> None:
    """Tell each person what of theirs is due soon or overdue."""
    _do(Job.DAILY_WARNINGS)


@flow(name=Job.CIRCULAR, retries=3, retry_delay_seconds=300)
def circular() -> None:
    """Ask every director to clear what is due before the fortnightly report."""
    _do(Job.CIRCULAR)


@flow(name=Job.FORTNIGHTLY_REPORT, retries=3, retry_delay_seconds=300)
def fortnightly_report() -> None:
    """Make the report that the head of citizen service reviews and sends to Control Disciplinario."""
    _do(Job.FORTNIGHTLY_REPORT)


@flow(name=Job.WEEKLY_REPORT, retries=3, retry_delay_seconds=300)
def weekly_report() -> None:
    """Make the follow-up of the front desks."""
    _do(Job.WEEKLY_REPORT)


@flow(name=Job.MONTHLY_REPORTS, retries=3, retry_delay_seconds=300)
def monthly_reports() -> None:
    """Make the month's reports and plan its visits."""
    _do(Job.MONTHLY_REPORTS)


@flow(name=Job.LONGER_REPORTS, retries=3, retry_delay_seconds=300)
def longer_reports() -> None:
    """Make what closes its quarter, four months, half year or year."""
    _do(Job.LONGER_REPORTS)


@flow(name=Job.RETENTION, retries=3, retry_delay_seconds=300)
def retention() -> None:
    """Ask a person to decide on what was kept long enough."""
    _do(Job.RETENTION)


@flow(name=Job.SEAL_JOURNAL, retries=3, retry_delay_seconds=300)
def seal_journal() -> None:
    """Seal the journal of the day that ended."""
    _do(Job.SEAL_JOURNAL)


@flow(name=Job.NONE_LOST, retries=3, retry_delay_seconds=300)
def none_lost() -> None:
    """Prove that every open petition waits for somebody or something."""
    _do(Job.NONE_LOST)


@flow(name="catch-up", retries=2, retry_delay_seconds=60)
def catch_up(switched_off: Sequence[Job] = ()) -> None:
    """Do once, in one run, all that fell due while nobody watched; not what somebody switched off.

    A demonstration goes on until the first scheduled run takes over: who starts it sees it move at once.
    """
    configure_logs()
    settings = load_settings()
    with sweeps.office_at_work(settings) as office:
        for job, count in sweeps.do_everything(office, but=switched_off).items():
            _tell(job, count)
        sweeps.keep_demonstrating(office, rest=_rest(_next_sweep(settings) + _OVERLAP))


_FLOWS: Mapping[Job, Flow[[], None]] = MappingProxyType(
    {
        Job.ADVANCE_ALERTS: advance_alerts,
        Job.DELIVER_MESSAGES: deliver_messages,
        Job.DAILY_WARNINGS: daily_warnings,
        Job.CIRCULAR: circular,
        Job.FORTNIGHTLY_REPORT: fortnightly_report,
        Job.WEEKLY_REPORT: weekly_report,
        Job.MONTHLY_REPORTS: monthly_reports,
        Job.LONGER_REPORTS: longer_reports,
        Job.RETENTION: retention,
        Job.SEAL_JOURNAL: seal_journal,
        Job.NONE_LOST: none_lost,
    }
)


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Each flow with its usual schedule."""
    return [_deployment(settings, definition) for definition in JOBS.values()]


def catching_up() -> RunnerDeployment:
    """What a runner does first, without a schedule of its own."""
    module = EntrypointType.MODULE_PATH
    return RunnerDeployment.from_flow(catch_up, name=catch_up.name, entrypoint_type=module)


def switched_off(served: Iterable[RunnerDeployment]) -> list[str]:
    """The names of those that an administrator switched off; ask once their schedules were kept."""
    return [each.name for each in served if not any(schedule.active for schedule in each.schedules or ())]


async def keep_schedule(client: PrefectClient, deployment: RunnerDeployment) -> None:
    """Give `deployment` the time that an administrator gave the one that is there already.

    What runs every so many seconds follows the settings.
    """
    if JOBS[Job(deployment.name)].cron is None:
        return
    try:
        known = await client.read_deployment_by_name(f"{deployment.flow_name}/{deployment.name}")
    except ObjectNotFound:
        return
    deployment.schedules = [
        DeploymentScheduleCreate(schedule=each.schedule, active=each.active) for each in known.schedules
    ]


def _deployment(settings: Settings, definition: JobDefinition) -> RunnerDeployment:
    schedule: Schedule = (
        Interval(timedelta(seconds=settings.sweep_seconds), anchor_date=_ANCHOR)
        if definition.cron is None
        else Cron(definition.cron, timezone=_BOGOTA)
    )
    return RunnerDeployment.from_flow(
        _FLOWS[definition.job],
        name=definition.job,
        schedule=schedule,
        description=f"{definition.label}. {definition.purpose}",
        tags=[SCHEDULER_TAG, "barrido" if definition.cron is None else "calendario"],
        # By module, so that a run finds its flow from any working directory.
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _do(job: Job) -> None:
    configure_logs()
    with sweeps.office_at_work(load_settings()) as office:
        _tell(job, sweeps.do(office, job))


def _tell(job: Job, count: int) -> None:
    """What the run did, as an artifact of the scheduler."""
    definition = JOBS[job]
    done = f"{definition.counted.capitalize()}: **{count}**."
    said = f"# {definition.label}\n\n{definition.purpose}\n\n{done}\n"
    create_markdown_artifact(key=job, markdown=said, description=definition.label)


def _make_room() -> None:
    """On a server that workers share, drop what piled up while they were away."""
    with get_client(sync_client=True) as client:
        drop_doubled_runs(client, real_now())


def _rest(until: datetime) -> Callable[[], bool]:
    """A pause between two turns of a demonstration, that says whether there is time for another one."""

    def rest() -> bool:
        # An event that nobody sets: a pause that a signal can end.
        threading.Event().wait(DEMONSTRATION_REST_SECONDS)
        return real_now() < until

    return rest


def _next_sweep(settings: Settings) -> datetime:
    """When the schedule of the sweeps next begins one."""
    period = timedelta(seconds=settings.sweep_seconds)
    return real_now() + period - (real_now() - _ANCHOR) % period


def _scheduled_at() -> datetime:
    """When this run was due: a late one must not take the place of the one that is due now."""
    scheduled: datetime | None = flow_run.scheduled_start_time
    return scheduled or real_now()
