"""Tables of the reports: what was reported, and the cases behind each figure."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.database import UtcDateTime
from processes.petitions.tables import one_of


class ReportStatus(StrEnum):
    """Whether a report is still with its reviewer, or went out."""

    FOR_REVIEW = "for_review"
    SENT = "sent"


class Report(SQLModel, table=True):
    """A report of a period, made once; `figures` is JSON, with the words of each query."""

    __tablename__ = "report"
    __table_args__ = (one_of("status", ReportStatus), sa.UniqueConstraint("name", "period"))

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    period: str = Field(max_length=12)
    period_label: str = Field(max_length=80)
    first_on: date
    last_on: date
    made_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Field(max_length=12)
    figures: str
    remarks: str = Field(default="", description="Lo que quien lo revisó agrega.")
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_by: str = Field(default="", max_length=120)
    told: str = Field(default="[]", description="Nombres de las personas avisadas, en JSON.")


class ReportCase(SQLModel, table=True):
    """A case behind a figure, by its number and nothing else of it."""

    __tablename__ = "report_case"

    report_id: int = Field(primary_key=True, foreign_key="report.id")
    figure: str = Field(primary_key=True, max_length=40)
    seq: int = Field(primary_key=True)
    bucket: str = Field(max_length=200)
    filing_number: str = Field(max_length=20)
    amount: float | None = None


class OfficeTaskKind(StrEnum):
    """What citizen service does besides petitions: a visit, or a decision on what was kept long enough."""

    VISIT = "visit"
    RETENTION = "retention"


class OfficeTask(SQLModel, table=True):
    """A task of citizen service that time brings, once for its kind, period and department.

    `petitions` counts what led to it. `findings`, `commitments` and `act_number` are written by whoever
    does it: the clock drafts nothing and decides nothing.
    """

    __tablename__ = "office_task"
    __table_args__ = (
        one_of("kind", OfficeTaskKind),
        sa.UniqueConstraint("kind", "period", "department"),
        sa.CheckConstraint("(done_at IS NULL) = (done_by = '')", name="done"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=10)
    period: str = Field(max_length=12)
    period_label: str = Field(max_length=80)
    department: str = Field(foreign_key="department.code", max_length=20)
    petitions: int
    due_on: date
    created_at: datetime = Field(sa_type=UtcDateTime)
    findings: str = ""
    commitments: str = ""
    act_number: str = Field(default="", max_length=60)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_by: str = Field(default="", max_length=120)


REPORTS_MADE = SQLModel.metadata.tables["report"]
REPORT_CASES = SQLModel.metadata.tables["report_case"]
OFFICE_TASKS = SQLModel.metadata.tables["office_task"]
