"""Why a petition falls due on its date, for programs."""

from fastapi import APIRouter, Response

from api.access import Reader
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import FilingNumber
from processes.petitions.due_dates import DueDate, read_due_date

router = APIRouter(prefix="/api", tags=["Términos y actuaciones"])


@router.get(
    "/petitions/{filing_number}/due-date",
    summary="Explicar el vencimiento",
    description="La fecha en que vence la petición, con cada día que se contó o se saltó, por qué, y el "
    "artículo. El ciudadano lo recibe con su consulta.",
    response_model=DueDate,
)
def explain(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """The due date, day by day."""
    return answer(read_due_date(office, filing_number, reader=person))
