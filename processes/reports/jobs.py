"""The work that a clock wakes: what each job does, and when unless an administrator says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import sqlalchemy as sa

from processes.petitions.office import Office
from processes.petitions.sweep_tables import SWEEP_RUNS

SCHEDULER_TAG = "ventanilla"
"""What tells our jobs from others of the same scheduler."""


class Job(StrEnum):
    """A scheduled job, by the name that the scheduler knows it by."""

    ADVANCE_ALERTS = "advance-alerts"
    DELIVER_MESSAGES = "deliver-messages"
    DAILY_WARNINGS = "daily-warnings"
    CIRCULAR = "circular"
    FORTNIGHTLY_REPORT = "fortnightly-report"
    WEEKLY_REPORT = "weekly-report"
    MONTHLY_REPORTS = "monthly-reports"
    LONGER_REPORTS = "longer-reports"
    RETENTION = "retention"
    SEAL_JOURNAL = "seal-journal"
    NONE_LOST = "none-lost"


@dataclass(frozen=True, slots=True)
class JobDefinition:
    """A job in Spanish. `cron` (America/Bogota) is its usual time; None: every `sweep_seconds`.

    `counted` says what the number of a run counts, as it stands after it.
    """

    job: Job
    label: str
    purpose: str
    counted: str
    cron: str | None = None


@dataclass(frozen=True, slots=True)
class JobRun:
    """The last run of a job that came to its end, in real time."""

    finished_at: datetime
    count: int


_DEFINITIONS = (
    JobDefinition(
        Job.ADVANCE_ALERTS,
        "Alertas",
        "Dispara las alertas cuyo momento llegó: avisos, escalamientos, recordatorios y esperas que acaban.",
        "peticiones que avanzaron",
    ),
    JobDefinition(
        Job.DELIVER_MESSAGES,
        "Mensajes",
        "Envía lo que quedó en la bandeja de salida e intenta de nuevo lo que no salió.",
        "mensajes enviados",
    ),
    JobDefinition(
        Job.DAILY_WARNINGS,
        "Avisos del día",
        "Un solo mensaje a cada persona con lo que se le venció o se le vence pronto.",
        "personas avisadas",
        "0 7 * * 1-5",
    ),
    JobDefinition(
        Job.CIRCULAR,
        "Circular quincenal",
        "Tres días hábiles antes del informe, pide a cada jefatura responder lo pendiente.",
        "circulares enviadas",
        "10 7 * * *",
    ),
    JobDefinition(
        Job.FORTNIGHTLY_REPORT,
        "Informe quincenal de oportunidad",
        "Prepara el informe que la jefatura revisa y envía a Control Disciplinario.",
        "informes preparados",
        "20 7 1,16 * *",
    ),
    JobDefinition(
        Job.WEEKLY_REPORT,
        "Seguimiento semanal a las ventanillas",
        "Volúmenes y esperas por ventanilla y por canal.",
        "informes preparados",
        "30 7 * * 1",
    ),
    JobDefinition(
        Job.MONTHLY_REPORTS,
        "Informes y visitas del mes",
        "Oportunidad y traslados del mes, y las visitas a las dependencias con más vencidas.",
        "informes y visitas",
        "40 7 1 * *",
    ),
    JobDefinition(
        Job.LONGER_REPORTS,
        "Informes trimestrales a anuales",
        "Los que cierran periodo ese día.",
        "informes preparados",
        "50 7 1 * *",
    ),
    JobDefinition(
        Job.RETENTION,
        "Conservación",
        "Pide decidir sobre lo que ya cumplió su tiempo de archivo. Nada se destruye solo.",
        "tareas nuevas",
        "0 6 * * *",
    ),
    JobDefinition(
        Job.SEAL_JOURNAL,
        "Sello de la bitácora",
        "Sella los actos del día y limpia lo que ya no sirve.",
        "bitácoras selladas",
        "20 0 * * *",
    ),
    JobDefinition(
        Job.NONE_LOST,
        "Ninguna petición perdida",
        "Comprueba que cada petición abierta espera a alguien o a algo.",
        "peticiones perdidas",
        "40 0 * * *",
    ),
)
JOBS: Mapping[Job, JobDefinition] = MappingProxyType({each.job: each for each in _DEFINITIONS})
"""Every job, in the order in which people read them."""


def last_runs(office: Office) -> dict[Job, JobRun]:
    """The last run of each job that ever came to its end."""
    table = SWEEP_RUNS.c
    query = sa.select(table.name, table.finished_at, table.count).where(table.name.in_([*Job]))
    with office.read() as connection:
        return {Job(name): JobRun(at, count) for name, at, count in connection.execute(query)}
