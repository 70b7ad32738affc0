"""The acknowledgement on paper: for whoever came to the desk and has no mail."""

from typing import Any

from fastapi import APIRouter, Response

from api.pages.visit import ReceptionistVisit, Visit
from processes.common.errors import Conflict
from processes.directory.people import Person
from processes.petitions.acknowledgements import (
    Acknowledgement,
    paper_acknowledgement,
    print_acknowledgement,
)
from processes.petitions.due_dates import filing_reason
from processes.petitions.reception import Nature
from processes.petitions.reception_words import (
    CHANNEL_LABELS,
    NATURE_LABELS,
    REPLY_LABELS,
    emergency_numbers,
)
from processes.terms.kinds import KIND_LABELS

router = APIRouter()
_PAGE = "/peticiones/{filing_number}/constancia"


@router.get(_PAGE)
def acknowledgement(visit: ReceptionistVisit, filing_number: str) -> Response:
    """The acknowledgement without its code, and the button that prints it whole."""
    return _show(visit, paper_acknowledgement(visit.office, visit.person, filing_number))


@router.post(_PAGE)
def print_it(visit: ReceptionistVisit, filing_number: str) -> Response:
    """The acknowledgement with its code, to be handed over; that it was asked for is written down."""
    try:
        filed = print_acknowledgement(visit.office, visit.person, filing_number)
    except Conflict as refusal:
        filed = paper_acknowledgement(visit.office, visit.person, filing_number)
        return _show(visit, filed, refusal)
    return _show(visit, filed)


def facts_of_acknowledgement(visit: Visit[Person | None], filed: Acknowledgement) -> dict[str, Any]:
    """What the templates of a receipt need."""
    told = filed.reception
    return {
        "filed": filed,
        "kind_label": KIND_LABELS[filed.kind],
        "nature_label": NATURE_LABELS[told.nature],
        "is_petition": told.nature is Nature.PETITION,
        "channel_label": CHANNEL_LABELS[filed.channel],
        "reply_label": REPLY_LABELS[told.reply_by],
        "filing_reason": filing_reason(visit.office, received_at=filed.received_at, filed_on=filed.filed_on),
        "emergency_numbers": emergency_numbers(visit.office.entity()) if told.urgent else (),
        "tracking_url": f"{visit.office.settings.public_url}/consultar",
    }


def _show(visit: Visit[Person], filed: Acknowledgement, refusal: Conflict | None = None) -> Response:
    return visit.show(
        "acknowledgement.html",
        refusal=refusal,
        **facts_of_acknowledgement(visit, filed),
    )
