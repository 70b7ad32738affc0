"""The table of what a petition leaves to do besides its answer, and after its end."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of


class DutyKind(StrEnum):
    """What is owed: to whoever appealed, to a judge, to somebody in danger, to whom the answer never came."""

    APPEAL = "appeal"
    JUDGE_REPORT = "judge_report"
    RULING = "ruling"
    DANGER = "danger"
    RETURNED_ANSWER = "returned_answer"


DUTY_LABELS: Mapping[DutyKind, str] = MappingProxyType(
    {
        DutyKind.APPEAL: "Decidir el recurso",
        DutyKind.JUDGE_REPORT: "Rendir el informe al juez",
        DutyKind.RULING: "Cumplir el fallo del juez",
        DutyKind.DANGER: "Atender el riesgo",
        DutyKind.RETURNED_ANSWER: "Entregar la respuesta que volvió",
    }
)


class Duty(SQLModel, table=True):
    """A duty that no task of a diagram holds; it has its own clock, and stays when the petition ends.

    `due_on` (and `due_at`, for terms in hours) is the law's; without one it presses at once. `task` is the
    task of the diagram that it goes on with, 0 for none. `rings` counts the alarms of a danger that have
    sounded since. `done_by` is an actor of the journal.
    """

    __tablename__ = "duty"
    __table_args__ = (
        one_of("kind", DutyKind),
        sa.CheckConstraint("(done_at IS NULL) = (done_by = '')", name="done"),
        sa.Index(
            "ix_duty_open",
            "kind",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        ),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=20)
    task: int = 0
    opened_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date | None = None
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rings: int = 0
    note: str = ""
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = Field(default="", max_length=120)


DUTIES = SQLModel.metadata.tables["duty"]
