"""`python -m tests.benchmarks.sweep_worker URL HOME INSTANT`: one sweep, in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from api.logs import configure_logs
from processes.petitions.alerts import advance_due_alerts
from tests.builders.office import HandClock, an_office_again


class Worker:
    """A process that waits, ready, to be told to sweep."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def go(self) -> None:
        """Begin now."""
        self._say("go")

    def fired(self) -> int:
        """How many cases it fired, once it ended."""
        return int(self.hear())

    def hear(self) -> str:
        """The next line that it says. Raises RuntimeError when it ended without a word."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            message = f"a worker ended with {self._process.wait()}"
            raise RuntimeError(message)
        return line.strip()

    def _say(self, word: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()


@contextmanager
def worker(url: str, home: Path, at: datetime) -> Iterator[Worker]:
    """A worker whose clock stands at `at`, ready to begin; it is gone at the end."""
    command = [sys.executable, "-m", "tests.benchmarks.sweep_worker", url, str(home), at.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            started = Worker(process)
            started.hear()
            yield started
        finally:
            process.kill()


def main(url: str, home: str, at: str) -> None:
    """Say that it is ready, wait for a line, sweep, and say how many cases it fired."""
    configure_logs("ERROR")
    with an_office_again(url, Path(home), HandClock(datetime.fromisoformat(at))) as office:
        office.definitions.current()
        office.entity()
        print("ready", flush=True)  # noqa: T201 - it speaks to its parent by printing
        sys.stdin.readline()
        print(advance_due_alerts(office), flush=True)  # noqa: T201 - the same


if __name__ == "__main__":
    main(*sys.argv[1:])
