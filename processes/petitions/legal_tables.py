"""Tables of the legal clock: what moved the term of a petition, and the matters that it asks about."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit


class LegalEvent(SQLModel, table=True):
    """Something that moves a legal clock; rows are added and never changed.

    `at` is when it happened in law, `recorded_at` when the office wrote it down. `detail` holds the
    values of the event as JSON and `text` its words (what is missing, the motivation, what the
    citizen wrote); `act_number` is the administrative act where there is one, and `recorded_by` the
    actor, as in the journal. `notice_key` is the message that told it, where only the mail did: if
    that comes back, the citizen was not told.
    """

    __tablename__ = "legal_event"
    __table_args__ = (one_of("kind", LegalEventKind), sa.CheckConstraint("seq >= 1", name="seq"))

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    detail: str
    text: str = ""
    act_number: str = Field(default="", max_length=60)
    notice_key: str | None = Field(default=None, max_length=160)
    recorded_by: str = Field(max_length=120)


class Matter(SQLModel, table=True):
    """One of the numbered requests of a petition, with its own kind; without rows the petition is one."""

    __tablename__ = "matter"
    __table_args__ = (one_of("kind", PetitionKind), sa.CheckConstraint("number >= 1", name="number"))

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    number: int = Field(primary_key=True)
    kind: str = Field(max_length=30)
    text: str = Field(max_length=2000)


LEGAL_EVENTS = SQLModel.metadata.tables["legal_event"]
MATTERS = SQLModel.metadata.tables["matter"]


def fixed_term(row: sa.RowMapping) -> Length | None:
    """The term that the requester fixed, from a row of petitions; None when the law gives it."""
    amount = row["fixed_amount"]
    return None if amount is None else Length(amount, TermUnit(row["fixed_unit"]))
