"""Automatic tasks that failed, in words, with a way to try again."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.pages.visit import WatcherVisit, notice_of
from processes.petitions.incidents import list_incidents, retry_incident

router = APIRouter()
_DONE, _FAILED = "hecho", "fallo"
_NOTICES = {
    _DONE: "La tarea se hizo y la petición siguió su camino.",
    _FAILED: "La tarea volvió a fallar. Revise el motivo y corrija la causa antes de intentar de nuevo.",
}


@router.get("/incidentes")
def incidents(visit: WatcherVisit) -> Response:
    """What failed and waits."""
    return visit.show(
        "incidents.html",
        incidents=list_incidents(visit.office, visit.person),
        notice=notice_of(visit.request, _NOTICES),
        succeeded=visit.request.query_params.get("aviso") == _DONE,
    )


@router.post("/incidentes/{filing_number}/{task}")
def retry(visit: WatcherVisit, filing_number: str, task: int) -> Response:
    """Try a failed task again."""
    succeeded = retry_incident(visit.office, visit.person, filing_number, task)
    return RedirectResponse(f"/incidentes?aviso={_DONE if succeeded else _FAILED}", 303)
