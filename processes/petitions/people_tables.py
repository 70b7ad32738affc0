"""Tables of who else has a hand in a petition: asked, named to sign, kept apart, or waited for to pay."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of


class ExclusionCause(StrEnum):
    """Why somebody of the entity neither works on a petition nor sees it."""

    COMPLAINED_OF = "complained_of"
    CONFLICT = "conflict"


class SignatureDecision(StrEnum):
    """What the person who was named to sign did."""

    SIGN = "sign"
    REFUSE = "refuse"


class Exclusion(SQLModel, table=True):
    """Somebody who is kept apart from a petition (CPACA 11 and 12); the row goes when that is lifted."""

    __tablename__ = "exclusion"
    __table_args__ = (one_of("cause", ExclusionCause),)

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    username: str = Field(primary_key=True, foreign_key="person.username", max_length=60, index=True)
    cause: str = Field(max_length=15)
    reason: str
    recorded_by: str = Field(max_length=120)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class StandIn(SQLModel, table=True):
    """Somebody who works on a petition in the place of one who is kept apart (CPACA 12: ad hoc).

    A row for each lane; `department` in the lanes of one department.
    """

    __tablename__ = "stand_in"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    username: str = Field(primary_key=True, foreign_key="person.username", max_length=60, index=True)
    lane: str = Field(primary_key=True, max_length=60)
    department: str | None = Field(default=None, foreign_key="department.code", max_length=20)
    instead_of: str = Field(foreign_key="person.username", max_length=60)
    designated_by: str = Field(max_length=120)
    designated_at: datetime = Field(sa_type=UtcDateTime)


class HelpRequest(SQLModel, table=True):
    """A department that was asked to contribute; `round` counts how often the petition asked for help."""

    __tablename__ = "help_request"
    __table_args__ = (
        sa.CheckConstraint("(contributed_at IS NULL) = (contributed_by IS NULL)", name="contributed"),
        sa.UniqueConstraint("petition_id", "round", "department"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    round: int
    department: str = Field(foreign_key="department.code", max_length=20, index=True)
    question: str
    asked_by: str = Field(max_length=120)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    contribution: str = ""
    contributed_by: str | None = Field(default=None, foreign_key="person.username", max_length=60)
    contributed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Signature(SQLModel, table=True):
    """Somebody who was named to sign the answer; `text_sha256` is of the text that was before them.

    `decided_by` is whose hand it was: theirs, or that of one in their place while they were away.
    """

    __tablename__ = "signature"
    __table_args__ = (
        sa.UniqueConstraint("petition_id", "round", "signer"),
        sa.CheckConstraint("decision IS NULL OR decision IN ('sign', 'refuse')", name="decision"),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_at"),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name="decided_by"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    round: int
    signer: str = Field(foreign_key="person.username", max_length=60, index=True)
    asked_by: str = Field(max_length=120)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    decision: str | None = Field(default=None, max_length=10)
    reason: str = ""
    text_sha256: str = Field(default="", max_length=64)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by: str | None = Field(default=None, foreign_key="person.username", max_length=60)


class DepartmentReturn(SQLModel, table=True):
    """A department that gave a petition back; each may once."""

    __tablename__ = "department_return"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    department: str = Field(primary_key=True, foreign_key="department.code", max_length=20)
    reason: str
    returned_by: str = Field(foreign_key="person.username", max_length=60)
    returned_at: datetime = Field(sa_type=UtcDateTime)


class CopyPayment(SQLModel, table=True):
    """Copies that the citizen pays before they are made (CPACA 29); `price` in pesos, for all of them."""

    __tablename__ = "copy_payment"
    __table_args__ = (
        sa.CheckConstraint("copies >= 1 AND price >= 1", name="amounts"),
        sa.CheckConstraint("(paid_at IS NULL) = (receipt = '')", name="receipt"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    copies: int
    price: int
    how_to_pay: str
    asked_by: str = Field(max_length=120)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    receipt: str = Field(default="", max_length=60)
    paid_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_table = SQLModel.metadata.tables.__getitem__
EXCLUSIONS = _table("exclusion")
STAND_INS = _table("stand_in")
HELP_REQUESTS = _table("help_request")
SIGNATURES = _table("signature")
DEPARTMENT_RETURNS = _table("department_return")
COPY_PAYMENTS = _table("copy_payment")
