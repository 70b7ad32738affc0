"""What the citizen sees of a petition with its number and code: in words, without anybody's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.calendar import BOGOTA
from processes.common.errors import NotFound
from processes.petitions.answer_tables import PUBLICATIONS, DeliveredHow
from processes.petitions.attachments import read_file
from processes.petitions.form import StoredFile
from processes.petitions.legal_reading import explained_date
from processes.petitions.legal_words import FOR_THE_CITIZEN
from processes.petitions.numbers import checked_number, same_code
from processes.petitions.office import Office
from processes.petitions.reception import Nature
from processes.petitions.sent_answers import SentAnswer, read_answers
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.survey_rows import read_surveys
from processes.petitions.tables import ATTACHMENTS, PETITIONS
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind

_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "petition_filed": "Recibimos y radicamos lo que nos envió.",
        "term_started": "Clasificamos su petición y fijamos la fecha para responderle.",
        "assigned": "La entregamos a la dependencia que debe responder.",
        "answer_sent": "La respuesta salió de la entidad.",
        "answer_delivered": "La respuesta quedó notificada.",
        "answer_returned": "La respuesta volvió sin entregarse. Buscamos otra forma de hacérsela llegar.",
        "answer_redirected": "Corregimos a dónde enviarle la respuesta.",
        "answer_published": "Publicamos la respuesta, sin datos personales.",
        "answer_completed": "Salió una respuesta que completa la primera.",
        "survey_opened": "Le preguntamos cómo le fue.",
        "survey_answered": "Usted contestó la encuesta. Gracias.",
        "citizen_added": "Usted nos envió algo más.",
        "handed_over": "Pasó a otro nivel de atención, con todo lo que se había hecho.",
        "danger_declared": "Avisamos a quien atiende las emergencias.",
        "danger_acknowledged": "Una persona de la entidad está atendiendo el riesgo.",
        "payment_asked": "Le dijimos cuánto cuestan las copias.",
        "payment_noted": "Recibimos el pago de las copias.",
        "petition_reopened": "La entidad revisa de nuevo su petición.",
        "set_aside": "Entregamos lo que nos envió a la oficina que se encarga.",
        "case_closed": "Verificamos la respuesta y cerramos el caso.",
        "petition_voided": "Se anuló el número de radicado.",
        **{kind.value: words for kind, words in FOR_THE_CITIZEN.items()},
    }
)
"""Acts of the journal that a citizen is told, in their words; the rest is the office's own business."""


@dataclass(frozen=True, slots=True)
class TrackedStep:
    """Something that happened to the petition."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class TrackedFile:
    """A file of the answer."""

    seq: int
    file: StoredFile


@dataclass(frozen=True, slots=True)
class TrackedAnswer:
    """An answer that was sent; `delivered_at` is None until it arrived."""

    outgoing_number: str
    sent_at: datetime
    delivered_at: datetime | None
    published: bool
    text: str
    files: tuple[TrackedFile, ...]


@dataclass(frozen=True, slots=True)
class TrackedPetition:
    """A petition as its citizen follows it. `void_reason` is empty unless the number was voided.

    `answer` is the one that holds, with the files of all; `earlier` those that it completes.
    `is_petition` is false for what was recorded and sent where it belongs. `survey_until` is the last day
    of the survey that may be answered now, None where there is none.
    """

    filing_number: str
    kind: PetitionKind
    is_petition: bool
    status: PetitionStatus
    subject: str
    received_at: datetime
    filed_on: date
    due_on: date
    explanation: ExplainedDate
    term_state: TermState
    steps: tuple[TrackedStep, ...]
    answer: TrackedAnswer | None
    earlier: tuple[TrackedAnswer, ...]
    urgent: bool
    survey_until: date | None
    void_reason: str


def track_petition(office: Office, filing_number: str, tracking_code: str) -> TrackedPetition:
    """The petition of that number and code. A wrong number and a wrong code raise the same NotFound."""
    with office.read() as connection:
        row = _petition(connection, filing_number, tracking_code)
        answers = _answers(connection, row["id"])
        surveys = read_surveys(connection, row["id"])
        steps = _steps(connection, row["filing_number"])
        explanation = explained_date(connection, row, office.entity())
    today = office.now().astimezone(BOGOTA).date()
    survey = surveys[-1] if surveys and surveys[-1].is_open(today) else None
    return TrackedPetition(
        filing_number=row["filing_number"],
        kind=PetitionKind(row["kind"]),
        is_petition=row["nature"] == Nature.PETITION,
        status=PetitionStatus(row["status"]),
        subject=row["subject"],
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        explanation=explanation,
        term_state=TermState(row["term_state"]),
        steps=steps,
        answer=answers[-1] if answers else None,
        earlier=answers[:-1],
        urgent=row["urgent"],
        survey_until=None if survey is None else survey.ends_on,
        void_reason=row["void_reason"],
    )


def check_code(connection: sa.Connection, filing_number: str, tracking_code: str) -> str:
    """The petition's number, when the code opens it; else NotFound, the same for a wrong number."""
    return str(_petition(connection, filing_number, tracking_code)["filing_number"])


def tracked_file(
    office: Office, filing_number: str, tracking_code: str, seq: int
) -> tuple[StoredFile, bytes]:
    """A file of the answer, for whoever has number and code. Raises NotFound."""
    with office.read() as connection:
        row = _petition(connection, filing_number, tracking_code)
        files = _answer_files(connection, row["id"]) if row["sent_at"] is not None else ()
    for tracked in files:
        if tracked.seq == seq:
            return tracked.file, read_file(office.settings.files_folder, tracked.file.sha256)
    raise NotFound("Ese archivo no está en la respuesta.")


def _petition(connection: sa.Connection, filing_number: str, tracking_code: str) -> sa.RowMapping:
    row = _row(connection, filing_number)
    # Without a petition the code is compared all the same, so that the time taken tells nothing.
    kept = "" if row is None else row["tracking_code"]
    if not same_code(tracking_code, kept) or row is None:
        raise NotFound(
            "No encontramos una petición con ese número y ese código. "
            "Revise los dos datos: están en la constancia de radicación y en el correo de acuse."
        )
    return row


def _row(connection: sa.Connection, filing_number: str) -> sa.RowMapping | None:
    try:
        number = checked_number(filing_number)
    except NotFound:
        return None
    query = sa.select(PETITIONS).where(PETITIONS.c.filing_number == number)
    return connection.execute(query).mappings().one_or_none()


def _answers(connection: sa.Connection, petition_id: int) -> tuple[TrackedAnswer, ...]:
    """The answers in their order; the files of all of them go with the last."""
    answers = read_answers(connection, petition_id)
    files = _answer_files(connection, petition_id) if answers else ()
    published = _published(connection, petition_id, answers)
    return tuple(
        TrackedAnswer(
            outgoing_number=each.outgoing_number,
            sent_at=each.sent_at,
            delivered_at=each.delivered_at,
            published=each.seq in published,
            text=each.text,
            files=files if each is answers[-1] else (),
        )
        for each in answers
    )


def _published(
    connection: sa.Connection, petition_id: int, answers: tuple[SentAnswer, ...]
) -> frozenset[int]:
    """The answers that the page of publications shows: some are published elsewhere, on a notice board."""
    if not any(each.delivered_how is DeliveredHow.PUBLICATION for each in answers):
        return frozenset()
    table = PUBLICATIONS.c
    return frozenset(connection.scalars(sa.select(table.seq).where(table.petition_id == petition_id)))


def _answer_files(connection: sa.Connection, petition_id: int) -> tuple[TrackedFile, ...]:
    table = ATTACHMENTS.c
    query = (
        sa.select(table.seq, table.name, table.media_type, table.size, table.sha256)
        .where(table.petition_id == petition_id, table.direction == "outgoing")
        .order_by(table.seq)
    )
    return tuple(TrackedFile(seq, StoredFile(*file)) for seq, *file in connection.execute(query))


def _steps(connection: sa.Connection, filing_number: str) -> tuple[TrackedStep, ...]:
    query = (
        sa.select(EVENTS.c.at, EVENTS.c.act)
        .where(EVENTS.c.stream == filing_number, EVENTS.c.act.in_(_STEPS))
        .order_by(EVENTS.c.seq)
    )
    return tuple(TrackedStep(at, _STEPS[act]) for at, act in connection.execute(query))
