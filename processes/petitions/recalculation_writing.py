"""Some thousand petitions counted by a new calendar, written in one transaction: whole or not at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from notifications.messages import DueDateMoved, Letterhead
from processes.common.audit import EVENTS, SYSTEM, Act, Actor, Head, chain
from processes.common.calendar import WorkCalendar
from processes.common.many_rows import insert_many, update_many
from processes.common.outbox import MESSAGES, ON_PAPER, Envelope, MessageChannel, message_row, post
from processes.engine.timers import TERM
from processes.petitions.legal_instants import legal_instant
from processes.petitions.legal_reading import read_reckonings
from processes.petitions.recalculation_tables import MOVED_DATES
from processes.petitions.recounting import COLUMNS, Counted, count_rows
from processes.petitions.status import TermState
from processes.petitions.tables import (
    ALERT_PLANS,
    ALERTS,
    PETITIONERS,
    PETITIONS,
    RESERVED_IDENTITIES,
    WORK_ITEMS,
    WorkItemStatus,
)
from processes.petitions.waiting import AlertPlan, RunningTerm, earliest
from processes.terms.clock import AfterHours

# A span, and not the petitions by name: thousands of parameters cost more than the few rows too many.
_FIRST: sa.BindParameter[int] = sa.bindparam("first", type_=sa.Integer)
_LAST: sa.BindParameter[int] = sa.bindparam("last", type_=sa.Integer)
_ADDRESS = sa.func.coalesce(RESERVED_IDENTITIES.c.email, PETITIONERS.c.email, "")
_READ = (
    sa.select(
        *COLUMNS,
        PETITIONS.c.version,
        PETITIONS.c.audit_seq,
        PETITIONS.c.audit_hash,
        PETITIONS.c.anonymous,
        PETITIONS.c.reserved_identity,
        PETITIONERS.c.full_name,
        _ADDRESS.label("address"),
    )
    .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
    .outerjoin(RESERVED_IDENTITIES, RESERVED_IDENTITIES.c.petition_id == PETITIONS.c.id)
    .where(PETITIONS.c.id.between(_FIRST, _LAST))
    .order_by(PETITIONS.c.id)
)
_HOLDERS = sa.select(WORK_ITEMS.c.petition_id, WORK_ITEMS.c.assignee).where(
    WORK_ITEMS.c.petition_id.between(_FIRST, _LAST),
    WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
    WORK_ITEMS.c.assignee.is_not(None),
)
_STAY = (
    sa.update(PETITIONS)
    .where(PETITIONS.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(calendar=sa.bindparam("counted_by"), version=PETITIONS.c.version + 1)
)
# A petition that a process with an older calendar touched is counted a second time by one version.
_MOVED_AGAIN = "ON CONFLICT (version, petition_id) DO UPDATE SET due_after = excluded.due_after"
_TOLD_ALREADY = "ON CONFLICT (key) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What moves the dates: a version of the calendar, who made it, and what it changes, in sentences."""

    version: int
    by: Actor
    changes: tuple[str, ...]
    calendar: WorkCalendar
    after_hours: AfterHours
    letterhead: Letterhead
    tracking_url: str
    now: datetime


@dataclass(slots=True)
class _Rows:
    """What one chunk writes, gathered."""

    petitions: list[dict[str, object]] = field(default_factory=list)
    alerts: list[dict[str, object]] = field(default_factory=list)
    plans: list[dict[str, object]] = field(default_factory=list)
    events: list[dict[str, object]] = field(default_factory=list)
    moved: list[dict[str, object]] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    stay: list[int] = field(default_factory=list)


def recount(connection: sa.Connection, occasion: Occasion, ids: Sequence[int]) -> int:
    """Count the petitions `ids`, which the caller holds, and write what moves; how many dates moved.

    Alerts move with their petition and wake nobody; a version of the case is spent even where nothing
    moves, so that an act that began before starts again and sees by what the case was counted.
    """
    span, held = {"first": ids[0], "last": ids[-1]}, set(ids)
    read = [row for row in connection.execute(_READ, span).mappings() if row["id"] in held]
    counted = count_rows(connection, read, occasion.calendar, occasion.after_hours)
    alerts, plans = _by_petition(connection, ALERTS, span), _by_petition(connection, ALERT_PLANS, span)
    holders = dict(connection.execute(_HOLDERS, span).tuples().all())
    legal = _legal_instants(connection, occasion, alerts)
    rows = _Rows()
    for row, count in zip(read, counted, strict=True):
        term = _term(row, count, occasion)
        new_alerts = {
            each["task"]: legal.get((count.id, each["name"]), _instant(each, count, term))
            for each in alerts[count.id]
        }
        new_plans = {each["name"]: _instant(each, count, term) for each in plans[count.id]}
        shifted = [each["task"] for each in alerts[count.id] if new_alerts[each["task"]] != each["due_at"]]
        replanned = [each["name"] for each in plans[count.id] if new_plans[each["name"]] != each["due_at"]]
        acts = list(_acts(row, count, occasion, shifted=bool(shifted or replanned)))
        if not acts and not count.row_changes:
            rows.stay.append(count.id)
            continue
        events, head = chain(
            count.filing_number, Head(row["audit_seq"], bytes(row["audit_hash"])), acts, occasion.now
        )
        rows.events.extend(events)
        rows.petitions.append(_petition(count, occasion, head, earliest(new_alerts.values())))
        rows.alerts.extend(
            {"petition_id": count.id, "task": task, "due_at": new_alerts[task]} for task in shifted
        )
        rows.plans.extend(
            {"petition_id": count.id, "name": name, "due_at": new_plans[name]} for name in replanned
        )
        if count.moves:
            rows.moved.append(_moved(count, occasion, holders.get(count.id)))
            if row["address"] or not row["anonymous"]:
                rows.envelopes.append(_envelope(row, count, occasion))
    _write(connection, occasion, rows)
    return len(rows.moved)


def _write(connection: sa.Connection, occasion: Occasion, rows: _Rows) -> None:
    if rows.stay:
        connection.execute(_STAY, {"ids": rows.stay, "counted_by": occasion.version})
    update_many(connection, PETITIONS, rows.petitions, key=("id",), also="version = petition.version + 1")
    update_many(connection, ALERTS, rows.alerts, key=("petition_id", "task"))
    update_many(connection, ALERT_PLANS, rows.plans, key=("petition_id", "name"))
    insert_many(connection, EVENTS, rows.events)
    insert_many(connection, MOVED_DATES, rows.moved, then=_MOVED_AGAIN)
    sealed = [each for each in rows.envelopes if each.sealed]
    plain = [message_row(each, now=occasion.now) for each in rows.envelopes if not each.sealed]
    insert_many(connection, MESSAGES, plain, then=_TOLD_ALREADY)
    post(connection, sealed, now=occasion.now)


def _by_petition(
    connection: sa.Connection, table: sa.Table, span: Mapping[str, int]
) -> Mapping[int, list[sa.RowMapping]]:
    found: dict[int, list[sa.RowMapping]] = defaultdict(list)
    query = sa.select(table).where(table.c.petition_id.between(_FIRST, _LAST))
    for row in connection.execute(query, span).mappings():
        found[row["petition_id"]].append(row)
    return found


def _term(row: sa.RowMapping, count: Counted, occasion: Occasion) -> RunningTerm:
    return RunningTerm(
        row["received_at"],
        row["filed_on"],
        count.due_after,
        count.due_at,
        count.term_state is TermState.SUSPENDED,
        occasion.calendar,
    )


def _instant(alert: sa.RowMapping, count: Counted, term: RunningTerm) -> datetime | None:
    """The alert's instant by the new calendar; one that is held, or hangs from no date, stays."""
    plan = AlertPlan(alert["due_at"], alert["working_days_before"], alert["share"])
    return plan.due_at if plan.due_at is None or count.refusal else plan.redated(term).due_at


def _legal_instants(
    connection: sa.Connection, occasion: Occasion, alerts: Mapping[int, list[sa.RowMapping]]
) -> dict[tuple[int, str], datetime | None]:
    """The instants of the timers of a legal term, by petition and name; few petitions have one."""
    timers = [
        (key, alert["name"])
        for key, waiting in alerts.items()
        for alert in waiting
        if alert["name"].startswith(TERM)
    ]
    ids = sorted({key for key, _ in timers})
    reckonings = read_reckonings(connection, ids, occasion.calendar, occasion.after_hours)
    return {(key, name): legal_instant(reckonings[key], name) for key, name in timers}


def _acts(row: sa.RowMapping, count: Counted, occasion: Occasion, *, shifted: bool) -> Iterator[Act]:
    version = occasion.version
    if count.refusal:
        yield Act("due_date_not_counted", SYSTEM, {"calendar": version, "message": count.refusal})
    if count.moves:
        due_on = {"before": count.due_before.isoformat(), "after": count.due_after.isoformat()}
        detail = {"calendar": version, "due_on": due_on, "changes": list(occasion.changes)}
        yield Act("due_date_moved", occasion.by, detail)
        told: dict[str, object] = {"template": DueDateMoved.template}
        if row["address"]:
            yield Act("notice_posted", SYSTEM, {**told, "to": "citizen"})
        else:
            reserved = {"reserved": True} if row["reserved_identity"] else {}
            name = "notice_without_address" if row["anonymous"] else "notice_on_paper"
            yield Act(name, SYSTEM, told | reserved)
    if count.kind_after is not count.kind:
        kinds = {"before": count.kind.value, "after": count.kind_after.value}
        yield Act("ruling_kind_changed", occasion.by, {"calendar": version, "kind": kinds})
    if shifted and not count.moves:
        yield Act("alerts_moved", occasion.by, {"calendar": version, "changes": list(occasion.changes)})


def _petition(count: Counted, occasion: Occasion, head: Head, wake_at: datetime | None) -> dict[str, object]:
    return {
        "id": count.id,
        "calendar": occasion.version,
        "due_on": count.due_after,
        "due_at": count.due_at,
        "kind": count.kind_after.value,
        "term_state": count.term_state.value,
        "next_wake_at": wake_at,
        "audit_seq": head.seq,
        "audit_hash": head.hash,
    }


def _moved(count: Counted, occasion: Occasion, holder: str | None) -> dict[str, object]:
    return {
        "version": occasion.version,
        "petition_id": count.id,
        "due_before": count.due_before,
        "due_after": count.due_after,
        "holder": holder,
        "department": count.department,
    }


def _envelope(row: sa.RowMapping, count: Counted, occasion: Occasion) -> Envelope:
    letter = DueDateMoved(
        letterhead=occasion.letterhead,
        petitioner_name=row["full_name"] or None,
        filing_number=count.filing_number,
        due_before=count.due_before,
        due_on=count.due_after,
        changes=occasion.changes,
        tracking_url=occasion.tracking_url,
    )
    return Envelope(
        f"{count.filing_number}/{row['version']}/calendar",
        count.filing_number,
        row["address"] or ON_PAPER,
        letter,
        sealed=bool(row["address"]) and row["reserved_identity"],
        channel=MessageChannel.EMAIL if row["address"] else MessageChannel.PAPER,
    )
