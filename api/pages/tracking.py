"""Following a petition with its number and code. Neither ever stands in an address or in a log."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.bodies import FormDep, SentForm
from api.pages import words
from api.pages.downloads import download
from api.pages.field_errors import FieldErrors
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Invalid, NotFound
from processes.directory.people import Person
from processes.petitions.due_dates import filing_reason
from processes.petitions.status import ENDED, STATUS_LABELS, PetitionStatus
from processes.petitions.tracking import TrackedPetition, track_petition, tracked_file
from processes.terms.kinds import KIND_LABELS

router = APIRouter()
_BLANK = {"filing_number": "", "tracking_code": ""}
_LIMITS = [Depends(PUBLIC), Depends(Limited(Act.TRACKING))]
_IN_WORDS: Mapping[PetitionStatus, str] = MappingProxyType(
    {
        PetitionStatus.FILED: "La recibimos y estamos revisando de qué trata.",
        PetitionStatus.IN_DISTRIBUTION: "Estamos eligiendo la dependencia que debe responderle.",
        PetitionStatus.ASSIGNED: "Ya la tiene la dependencia que debe responderle.",
        PetitionStatus.IN_PROGRESS: "Una persona de la entidad está preparando la respuesta.",
        PetitionStatus.SENT: "Ya respondimos. Abajo está la respuesta.",
        PetitionStatus.CLOSED: "Respondimos y cerramos el caso. Abajo está la respuesta.",
        PetitionStatus.VOIDED: "Este número se anuló. El motivo es:",
    }
)


@router.get("/consultar")
def tracking_form(visit: PublicVisit) -> Response:
    """Where to write the number and the code."""
    return _form(visit, _BLANK)


@router.post("/consultar", dependencies=_LIMITS)
def track(visit: PublicVisit, sent: FormDep) -> Response:
    """The petition in words; the form again when number and code open nothing."""
    values = {name: sent.text(name) for name in _BLANK}
    errors = _missing(values)
    if errors:
        return _form(visit, values, errors=errors, status=Invalid.status)
    try:
        petition = track_petition(visit.office, values["filing_number"], values["tracking_code"])
    except NotFound as refusal:
        return _form(visit, values, notice=refusal.message, status=refusal.status)
    return visit.show(
        "tracked.html",
        petition=petition,
        tracking_code=values["tracking_code"],
        status_label=STATUS_LABELS[petition.status],
        status_words=_IN_WORDS[petition.status],
        kind_label=KIND_LABELS[petition.kind],
        due_words=_due_words(visit, petition),
        filing_reason=filing_reason(
            visit.office, received_at=petition.received_at, filed_on=petition.filed_on
        ),
    )


@router.post("/consultar/archivo", dependencies=_LIMITS)
def answer_file(visit: PublicVisit, sent: FormDep) -> Response:
    """A file of the answer."""
    file, content = tracked_file(
        visit.office, sent.text("filing_number"), sent.text("tracking_code"), _number(sent)
    )
    return download(file, content)


def _form(
    visit: Visit[Person | None],
    values: Mapping[str, str],
    *,
    errors: Mapping[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> Response:
    return visit.show(
        "track.html",
        status=status,
        remembered=not (errors or notice),
        values=values,
        errors=FieldErrors(errors or {}),
        notice=notice,
    )


def _missing(values: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not values["filing_number"].strip():
        errors["filing_number"] = "Escriba el número de radicado."
    if not values["tracking_code"].strip():
        errors["tracking_code"] = "Escriba el código de verificación."
    return errors


def _due_words(visit: Visit[Person | None], petition: TrackedPetition) -> str:
    if petition.answer is not None or petition.status in ENDED:
        return ""
    return words.days_left(petition.due_on, visit.today, visit.office.entity().calendar)


def _number(sent: SentForm) -> int:
    text = sent.text("seq")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - more files than any petition has
