"""The one page that shows a reserved identity, once, to its custodian."""

from fastapi import APIRouter, Response

from api.bodies import FormDep
from api.pages.petitions import show_petition
from api.pages.visit import IdentityCustodianVisit
from processes.common.errors import Conflict, Invalid, NotFound
from processes.petitions.identities import read_reserved_identity

router = APIRouter()


@router.post("/peticiones/{filing_number}/identidad")
def reserved_identity(sent: FormDep, visit: IdentityCustodianVisit, filing_number: str) -> Response:
    """Who reported, in the answer to this request alone: no address leads to it."""
    reason = sent.text("identity_reason")
    try:
        identity = read_reserved_identity(visit.office, visit.person, filing_number, reason=reason)
    except (Invalid, Conflict, NotFound) as refusal:
        return show_petition(
            visit, filing_number, refusal=("identity_reason", refusal), values={"identity_reason": reason}
        )
    return show_petition(visit, filing_number, identity=identity)
