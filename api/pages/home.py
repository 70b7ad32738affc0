"""The first page."""

from fastapi import APIRouter, Response

from api.pages.visit import PublicVisit

router = APIRouter()


@router.get("/")
def home(visit: PublicVisit) -> Response:
    """What a citizen can do here, and where else the entity listens."""
    return visit.show("home.html", remembered=True)
