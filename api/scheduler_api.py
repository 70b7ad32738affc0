"""The scheduler through its HTTP API, for the administrator: when each job runs next, and how to change it.

This process never loads the scheduler. It asks it, and says so when nobody answers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from api.scheduler_environment import scheduler_address, scheduler_auth
from processes.common.errors import Invalid, NotFound, Unavailable
from processes.common.settings import Settings
from processes.reports.jobs import JOBS, SCHEDULER_TAG, Job

_TIMEOUT_SECONDS = 5.0
_BOGOTA = "America/Bogota"
# A server that others use too may have jobs of the same names.
_OURS = {"deployments": {"tags": {"all_": [SCHEDULER_TAG]}}, "limit": 200}
_SILENT = (
    "El programador no responde. Las tareas programadas vuelven solas cuando esté en marcha; si el aviso "
    "sigue después de unos minutos, revise el registro del servidor."
)
_WRONG_CRON = (
    "Escriba cinco partes separadas por espacios: minuto, hora, día del mes, mes y día de la semana. Por "
    "ejemplo, «0 7 * * 1-5» es a las 7:00 de lunes a viernes."
)


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A job as the scheduler has it. `cron` is None for what runs every so many `seconds`."""

    job: Job
    deployment: str
    schedule: str
    cron: str | None
    seconds: float | None
    active: bool
    next_run: datetime | None


class SchedulerApi:
    """The scheduler of this installation."""

    def __init__(self, settings: Settings) -> None:
        self._address = scheduler_address(settings)
        user, _, password = scheduler_auth(settings).partition(":")
        self._auth = (user, password) if user else None

    def jobs(self) -> dict[Job, Scheduled]:
        """What the scheduler knows of each job. Raises Unavailable when it does not answer."""
        with self._client() as client:
            found = _read(client.post("/deployments/filter", json=_OURS))
            known = {str(each["id"]): each for each in found if each["name"] in JOBS and each["schedules"]}
            runs = _read(client.post("/flow_runs/filter", json=_coming(list(known))))
        coming: dict[str, datetime] = {}
        for run in runs:
            coming.setdefault(run["deployment_id"], datetime.fromisoformat(run["expected_start_time"]))
        jobs = [_scheduled(each, coming.get(number)) for number, each in known.items()]
        return {each.job: each for each in jobs}

    def change(self, job: Job, *, cron: str, active: bool) -> None:
        """Give a job of the calendar another time, or switch it off.

        Raises NotFound for a job that has no time of its own, Invalid for a time that is none, and
        Unavailable when the scheduler does not answer.
        """
        if JOBS[job].cron is None:
            raise NotFound("Las alertas y los mensajes salen siempre; su ritmo está en la configuración.")
        found = self.jobs().get(job)
        if found is None:
            raise NotFound("El programador todavía no conoce esta tarea. Intente en unos minutos.")
        body = {"active": active, "schedule": {"cron": " ".join(cron.split()), "timezone": _BOGOTA}}
        with self._client() as client:
            answer = client.patch(f"/deployments/{found.deployment}/schedules/{found.schedule}", json=body)
        if answer.status_code in {httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY}:
            raise Invalid(_WRONG_CRON, {"cron": _WRONG_CRON})
        _read(answer)

    @contextmanager
    def _client(self) -> Iterator[httpx.Client]:
        try:
            with httpx.Client(
                base_url=self._address, auth=self._auth, timeout=_TIMEOUT_SECONDS, trust_env=False
            ) as client:
                yield client
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(_SILENT) from error


def _read(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON of another program
    answer.raise_for_status()
    return answer.json() if answer.content else None


def _coming(deployments: list[str]) -> dict[str, object]:
    return {
        "deployments": {"id": {"any_": deployments}},
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 200,
    }


def _scheduled(deployment: Mapping[str, Any], next_run: datetime | None) -> Scheduled:
    schedule = deployment["schedules"][0]
    when = schedule["schedule"]
    return Scheduled(
        job=Job(deployment["name"]),
        deployment=deployment["id"],
        schedule=schedule["id"],
        cron=when.get("cron"),
        seconds=when.get("interval"),
        active=bool(schedule["active"]) and not deployment["paused"],
        next_run=next_run,
    )
