"""The web process as it runs: what it loads, how much it takes, how it ends."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.api.site import PETITION
from tests.builders.office import HandClock, an_office
from tests.support.web import free_port

ROOT = Path(__file__).parents[2]
MAX_KILOBYTES = 200_000
START_SECONDS = 120
STOP_SECONDS = 60
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Running:
    """A web process."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def status(self, name: str) -> str:
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))


@pytest.fixture(scope="module")
def home(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation's folder, with its entity and procedure."""
    folder = tmp_path_factory.mktemp("installation")
    shutil.copyfile(sqlite_template, folder / "ventanilla.sqlite3")
    with an_office(f"sqlite:///{folder / 'ventanilla.sqlite3'}", folder, HandClock()):
        return folder


@pytest.fixture(scope="module")
def web(home: Path) -> Iterator[Running]:
    """A web process that has shown its first page."""
    with running(home) as started:
        first_page(started)
        yield started


@contextmanager
def running(home: Path) -> Iterator[Running]:
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "VENTANILLA_HOME": str(home),
        "VENTANILLA_PORT": str(port),
    }
    log = home / f"log-{port}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.web_process"],
            cwd=home,
            env=environment,
            stdout=output,
            stderr=output,
        )
    try:
        yield Running(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.kill()
        process.wait()


def first_page(web: Running) -> httpx.Response:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            return httpx.get(web.address, timeout=START_SECONDS)
        except httpx.TransportError:
            try:
                web.process.wait(POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
    pytest.fail(f"the web process does not serve:\n{web.log.read_text(encoding='utf-8')}")


def _filed(web: Running) -> httpx.Response:
    return httpx.post(f"{web.address}/api/petitions", json=PETITION, timeout=START_SECONDS)


def test_the_web_process_stays_small(web: Running) -> None:
    for _ in range(20):
        assert _filed(web).status_code == 201

    assert int(web.status("VmRSS").split()[0]) <= MAX_KILOBYTES


def test_the_web_process_does_not_say_what_it_is_made_of(web: Running) -> None:
    assert "server" not in first_page(web).headers


def test_a_head_without_end_is_cut_off_and_costs_no_memory(web: Running) -> None:
    before = int(web.status("VmRSS").split()[0])

    with closing(_connection(web)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: ventanilla\r\nX-Endless: ")
        sent = _send_until_cut_off(connection, b"a" * 65_536, times=1_000)

    assert sent < 1_000
    assert int(web.status("VmRSS").split()[0]) - before < 10_000
    assert first_page(web).status_code == 200


def test_a_large_body_right_behind_its_head_is_read(web: Running) -> None:
    body = b'{"kind": "%s"}' % (b"a" * 500_000)
    head = b"POST /api/petitions HTTP/1.1\r\nHost: ventanilla\r\nContent-Length: %d\r\n\r\n" % len(body)

    with closing(_connection(web)) as connection:
        connection.sendall(head + body + head + body)
        answer = connection.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 422 ")


def _connection(web: Running) -> socket.socket:
    host, _, port = web.address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=STOP_SECONDS)


def _send_until_cut_off(connection: socket.socket, data: bytes, *, times: int) -> int:
    """Send `data` up to `times`; how often it went before the other side closed."""
    for sent in range(times):
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            return sent
        if select.select([connection], [], [], 0)[0]:
            return sent
    return times


def test_what_waits_at_the_stop_is_served_and_the_process_ends_by_itself(home: Path) -> None:
    with running(home) as web:
        first_page(web)
        receipt = _filed(web).json()
        web.process.send_signal(signal.SIGTERM)
        ended = web.process.wait(STOP_SECONDS)
        log = web.log.read_text(encoding="utf-8")

    assert ended in {0, -signal.SIGTERM}
    assert receipt["filing_number"] in (home / "mail.log").read_text(encoding="utf-8")
    assert [line for line in log.splitlines() if not line.startswith("{")] == []
    assert {json.loads(line)["event"] for line in log.splitlines()} >= {"request", "message"}


def test_the_web_process_loads_neither_the_scheduler_nor_the_migrations() -> None:
    load = "import sys, api.serving; print(sorted({'prefect', 'alembic'} & sys.modules.keys()))"

    loaded = subprocess.run(
        [sys.executable, "-c", load], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert loaded.stdout.strip() == "[]"
