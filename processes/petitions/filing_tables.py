"""Tables of filing: the counters of its numbers, and the keys under which it was asked for."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import Series, one_of


class FilingCounter(SQLModel, table=True):
    """The last number given in a series and year; taken in the transaction that uses it, so gap-free."""

    __tablename__ = "filing_counter"
    __table_args__ = (one_of("series", Series), sa.CheckConstraint("last >= 1", name="last"))

    series: str = Field(primary_key=True, max_length=10)
    year: int = Field(primary_key=True)
    last: int


class IdempotencyKey(SQLModel, table=True):
    """A filing already made under a caller's key, so that a repeated request files nothing new."""

    __tablename__ = "idempotency_key"

    key: str = Field(primary_key=True, max_length=200)
    body_hash: bytes
    petition_id: int | None = Field(default=None, foreign_key="petition.id")
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)


COUNTERS = SQLModel.metadata.tables["filing_counter"]
IDEMPOTENCY_KEYS = SQLModel.metadata.tables["idempotency_key"]
