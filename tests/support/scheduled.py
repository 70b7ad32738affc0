"""Processes of the scheduler beside a test, which waits for what they do."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import pytest

from api.scheduler_environment import scheduler_environment
from processes.common.settings import Settings

SECONDS = 15
PATIENCE_SECONDS = 300
"""Long enough for a machine that everybody uses: only what fails waits so long."""
POLL_SECONDS = 0.25


@contextmanager
def running(
    name: str,
    settings: Settings,
    *command: str,
    seconds: int = SECONDS,
    variables: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of Python with the scheduler's environment and `variables`; killed at the end."""
    environment = scheduler_environment(settings) | {
        "VENTANILLA_DATABASE_URL": settings.url,
        "VENTANILLA_SWEEP_SECONDS": str(seconds),
        **(variables or {}),
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


def await_(holds: Callable[[], bool], child: subprocess.Popen[bytes], settings: Settings) -> None:
    """Wait until it holds, as long as `child` lives and patience lasts."""
    for _ in range(int(PATIENCE_SECONDS / POLL_SECONDS)):
        if holds():
            return
        with suppress(subprocess.TimeoutExpired):
            child.wait(POLL_SECONDS)
            break
    pytest.fail(f"it did not happen:\n{_tails(settings)}")


def _tails(settings: Settings) -> str:
    """The end of what each process said; what the console would have mailed is no log."""
    logs = [path for path in settings.home.glob("*.log") if path.name != "mail.log"]
    return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')[-4000:]}" for path in logs)
