"""The citizen's side: file a petition, follow it with its number and code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import ValidationError

from api.access import PUBLIC
from api.answers import answer
from api.bodies import SentForm, is_form, read_form, read_json, store_uploads
from api.dependencies import OfficeDep
from api.errors import invalid_of
from api.rates import Act, Limited
from api.routes.bodies import FILING_BODY, PetitionBody
from api.routes.parameters import FilingNumber
from processes.common.errors import Invalid
from processes.common.settings import Settings
from processes.petitions.due_dates import filing_reason
from processes.petitions.filing import file_petition
from processes.petitions.form import StoredFile, new_petition
from processes.petitions.tables import Channel
from processes.petitions.tracking import TrackedPetition, track_petition
from processes.terms.kinds import PetitionKind

router = APIRouter(prefix="/api", tags=["Peticiones del ciudadano"], dependencies=[Depends(PUBLIC)])
FILES = "files"


@dataclass(frozen=True, slots=True)
class Receipt:
    """A petition that was filed. The tracking code is shown this once.

    `filing_reason` says why it was filed on another day than it was received; empty when it was not.
    """

    filing_number: str
    tracking_code: str
    kind: PetitionKind
    received_at: datetime
    filed_on: date
    filing_reason: str
    due_on: date


@dataclass(frozen=True, slots=True)
class SentPetition:
    """A filing as it came: the single form's fields as texts, and files not yet kept."""

    fields: Mapping[str, str]
    form: SentForm | None = None


async def sent_petition(request: Request) -> SentPetition:
    """The filing in the body, JSON or form. Raises Malformed, and Invalid for fields that do not exist."""
    if is_form(request):
        form = await read_form(request)
        fields = form.texts()
        unknown = fields.keys() - PetitionBody.model_fields.keys()
        if unknown:
            raise Invalid(
                "Revise los datos señalados.", {name[:80]: "Este campo no existe." for name in unknown}
            )
        return SentPetition(fields, form)
    try:
        body = PetitionBody.model_validate(await read_json(request))
    except ValidationError as error:
        raise invalid_of(error.errors(include_url=False, include_input=False)) from error
    return SentPetition(body.as_form())


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]{1,200}$",
        description="Una clave propia y única por petición (un UUID, por ejemplo). Repetir la solicitud "
        "con la misma clave, hasta siete días después, devuelve la misma constancia; con otro contenido, "
        "422.",
    ),
]


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
    attachments = _attachments(sent, office.settings)
    form = new_petition(sent.fields, channel=Channel.API, attachments=attachments)
    receipt = file_petition(office, form, idempotency_key=idempotency_key)
    shown = Receipt(
        receipt.filing_number,
        receipt.tracking_code,
        receipt.kind,
        receipt.received_at,
        receipt.filed_on,
        filing_reason(office, received_at=receipt.received_at, filed_on=receipt.filed_on),
        receipt.due_on,
    )
    headers = {"Location": f"/api/petitions/{receipt.filing_number}/tracking"}
    if receipt.repeated:
        headers["Idempotent-Replayed"] = "true"
    return answer(shown, status=201, headers=headers)


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


def _attachments(sent: SentPetition, settings: Settings) -> tuple[StoredFile, ...]:
    if sent.form is None:
        return ()
    stored = store_uploads(settings, sent.form)
    unknown = stored.keys() - {FILES}
    if unknown:
        raise Invalid(
            "Revise los datos señalados.", {name[:80]: "Envíe los archivos en «files»." for name in unknown}
        )
    return stored.get(FILES, ())
