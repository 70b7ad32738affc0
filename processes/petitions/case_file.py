"""What a petition gathered besides its text: how it came, what was noted, answered and said of the answer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from processes.directory.people import Person, full_names
from processes.petitions.legal_tables import LEGAL_EVENTS, MATTERS
from processes.petitions.notes import NoteView, read_notes
from processes.petitions.office import Office
from processes.petitions.queries import readable_row
from processes.petitions.receptions import ReceptionView, reception_of
from processes.petitions.sent_answers import SentAnswer, read_answers
from processes.petitions.survey_rows import Survey, read_surveys
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.kinds import PetitionKind

_EXCHANGED = (
    LegalEventKind.COMPLETION_REQUESTED.value,
    LegalEventKind.COMPLETION_EXTENSION_ASKED.value,
    LegalEventKind.COMPLETED.value,
    LegalEventKind.RETURNED_UNCLEAR.value,
    LegalEventKind.CLARIFIED.value,
    LegalEventKind.INSISTED.value,
    LegalEventKind.APPEALED.value,
)


@dataclass(frozen=True, slots=True)
class AnswerOnFile:
    """An answer that left, with the name of who wrote it; empty when nobody of the entity did."""

    answer: SentAnswer
    author_name: str


@dataclass(frozen=True, slots=True)
class MatterOnFile:
    """One of the numbered requests into which a petition was separated."""

    number: int
    kind: PetitionKind
    text: str


@dataclass(frozen=True, slots=True)
class WrittenAct:
    """What the entity asked of the citizen, or what the citizen answered, in its own words."""

    label: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Notes are internal: the citizen never reads them. `matters` is empty for a petition of one matter.

    `exchanges` are what was asked of the citizen and what they answered, the earliest first: whoever
    decides or drafts reads them with the petition.
    """

    reception: ReceptionView
    matters: tuple[MatterOnFile, ...]
    exchanges: tuple[WrittenAct, ...]
    notes: tuple[NoteView, ...]
    answers: tuple[AnswerOnFile, ...]
    surveys: tuple[Survey, ...]


def read_case_file(office: Office, person: Person, filing_number: str) -> CaseFile:
    """The file of a petition that `person` may read. Raises NotFound, Forbidden."""
    with office.read() as connection:
        row = readable_row(connection, person, filing_number)
        petition_id = row["id"]
        answers = read_answers(connection, petition_id)
        names = full_names(connection, {answer.author for answer in answers if answer.author})
        return CaseFile(
            reception=reception_of(connection, petition_id),
            matters=_matters(connection, petition_id) if row["matter_count"] else (),
            exchanges=_exchanges(connection, petition_id) if row["legal_seq"] else (),
            notes=read_notes(connection, petition_id),
            answers=tuple(AnswerOnFile(each, names.get(each.author or "", "")) for each in answers),
            surveys=read_surveys(connection, petition_id),
        )


def _exchanges(connection: sa.Connection, petition_id: int) -> tuple[WrittenAct, ...]:
    table = LEGAL_EVENTS.c
    query = (
        sa.select(table.kind, table.at, table.text)
        .where(table.petition_id == petition_id, table.kind.in_(_EXCHANGED), table.text != "")
        .order_by(table.seq)
    )
    return tuple(
        WrittenAct(EVENT_LABELS[LegalEventKind(kind)], at, text)
        for kind, at, text in connection.execute(query)
    )


def _matters(connection: sa.Connection, petition_id: int) -> tuple[MatterOnFile, ...]:
    query = (
        sa.select(MATTERS.c.number, MATTERS.c.kind, MATTERS.c.text)
        .where(MATTERS.c.petition_id == petition_id)
        .order_by(MATTERS.c.number)
    )
    return tuple(
        MatterOnFile(number, PetitionKind(kind), text) for number, kind, text in connection.execute(query)
    )
