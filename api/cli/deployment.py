"""The schedules on a scheduler that is not ours alone; a child process does it, which loads the scheduler."""

import subprocess
import sys
from pathlib import Path

import typer

from api.scheduler_api import SchedulerApi
from api.scheduler_environment import scheduler_address, scheduler_environment
from api.speech import complain, say
from processes.common.errors import Invalid, Unavailable
from processes.common.settings import Settings, load_settings


def deploy(pool: str) -> None:
    """Register the flows on the scheduler of the settings, and say how its workers are started."""
    settings = load_settings()
    if not settings.prefect_api_url:
        raise Invalid(
            "Esta oficina usa su propio programador y no necesita esta orden. Para usar un servidor de "
            "Prefect aparte, diga dónde está con VENTANILLA_PREFECT_API_URL."
        )
    # Asked first by a process that is quick: the scheduler's own would try for minutes.
    if not _answers(settings) or _register(settings, pool):
        complain(
            f"No se pudieron registrar las tareas en {scheduler_address(settings)}. Revise que el servidor "
            f"responda y que VENTANILLA_PREFECT_API_AUTH sea la suya. Si respondió, el detalle está "
            f"en {_log(settings)}"
        )
        raise typer.Exit(1)
    say(f"Las tareas programadas están en el grupo «{pool}» de {scheduler_address(settings)}.")
    say(f"En cada equipo que las haga: prefect worker start --type process --pool {pool}")


def _answers(settings: Settings) -> bool:
    try:
        SchedulerApi(settings).jobs()
    except Unavailable:
        return False
    return True


def _register(settings: Settings, pool: str) -> int:
    environment = scheduler_environment(settings)
    log = _log(settings)
    log.parent.mkdir(exist_ok=True, mode=0o700)
    with log.open("wb") as said:
        return subprocess.run(
            [sys.executable, "-P", "-m", "processes.flows.deploy", pool],
            env=environment,
            cwd=settings.home / "prefect",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
        ).returncode


def _log(settings: Settings) -> Path:
    return settings.home / "logs" / "deploy.log"
