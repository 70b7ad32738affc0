"""A case as one act sees it: read whole in one statement, guarded by its version when written.

Reading state, alerts and work item together gives one consistent snapshot; the guarded update makes
a slower act notice that a quicker one came first (`StaleCase`), and it starts again from the truth.
A row lock would not do: in read committed, what is joined to a row that had to be waited for is
still read from before the wait.
"""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from processes.common.audit import Head
from processes.common.database import Contention
from processes.common.errors import Conflict, NotFound
from processes.directory.people import Person
from processes.petitions.case_query import BETWEEN_TASKS, READ_CASE, WITHIN_A_TASK
from processes.petitions.hands import Hand, hands_in_place_of_others
from processes.petitions.legal_tables import fixed_term
from processes.petitions.numbers import NO_SUCH_PETITION, checked_number
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import PETITIONS, Channel, WorkItemStatus
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length

_ATTEMPTS = 8
Result = TypeVar("Result")


class StaleCase(Conflict):
    """Another act changed the case after this one read it."""

    code = "stale-case"

    def __init__(self) -> None:
        super().__init__("Otra persona modificó esta petición al mismo tiempo. Intente de nuevo.")


@dataclass(frozen=True, slots=True)
class Item:
    """A work item of the case; whoever left the entity holds no task (`assignee_is_here`)."""

    task: int
    element: str
    name: str
    lane: str
    form: str | None
    department: str | None
    only_for: str | None
    status: WorkItemStatus
    assignee: str | None
    assignee_is_here: bool
    closed_by: str | None
    closed_at: datetime | None

    @property
    def holder(self) -> str | None:
        """Who holds the task, if they are still here."""
        return self.assignee if self.assignee_is_here else None


class OpenItem(NamedTuple):
    """An open work item: its lane, and whoever took it, here or not."""

    lane: str
    assignee: str | None


@dataclass(frozen=True, slots=True)
class WaitingAlertRow:
    """An alert of the case and its instant; held without one. See `AlertPlan` for what it hangs from."""

    name: str
    due_at: datetime | None
    working_days_before: int | None
    share: int | None


@dataclass(frozen=True, slots=True)
class Case:
    """The head of a petition and its engine state; long texts and identities stay in their tables.

    `author` wrote the answer as it stands. `hands` are the posts of its reader that are open to them
    here, their own first; `withheld` says that another is not, because of somebody who is kept apart.
    `alerts_seen` says that somebody has seen an alert of its ladder; `open_items` are its open work items by
    their task, the first opened first.
    """

    id: int
    filing_number: str
    version: int
    status: PetitionStatus
    kind: PetitionKind
    channel: Channel
    verbal: bool
    subject: str
    tracking_code: str
    received_at: datetime
    filed_on: date
    due_on: date
    calendar: int
    due_at: datetime | None
    term_state: TermState
    legal_seq: int
    matter_count: int
    fixed: Length | None
    sent_at: datetime | None
    department: str | None
    department_name: str
    anonymous: bool
    reserved_identity: bool
    answer_text: str
    outgoing_number: str | None
    citizen_name: str
    citizen_email: str
    head: Head
    bundle: str
    state: bytes
    incidents: int
    attachments: int
    alerts: Mapping[int, WaitingAlertRow]
    item: Item | None
    open_items: Mapping[int, OpenItem] = field(default_factory=dict)
    author: str | None = None
    assigned_at: datetime | None = None
    somebody_is_apart: bool = False
    alerts_seen: bool = False
    hands: tuple[Hand, ...] = ()
    withheld: bool = False

    @property
    def open_tasks(self) -> AbstractSet[int]:
        """The keys of the open work items."""
        return self.open_items.keys()


# What is executed often is built once: its values come as parameters, so that nothing is compiled again.
_GUARDED = sa.update(PETITIONS).where(
    PETITIONS.c.id == sa.bindparam("case_id"), PETITIONS.c.version == sa.bindparam("read_version")
)


def read_case(
    connection: sa.Connection, filing_number: str, *, task: int | None = None, reader: Person | None = None
) -> Case:
    """The case of `filing_number`, with its work item `task` (None when there is none such).

    `reader` is the person of the entity who acts; None for the citizen, the clock and the system. Raises
    NotFound, also for one who is kept apart from the petition.
    """
    keys = {
        "filing_number": checked_number(filing_number),
        "task": task,
        "reader": reader.username if reader else None,
        "reader_department": reader.department if reader else None,
    }
    rows = connection.execute(READ_CASE, keys).mappings().all()
    if not rows or rows[0]["reader_is_apart"]:
        raise NotFound(NO_SUCH_PETITION)
    row = rows[0]
    hands = () if reader is None else _hands(connection, reader, row, task)
    return Case(
        id=row["id"],
        filing_number=row["filing_number"],
        version=row["version"],
        status=PetitionStatus(row["status"]),
        kind=PetitionKind(row["kind"]),
        channel=Channel(row["channel"]),
        verbal=row["verbal"],
        subject=row["subject"],
        tracking_code=row["tracking_code"],
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        calendar=row["calendar"],
        due_at=row["due_at"],
        term_state=TermState(row["term_state"]),
        legal_seq=row["legal_seq"],
        matter_count=row["matter_count"],
        fixed=fixed_term(row),
        sent_at=row["sent_at"],
        department=row["department"],
        department_name=row["department_name"] or "",
        anonymous=row["anonymous"],
        reserved_identity=row["reserved_identity"],
        answer_text=row["answer_text"],
        outgoing_number=row["outgoing_number"],
        citizen_name=row["citizen_name"] or "",
        citizen_email=row["citizen_email"] or "",
        head=Head(row["audit_seq"], bytes(row["audit_hash"])),
        bundle=row["bundle"],
        state=bytes(row["state"]),
        incidents=row["incidents"],
        attachments=row["attachments"],
        alerts={
            each["alert_task"]: WaitingAlertRow(
                each["alert_name"], each["alert_due_at"], each["alert_days"], each["alert_share"]
            )
            for each in rows
            if each["alert_task"] is not None
        },
        item=_item(row),
        open_items=_open_items(row["open_tasks"] or ""),
        author=row["author"],
        assigned_at=row["assigned_at"],
        somebody_is_apart=bool(row["somebody_is_apart"]),
        alerts_seen=bool(row["alerts_seen"]),
        hands=hands,
        withheld=reader is not None and len(hands) < len(reader.posts),
    )


def _hands(
    connection: sa.Connection, reader: Person, row: sa.RowMapping, task: int | None
) -> tuple[Hand, ...]:
    own = Hand(
        replace(reader, stands_in_for=()) if reader.stands_in_for else reader,
        bool(row["reader_signed"]),
        bool(row["reader_helps"]),
        bool(row["item_for_stand_in"]),
    )
    return (own, *hands_in_place_of_others(connection, reader, row["id"], task))


def guard(connection: sa.Connection, case: Case, changes: Mapping[str, object]) -> None:
    """Write `changes` to the petition if it is still at the version that was read. Raises StaleCase."""
    keys = {"case_id": case.id, "read_version": case.version}
    values = {**changes, "version": case.version + 1}
    if connection.execute(_GUARDED, {**keys, **values}).rowcount != 1:
        raise StaleCase


def in_one_transaction(office: Office, act: Callable[[sa.Connection], Result]) -> Result:
    """`act` in one transaction; from the start again when another act came first or stood in its way.

    Raises StaleCase or Contention when it loses eight times in a row, and whatever `act` raises.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            with office.write() as connection:
                return act(connection)
        except (StaleCase, Contention):
            continue
    with office.write() as connection:
        return act(connection)


def _open_items(text: str) -> dict[int, OpenItem]:
    parts = [part.split(WITHIN_A_TASK) for part in text.split(BETWEEN_TASKS) if part]
    items = {int(task): OpenItem(lane, assignee or None) for task, lane, assignee in parts}
    return dict(sorted(items.items()))


def _item(row: sa.RowMapping) -> Item | None:
    if row["item_task"] is None:
        return None
    return Item(
        task=row["item_task"],
        element=row["item_element"],
        name=row["item_name"],
        lane=row["item_lane"],
        form=row["item_form"],
        department=row["item_department"],
        only_for=row["item_only_for"],
        status=WorkItemStatus(row["item_status"]),
        assignee=row["item_assignee"],
        assignee_is_here=bool(row["item_assignee_active"]),
        closed_by=row["item_closed_by"],
        closed_at=row["item_closed_at"],
    )
