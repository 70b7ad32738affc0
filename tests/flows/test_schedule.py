"""A real Prefect server fires a real schedule: the wrong versions stay healthy and never do."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.ports import status_of
from api.scheduler_api import SchedulerApi
from api.scheduler_environment import scheduler_environment
from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid, NotFound, Unavailable
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.settings import Settings
from processes.petitions.office import Office
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.tables import ALERTS, PETITIONS
from processes.reports.jobs import Job, last_runs
from tests.builders.petitions import classify, distribute, file_one
from tests.support.web import free_port

SECONDS = 15
SELDOM = 600
PATIENCE_SECONDS = 120
POLL_SECONDS = 0.25


@contextmanager
def _running(
    name: str, settings: Settings, *command: str, seconds: int = SECONDS
) -> Iterator[subprocess.Popen[bytes]]:
    environment = scheduler_environment(settings) | {
        "VENTANILLA_DATABASE_URL": settings.url,
        "VENTANILLA_SWEEP_SECONDS": str(seconds),
    }
    folder = settings.home / "prefect"
    with (settings.home / f"{name}.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _await(holds: Callable[[], bool], child: subprocess.Popen[bytes], settings: Settings) -> None:
    """Wait until it holds, as long as `child` lives and patience lasts."""
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        if holds():
            return
        with suppress(subprocess.TimeoutExpired):
            child.wait(POLL_SECONDS)
            break
    logs = "\n".join(path.read_text(errors="replace")[-4000:] for path in settings.home.glob("*.log"))
    pytest.fail(f"it did not happen:\n{logs}")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a home whose Prefect server runs."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), prefect_port=free_port())
    with _running("server", settings, "prefect", "server", "start") as server:
        _await(lambda: status_of("127.0.0.1", settings.prefect_port, "/api/ready") == 200, server, settings)
        yield settings


def _make_alert_due_now(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(ALERTS).values(due_at=real_now()))
        connection.execute(sa.update(PETITIONS).values(next_wake_at=real_now()))


def _caught_up(office: Office) -> bool:
    return last_runs(office).keys() == set(Job)


def test_the_schedule_fires_an_alert_that_came_due_after_the_runner_began(
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

    with _running("flows", settings, "processes.flows") as runner:
        # The first run is asked for by the runner itself; what follows is the schedule's.
        _await(lambda: _caught_up(office), runner, settings)
        first = last_runs(office)[Job.ADVANCE_ALERTS].finished_at
        _make_alert_due_now(office)
        _await(escalated, runner, settings)
        second = last_runs(office)[Job.ADVANCE_ALERTS].finished_at
        _await(lambda: last_runs(office)[Job.ADVANCE_ALERTS].finished_at > second, runner, settings)
    assert first < second


@pytest.mark.long
@pytest.mark.long
def test_what_an_administrator_changed_outlives_the_runner(
    office: Office, sqlite_url: str, scheduler: Settings
) -> None:
    settings = scheduler.model_copy(update={"database_url": sqlite_url})
    api = SchedulerApi(settings)

    with _running("flows", settings, "processes.flows", seconds=SELDOM) as runner:
        _await(lambda: api.jobs().keys() == set(Job) and _caught_up(office), runner, settings)
        assert all(each.active for each in api.jobs().values())
        assert api.jobs()[Job.DAILY_WARNINGS].cron == "0 7 * * 1-5"
        with pytest.raises(Invalid):
            api.change(Job.DAILY_WARNINGS, cron="at seven", active=True)
        with pytest.raises(NotFound):
            api.change(Job.ADVANCE_ALERTS, cron="0 7 * * *", active=False)
        api.change(Job.DAILY_WARNINGS, cron="30 6 * * 1-5", active=True)
        api.change(Job.RETENTION, cron="0 6 * * *", active=False)

    with office.write() as connection:
        connection.execute(sa.delete(SWEEP_RUNS))
    with _running("flows", settings, "processes.flows", seconds=SELDOM) as runner:
        _await(lambda: _caught_up(office), runner, settings)
        jobs = api.jobs()
        assert jobs[Job.DAILY_WARNINGS].cron == "30 6 * * 1-5"
        assert not jobs[Job.RETENTION].active
        due = jobs[Job.DAILY_WARNINGS].next_run
        assert due is not None
        assert (due.astimezone(BOGOTA).hour, due.astimezone(BOGOTA).minute) == (6, 30)


def test_a_scheduler_that_is_away_is_told_and_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        SchedulerApi(Settings(home=tmp_path, prefect_port=free_port())).jobs()
