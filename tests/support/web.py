"""A web process of its own, on a free port, and a client that signs in."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

START_SECONDS = 120
"""Whoever asks waits as long for an answer: only what fails waits so long."""
POLL_SECONDS = 0.05

_FIRST_PORT, _PORTS = 10_000, 20_000
# Each process of a run begins somewhere else, so that two seldom try the same port.
_turns = count(487 * os.getpid())


@dataclass(frozen=True)
class WebProcess:
    """A running web process."""

    process: subprocess.Popen[bytes]
    url: str

    def cpu_seconds(self) -> float:
        """CPU time that the process has used, user and system (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self) -> float:
        """Resident memory of the process (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
        return int(kilobytes) / 1024

    def kill(self) -> None:
        """`kill -9`, and wait for its end."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """A port that nobody listens on, and that this process is not given again soon.

    It lies below those that the system lends to whoever calls: one of them may be lent before it is used.
    """
    return next(filter(_is_free, (_FIRST_PORT + turn % _PORTS for turn in _turns)))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def web_process(
    home: Path, database_url: str, *, module: str = "api.web_process", **settings: str
) -> Iterator[WebProcess]:
    """Start `python -m api.web_process`, ready to answer; stop it at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "VENTANILLA_HOME": str(home),
        "VENTANILLA_DATABASE_URL": database_url,
        "VENTANILLA_PORT": str(port),
        "VENTANILLA_LOG_LEVEL": "ERROR",
        "VENTANILLA_FILINGS_PER_HOUR": "1000000",
        **settings,
    }
    with (home / "web.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", module], env=environment, stdout=log, stderr=log)
        try:
            running = WebProcess(process, f"http://127.0.0.1:{port}")
            wait_until_it_answers(running, home / "web.log")
            yield running
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(START_SECONDS)


def wait_until_it_answers(running: WebProcess, log: Path) -> None:
    """Return at the first answer of /health. Raises RuntimeError with the log when it ends before."""
    with httpx.Client(base_url=running.url, timeout=START_SECONDS) as client:
        while not _ended_within(running.process, POLL_SECONDS):
            try:
                client.get("/health")
            except httpx.TransportError:
                continue
            return
    raise RuntimeError(log.read_text())


def _ended_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the process ends meanwhile: its end is waited for, and asking it takes no processor."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def signed_in(url: str, username: str, password: str) -> httpx.Client:
    """A client that acts as `username`."""
    client = httpx.Client(base_url=url, timeout=START_SECONDS)
    response = client.post("/api/session", json={"username": username, "password": password})
    response.raise_for_status()
    client.headers["Authorization"] = f"Bearer {response.json()['token']}"
    return client
