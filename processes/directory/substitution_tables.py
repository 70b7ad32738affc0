"""The table of who does whose work while they are away."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime


class Substitution(SQLModel, table=True):
    """Somebody is in the place of another from `first_on` to `last_on`, both included, by an act.

    `ended_at` is when it was ended before its last day; it holds no more from then on.
    """

    __tablename__ = "substitution"
    __table_args__ = (
        sa.CheckConstraint("absent <> substitute", name="two_people"),
        sa.CheckConstraint("first_on <= last_on", name="days"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    )

    id: int | None = Field(default=None, primary_key=True)
    absent: str = Field(foreign_key="person.username", max_length=60, index=True)
    substitute: str = Field(foreign_key="person.username", max_length=60, index=True)
    first_on: date
    last_on: date = Field(index=True)
    act_number: str = Field(max_length=60)
    recorded_by: str = Field(max_length=120)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    ended_by: str | None = Field(default=None, max_length=120)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


SUBSTITUTIONS = SQLModel.metadata.tables["substitution"]
