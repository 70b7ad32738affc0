"""Whether this process and its office work, for whoever watches over them."""

import ipaddress

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.access import PUBLIC
from api.answers import answer
from api.dependencies import OfficeDep
from api.metrics import Metrics
from processes.common.errors import Forbidden, NotFound, Unavailable

router = APIRouter(include_in_schema=False)
_FORWARDED = ("forwarded", "x-forwarded-for")


@router.get("/health", dependencies=[Depends(PUBLIC)])
def health(office: OfficeDep) -> Response:
    """200 while petitions can be filed: the database answers and a procedure is published; else 503."""
    try:
        definition = office.definitions.current()
    except NotFound as error:
        raise Unavailable(error.message) from error
    return answer({"status": "ok", "procedure": definition.hash[:12]})


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
