"""The web process as it runs: what it loads, how much it takes, how it ends."""

import json
import os
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

ROOT = Path(__file__).parents[2]
MAX_MEGABYTES = 200
START_SECONDS = 60
STOP_SECONDS = 30
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


@pytest.fixture
def home(sqlite_url: str, tmp_path: Path) -> Path:
    """An installation's folder, with its entity and procedure."""
    with an_office(sqlite_url, tmp_path, HandClock()):
        return tmp_path


@contextmanager
def running(home: Path) -> Iterator[Running]:
    port = _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "VENTANILLA_HOME": str(home),
        "VENTANILLA_PORT": str(port),
    }
    log = home / "log"
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


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
        return port


def first_page(web: Running) -> httpx.Response:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            return httpx.get(web.address)
        except httpx.TransportError:
            try:
                web.process.wait(POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
    pytest.fail(f"the web process does not serve:\n{web.log.read_text(encoding='utf-8')}")


def test_the_web_process_stays_small(home: Path) -> None:
    with running(home) as web:
        page = first_page(web)
        for _ in range(20):
            assert httpx.post(f"{web.address}/api/petitions", json=PETITION).status_code == 201
        megabytes = int(web.status("VmRSS").split()[0]) / 1024

    assert page.status_code == 200
    assert "server" not in page.headers
    assert megabytes <= MAX_MEGABYTES


def test_what_waits_at_the_stop_is_served_and_the_process_ends_by_itself(home: Path) -> None:
    with running(home) as web:
        first_page(web)
        receipt = httpx.post(f"{web.address}/api/petitions", json=PETITION).json()
        web.process.send_signal(signal.SIGTERM)
        ended = web.process.wait(STOP_SECONDS)
        log = web.log.read_text(encoding="utf-8")

    assert ended in {0, -signal.SIGTERM}
    assert receipt["filing_number"] in (home / "mail.log").read_text(encoding="utf-8")
    assert "Traceback" not in log
    assert {json.loads(line)["event"] for line in log.splitlines()} >= {"request", "message"}


def test_the_web_process_loads_neither_the_scheduler_nor_the_migrations() -> None:
    load = "import sys, api.web_process; print(sorted({'prefect', 'alembic'} & sys.modules.keys()))"

    loaded = subprocess.run(
        [sys.executable, "-c", load], cwd=ROOT, check=True, capture_output=True, text=True
    )

    assert loaded.stdout.strip() == "[]"
