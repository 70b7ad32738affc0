"""`ventanilla serve`: what it starts, restarts and stops, and that nothing of it is left."""

import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

import httpx
import pytest
import sqlalchemy as sa

from processes.common.database import make_engine, read
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.settings import Settings
from processes.reports.jobs import JOBS
from tests.support.supervised import (
    PATIENCE_SECONDS,
    Home,
    Supervised,
    await_nobody,
    run_ventanilla,
    supervised,
)
from tests.support.web import signed_in
from tests.support.witness import hosts_by_program, witnessed

SIGN_IN = re.compile(r"^  (?P<username>[a-z.]+) +(?P<password>\S{16})  ", re.MULTILINE)
SECOND_START_SECONDS = 10
THIS_MACHINE = "127.0.0.1"
ANOTHER_PREFECT = """
active = "work"

[profiles.work]
PREFECT_API_URL = "http://prefect.elsewhere.example/api"
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of whoever starts Ventanilla, with a Prefect of their own."""
    folder = tmp_path_factory.mktemp("somebody")
    (folder / ".prefect").mkdir()
    (folder / ".prefect" / "profiles.toml").write_text(ANOTHER_PREFECT)
    return folder


@pytest.fixture(scope="module")
def witness_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("witness") / "hosts"


@pytest.fixture(scope="module")
def first_start(home: Home, own_home: Path, witness_log: Path) -> Iterator[Supervised]:
    surroundings = witnessed(witness_log) | {
        "HOME": str(own_home),
        "PREFECT_API_URL": "http://prefect.elsewhere.example/api",
    }
    with supervised(home, **surroundings) as running:
        assert running.await_page().status_code == httpx.codes.OK
        yield running


def test_an_empty_home_becomes_a_sample_office_whose_people_sign_in(first_start: Supervised) -> None:
    sign_ins = dict(SIGN_IN.findall(first_start.said()))

    with closing(signed_in(first_start.home.url, "ana.rios", sign_ins["ana.rios"])) as ana:
        tasks = ana.get("/api/work-items")

    assert len(sign_ins) == 12
    assert tasks.json()["items"]


def test_it_says_where_it_is_as_soon_as_people_can_go_there(first_start: Supervised) -> None:
    first_start.wait_until(lambda: f"Ventanilla atiende en {first_start.home.url}" in first_start.said())


def test_what_it_keeps_is_for_its_owner_alone(first_start: Supervised) -> None:
    secrets = list((first_start.home.folder / "secrets").iterdir())

    assert {"csrf", "prefect"} <= {path.name for path in secrets}
    assert all(path.stat().st_mode & 0o077 == 0 for path in secrets)


def test_a_web_process_that_dies_is_started_again(first_start: Supervised) -> None:
    before = first_start.child("api.web_process")

    os.kill(before, signal.SIGKILL)
    first_start.wait_until(lambda: before not in first_start.home.processes())

    assert first_start.await_page().status_code == httpx.codes.OK
    assert "Se detuvo el proceso web" in first_start.said()


def test_a_second_supervisor_of_one_home_is_refused_in_words(first_start: Supervised) -> None:
    second = run_ventanilla("serve", home=first_start.home)

    assert second.returncode == 1
    assert second.stderr.startswith("Ventanilla ya está en marcha con la carpeta")
    assert f"(proceso {first_start.process.pid})" in second.stderr
    assert first_start.process.poll() is None


def test_the_scheduler_starts_and_its_server_wants_a_secret(first_start: Supervised) -> None:
    first_start.wait_until(lambda: "El programador de tareas está en marcha." in first_start.said())

    address = f"http://127.0.0.1:{first_start.home.scheduler_port}/api/flows/filter"
    stranger = httpx.post(address, json={}, timeout=PATIENCE_SECONDS)

    assert stranger.status_code == httpx.codes.UNAUTHORIZED


def test_a_demonstration_escalates_before_ones_eyes(first_start: Supervised) -> None:
    engine = make_engine(Settings(home=first_start.home.folder).url)
    escalations = sa.select(sa.func.count()).where(
        MESSAGES.c.template == "escalation", MESSAGES.c.status == MessageStatus.SENT.value
    )

    def sent() -> int:
        with read(engine) as connection:
            return connection.scalar(escalations) or 0

    before = sent()
    told = run_ventanilla("demo", "--speed", "20000", home=first_start.home)
    first_start.wait_until(lambda: sent() > before)

    assert told.returncode == 0, told.stderr
    assert "El reloj de la oficina corre 20000 veces más rápido" in told.stdout
    assert "el informe quincenal, que se revisa y se envía en «Informes», el" in told.stdout
    assert f"{first_start.home.url}/mensajes" in told.stdout
    engine.dispose()


def test_ctrl_c_leaves_no_process(first_start: Supervised) -> None:
    assert first_start.stop(signal.SIGINT) == 0
    assert first_start.home.processes() == {}
    assert first_start.said().endswith("Ventanilla se detuvo.\n")


@pytest.fixture(scope="module")
def stopped(first_start: Supervised) -> Supervised:
    """The first start once it is over."""
    if first_start.process.poll() is None:
        first_start.wait_until(lambda: _has_swept(first_start.home))
        assert first_start.stop(signal.SIGTERM) == 0
    return first_start


def _has_swept(home: Home) -> bool:
    with closing(sqlite3.connect(home.folder / "ventanilla.sqlite3")) as connection:
        return bool(connection.execute("SELECT 1 FROM sweep_run").fetchall())


def test_a_stop_leaves_every_schedule_as_it_was(stopped: Supervised) -> None:
    query = "SELECT name, active, paused FROM deployment_schedule s JOIN deployment d ON d.id = deployment_id"
    with closing(sqlite3.connect(stopped.home.folder / "prefect" / "prefect.db")) as connection:
        kept = connection.execute(query).fetchall()

    assert sorted(kept) == sorted((job.value, 1, 0) for job in JOBS)


def test_no_name_outside_this_machine_is_looked_up(stopped: Supervised, witness_log: Path) -> None:
    hosts = hosts_by_program(witness_log)

    assert stopped.process.poll() == 0
    assert {host for asked in hosts.values() for host in asked} == {THIS_MACHINE}
    # The web process asks for nothing until somebody looks at the schedules.
    assert {"api.supervisor", "prefect", "processes.flows", "prefect.engine"} <= hosts.keys()


def test_the_home_of_whoever_started_it_stays_as_it_was(stopped: Supervised, own_home: Path) -> None:
    assert stopped.home.folder.is_dir()
    assert [path for path in own_home.rglob("*") if path.is_file()] == [
        own_home / ".prefect" / "profiles.toml"
    ]
    assert (own_home / ".prefect" / "profiles.toml").read_text() == ANOTHER_PREFECT


@dataclass(frozen=True)
class SecondStart:
    """What a start on a home that is already furnished showed, and the processor's time up to its page."""

    page: httpx.Response
    said: str
    cpu_seconds: float


@pytest.fixture(scope="module")
def second_start(home: Home, stopped: Supervised) -> SecondStart:
    assert stopped.process.poll() is not None
    with supervised(home) as running:
        page = running.await_page()
        return SecondStart(page, running.said(), home.cpu_seconds())


def test_the_second_start_goes_on_where_the_first_stopped(second_start: SecondStart) -> None:
    assert second_start.page.status_code == httpx.codes.OK
    assert SIGN_IN.findall(second_start.said) == []
    assert "El reloj de la muestra vuelve a la velocidad normal" in second_start.said


def test_the_first_page_of_a_second_start_comes_within_ten_seconds(second_start: SecondStart) -> None:
    # Of one processor, and not of the wall's clock: what else the machine does is not ours to answer for.
    assert 0 < second_start.cpu_seconds < SECOND_START_SECONDS


@pytest.fixture
def other_home(tmp_path: Path) -> Home:
    return Home(tmp_path / "otra")


@pytest.mark.parametrize(
    ("which", "setting"), [("port", "VENTANILLA_PORT"), ("scheduler_port", "VENTANILLA_PREFECT_PORT")]
)
def test_a_port_in_use_is_said_in_words_before_anything_starts(
    other_home: Home, which: str, setting: str
) -> None:
    port: int = getattr(other_home, which)
    with closing(create_server(("127.0.0.1", port))):
        refused = run_ventanilla("serve", home=other_home)

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"El puerto {port} ya está en uso.")
    assert f"{setting}={port + 1} ventanilla serve" in refused.stderr
    assert not (other_home.folder / "ventanilla.sqlite3").exists()
    assert other_home.processes() == {}


def test_no_module_is_loaded_from_the_folder_where_it_is_started(other_home: Home, tmp_path: Path) -> None:
    (tmp_path / "http.py").write_text("raise SystemExit('cargado')", encoding="utf-8")

    with closing(create_server(("127.0.0.1", other_home.port))):
        refused = run_ventanilla("serve", home=other_home, folder=tmp_path)

    assert refused.stderr.startswith(f"El puerto {other_home.port} ya está en uso.")


def test_with_a_scheduler_elsewhere_it_runs_the_web_process_alone(home: Home) -> None:
    elsewhere = f"http://127.0.0.1:{home.scheduler_port}/api"
    with supervised(home, VENTANILLA_PREFECT_API_URL=elsewhere) as running:
        assert running.await_page().status_code == httpx.codes.OK
        running.wait_until(lambda: elsewhere in running.said())
        commands = list(running.home.processes().values())
        assert any("api.web_process" in command for command in commands)
        assert not any("prefect" in command or "processes.flows" in command for command in commands)
        assert running.stop(signal.SIGTERM) == 0
    await_nobody(home)
