"""Tables of what the entity writes for itself: notes on a petition, and petitions that belong together."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of


class Relation(StrEnum):
    """Why a petition belongs to another one, said from the later of the two."""

    EARLIER_ANSWER = "earlier_answer"
    NEW_PETITION = "new_petition"
    APPEAL = "appeal"


class Note(SQLModel, table=True):
    """An internal text about a petition: a comment of the review, a handover. Never the citizen's to see.

    `topic` is the key of the form's field, `label` what the field is called, `task` the task that it was
    written in.
    """

    __tablename__ = "note"
    __table_args__ = (sa.CheckConstraint("text <> ''", name="text"),)

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    task: int
    topic: str = Field(max_length=40)
    label: str = Field(max_length=200)
    text: str
    by: str = Field(max_length=120)
    at: datetime = Field(sa_type=UtcDateTime)


class PetitionLink(SQLModel, table=True):
    """A petition that refers to an earlier one, or was filed because of it."""

    __tablename__ = "petition_link"
    __table_args__ = (
        one_of("relation", Relation),
        sa.CheckConstraint("petition_id <> related_id", name="another"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    related_id: int = Field(primary_key=True, foreign_key="petition.id", index=True)
    relation: str = Field(primary_key=True, max_length=20)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str = Field(max_length=120)


_table = SQLModel.metadata.tables.__getitem__
NOTES = _table("note")
PETITION_LINKS = _table("petition_link")
