"""Two workers of a Prefect server that is not ours alone, and one of them dies in the middle of its work."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.ports import status_of
from api.scheduler_api import SchedulerApi
from api.scheduler_environment import scheduler_address, scheduler_auth
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES
from processes.common.settings import Settings
from processes.directory.tables import ENTITY
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tables import ALERTS, PETITIONS
from processes.reports.jobs import Job, last_runs
from tests.builders.office import an_office
from tests.builders.petitions import classify, distribute, file_one
from tests.support.scheduled import await_, running
from tests.support.supervised import Home, run_ventanilla
from tests.support.web import free_port

pytestmark = pytest.mark.long
POOL = "varios-equipos"
# One run at a time: a run costs seconds of a processor before it begins, and the machine has few.
WORKER = ("prefect", "worker", "start", "--type", "process", "--pool", POOL, "--limit", "1", "--name")
NAMES = ("uno", "dos")
SWEEP_SECONDS = 60
DUE = 8
_BLOCKED_BY = sa.text(
    "SELECT application_name FROM pg_stat_activity WHERE :blocker = ANY(pg_blocking_pids(pid))"
)


@contextmanager
def _apart(tmp_path: Path, database_url: str, scheduler_url: str) -> Iterator[Settings]:
    """The settings of an office whose Prefect server, with a password and PostgreSQL, is somewhere else."""
    place = Settings(home=tmp_path / "server", prefect_port=free_port())
    place.home.mkdir()
    store = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": scheduler_url.replace("+psycopg", "+asyncpg")}
    with running("server", place, "prefect", "server", "start", variables=store) as server:
        await_(lambda: status_of("127.0.0.1", place.prefect_port, "/api/ready") == 200, server, place)
        yield Settings.model_validate(
            {
                "home": tmp_path / "office",
                "database_url": database_url,
                "prefect_api_url": scheduler_address(place),
                "prefect_api_auth": scheduler_auth(place),
            }
        )


@contextmanager
def _worker(settings: Settings, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker whose runs the database knows by its name."""
    variables = {"PREFECT_WORKER_QUERY_SECONDS": "2", "PGAPPNAME": name}
    with running(name, settings, *WORKER, name, variables=variables) as child:
        try:
            yield child
        finally:
            _kill_machine(settings, name)


def _kill_machine(settings: Settings, name: str) -> None:
    """Kill -9 a worker and its runs: Prefect gives each run a session of its own, which outlives it."""
    marks = {f"PGAPPNAME={name}".encode(), f"VENTANILLA_HOME={settings.home}".encode()}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if marks <= set((folder / "environ").read_bytes().split(b"\0")):
                os.kill(int(folder.name), signal.SIGKILL)


def _deploy(settings: Settings) -> None:
    told = run_ventanilla(
        "deploy",
        "--pool",
        POOL,
        home=Home(settings.home),
        settings={
            "VENTANILLA_DATABASE_URL": settings.url,
            "VENTANILLA_SWEEP_SECONDS": str(SWEEP_SECONDS),
            "VENTANILLA_PREFECT_API_URL": settings.prefect_api_url,
            "VENTANILLA_PREFECT_API_AUTH": scheduler_auth(settings),
        },
    )
    assert told.returncode == 0, told.stderr
    assert POOL in told.stdout


def _make_due(office: Office) -> list[str]:
    numbers = [file_one(office).filing_number for _ in range(DUE)]
    for number in numbers:
        classify(office, number)
        distribute(office, number)
    with office.write() as connection:
        connection.execute(sa.update(ENTITY).values(demonstration=False))
        connection.execute(sa.update(ALERTS).values(due_at=real_now()))
        connection.execute(sa.update(PETITIONS).values(next_wake_at=real_now()))
    return numbers


def _escalated(office: Office) -> list[str]:
    query = sa.select(MESSAGES.c.stream).where(MESSAGES.c.template == "escalation")
    with office.read() as connection:
        return list(connection.scalars(query.order_by(MESSAGES.c.stream)))


def _hold_alert(connection: sa.Connection, number: str) -> int:
    """Hold the alert of a petition, where a sweep stops after it fired those before; who holds it."""
    # A loaded machine needs longer to start two workers than an office may forget a transaction.
    connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    held = sa.select(ALERTS).join(PETITIONS, PETITIONS.c.id == ALERTS.c.petition_id)
    connection.execute(held.where(PETITIONS.c.filing_number == number).with_for_update(of=ALERTS))
    return connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0


def _held_up(office: Office, blocker: int) -> list[str]:
    with office.read() as connection:
        return list(connection.scalars(_BLOCKED_BY, {"blocker": blocker}))


def test_of_two_workers_one_is_killed_in_mid_sweep_and_no_alert_is_lost_or_fired_twice(
    postgresql_url: str, empty_postgresql_url: str, tmp_path: Path
) -> None:
    with (
        an_office(postgresql_url, tmp_path) as office,
        _apart(tmp_path, postgresql_url, empty_postgresql_url) as settings,
        ExitStack() as machines,
    ):
        settings.home.mkdir()
        numbers = _make_due(office)
        _deploy(settings)
        assert SchedulerApi(settings).jobs().keys() == set(Job)
        with office.engine.connect() as holder:
            blocker = _hold_alert(holder, numbers[DUE // 2])
            workers = {name: machines.enter_context(_worker(settings, name)) for name in NAMES}
            await_(lambda: bool(_held_up(office, blocker)), workers["uno"], settings)
            dies = _held_up(office, blocker)[0]
            assert len(_escalated(office)) < DUE
            _kill_machine(settings, dies)
        (survivor,) = (name for name in NAMES if name != dies)
        await_(lambda: len(_escalated(office)) >= DUE, workers[survivor], settings)
        ended = last_runs(office).get(Job.ADVANCE_ALERTS)
        await_(lambda: last_runs(office).get(Job.ADVANCE_ALERTS) != ended, workers[survivor], settings)
        assert workers[dies].poll() == -signal.SIGKILL
        assert _escalated(office) == numbers
        assert violations(office) == []
