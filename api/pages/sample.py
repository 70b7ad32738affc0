"""What a sample entity takes from its document, what it supposes, and what the office really does of it."""

from fastapi import APIRouter, Response

from api.pages.visit import PublicVisit
from processes.common.errors import NotFound
from processes.samples.entities import sample_named
from processes.samples.practice import practice

router = APIRouter()


@router.get("/muestra")
def sample(visit: PublicVisit) -> Response:
    """The sample entity that is served here, with the section of its document behind each thing."""
    found = sample_named(visit.entity_name) if visit.demonstration else None
    if found is None:
        raise NotFound("Aquí no hay una entidad de muestra.")
    return visit.show("sample.html", document=found.document, subjects=practice(visit.office, found))
