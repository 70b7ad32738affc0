"""What the citizen sees of a petition with its number and code: in words, without anybody's data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import NotFound
from processes.petitions.attachments import read_file
from processes.petitions.form import StoredFile
from processes.petitions.legal_reading import explained_date
from processes.petitions.legal_words import FOR_THE_CITIZEN
from processes.petitions.numbers import checked_number, same_code
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import ATTACHMENTS, PETITIONS
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind

_STEPS: Mapping[str, str] = MappingProxyType(
    {
        "petition_filed": "Recibimos y radicamos su petición.",
        "term_started": "Clasificamos su petición y fijamos la fecha para responderle.",
        "assigned": "La entregamos a la dependencia que debe responder.",
        "answer_sent": "Le enviamos la respuesta.",
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
    """The answer, once it was sent."""

    outgoing_number: str
    sent_at: datetime
    text: str
    files: tuple[TrackedFile, ...]


@dataclass(frozen=True, slots=True)
class TrackedPetition:
    """A petition as its citizen follows it. `void_reason` is empty unless the number was voided."""

    filing_number: str
    kind: PetitionKind
    status: PetitionStatus
    subject: str
    received_at: datetime
    filed_on: date
    due_on: date
    explanation: ExplainedDate
    term_state: TermState
    steps: tuple[TrackedStep, ...]
    answer: TrackedAnswer | None
    void_reason: str


def track_petition(office: Office, filing_number: str, tracking_code: str) -> TrackedPetition:
    """The petition of that number and code. A wrong number and a wrong code raise the same NotFound."""
    with office.read() as connection:
        row = _petition(connection, filing_number, tracking_code)
        files = _answer_files(connection, row["id"])
        steps = _steps(connection, row["filing_number"])
        explanation = explained_date(connection, row, office.entity())
    kind = PetitionKind(row["kind"])
    answer = None
    if row["sent_at"] is not None:
        answer = TrackedAnswer(row["outgoing_number"], row["sent_at"], row["answer_text"], files)
    return TrackedPetition(
        filing_number=row["filing_number"],
        kind=kind,
        status=PetitionStatus(row["status"]),
        subject=row["subject"],
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        explanation=explanation,
        term_state=TermState(row["term_state"]),
        steps=steps,
        answer=answer,
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
