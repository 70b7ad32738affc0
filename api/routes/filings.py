"""A filing as programs send it, whoever files: JSON, or a form with files; and its receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Header, Request, Response
from pydantic import ValidationError

from api.answers import answer
from api.bodies import SentForm, is_form, read_form, read_json, store_uploads
from api.errors import invalid_of
from api.routes.bodies import PetitionBody
from processes.common.errors import Invalid
from processes.common.settings import Settings
from processes.petitions.due_dates import filing_reason
from processes.petitions.form import StoredFile
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.office import Office
from processes.terms.kinds import PetitionKind

FILES = "files"
SPECIAL_CARE = "special_care"


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


async def read_filing(request: Request, model: type[PetitionBody]) -> SentPetition:
    """The filing in the body, JSON or form. Raises Malformed, and Invalid for fields that do not exist."""
    if is_form(request):
        form = await read_form(request)
        fields = form.texts()
        unknown = fields.keys() - model.model_fields.keys()
        if unknown:
            raise Invalid(
                "Revise los datos señalados.", {name[:80]: "Este campo no existe." for name in unknown}
            )
        ticked = [value for value in form.data.getlist(SPECIAL_CARE) if isinstance(value, str)]
        return SentPetition({**fields, SPECIAL_CARE: ",".join(ticked)}, form)
    try:
        body = model.model_validate(await read_json(request))
    except ValidationError as error:
        raise invalid_of(error.errors(include_url=False, include_input=False)) from error
    return SentPetition(body.as_form())


def kept_attachments(sent: SentPetition, settings: Settings) -> tuple[StoredFile, ...]:
    """The files of the filing, kept. Raises Invalid for those in another field, TooLarge, Unavailable."""
    if sent.form is None:
        return ()
    stored = store_uploads(settings, sent.form)
    unknown = stored.keys() - {FILES}
    if unknown:
        raise Invalid(
            "Revise los datos señalados.", {name[:80]: "Envíe los archivos en «files»." for name in unknown}
        )
    return stored.get(FILES, ())


def receipt_answer(office: Office, receipt: FilingReceipt) -> Response:
    """The receipt, and where the petition can be followed."""
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
