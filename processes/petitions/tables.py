"""Tables of the petition. What is hot is written with Core statements on these same tables."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from processes.common.audit import GENESIS
from processes.common.database import UtcDateTime
from processes.petitions.reception import Nature, PetitionerType, ReplyBy
from processes.petitions.reception_tables import IdentityColumns, ReceptionColumns
from processes.petitions.status import PetitionStatus, TermState
from processes.terms.kinds import PetitionKind


class Series(StrEnum):
    """A series of numbers; each is consecutive within its year."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"


class Channel(StrEnum):
    """How a petition came in."""

    WEB = "web"
    EMAIL = "email"
    PHONE = "phone"
    DESK = "desk"
    VERBAL = "verbal"
    LETTER = "letter"
    MESSAGING = "messaging"
    SOCIAL_NETWORK = "social_network"
    FIELD_VISIT = "field_visit"
    FAIR = "fair"
    ACCOUNTABILITY_EVENT = "accountability_event"
    ANTI_CORRUPTION_LINE = "anti_corruption_line"
    API = "api"


class WorkItemStatus(StrEnum):
    """Whether a task waits for somebody."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


def one_of(column: str, values: type[StrEnum]) -> sa.CheckConstraint:
    """That `column` holds one of `values`, as the code does."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


_WAKES = sa.text("next_wake_at IS NOT NULL")
_MOVED = sa.text("term_state <> 'running'")


class Bundle(SQLModel, table=True):
    """A published version of the procedure; never changes. `hash` is its content's."""

    __tablename__ = "bundle"

    hash: str = Field(primary_key=True, max_length=64)
    process_id: str = Field(max_length=80)
    published_at: datetime = Field(sa_type=UtcDateTime)
    published_by: str = Field(max_length=120)


class BundleFile(SQLModel, table=True):
    """A file of a bundle, byte for byte."""

    __tablename__ = "bundle_file"

    bundle: str = Field(primary_key=True, foreign_key="bundle.hash", max_length=64)
    name: str = Field(primary_key=True, max_length=200)
    content: bytes


class CurrentBundle(SQLModel, table=True):
    """The version that new petitions start with, by process."""

    __tablename__ = "current_bundle"

    process_id: str = Field(primary_key=True, max_length=80)
    bundle: str = Field(foreign_key="bundle.hash", max_length=64)


class Petition(ReceptionColumns, table=True):
    """A petition and the head of its case. `received_at` is when it came, `filed_on` the day that counts.

    `due_on` is the last day to answer, `due_at` its instant where the law counts hours. While
    `term_state` is suspended the date stands still: it is the one that would rule without more delay.
    """

    __tablename__ = "petition"
    __table_args__ = (
        one_of("status", PetitionStatus),
        one_of("kind", PetitionKind),
        one_of("channel", Channel),
        one_of("nature", Nature),
        one_of("petitioner_type", PetitionerType),
        one_of("reply_by", ReplyBy),
        one_of("term_state", TermState),
        sa.UniqueConstraint("year", "number"),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 1 AND 3", name="level"),
        sa.CheckConstraint("(status = 'voided') = (void_reason <> '')", name="void_reason"),
        sa.CheckConstraint("status <> 'closed' OR closed_at IS NOT NULL", name="closed_at"),
        sa.CheckConstraint("status <> 'sent' OR sent_at IS NOT NULL", name="sent_at"),
        sa.CheckConstraint("audit_seq >= 1 AND version >= 1", name="heads"),
        sa.CheckConstraint("(fixed_amount IS NULL) = (fixed_unit IS NULL)", name="fixed_term"),
        sa.Index("ix_petition_wake", "next_wake_at", sqlite_where=_WAKES, postgresql_where=_WAKES),
        sa.Index("ix_petition_term_state", "term_state", sqlite_where=_MOVED, postgresql_where=_MOVED),
        sa.Index("ix_petition_department_status", "department", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    filing_number: str = Field(unique=True, max_length=20)
    year: int
    number: int
    tracking_code: str = Field(max_length=20)
    kind: str = Field(max_length=30)
    channel: str = Field(max_length=30)
    subject: str = Field(max_length=200)
    body: str
    anonymous: bool = False
    reserved_identity: bool = False
    sample: bool = False
    received_at: datetime = Field(sa_type=UtcDateTime)
    entered_at: datetime = Field(sa_type=UtcDateTime)
    filed_on: date
    due_on: date
    calendar: int = Field(
        foreign_key="calendar_version.number", description="La más antigua con la que se contó."
    )
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    term_state: str = Field(default=TermState.RUNNING, max_length=10)
    legal_seq: int = Field(default=0, description="Último evento legal; 0 si no hay ninguno.")
    matter_count: int = Field(default=0, description="0: la petición es un solo asunto.")
    fixed_amount: int | None = Field(default=None, description="El plazo que fijó quien pide, si lo fijó.")
    fixed_unit: str | None = Field(default=None, max_length=15)
    status: str = Field(default=PetitionStatus.FILED, max_length=20, index=True)
    level: int | None = None
    priority: bool = False
    department: str | None = Field(default=None, foreign_key="department.code", max_length=20)
    distribution_note: str = ""
    assigned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_text: str = ""
    author: str | None = Field(default=None, foreign_key="person.username", max_length=60)
    outgoing_number: str | None = Field(default=None, unique=True, max_length=20)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = Field(default="", max_length=40)
    closing_checks: str = ""
    closing_note: str = ""
    void_reason: str = ""
    version: int = 1
    next_wake_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    audit_seq: int = 0
    audit_hash: bytes = GENESIS


class Petitioner(IdentityColumns, table=True):
    """Who asks and how to reach them; absent for an anonymous petition or a reserved identity."""

    __tablename__ = "petitioner"


class ReservedIdentity(IdentityColumns, table=True):
    """The identity of a wrongdoing reporter, apart from everything else.

    Only the custodian's service shows it, and each reading is an audit event (CPACA 24.3; Ley 1712
    de 2014, art. 18).
    """

    __tablename__ = "reserved_identity"


class CaseState(SQLModel, table=True):
    """The engine's state of a case, and the bundle that it is pinned to.

    `state_before_end` is what it was when the citizen gave the petition up: the entity may go on with it.
    """

    __tablename__ = "case_state"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    bundle: str = Field(foreign_key="bundle.hash", max_length=64, index=True)
    state: bytes
    state_before_end: bytes | None = None


class WorkItem(SQLModel, table=True):
    """A task of the diagram; `task` is its key in the case, `only_for` the one person whose it is."""

    __tablename__ = "work_item"
    __table_args__ = (
        one_of("status", WorkItemStatus),
        sa.CheckConstraint("(status = 'open') = (closed_at IS NULL)", name="closed_at"),
        sa.Index("ix_work_item_inbox", "status", "lane", "department"),
    )

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    task: int = Field(primary_key=True)
    element: str = Field(max_length=80)
    name: str = Field(max_length=200)
    lane: str = Field(max_length=60)
    form: str | None = Field(default=None, max_length=200)
    department: str | None = Field(default=None, foreign_key="department.code", max_length=20)
    status: str = Field(default=WorkItemStatus.OPEN, max_length=10)
    assignee: str | None = Field(default=None, foreign_key="person.username", max_length=60, index=True)
    only_for: str | None = Field(default=None, foreign_key="person.username", max_length=60)
    draft: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str | None = Field(default=None, max_length=120)


class Alert(SQLModel, table=True):
    """The instant of a timer that waits in a case; moved by an update, without waking the case.

    It hangs from the due date by `working_days_before` or by `share`, the percent of the term that is
    gone; with neither, its instant stands, or comes from a legal clock. Without an instant it is held:
    the term that it watches is suspended, or its clock does not run.
    """

    __tablename__ = "alert"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    task: int = Field(primary_key=True)
    element: str = Field(max_length=80)
    name: str = Field(max_length=60)
    working_days_before: int | None = None
    share: int | None = Field(default=None, description="Parte del término que ha pasado, en cientos.")
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AlertPlan(SQLModel, table=True):
    """An alert planned before its timer waits; the timer takes it over."""

    __tablename__ = "alert_plan"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    name: str = Field(primary_key=True, max_length=60)
    working_days_before: int | None = None
    share: int | None = None
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Incident(SQLModel, table=True):
    """A task that failed, with its token where it was; an administrator tries it again."""

    __tablename__ = "incident"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    task: int = Field(primary_key=True)
    element: str = Field(max_length=80)
    name: str = Field(max_length=200)
    message: str
    attempts: int = 1
    opened_at: datetime = Field(sa_type=UtcDateTime)
    last_at: datetime = Field(sa_type=UtcDateTime)


class Attachment(SQLModel, table=True):
    """A file that came or went with a petition; its bytes lie in the files folder under `sha256`."""

    __tablename__ = "attachment"

    petition_id: int = Field(primary_key=True, foreign_key="petition.id")
    seq: int = Field(primary_key=True)
    direction: str = Field(max_length=10)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64, index=True)
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(max_length=120)


_table = SQLModel.metadata.tables.__getitem__
BUNDLES = _table("bundle")
BUNDLE_FILES = _table("bundle_file")
CURRENT_BUNDLES = _table("current_bundle")
PETITIONS = _table("petition")
PETITIONERS = _table("petitioner")
RESERVED_IDENTITIES = _table("reserved_identity")
CASE_STATES = _table("case_state")
WORK_ITEMS = _table("work_item")
ALERTS = _table("alert")
ALERT_PLANS = _table("alert_plan")
INCIDENTS = _table("incident")
ATTACHMENTS = _table("attachment")
