"""Why a petition falls due on its date: the days of the term, on a page that can be printed."""

from fastapi import APIRouter, Response

from api.pages.visit import ReaderVisit
from processes.petitions.due_dates import read_due_date
from processes.terms.kinds import KIND_LABELS

router = APIRouter()


@router.get("/peticiones/{filing_number}/vencimiento")
def due_date(visit: ReaderVisit, filing_number: str) -> Response:
    """The days of the term, each counted or skipped and why."""
    found = read_due_date(visit.office, filing_number, reader=visit.person)
    return visit.show("due_date.html", found=found, kind_label=KIND_LABELS[found.kind])
