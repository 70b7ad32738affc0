"""Tables of what follows an answer: each answer that left, the survey about it, what was published."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of


class DeliveredHow(StrEnum):
    """How an answer reached the citizen; empty while it has not."""

    NOT_YET = ""
    EMAIL = "email"
    LETTER = "letter"
    IN_PERSON = "in_person"
    PUBLICATION = "publication"


class SurveyReply(StrEnum):
    """An answer to a question of the survey; empty when the citizen left it out."""

    NONE = ""
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


_TRAVELS = sa.text("notice_key IS NOT NULL")


class SentAnswer(SQLModel, table=True):
    """An answer that left under its outgoing number; a second one is the complement that a review gave.

    `signed_by` is a JSON list of names and titles. `notice_key` is the message that carries it, until
    it is known whether it arrived. Sent and delivered are two dates: `returned_at` is the last time
    that it came back, and `delivered_at` is empty until it arrives after all.
    """

    __tablename__ = "sent_answer"
    __table_args__ = (
        one_of("delivered_how", DeliveredHow),
        sa.CheckConstraint("seq >= 1", name="seq"),
        sa.CheckConstraint("(delivered_at IS NULL) = (delivered_how = '')", name="delivered"),
        sa.Index("ix_sent_answer_travels", "notice_key", sqlite_where=_TRAVELS, postgresql_where=_TRAVELS),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    outgoing_number: str = Field(unique=True, max_length=20)
    text: str
    outcome: str = Field(default="", max_length=40)
    author: str | None = Field(default=None, max_length=60)
    signed_by: str = "[]"
    sent_at: datetime = Field(sa_type=UtcDateTime)
    notice_key: str | None = Field(default=None, max_length=160)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_how: str = Field(default=DeliveredHow.NOT_YET, max_length=12)
    delivered_to: str = Field(default="", max_length=300, description="Quién recibió, o la guía del correo.")
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Survey(SQLModel, table=True):
    """What the citizen is asked after an answer or a refusal, and what they say; never compulsory.

    `ends_on` is the last day to answer. `rating` goes from 1 (very bad) to 5 (very good).
    """

    __tablename__ = "survey"
    __table_args__ = (
        one_of("solved", SurveyReply),
        one_of("understood", SurveyReply),
        one_of("dignified", SurveyReply),
        sa.CheckConstraint("seq >= 1", name="seq"),
        sa.CheckConstraint("(answered_at IS NULL) = (solved = '')", name="answered"),
        sa.CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 5", name="rating"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    ends_on: date
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    solved: str = Field(default=SurveyReply.NONE, max_length=10)
    understood: str = Field(default=SurveyReply.NONE, max_length=10)
    dignified: str = Field(default=SurveyReply.NONE, max_length=10)
    rating: int | None = None
    comment: str = ""


class Publication(SQLModel, table=True):
    """An answer on the public page, as a person wrote it without personal data."""

    __tablename__ = "publication"
    __table_args__ = (sa.UniqueConstraint("petition_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True)
    petition_id: int = Field(foreign_key="petition.id")
    seq: int = Field(description="La respuesta que publica.")
    title: str = Field(max_length=200)
    text: str
    published_at: datetime = Field(sa_type=UtcDateTime)
    published_by: str = Field(max_length=120)


SENT_ANSWERS = SQLModel.metadata.tables["sent_answer"]
SURVEYS = SQLModel.metadata.tables["survey"]
PUBLICATIONS = SQLModel.metadata.tables["publication"]
