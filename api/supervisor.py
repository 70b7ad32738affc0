"""The supervisor: prepares the home, then runs web process, Prefect's server and the flow runner.

It imports neither Prefect nor the office, so that it stays small and starts at once. The web process
comes first and waits for nobody; Prefect's server next; the flow runner when that one is ready. Where
the settings name a Prefect server of another machine, it runs the web process alone.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from api.children import Guardian, Keeper, Program
from api.home_lock import home_lock
from api.ports import check_port, status_of
from api.scheduler_environment import scheduler_address, scheduler_environment
from api.speech import in_words, say
from processes.common.settings import Settings, load_settings

_POLL_SECONDS = 0.2
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_LOOPBACK = "127.0.0.1"


def main(arguments: list[str]) -> int:
    """Run until a signal comes; the exit code. `--speed N` runs a demonstration's clock N times as fast."""
    speed = int(arguments[1]) if arguments[:1] == ["--speed"] else None
    with in_words():
        settings = load_settings()
        with home_lock(settings.home) as lock:
            check_port(settings.host, settings.port, setting="VENTANILLA_PORT")
            if not settings.prefect_api_url:
                check_port(_LOOPBACK, settings.prefect_port, setting="VENTANILLA_PREFECT_PORT")
            return asyncio.run(supervise(settings, lock=lock, speed=speed))


async def supervise(settings: Settings, *, lock: int, speed: int | None = None) -> int:
    """Prepare the home and run everything until a signal comes; the exit code.

    `lock` is the descriptor of the home's lock. With `speed`, a demonstration's clock runs so many
    times as fast from the first sweep on.
    """
    stopping = asyncio.Event()
    for each in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    async with Guardian(lock) as guardian:
        keeper = Keeper(logs=settings.home / "logs", guardian=guardian, stopping=stopping, say=say)
        prepared = await keeper.run_once(_preparation(settings))
        if prepared:
            return prepared
        await _serve(settings, keeper, speed)
    say("Ventanilla se detuvo.")
    return 0


async def _serve(settings: Settings, keeper: Keeper, speed: int | None) -> None:
    def web_answers() -> bool:
        return status_of(settings.host, settings.port, "/health") is not None

    async with asyncio.TaskGroup() as running:
        running.create_task(keeper.keep(_web(settings)))
        # Two starts at once would share the processor: people see the first page before Prefect begins.
        if not await keeper.unless_stopping(_until(web_answers)):
            return
        say(f"Ventanilla atiende en {settings.public_url} (Ctrl-C la detiene).")
        if settings.prefect_api_url:
            say(f"Las tareas programadas corren en otra parte: {scheduler_address(settings)}.")
        elif not await _schedule(settings, keeper, running):
            return
        if speed is not None:
            await keeper.run_once(_demonstration(settings, speed))


async def _schedule(settings: Settings, keeper: Keeper, running: asyncio.TaskGroup) -> bool:
    """Run a scheduler of our own; False when a signal came before it answered."""

    def scheduler_answers() -> bool:
        return status_of(_LOOPBACK, settings.prefect_port, "/api/ready") == HTTPStatus.OK

    running.create_task(keeper.keep(_scheduler(settings)))
    running.create_task(keeper.keep(_runner(settings), first=lambda: _until(scheduler_answers)))
    if not await keeper.unless_stopping(_until(scheduler_answers)):
        return False
    say("El programador de tareas está en marcha.")
    return True


async def _until(holds: Callable[[], bool]) -> None:
    while not await asyncio.to_thread(holds):  # noqa: ASYNC110 - what answers is another process
        await asyncio.sleep(_POLL_SECONDS)


def _python(name: str, label: str, *arguments: str, environment: dict[str, str], folder: Path) -> Program:
    # Nothing is loaded from the folder where somebody happens to start Ventanilla.
    return Program(name, label, (sys.executable, "-P", *arguments), environment, folder)


def _own_environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, "VENTANILLA_HOME": str(settings.home), "PYTHONUNBUFFERED": "1"}


def _preparation(settings: Settings) -> Program:
    return _python(
        "preparation",
        "la preparación",
        "-m",
        "api.preparation",
        environment=_own_environment(settings),
        folder=Path.cwd(),
    )


def _demonstration(settings: Settings, speed: int) -> Program:
    return _python(
        "demonstration",
        "la demostración",
        "-m",
        "api.demonstration",
        str(speed),
        environment=_own_environment(settings),
        folder=Path.cwd(),
    )


def _web(settings: Settings) -> Program:
    return _python(
        "web",
        "el proceso web",
        "-m",
        "api.web_process",
        environment=_own_environment(settings),
        folder=Path.cwd(),
    )


def _scheduler(settings: Settings) -> Program:
    # Prefect reads `.env`, `prefect.toml` and `pyproject.toml` where it starts: only its own home has none.
    return _python(
        "scheduler",
        "el servidor de Prefect",
        "-m",
        "prefect",
        "server",
        "start",
        environment=scheduler_environment(settings),
        folder=settings.home / "prefect",
    )


def _runner(settings: Settings) -> Program:
    return _python(
        "flows",
        "el ejecutor de tareas programadas",
        "-m",
        "processes.flows",
        environment=scheduler_environment(settings),
        folder=settings.home / "prefect",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
