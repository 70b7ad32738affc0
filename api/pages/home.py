"""The first page."""

from fastapi import APIRouter, Response

from api.pages.menu import first_page
from api.pages.visit import PublicVisit

router = APIRouter()


@router.get("/")
def home(visit: PublicVisit) -> Response:
    """What a citizen can do here, and where else the entity listens; for its people the way to their work."""
    work = first_page(visit.person) if visit.person else None
    return visit.show("home.html", remembered=True, work=work)
