"""The citizen's side: file a petition, follow it with its number and code."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from api.access import PUBLIC
from api.answers import answer
from api.dependencies import OfficeDep
from api.rates import Act, Limited
from api.routes.bodies import FILING_BODY, PetitionBody
from api.routes.filings import (
    IdempotencyKey,
    Receipt,
    SentPetition,
    kept_attachments,
    read_filing,
    receipt_answer,
)
from api.routes.parameters import FilingNumber
from processes.petitions.filing import file_petition
from processes.petitions.form import new_petition
from processes.petitions.tables import Channel
from processes.petitions.tracking import TrackedPetition, track_petition

router = APIRouter(prefix="/api", tags=["Peticiones del ciudadano"], dependencies=[Depends(PUBLIC)])


async def sent_petition(request: Request) -> SentPetition:
    """The filing in the body. Raises Malformed, Invalid."""
    return await read_filing(request, PetitionBody)


@router.post(
    "/petitions",
    status_code=201,
    summary="Radicar una petición",
    description="Responde cuando la petición quedó guardada. Guarde el número y el código: con ellos se "
    "consulta. Con archivos, envíe «multipart/form-data» con los mismos campos y los archivos en «files».",
    response_model=Receipt,
    openapi_extra=FILING_BODY,
    dependencies=[Depends(Limited(Act.FILING))],
)
def file(
    sent: Annotated[SentPetition, Depends(sent_petition)],
    office: OfficeDep,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """File a petition."""
    attachments = kept_attachments(sent, office.settings)
    form = new_petition(sent.fields, channel=Channel.API, attachments=attachments)
    return receipt_answer(office, file_petition(office, form, idempotency_key=idempotency_key))


@router.get(
    "/petitions/{filing_number}/tracking",
    summary="Consultar una petición",
    description="El estado, los pasos, la fecha de vencimiento día por día y la respuesta. El código va en "
    "una cabecera: en la dirección quedaría en historiales y registros.",
    response_model=TrackedPetition,
    dependencies=[Depends(Limited(Act.TRACKING))],
)
def track(
    filing_number: FilingNumber,
    office: OfficeDep,
    tracking_code: Annotated[
        str,
        Header(alias="Tracking-Code", max_length=40, description="Código de verificación de la constancia."),
    ],
) -> Response:
    """Follow a petition."""
    return answer(track_petition(office, filing_number, tracking_code))
