"""«Enterado»: somebody who was told by the ladder says so on the petition's page."""

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.pages.visit import ReaderVisit
from processes.petitions.alert_seeing import acknowledge_alerts

router = APIRouter()


@router.post("/peticiones/{filing_number}/enterado")
def acknowledge(visit: ReaderVisit, filing_number: str) -> Response:
    """The rungs that told the person do not tell them again."""
    acknowledge_alerts(visit.office, visit.person, filing_number)
    return RedirectResponse(f"/peticiones/{filing_number}?aviso=enterado", 303)
