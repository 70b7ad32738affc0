"""A supervised office in a home of its own, and a look at every process that works for it."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.support.web import free_port

PATIENCE_SECONDS = 300
"""Long enough for a machine that everybody uses: only what fails waits so long."""
POLL_SECONDS = 0.1
_TAIL = 4000


@dataclass(frozen=True)
class Home:
    """A home folder with free ports of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    scheduler_port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        """Where its web process answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **changes: str) -> dict[str, str]:
        """What its processes are told."""
        return {
            **os.environ,
            "VENTANILLA_HOME": str(self.folder),
            "VENTANILLA_PORT": str(self.port),
            "VENTANILLA_PREFECT_PORT": str(self.scheduler_port),
            **changes,
        }

    def processes(self) -> dict[int, str]:
        """The command line of each process that works for this home, by its number (Linux)."""
        mark = f"VENTANILLA_HOME={self.folder}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                # A zombie has no command line: it ended, and only its parent has not looked yet.
                if command and mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = command
        return found

    def tails(self) -> str:
        """The end of each log."""
        return "".join(
            f"\n== {path.name}\n{path.read_text(errors='replace')[-_TAIL:]}"
            for path in sorted((self.folder / "logs").glob("*.log"))
        )

    def cpu_seconds(self) -> float:
        """Time of a processor that its processes, and those they have seen end, have used (Linux)."""
        ticks = 0
        for number in self.processes():
            with suppress(OSError):
                fields = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()
                ticks += sum(int(field) for field in fields[11:15])
        return ticks / os.sysconf("SC_CLK_TCK")


class Supervised:
    """A supervisor at work, and what it said."""

    def __init__(self, home: Home, process: subprocess.Popen[bytes], output: Path) -> None:
        self.home = home
        self.process = process
        self._output = output

    def said(self) -> str:
        """Everything on its terminal so far."""
        return self._output.read_text(encoding="utf-8")

    def await_page(self, path: str = "/") -> httpx.Response:
        """The first answer of a page. Fails when the supervisor ends before, or patience does."""
        answers: list[httpx.Response] = []

        def answered() -> bool:
            with suppress(httpx.TransportError):
                answers.append(httpx.get(self.home.url + path, timeout=PATIENCE_SECONDS))
            return bool(answers)

        self.wait_until(answered)
        return answers[0]

    def wait_until(self, holds: Callable[[], bool], *, look_every_seconds: float = POLL_SECONDS) -> None:
        """Return as soon as it holds. When it never does, raises AssertionError with what was logged."""
        for _ in range(int(PATIENCE_SECONDS / look_every_seconds)):
            if holds():
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(look_every_seconds)
                break
        raise AssertionError(self.said() + self.home.tails())

    def child(self, module: str) -> int:
        """The number of the child that runs `module`."""
        return next(number for number, command in self.home.processes().items() if f"-m {module}" in command)

    def stop(self, signal_number: int = signal.SIGINT) -> int:
        """Send a signal, and wait for the end; the exit code."""
        self.process.send_signal(signal_number)
        return self.process.wait(PATIENCE_SECONDS)


@contextmanager
def supervised(home: Home, *arguments: str, **settings: str) -> Iterator[Supervised]:
    """Run `ventanilla serve` for `home`; whatever the test did, nothing of it is left at the end."""
    home.folder.mkdir(exist_ok=True)
    output = home.folder / "terminal"
    with output.open("wb") as terminal:
        process = subprocess.Popen(
            ventanilla(*(arguments or ("serve",))),
            env=home.environment(**settings),
            stdout=terminal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Supervised(home, process, output)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        await_nobody(home)


def await_nobody(home: Home) -> None:
    """Return when no process works for `home` any more. Raises AssertionError with those that stay."""
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        if not home.processes():
            return
        threading.Event().wait(POLL_SECONDS)
    raise AssertionError(f"{home.processes()}{home.tails()}")


def ventanilla(*arguments: str) -> list[str]:
    """The command line."""
    return [sys.executable, "-c", "from api.cli import main; main()", *arguments]


def run_ventanilla(
    *arguments: str,
    home: Home | None = None,
    settings: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, in `folder` or here."""
    environment = home.environment() if home else dict(os.environ)
    return subprocess.run(
        ventanilla(*arguments),
        env={**environment, **(settings or {}), "COLUMNS": "100"},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
