"""The surveys of a petition as rows."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.petitions.answer_tables import SURVEYS, SurveyReply

_OF_PETITION = (
    sa.select(SURVEYS).where(SURVEYS.c.petition_id == sa.bindparam("case_id")).order_by(SURVEYS.c.seq)
)
_ENDS_ON = (
    sa.select(SURVEYS.c.ends_on)
    .where(SURVEYS.c.petition_id == sa.bindparam("case_id"))
    .order_by(SURVEYS.c.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class SurveyReplies:
    """What a citizen answers; only whether it was solved has to be said."""

    solved: SurveyReply
    understood: SurveyReply = SurveyReply.NONE
    dignified: SurveyReply = SurveyReply.NONE
    rating: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey and what came of it; `ends_on` is the last day to answer. No replies until `answered_at`."""

    seq: int
    opened_at: datetime
    ends_on: date
    answered_at: datetime | None
    replies: SurveyReplies | None

    def is_open(self, today: date) -> bool:
        """Whether it may still be answered on `today`."""
        return self.answered_at is None and today <= self.ends_on


def read_surveys(connection: sa.Connection, petition_id: int) -> tuple[Survey, ...]:
    """Every survey of the petition, in the order in which they were opened."""
    rows = connection.execute(_OF_PETITION, {"case_id": petition_id}).mappings()
    return tuple(_survey(row) for row in rows)


def survey_ends_on(connection: sa.Connection, petition_id: int) -> date | None:
    """The last day of the latest survey; None without one."""
    return connection.scalar(_ENDS_ON, {"case_id": petition_id})


def _survey(row: sa.RowMapping) -> Survey:
    replies = None
    if row["answered_at"] is not None:
        replies = SurveyReplies(
            solved=SurveyReply(row["solved"]),
            understood=SurveyReply(row["understood"]),
            dignified=SurveyReply(row["dignified"]),
            rating=row["rating"],
            comment=row["comment"],
        )
    return Survey(row["seq"], row["opened_at"], row["ends_on"], row["answered_at"], replies)
