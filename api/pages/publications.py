"""Answers that were published without personal data: for anonymous petitioners, and for anybody."""

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.pages.inbox import list_address
from api.pages.visit import PublicVisit
from processes.petitions.publications import list_publications, read_publications
from processes.terms.kinds import KIND_LABELS

router = APIRouter(dependencies=[Depends(PUBLIC)])


@router.get("/publicaciones")
def publications(visit: PublicVisit, desde: str | None = None) -> Response:
    """What was published, the newest first."""
    page = list_publications(visit.office, cursor=desde)
    return visit.show(
        "publications.html",
        remembered=True,
        publications=page.items,
        kind_labels=KIND_LABELS,
        next_href=list_address("/publicaciones", page.next_cursor),
        first_href=list_address("/publicaciones", "" if desde else None),
    )


@router.get("/publicaciones/{filing_number}")
def publication(visit: PublicVisit, filing_number: str) -> Response:
    """What was published of a petition."""
    answers = read_publications(visit.office, filing_number)
    return visit.show(
        "publication.html", remembered=True, answers=answers, kind_label=KIND_LABELS[answers[0].kind]
    )
