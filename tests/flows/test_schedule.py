"""A real Prefect server fires a real schedule: the wrong versions stay healthy and never do."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from prefect.client.orchestration import SyncPrefectClient

from api.ports import status_of
from api.scheduler_api import SchedulerApi
from api.scheduler_environment import scheduler_address, scheduler_auth
from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid, NotFound, Unavailable
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.settings import Settings
from processes.flows.missed import drop_doubled_runs
from processes.petitions.office import Office
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.tables import ALERTS, PETITIONS
from processes.reports.jobs import SCHEDULER_TAG, Job, last_runs
from tests.builders.petitions import classify, distribute, file_one
from tests.support.scheduled import await_, running
from tests.support.web import free_port

SELDOM = 600
TRIES = 100
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a home whose Prefect server runs."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), prefect_port=free_port())
    with running("server", settings, "prefect", "server", "start") as server:
        await_(lambda: status_of("127.0.0.1", settings.prefect_port, "/api/ready") == 200, server, settings)
        yield settings


def _make_alert_due_now(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(ALERTS).values(due_at=real_now()))
        connection.execute(sa.update(PETITIONS).values(next_wake_at=real_now()))


def _caught_up(office: Office, *, but: Job | None = None) -> bool:
    return last_runs(office).keys() == set(Job) - {but}


@pytest.mark.long
def test_the_schedule_fires_twice_within_a_minute_and_with_it_what_came_due_meanwhile(
    office: Office, sqlite_url: str, scheduler: Settings
) -> None:
    settings = scheduler.model_copy(update={"database_url": sqlite_url})
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)

    def escalated() -> bool:
        query = sa.select(MESSAGES.c.status).where(MESSAGES.c.template == "escalation")
        with office.read() as connection:
            return connection.scalar(query) == MessageStatus.SENT.value

    with running("flows", settings, "processes.flows") as runner:
        # The first run is asked for by the runner itself; what follows is the schedule's.
        await_(lambda: _caught_up(office), runner, settings)
        _make_alert_due_now(office)
        await_(escalated, runner, settings)
        await_(lambda: _closest_runs(settings) <= A_MINUTE, runner, settings)


def _ask(settings: Settings, path: str, question: object) -> list[dict[str, str]]:
    """What the scheduler answers, once it is not busy: on SQLite it says so under load, or hangs up."""
    user, _, password = scheduler_auth(settings).partition(":")
    with httpx.Client(base_url=scheduler_address(settings), auth=(user, password), timeout=60) as client:
        for _ in range(TRIES):
            with suppress(httpx.TransportError):
                answer = client.post(path, json=question)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    found = answer.raise_for_status().json()
                    return found if isinstance(found, list) else [found]
    pytest.fail(f"the scheduler does not answer {path}")


def _runs(settings: Settings, job: Job, state: str) -> list[dict[str, str]]:
    asked = {
        "deployments": {"name": {"any_": [job.value]}},
        "flow_runs": {"state": {"type": {"any_": [state]}}},
    }
    return _ask(settings, "/flow_runs/filter", asked)


def _closest_runs(settings: Settings) -> timedelta:
    """The shortest time between the ends of two runs that the schedule itself began."""
    runs = _runs(settings, Job.ADVANCE_ALERTS, "COMPLETED")
    ends = sorted(datetime.fromisoformat(each["end_time"]) for each in runs if each["auto_scheduled"])
    return min((later - earlier for earlier, later in pairwise(ends)), default=timedelta.max)


@pytest.mark.long
def test_what_an_administrator_changed_outlives_the_runner_and_what_was_missed_is_made_up_for_in_one_run(
    office: Office, sqlite_url: str, scheduler: Settings
) -> None:
    settings = scheduler.model_copy(update={"database_url": sqlite_url})
    api = SchedulerApi(settings)

    with running("flows", settings, "processes.flows", seconds=SELDOM) as runner:
        await_(lambda: api.jobs().keys() == set(Job) and _caught_up(office), runner, settings)
        assert all(each.active for each in api.jobs().values())
        assert api.jobs()[Job.DAILY_WARNINGS].cron == "0 7 * * 1-5"
        ours = {job: each.deployment for job, each in api.jobs().items()}
        _deploy_for_another(settings, *Job)
        assert {job: each.deployment for job, each in api.jobs().items()} == ours
        with pytest.raises(Invalid):
            api.change(Job.DAILY_WARNINGS, cron="at seven", active=True)
        with pytest.raises(NotFound):
            api.change(Job.ADVANCE_ALERTS, cron="0 7 * * *", active=False)
        api.change(Job.DAILY_WARNINGS, cron="30 6 * * 1-5", active=True)
        api.change(Job.RETENTION, cron="0 6 * * *", active=False)

    with office.write() as connection:
        connection.execute(sa.delete(SWEEP_RUNS))
    missed = _miss_runs(settings, Job.SEAL_JOURNAL, 3)
    with running("flows", settings, "processes.flows", seconds=SELDOM) as runner:
        await_(lambda: _caught_up(office, but=Job.RETENTION), runner, settings)
        jobs = api.jobs()
        assert jobs[Job.DAILY_WARNINGS].cron == "30 6 * * 1-5"
        assert not jobs[Job.RETENTION].active
        due = jobs[Job.DAILY_WARNINGS].next_run
        assert due is not None
        assert (due.astimezone(BOGOTA).hour, due.astimezone(BOGOTA).minute) == (6, 30)
        known = _ask(settings, "/flow_runs/filter", {"flow_runs": {"id": {"any_": missed}}})
        assert known == []


@pytest.mark.long
def test_of_what_waited_while_every_worker_was_away_the_newest_run_of_each_job_is_left(
    scheduler: Settings,
) -> None:
    """Beside what somebody else has on the same server."""
    jobs = (Job.ADVANCE_ALERTS, Job.DAILY_WARNINGS)
    ours = {job: _deployed(scheduler, job, SCHEDULER_TAG) for job in jobs}
    another = _deployed(scheduler, Job.RETENTION, "de otra oficina")
    waited = {each: _late_runs(scheduler, each, 3) for each in (*ours.values(), another)}

    address, auth, now = scheduler_address(scheduler), scheduler_auth(scheduler), real_now()
    with SyncPrefectClient(address, auth_string=auth or None) as client:
        dropped = [drop_doubled_runs(client, now) for _ in range(2)]

    asked = {"flow_runs": {"id": {"any_": [run for runs in waited.values() for run in runs]}}}
    left = {run["id"] for run in _ask(scheduler, "/flow_runs/filter", asked)}
    assert left == {waited[each][-1] for each in ours.values()} | set(waited[another])
    assert dropped[1] == 0
    assert dropped[0] >= 4


def _deployed(settings: Settings, job: Job, tag: str) -> str:
    """A deployment of a job with `tag`, without a schedule of its own."""
    (flow,) = _ask(settings, "/flows/", {"name": f"{job} {tag}"})
    (made,) = _ask(settings, "/deployments/", {"name": job.value, "flow_id": flow["id"], "tags": [tag]})
    return made["id"]


def _late_runs(settings: Settings, deployment: str, count: int) -> list[str]:
    """Runs that came due some minutes ago, one a minute, the newest last."""
    made = []
    for minutes in range(count, 0, -1):
        due = (real_now() - minutes * A_MINUTE).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": due}}
        made += _ask(settings, f"/deployments/{deployment}/create_flow_run", {"state": state})
    return [run["id"] for run in made]


def _deploy_for_another(settings: Settings, *jobs: Job) -> None:
    """Deployments of the names of `jobs`, which somebody else has on the same scheduler."""
    (flow,) = _ask(settings, "/flows/", {"name": "de otra oficina"})
    schedules = [{"schedule": {"cron": "0 3 * * *"}}]
    for job in jobs:
        _ask(settings, "/deployments/", {"name": job.value, "flow_id": flow["id"], "schedules": schedules})


def _miss_runs(settings: Settings, job: Job, count: int) -> list[str]:
    """Runs of a job that came due while no runner was there."""
    this = {"name": {"any_": [job.value]}, "tags": {"all_": [SCHEDULER_TAG]}}
    (deployment,) = _ask(settings, "/deployments/filter", {"deployments": this})
    state = {"type": "SCHEDULED", "state_details": {"scheduled_time": (real_now() - A_MINUTE).isoformat()}}
    address = f"/deployments/{deployment['id']}/create_flow_run"
    return [run["id"] for _ in range(count) for run in _ask(settings, address, {"state": state})]


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:puerto/api", "127.0.0.1"])
def test_a_scheduler_that_is_away_is_told_and_not_waited_for(tmp_path: Path, address: str) -> None:
    settings = Settings(home=tmp_path, prefect_port=free_port(), prefect_api_url=address)

    with pytest.raises(Unavailable):
        SchedulerApi(settings).jobs()
