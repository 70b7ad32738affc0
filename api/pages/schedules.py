"""The jobs that a clock wakes: when each ran and runs next, and how an administrator changes that."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.visit import AdministratorVisit, Visit, notice_of
from api.scheduler_api import SchedulerApi
from processes.common.audit import Act, record_office_act
from processes.common.errors import Invalid, NotFound, OfficeError, Unavailable
from processes.directory.people import Person
from processes.reports.jobs import JOBS, Job, last_runs

router = APIRouter()
_CHANGED = "cambiada"
_NOTICES = {_CHANGED: "La programación quedó cambiada."}


@router.get("/programacion")
def schedules(visit: AdministratorVisit) -> Response:
    """Every job with its last and its next run."""
    try:
        known, silence = SchedulerApi(visit.office.settings).jobs(), ""
    except Unavailable as unavailable:
        known, silence = {}, unavailable.message
    return visit.show(
        "schedules.html",
        jobs=JOBS.values(),
        known=known,
        runs=last_runs(visit.office),
        silence=silence,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get("/programacion/{job}")
def schedule(visit: AdministratorVisit, job: str) -> Response:
    """One job, to be changed."""
    return _show(visit, _job(job))


@router.post("/programacion/{job}")
def change(sent: FormDep, visit: AdministratorVisit, job: str) -> Response:
    """Give the job another time, or switch it off; or the page again, with what was typed."""
    known, cron, active = _job(job), sent.text("cron"), sent.text("active") == "true"
    try:
        SchedulerApi(visit.office.settings).change(known, cron=cron, active=active)
    except (Invalid, Unavailable) as refusal:
        return _show(visit, known, refusal, cron=cron, active=active)
    detail = {"job": known.value, "cron": cron, "active": active}
    with visit.office.write() as connection:
        record_office_act(
            connection, Act("schedule_changed", visit.person.actor, detail), at=visit.office.now()
        )
    return RedirectResponse(f"/programacion?aviso={_CHANGED}", 303)


def _job(name: str) -> Job:
    try:
        job = Job(name)
    except ValueError:
        raise NotFound("Esa tarea programada no existe.") from None
    if JOBS[job].cron is None:
        raise NotFound("Las alertas y los mensajes salen siempre; su ritmo está en la configuración.")
    return job


def _show(
    visit: Visit[Person],
    job: Job,
    refusal: OfficeError | None = None,
    *,
    cron: str | None = None,
    active: bool | None = None,
) -> Response:
    try:
        found = SchedulerApi(visit.office.settings).jobs().get(job)
        silence = "" if found else "El programador todavía no conoce esta tarea. Intente en unos minutos."
    except Unavailable as unavailable:
        found, silence = None, unavailable.message
    return visit.show(
        "schedule.html",
        refusal=refusal,
        definition=JOBS[job],
        found=found,
        cron=cron if cron is not None else found.cron if found else JOBS[job].cron,
        active=active if active is not None else found is not None and found.active,
        silence=silence,
    )
