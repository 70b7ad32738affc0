"""The documentation of the API: the OpenAPI document, and a page of it that needs nothing from outside."""

from fastapi import APIRouter, Request, Response

from api.answers import answer
from api.manual import manual_of
from api.pages.visit import PublicVisit
from api.problems import PROBLEM_TYPES

router = APIRouter(prefix="/api", include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request, visit: PublicVisit) -> Response:  # noqa: ARG001 - `visit` says who may
    """The OpenAPI document, for programs."""
    return answer(request.app.openapi())


@router.get("/docs")
def docs(request: Request, visit: PublicVisit) -> Response:
    """The same, for people."""
    manual = manual_of(request.app.openapi(), visit.office.settings.public_url)
    return visit.show("reference.html", manual=manual, problems=tuple(PROBLEM_TYPES.values()))
