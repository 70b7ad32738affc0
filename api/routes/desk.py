"""The front desk's side: file for somebody, read how a petition came in, print its acknowledgement."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.access import Reader, Receptionist
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.bodies import DESK_BODY, DeskBody
from api.routes.filings import (
    IdempotencyKey,
    Receipt,
    SentPetition,
    kept_attachments,
    read_filing,
    receipt_answer,
)
from api.routes.parameters import FilingNumber
from processes.petitions.acknowledgements import Acknowledgement, print_acknowledgement
from processes.petitions.desk import file_at_desk
from processes.petitions.receptions import ReceptionView, read_reception

router = APIRouter(prefix="/api", tags=["Ventanilla"])


async def sent_desk_filing(request: Request) -> SentPetition:
    """The filing in the body. Raises Malformed, Invalid."""
    return await read_filing(request, DeskBody)


@router.post(
    "/desk/petitions",
    status_code=201,
    summary="Radicar en ventanilla",
    description="El mismo formulario para lo que llega por cualquier canal, con el canal, la hora y quién "
    "recibió. Lo que se dijo de viva voz queda con su prueba, y quien insiste se radica con la nota de "
    "lo que falta.",
    response_model=Receipt,
    openapi_extra=DESK_BODY,
)
def file_for_somebody(
    person: Receptionist,
    sent: Annotated[SentPetition, Depends(sent_desk_filing)],
    office: OfficeDep,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """File what somebody said, handed in or sent."""
    attachments = kept_attachments(sent, office.settings)
    receipt = file_at_desk(
        office, person, sent.fields, attachments=attachments, idempotency_key=idempotency_key
    )
    return receipt_answer(office, receipt)


@router.get(
    "/petitions/{filing_number}/reception",
    summary="Leer cómo llegó una petición",
    description="Su naturaleza, por quién y por dónde se presentó, y la atención preferente que pidió.",
    response_model=ReceptionView,
)
def reception(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """How a petition came in."""
    return answer(read_reception(office, person, filing_number))


@router.post(
    "/petitions/{filing_number}/acknowledgement",
    summary="Imprimir la constancia",
    description="La constancia con el código, para entregarla en papel a quien vino y no tiene correo. Queda "
    "escrito quién la pidió.",
    response_model=Acknowledgement,
)
def acknowledgement(filing_number: FilingNumber, person: Receptionist, office: OfficeDep) -> Response:
    """The acknowledgement, to be handed over."""
    return answer(print_acknowledgement(office, person, filing_number))
