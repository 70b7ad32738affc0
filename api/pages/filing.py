"""The single form, and the receipt.

After filing, the browser is sent on to the receipt, so that reloading files nothing twice. Number
and code travel in a cookie of ten minutes that only the receipt's page receives: they stand in no
address, no history and no log, and a reload or a failed print still shows them, which a receipt
shown once would not. The cookie needs no signature: number and code are their own proof.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal
from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from api.access import PUBLIC
from api.bodies import FormDep, SentForm
from api.pages import words
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.kept_files import FIELD, ReceivedFiles, keep, receive_files
from api.pages.rendering import LOCALE
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Invalid, NotFound
from processes.common.settings import Settings
from processes.directory.people import Person
from processes.petitions.attachments import ALLOWED, ALLOWED_LABEL
from processes.petitions.due_dates import filing_reason
from processes.petitions.filing import file_petition
from processes.petitions.form import DOCUMENT_LABELS, MAX_BODY, NewPetition, new_petition
from processes.petitions.idempotency import FilingReceipt, KeyReused
from processes.petitions.tracking import track_petition
from processes.terms.kinds import CITIZEN_KINDS, KIND_EXPLANATIONS, KIND_LABELS
from processes.terms.rules import rule_for

router = APIRouter()
TRAP = "website"
"""A field that people neither see nor reach, and that programs fill in."""
RECEIPT_COOKIE = "constancia"
RECEIPT_SECONDS = 600
_FIELDS = (
    "kind",
    "anonymous",
    "reserve_identity",
    "full_name",
    "document_type",
    "document_number",
    "email",
    "phone",
    "address",
    "subject",
    "body",
    "files",
    "privacy_notice",
)
"""The form's fields in the order of the page, which is the order of its errors."""
_KEY = re.compile(r"[0-9a-f-]{36}")
_CODE = re.compile(r"[0-9A-Z-]{1,20}")
_TRAPPED = (
    "Parece que un programa llenó el formulario, y por eso no se radicó. "
    "Si usted lo escribió, pulse «Radicar» de nuevo."
)
_ALREADY_FILED = (
    "Con este formulario ya radicó una petición. Si esta es otra distinta, pulse «Radicar» de nuevo; "
    "si no, no haga nada más."
)


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind of petition as the form explains it."""

    value: str
    label: str
    explanation: str
    term: str


@router.get("/radicar")
def filing_form(visit: PublicVisit) -> Response:
    """The empty form."""
    return _show_form(visit, dict.fromkeys(_FIELDS, ""))


@router.post("/radicar", dependencies=[Depends(PUBLIC), Depends(Limited(Act.FILING))])
def file_from_the_form(visit: PublicVisit, sent: FormDep) -> Response:
    """File, and lead to the receipt; or the form again with what was typed and what is wrong."""
    values = {name: sent.text(name) for name in _FIELDS}
    received = receive_files(visit.office.settings, sent)
    if sent.text(TRAP):
        return _show_form(visit, values, received=received, notice=_TRAPPED)
    try:
        petition = _read(values, received)
    except Invalid as refusal:
        key = _key(sent)
        return _show_form(visit, values, received=received, errors=refusal.fields, key=key)
    try:
        receipt = file_petition(visit.office, petition, idempotency_key=f"page:{_key(sent)}")
    except KeyReused:
        return _show_form(visit, values, received=received, notice=_ALREADY_FILED)
    return _to_the_receipt(visit.office.settings, receipt)


@router.get("/radicada")
def receipt(visit: PublicVisit) -> Response:
    """The receipt of what this browser just filed, for ten minutes."""
    number, _, code = visit.request.cookies.get(RECEIPT_COOKIE, "").partition(".")
    if not _CODE.fullmatch(number) or not _CODE.fullmatch(code):
        return visit.show("receipt_gone.html", status=NotFound.status)
    petition = track_petition(visit.office, number, code)
    return visit.show(
        "receipt.html",
        petition=petition,
        tracking_code=code,
        kind_label=KIND_LABELS[petition.kind],
        filing_reason=filing_reason(
            visit.office, received_at=petition.received_at, filed_on=petition.filed_on
        ),
        tracking_url=f"{visit.office.settings.public_url}/consultar",
    )


@router.post("/radicada")
def forget_receipt(visit: PublicVisit) -> Response:
    """Take the receipt off this machine."""
    response = RedirectResponse("/", 303)
    secure = visit.office.settings.secure_cookies
    response.delete_cookie(RECEIPT_COOKIE, path="/radicada", secure=secure, httponly=True, samesite="strict")
    return response


def _show_form(
    visit: Visit[Person | None],
    values: Mapping[str, str],
    *,
    received: ReceivedFiles | None = None,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    key: str = "",
) -> Response:
    wrong = bool(errors or notice)
    settings = visit.office.settings
    return visit.show(
        "file.html",
        status=Invalid.status if wrong else 200,
        remembered=True,
        values=values,
        errors=FieldErrors({name: errors[name] for name in _FIELDS if name in errors} if errors else {}),
        notice=notice,
        idempotency_key=key or str(uuid.uuid4()),
        kinds=_offered_kinds(visit),
        document_types=_document_types(values["document_type"]),
        kept_files=keep(settings, received.files) if received else (),
        limits={"body": format_decimal(MAX_BODY, locale=LOCALE), **file_limits(settings)},
    )


def _read(values: Mapping[str, str], received: ReceivedFiles) -> NewPetition:
    """The petition in the form. Raises Invalid with the problems of its texts and of its files."""
    problems = {FIELD: received.problem} if received.problem else {}
    try:
        petition = new_petition(values, attachments=received.files)
    except Invalid as refusal:
        raise Invalid(refusal.message, {**refusal.fields, **problems}) from refusal
    if problems:
        raise Invalid(received.problem, problems)
    return petition


def _key(sent: SentForm) -> str:
    """The key that the form came with, so that a double click files once."""
    key = sent.text("idempotency_key")
    return key if _KEY.fullmatch(key) else str(uuid.uuid4())


def _to_the_receipt(settings: Settings, receipt: FilingReceipt) -> Response:
    response = RedirectResponse("/radicada", 303)
    response.set_cookie(
        RECEIPT_COOKIE,
        f"{receipt.filing_number}.{receipt.tracking_code}",
        max_age=RECEIPT_SECONDS,
        path="/radicada",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )
    return response


def _offered_kinds(visit: Visit[Person | None]) -> tuple[OfferedKind, ...]:
    return tuple(
        OfferedKind(kind.value, KIND_LABELS[kind], KIND_EXPLANATIONS[kind], rule_for(kind, visit.today).label)
        for kind in CITIZEN_KINDS
    )


def _document_types(chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(kind.value, label, kind.value == chosen) for kind, label in DOCUMENT_LABELS.items())


def file_limits(settings: Settings) -> dict[str, object]:
    """How many files a form takes, how large, and of which types."""
    return {
        "files": settings.max_uploads,
        "file_size": words.size(settings.max_upload_bytes),
        "types": ALLOWED_LABEL,
        "accept": ",".join((*ALLOWED, ".jpeg")),
    }
