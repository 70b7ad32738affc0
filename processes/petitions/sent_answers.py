"""The answers of a petition as rows: each that left, when, whether and how it arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from notifications.messages import Signatory
from processes.petitions.answer_tables import SENT_ANSWERS, DeliveredHow

_THIS = (
    SENT_ANSWERS.c.petition_id == sa.bindparam("case_id"),
    SENT_ANSWERS.c.seq == sa.bindparam("answer_seq"),
)
_ADD = sa.insert(SENT_ANSWERS)
_CHANGE = sa.update(SENT_ANSWERS).where(*_THIS)
_OF_PETITION = (
    sa.select(SENT_ANSWERS)
    .where(SENT_ANSWERS.c.petition_id == sa.bindparam("case_id"))
    .order_by(SENT_ANSWERS.c.seq)
)


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """An answer that left. `delivered_at` is empty until it arrived, `returned_at` unless it came back."""

    seq: int
    outgoing_number: str
    text: str
    outcome: str
    author: str | None
    signed_by: tuple[Signatory, ...]
    sent_at: datetime
    notice_key: str | None
    delivered_at: datetime | None
    delivered_how: DeliveredHow
    delivered_to: str
    returned_at: datetime | None

    @property
    def is_back(self) -> bool:
        """Whether it came back and has not arrived since."""
        return self.returned_at is not None and self.delivered_at is None


def read_answers(connection: sa.Connection, petition_id: int) -> tuple[SentAnswer, ...]:
    """Every answer of the petition, in the order in which they left."""
    rows = connection.execute(_OF_PETITION, {"case_id": petition_id}).mappings()
    return tuple(_answer(row) for row in rows)


def last_answer(connection: sa.Connection, petition_id: int) -> SentAnswer | None:
    """The answer that holds now; None before the first has left."""
    answers = read_answers(connection, petition_id)
    return answers[-1] if answers else None


def insert_answer(connection: sa.Connection, row: Mapping[str, object]) -> None:
    """Keep an answer that leaves now."""
    connection.execute(_ADD, dict(row))


def change_answer(connection: sa.Connection, petition_id: int, seq: int, **values: object) -> None:
    """Write down what became of an answer."""
    connection.execute(_CHANGE, {"case_id": petition_id, "answer_seq": seq, **values})


def signatures_as_text(signatories: tuple[Signatory, ...]) -> str:
    """Names and titles as the row keeps them."""
    return orjson.dumps(signatories).decode()


def signatures_of_text(text: str) -> tuple[Signatory, ...]:
    """What `signatures_as_text` wrote."""
    return tuple(Signatory(**each) for each in orjson.loads(text))


def _answer(row: sa.RowMapping) -> SentAnswer:
    return SentAnswer(
        seq=row["seq"],
        outgoing_number=row["outgoing_number"],
        text=row["text"],
        outcome=row["outcome"],
        author=row["author"],
        signed_by=signatures_of_text(row["signed_by"]),
        sent_at=row["sent_at"],
        notice_key=row["notice_key"],
        delivered_at=row["delivered_at"],
        delivered_how=DeliveredHow(row["delivered_how"]),
        delivered_to=row["delivered_to"],
        returned_at=row["returned_at"],
    )
