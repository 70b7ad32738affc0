"""Following a petition with its number and code. Neither ever stands in an address or in a log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from fastapi import APIRouter, Depends, Response

from api.access import PUBLIC
from api.bodies import FormDep, SentForm
from api.pages import words
from api.pages.act_words import CITIZEN_ACTS, ActWords
from api.pages.downloads import download
from api.pages.field_errors import FieldErrors
from api.pages.tracked_matters import tracked_matters
from api.pages.visit import PublicVisit, Visit
from api.rates import Act, Limited
from processes.common.errors import Invalid, NotFound
from processes.directory.people import Person
from processes.petitions.due_dates import filing_reason
from processes.petitions.legal_file import LegalFile, read_tracked_clock
from processes.petitions.reception_words import emergency_numbers
from processes.petitions.status import (
    AT_WORK,
    ENDED,
    STATUS_LABELS,
    TERM_STATE_LABELS,
    PetitionStatus,
    TermState,
)
from processes.petitions.tracking import TrackedPetition, track_petition, tracked_file
from processes.terms.events import LegalEventKind
from processes.terms.kinds import KIND_LABELS
from processes.terms.targets import Target

router = APIRouter()
_BLANK = {"filing_number": "", "tracking_code": ""}
_CITIZEN_CLOCKS: Mapping[Target, str] = MappingProxyType(
    {
        Target.CITIZEN_COMPLETION: "Su último día para completar",
        Target.CITIZEN_COMPLETION_EXTENDED: "Su último día para completar, con el tiempo que pidió",
        Target.CITIZEN_CLARIFICATION: "Su último día para aclarar",
        Target.INSISTENCE: "Su último día para insistir",
        Target.APPEAL: "Su último día para presentar un recurso",
        Target.APPEAL_SILENCE: "Plazo de la entidad para decidir su recurso",
        Target.COPIES_BY_POSITIVE_SILENCE: "Entrega de las copias, si no le respondemos a tiempo",
    }
)
"""The dates, besides that of the answer, which concern the citizen, in words for the citizen."""
_TERM_WORDS: Mapping[TermState, str] = MappingProxyType(
    {
        TermState.RUNNING: "",
        TermState.EXTENDED: "Necesitamos más tiempo: abajo está la nueva fecha. El motivo se lo escribimos.",
        TermState.SUSPENDED: "El plazo para responderle no corre hasta que nos envíe lo que le pedimos.",
    }
)
_PUBLISHED = "Ya respondimos y publicamos la respuesta, sin datos personales. Abajo está completa."
_LOOKED_AT_AGAIN = "Revisamos de nuevo su petición. Abajo está la respuesta que ya le dimos."
_AWAITED = "Esperamos lo que le pedimos. Abajo está qué es y hasta cuándo puede enviarlo."
_ASKS = frozenset({LegalEventKind.COMPLETION_REQUESTED, LegalEventKind.RETURNED_UNCLEAR})
_LIMITS = [Depends(PUBLIC), Depends(Limited(Act.TRACKING))]
_IN_WORDS: Mapping[PetitionStatus, str] = MappingProxyType(
    {
        PetitionStatus.FILED: "La recibimos y estamos revisando de qué trata.",
        PetitionStatus.IN_DISTRIBUTION: (
            "Ya la clasificamos. La tiene la oficina que atiende al ciudadano: la responde, o la entrega "
            "a quien debe responderla."
        ),
        PetitionStatus.ASSIGNED: "Ya la tiene la dependencia que debe responderle.",
        PetitionStatus.IN_PROGRESS: "Una persona de la entidad está preparando la respuesta.",
        PetitionStatus.AWAITING_SIGNATURE: "La respuesta está escrita y falta que la firmen.",
        PetitionStatus.SENT: "Ya respondimos. Abajo está la respuesta.",
        PetitionStatus.NOTIFIED: "Ya respondimos y la respuesta quedó entregada. Abajo está.",
        PetitionStatus.RETURNED_BY_MAIL: (
            "Ya respondimos, pero no pudimos entregarle la respuesta. Abajo puede leerla. "
            "Si cambió de correo o de dirección, cuéntenos."
        ),
        PetitionStatus.CLOSED: "Respondimos y cerramos el caso. Abajo está la respuesta.",
        PetitionStatus.TRANSFERRED: "La enviamos a la entidad que debe responderle.",
        PetitionStatus.WITHDRAWN: "Dejamos de tramitarla porque hubo un desistimiento.",
        PetitionStatus.ARCHIVED: "La archivamos. Puede radicarla de nuevo cuando quiera.",
        PetitionStatus.REJECTED: "La rechazamos con un acto motivado.",
        PetitionStatus.NOT_A_PETITION: (
            "Lo que nos envió no es una petición. Ya lo tiene la oficina que se encarga."
        ),
        PetitionStatus.VOIDED: "Este número se anuló. El motivo es:",
    }
)


@dataclass(frozen=True, slots=True)
class Keys:
    """Number and code, as they were typed."""

    filing_number: str
    tracking_code: str


@dataclass(frozen=True, slots=True)
class CitizenChoice:
    """Something that the citizen may do now, `until` a day where the law sets one."""

    words: ActWords
    until: date | None


@router.get("/consultar")
def tracking_form(visit: PublicVisit) -> Response:
    """Where to write the number and the code."""
    return _form(visit, _BLANK)


@router.post("/consultar", dependencies=_LIMITS)
def track(visit: PublicVisit, sent: FormDep) -> Response:
    """The petition in words; the form again when number and code open nothing."""
    keys = keys_in(sent)
    values = {"filing_number": keys.filing_number, "tracking_code": keys.tracking_code}
    errors = missing_keys(keys)
    if errors:
        return _form(visit, values, errors=errors, status=Invalid.status)
    try:
        return show_tracked(visit, keys)
    except NotFound as refusal:
        return _form(visit, values, notice=refusal.message, status=refusal.status)


def keys_in(sent: SentForm) -> Keys:
    """Number and code of the form."""
    return Keys(sent.text("filing_number"), sent.text("tracking_code"))


def missing_keys(keys: Keys) -> dict[str, str]:
    """What to say of a key that was left empty."""
    errors: dict[str, str] = {}
    if not keys.filing_number.strip():
        errors["filing_number"] = "Escriba el número de radicado."
    if not keys.tracking_code.strip():
        errors["tracking_code"] = "Escriba el código de verificación."
    return errors


def show_tracked(visit: Visit[Person | None], keys: Keys, *, notice: str = "") -> Response:
    """The petition of that number and code, in words. Raises NotFound for wrong ones."""
    petition = track_petition(visit.office, keys.filing_number, keys.tracking_code)
    file = read_tracked_clock(visit.office, keys.filing_number, keys.tracking_code)
    suspended = _waits(petition) and file.term_state is TermState.SUSPENDED
    return visit.show(
        "tracked.html",
        petition=petition,
        tracking_code=keys.tracking_code,
        status_label=TERM_STATE_LABELS[file.term_state] if suspended else STATUS_LABELS[petition.status],
        status_words=_AWAITED if suspended else _status_words(petition),
        suspended=suspended,
        term_words=_TERM_WORDS[file.term_state] if _waits(petition) else "",
        kind_label=KIND_LABELS[petition.kind],
        has_due_date=_has_due_date(petition),
        due_words=_due_words(visit, petition, file),
        filing_reason=filing_reason(
            visit.office, received_at=petition.received_at, filed_on=petition.filed_on
        ),
        asked=asked_for(file) if suspended else "",
        choices=_choices(file) if _is_in_force(petition) else (),
        may_add=petition.status not in ENDED,
        emergency_numbers=emergency_numbers(visit.office.entity())
        if petition.urgent and _waits(petition)
        else (),
        clocks=tuple(
            (label, file.clocks[target])
            for target, label in _CITIZEN_CLOCKS.items()
            if target in file.clocks and _is_in_force(petition)
        ),
        matters=tracked_matters(file),
        notice=notice,
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


def asked_for(file: LegalFile) -> str:
    """What the entity asked the citizen for last; empty when it asked for nothing."""
    return next((each.text for each in reversed(file.events) if each.kind in _ASKS), "")


def _choices(file: LegalFile) -> tuple[CitizenChoice, ...]:
    until = {each.kind: each.until for each in file.choices}
    return tuple(CitizenChoice(words, until[kind]) for kind, words in CITIZEN_ACTS.items() if kind in until)


def _waits(petition: TrackedPetition) -> bool:
    return petition.answer is None and petition.status not in ENDED


def _status_words(petition: TrackedPetition) -> str:
    """Where it stands; what was published instead of delivered is not said to have arrived."""
    published = petition.answer is not None and petition.answer.published
    if published and petition.status is PetitionStatus.NOTIFIED:
        return _PUBLISHED
    if petition.answer is not None and petition.status in AT_WORK:
        return _LOOKED_AT_AGAIN
    return _IN_WORDS[petition.status]


def _is_in_force(petition: TrackedPetition) -> bool:
    """Whether the law gives its citizen anything to do or to wait for."""
    return petition.is_petition and petition.status is not PetitionStatus.VOIDED


def _has_due_date(petition: TrackedPetition) -> bool:
    """Whether the entity answers it, or did: no date may promise an answer that will not come."""
    return petition.is_petition and (petition.answer is not None or petition.status not in ENDED)


def _due_words(visit: Visit[Person | None], petition: TrackedPetition, file: LegalFile) -> str:
    if not _waits(petition):
        return ""
    if file.term_state is TermState.SUSPENDED:
        return "el plazo no corre mientras esperamos lo que le pedimos"
    if petition.explanation.due_at is None and visit.today < petition.filed_on:
        return words.not_yet(petition.filed_on)
    return words.days_left(petition.due_on, visit.today, visit.office.entity().calendar)


def _number(sent: SentForm) -> int:
    text = sent.text("seq")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004 - more files than any petition has
