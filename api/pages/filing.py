"""The single form as citizens fill it in on the web, and the receipt.

After filing, the browser is sent on to the receipt, so that reloading files nothing twice. Number
and code travel in a cookie of ten minutes that only the receipt's page receives: they stand in no
address, no history and no log, and a reload or a failed print still shows them, which a receipt
shown once would not. The cookie needs no signature: number and code are their own proof.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Response
from fastapi.responses import RedirectResponse

from api.access import PUBLIC
from api.bodies import FormDep, SentForm
from api.pages.acknowledgements import facts_of_acknowledgement
from api.pages.kept_files import ReceivedFiles, receive_files
from api.pages.single_form import FIELDS, Shown, facts_of_form, problems_of, values_of
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Invalid, NotFound
from processes.common.settings import Settings
from processes.directory.people import Person
from processes.petitions.acknowledgements import read_acknowledgement
from processes.petitions.filing import file_petition
from processes.petitions.form import NewPetition, new_petition
from processes.petitions.idempotency import FilingReceipt, KeyReused
from processes.terms.kinds import CITIZEN_KINDS, KIND_EXPLANATIONS, KIND_LABELS
from processes.terms.rules import rule_for

router = APIRouter()
TRAP = "website"
"""A field that people neither see nor reach, and that programs fill in."""
RECEIPT_COOKIE = "constancia"
RECEIPT_SECONDS = 600
_KEY = re.compile(r"[0-9a-f-]{36}")
_CODE = re.compile(r"[0-9A-Z-]{1,20}")
_TRAPPED = (
    "Parece que un programa llenó el formulario, y por eso no se radicó. "
    "Si usted lo escribió, pulse «Radicar» de nuevo."
)
ALREADY_FILED = (
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
    return _show_form(visit, Shown(dict.fromkeys(FIELDS, ""), key=new_key()))


@router.post("/radicar", dependencies=[Depends(PUBLIC), Depends(Limited(Act.FILING))])
def file_from_the_form(visit: PublicVisit, sent: FormDep) -> Response:
    """File, and lead to the receipt; or the form again with what was typed and what is wrong."""
    values = values_of(sent, FIELDS)
    received = receive_files(visit.office.settings, sent)
    if sent.text(TRAP):
        return _show_form(visit, Shown(values, received, notice=_TRAPPED, key=new_key()))
    try:
        receipt = file_petition(visit.office, _read(values, received), idempotency_key=f"page:{key_of(sent)}")
    except KeyReused:
        return _show_form(visit, Shown(values, received, notice=ALREADY_FILED, key=new_key()))
    except Invalid as refusal:
        return _show_form(visit, Shown(values, received, refusal.fields, key=key_of(sent)))
    return to_the_receipt(visit.office.settings, receipt)


@router.get("/radicada")
def receipt(visit: PublicVisit) -> Response:
    """The receipt of what this browser just filed, for ten minutes."""
    number, _, code = visit.request.cookies.get(RECEIPT_COOKIE, "").partition(".")
    if not _CODE.fullmatch(number) or not _CODE.fullmatch(code):
        return visit.show("receipt_gone.html", status=NotFound.status)
    filed = read_acknowledgement(visit.office, number, code)
    return visit.show("receipt.html", **facts_of_acknowledgement(visit, filed))


@router.post("/radicada")
def forget_receipt(visit: PublicVisit) -> Response:
    """Take the receipt off this machine."""
    response = RedirectResponse("/", 303)
    secure = visit.office.settings.secure_cookies
    response.delete_cookie(RECEIPT_COOKIE, path="/radicada", secure=secure, httponly=True, samesite="strict")
    return response


def new_key() -> str:
    """The key of a form that was not sent yet."""
    return str(uuid.uuid4())


def key_of(sent: SentForm) -> str:
    """The key that the form came with, so that a double click files once."""
    key = sent.text("idempotency_key")
    return key if _KEY.fullmatch(key) else new_key()


def to_the_receipt(settings: Settings, receipt: FilingReceipt) -> Response:
    """Lead to the receipt, which this browser alone may see."""
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


def _show_form(visit: Visit[Person | None], shown: Shown) -> Response:
    return visit.show(
        "file.html",
        status=shown.status,
        remembered=True,
        kinds=_offered_kinds(visit),
        **facts_of_form(visit, shown, FIELDS),
    )


def _read(values: Mapping[str, str], received: ReceivedFiles) -> NewPetition:
    """The petition in the form. Raises Invalid with all that is wrong with its texts and its files."""
    problems = problems_of(values, received)
    try:
        petition = new_petition(values, attachments=received.files)
    except Invalid as refusal:
        raise Invalid(refusal.message, {**refusal.fields, **problems}) from refusal
    if problems:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)
    return petition


def _offered_kinds(visit: Visit[Person | None]) -> tuple[OfferedKind, ...]:
    return tuple(
        OfferedKind(kind.value, KIND_LABELS[kind], KIND_EXPLANATIONS[kind], rule_for(kind, visit.today).label)
        for kind in CITIZEN_KINDS
    )
