"""The one statement that reads a case whole, and what it says of the person who reads."""

import sqlalchemy as sa

from processes.directory.tables import DEPARTMENTS, PEOPLE
from processes.petitions.alert_tables import ALERT_ACKNOWLEDGEMENTS
from processes.petitions.people_tables import (
    EXCLUSIONS,
    HELP_REQUESTS,
    SIGNATURES,
    STAND_INS,
    SignatureDecision,
)
from processes.petitions.tables import (
    ALERTS,
    ATTACHMENTS,
    CASE_STATES,
    INCIDENTS,
    PETITIONERS,
    PETITIONS,
    WORK_ITEMS,
    WorkItemStatus,
)

_HEAD_COLUMNS = (
    PETITIONS.c.id,
    PETITIONS.c.filing_number,
    PETITIONS.c.version,
    PETITIONS.c.status,
    PETITIONS.c.kind,
    PETITIONS.c.channel,
    PETITIONS.c.verbal,
    PETITIONS.c.subject,
    PETITIONS.c.tracking_code,
    PETITIONS.c.received_at,
    PETITIONS.c.filed_on,
    PETITIONS.c.due_on,
    PETITIONS.c.calendar,
    PETITIONS.c.due_at,
    PETITIONS.c.term_state,
    PETITIONS.c.legal_seq,
    PETITIONS.c.matter_count,
    PETITIONS.c.fixed_amount,
    PETITIONS.c.fixed_unit,
    PETITIONS.c.sent_at,
    PETITIONS.c.department,
    PETITIONS.c.anonymous,
    PETITIONS.c.reserved_identity,
    PETITIONS.c.answer_text,
    PETITIONS.c.author,
    PETITIONS.c.assigned_at,
    PETITIONS.c.outgoing_number,
    PETITIONS.c.audit_seq,
    PETITIONS.c.audit_hash,
)
_ITEM_COLUMNS = (
    WORK_ITEMS.c.task,
    WORK_ITEMS.c.element,
    WORK_ITEMS.c.name,
    WORK_ITEMS.c.lane,
    WORK_ITEMS.c.form,
    WORK_ITEMS.c.department,
    WORK_ITEMS.c.only_for,
    WORK_ITEMS.c.status,
    WORK_ITEMS.c.assignee,
    WORK_ITEMS.c.closed_by,
    WORK_ITEMS.c.closed_at,
)
_INCIDENT_COUNT = (
    sa.select(sa.func.count())
    .where(INCIDENTS.c.petition_id == PETITIONS.c.id)
    .scalar_subquery()
    .label("incidents")
)
_LAST_ATTACHMENT = (
    sa.select(sa.func.coalesce(sa.func.max(ATTACHMENTS.c.seq), 0))
    .where(ATTACHMENTS.c.petition_id == PETITIONS.c.id)
    .scalar_subquery()
    .label("attachments")
)
BETWEEN_TASKS, WITHIN_A_TASK = "\n", "\t"
"""What lies between the open tasks that are read as one text, and between key, lane and holder of one.

No lane of a diagram has them in its name: XML makes spaces of both.
"""
_OPEN_TASKS = (
    sa.select(
        sa.func.aggregate_strings(
            sa.cast(WORK_ITEMS.c.task, sa.String)
            + WITHIN_A_TASK
            + WORK_ITEMS.c.lane
            + WITHIN_A_TASK
            + sa.func.coalesce(WORK_ITEMS.c.assignee, ""),
            BETWEEN_TASKS,
        )
    )
    .where(WORK_ITEMS.c.petition_id == PETITIONS.c.id, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
    .correlate(PETITIONS)
    .scalar_subquery()
    .label("open_tasks")
)
_READER = sa.bindparam("reader", type_=sa.String)
_IS_APART = sa.exists().where(EXCLUSIONS.c.petition_id == PETITIONS.c.id, EXCLUSIONS.c.username == _READER)
_SOMEBODY_IS_APART = sa.exists().where(EXCLUSIONS.c.petition_id == PETITIONS.c.id)
_ALERTS_SEEN = sa.exists().where(ALERT_ACKNOWLEDGEMENTS.c.petition_id == PETITIONS.c.id)
_SIGNS = sa.exists().where(SIGNATURES.c.petition_id == PETITIONS.c.id, SIGNATURES.c.signer == _READER)
_SIGNED = sa.exists().where(
    SIGNATURES.c.petition_id == PETITIONS.c.id,
    SIGNATURES.c.decision == SignatureDecision.SIGN.value,
    sa.or_(SIGNATURES.c.signer == _READER, SIGNATURES.c.decided_by == _READER),
)
_IS_ASKED = sa.exists().where(
    HELP_REQUESTS.c.petition_id == PETITIONS.c.id,
    HELP_REQUESTS.c.department == sa.bindparam("reader_department", type_=sa.String),
)
_STANDS_IN = sa.exists().where(STAND_INS.c.petition_id == PETITIONS.c.id, STAND_INS.c.username == _READER)
_FOR_A_STAND_IN = _STANDS_IN.where(
    STAND_INS.c.lane == WORK_ITEMS.c.lane,
    sa.or_(STAND_INS.c.department.is_(None), STAND_INS.c.department == WORK_ITEMS.c.department),
)
READ_CASE = (
    sa.select(
        *_HEAD_COLUMNS,
        CASE_STATES.c.bundle,
        CASE_STATES.c.state,
        PETITIONERS.c.full_name.label("citizen_name"),
        PETITIONERS.c.email.label("citizen_email"),
        DEPARTMENTS.c.name.label("department_name"),
        _INCIDENT_COUNT,
        _LAST_ATTACHMENT,
        _OPEN_TASKS,
        _IS_APART.label("reader_is_apart"),
        _FOR_A_STAND_IN.label("item_for_stand_in"),
        _SOMEBODY_IS_APART.label("somebody_is_apart"),
        _ALERTS_SEEN.label("alerts_seen"),
        _SIGNED.label("reader_signed"),
        sa.or_(_SIGNS, _IS_ASKED, _STANDS_IN).label("reader_helps"),
        *(column.label(f"item_{column.name}") for column in _ITEM_COLUMNS),
        PEOPLE.c.active.label("item_assignee_active"),
        ALERTS.c.task.label("alert_task"),
        ALERTS.c.name.label("alert_name"),
        ALERTS.c.due_at.label("alert_due_at"),
        ALERTS.c.working_days_before.label("alert_days"),
        ALERTS.c.share.label("alert_share"),
    )
    .join(CASE_STATES, CASE_STATES.c.petition_id == PETITIONS.c.id)
    .outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == PETITIONS.c.department)
    .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
    .outerjoin(
        WORK_ITEMS,
        sa.and_(WORK_ITEMS.c.petition_id == PETITIONS.c.id, WORK_ITEMS.c.task == sa.bindparam("task")),
    )
    .outerjoin(PEOPLE, PEOPLE.c.username == WORK_ITEMS.c.assignee)
    .outerjoin(ALERTS, ALERTS.c.petition_id == PETITIONS.c.id)
    .where(PETITIONS.c.filing_number == sa.bindparam("filing_number"))
)
"""Its parameters: `filing_number`, `task`, `reader` (a user name) and `reader_department`."""
