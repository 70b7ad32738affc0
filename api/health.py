"""Whether this process and its office work, for whoever watches over them."""

import ipaddress

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import PUBLIC
from api.answers import answer
from api.dependencies import OfficeDep
from api.metrics import Metrics
from processes.common.errors import Forbidden, NotFound, Unavailable
from processes.petitions.office import Office
from processes.reports.jobs import JOBS
from processes.reports.liveness import late_sweeps

router = APIRouter(include_in_schema=False)
_FORWARDED = ("forwarded", "x-forwarded-for")


@router.get("/health", dependencies=[Depends(PUBLIC)])
def health(request: Request, office: OfficeDep) -> Response:
    """200 while petitions can be filed and time passes in the office; else 503, with what is wrong.

    Time passes while the sweeps end: one that is older than three periods means that no alert fires.
    """
    procedure = _procedure(office)
    if late := late_sweeps(office, watched_since=request.app.state.started_at):
        minutes = max(sweep.age for sweep in late).total_seconds() / 60
        labels = " y ".join(f"«{JOBS[sweep.job].label}»" for sweep in late)
        raise Unavailable(
            f"Las peticiones se pueden radicar, pero {labels} no termina desde hace {minutes:.0f} minutos: "
            "las alertas no salen. Revise que el programador esté en marcha."
        )
    return answer({"status": "ok", "procedure": procedure})


@router.get("/health/web", dependencies=[Depends(PUBLIC)])
def web_health(office: OfficeDep) -> Response:
    """200 while this process can file petitions, whatever becomes of the scheduler; for a balancer."""
    return answer({"status": "ok", "procedure": _procedure(office)})


def _procedure(office: Office) -> str:
    """The procedure that new petitions follow. Raises Unavailable when there is none or nobody answers."""
    try:
        return office.definitions.current().hash[:12]
    except NotFound as error:
        raise Unavailable(error.message) from error


@router.get("/metrics", dependencies=[Depends(PUBLIC)])
def metrics(request: Request) -> Response:
    """Figures for Prometheus, for a collector on this machine that asks without a proxy."""
    if not _is_local(request):
        raise Forbidden("Las métricas se leen desde el mismo servidor.")
    figures: Metrics = request.app.state.metrics
    return Response(figures.text(), media_type=CONTENT_TYPE_LATEST)


def _is_local(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
