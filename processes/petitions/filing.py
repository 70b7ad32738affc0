"""Filing a petition: from what the citizen sent to a number, a date and a case that waits for somebody."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from processes.common.audit import CITIZEN, GENESIS, INSERT_EVENTS, Actor, Head, chain
from processes.directory.entity import EntityProfile
from processes.engine import door
from processes.engine.bundle import Definition
from processes.engine.model import Advance
from processes.petitions.apart import Apart, keep_apart
from processes.petitions.arrival import check_lists, check_reception, facts_at_filing
from processes.petitions.attachments import attachment_rows
from processes.petitions.case import Case
from processes.petitions.filing_rows import (
    care_rows,
    form_columns,
    identity_row,
    reception_rows,
    told_by_the_desk,
)
from processes.petitions.form import NewPetition
from processes.petitions.idempotency import (
    FilingReceipt,
    bind_key,
    body_hash,
    claim_key,
    earlier_receipt,
)
from processes.petitions.intents import carry_out
from processes.petitions.legal_rows import arrival_rows
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.numbers import filing_year, format_number, new_tracking_code, take_number
from processes.petitions.office import Office
from processes.petitions.reception_tables import RECEPTIONS, SPECIAL_CARE
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.step import Step
from processes.petitions.step_writing import record_reasons, rows_of_tasks, write_after_heads
from processes.petitions.tables import (
    ATTACHMENTS,
    CASE_STATES,
    INCIDENTS,
    PETITIONERS,
    PETITIONS,
    RESERVED_IDENTITIES,
    WORK_ITEMS,
    Series,
)
from processes.petitions.waiting import incident_act, incident_row, sort_alerts, write_alerts
from processes.terms.clock import ExplainedDate, filing_date, response_term

_NO_ID = 0


@dataclass(frozen=True, slots=True)
class _Prepared:
    """All that can be known before a number is taken, so that the transaction stays short."""

    form: NewPetition
    entity: EntityProfile
    definition: Definition
    advance: Advance
    term: ExplainedDate
    received_at: datetime
    now: datetime
    actor: Actor


def file_petition(
    office: Office,
    form: NewPetition,
    *,
    received_at: datetime | None = None,
    actor: Actor = CITIZEN,
    idempotency_key: str | None = None,
) -> FilingReceipt:
    """File `form`, received now or at `received_at`; the receipt is committed before it is returned.

    For seven days the same `idempotency_key` with the same form gives the first receipt again
    (`repeated`); with another form it raises KeyReused. Raises Invalid, and Unavailable when nothing
    could be kept.
    """
    prepared = _prepare(office, form, received_at, actor)
    digest = body_hash(form, office.settings.secret("idempotency").encode())
    if idempotency_key is not None:
        with office.read() as connection:
            earlier = earlier_receipt(connection, idempotency_key, digest)
        if earlier is not None:
            return earlier
    with office.write() as connection:
        # SQLite holds the writers' lock here; PostgreSQL waits at the key's insert for a rival's end.
        if idempotency_key is not None and not claim_key(connection, idempotency_key, digest, prepared.now):
            earlier = earlier_receipt(connection, idempotency_key, digest)
            if earlier is not None:
                return earlier
        receipt, petition_id = _record(connection, office, prepared)
        if idempotency_key is not None:
            bind_key(connection, idempotency_key, petition_id)
    office.after_commit()
    return receipt


def file_within(
    connection: sa.Connection, office: Office, form: NewPetition, *, actor: Actor, apart: Collection[Apart]
) -> tuple[FilingReceipt, int]:
    """File `form`, received now, in the caller's transaction; its receipt and the key of its row.

    Whoever is `apart` does not find it, from its first moment.
    """
    return _record(connection, office, _prepare(office, form, None, actor), apart)


def _prepare(office: Office, form: NewPetition, received_at: datetime | None, actor: Actor) -> _Prepared:
    now = office.now()
    received_at = now if received_at is None else check_reception(received_at, now)
    entity = office.entity()
    definition = office.definitions.current()
    check_lists(form, entity)
    filed_on = filing_date(received_at, entity.calendar, entity.after_hours)
    facts = facts_at_filing(form, entity)
    advance = door.start(definition, facts=facts, now=now, calendar=entity.calendar)
    term = response_term(form.kind, filed_on, entity.calendar, fixed=form.fixed, received_at=received_at)
    return _Prepared(form, entity, definition, advance, term, received_at, now, actor)


def _record(
    connection: sa.Connection, office: Office, prepared: _Prepared, apart: Collection[Apart] = ()
) -> tuple[FilingReceipt, int]:
    year = filing_year(prepared.received_at)
    number = take_number(connection, Series.INCOMING, year)
    case = _new_case(prepared, format_number(Series.INCOMING, year, number))
    step = Step(connection, case, prepared.entity, office.settings.public_url, prepared.actor, prepared.now)
    step.sealed_email = _sealed_email(prepared.form)
    step.files = prepared.form.attachments
    step.record(
        "petition_filed",
        kind=case.kind.value,
        channel=prepared.form.channel.value,
        received_at=case.received_at.isoformat(),
        filed_on=case.filed_on.isoformat(),
        due_on=case.due_on.isoformat(),
        citation=prepared.term.rule.citation,
        bundle=case.bundle,
        body_sha256=sha256(prepared.form.body.encode()).hexdigest(),
        files=[file.sha256 for file in prepared.form.attachments],
        **told_by_the_desk(prepared.form),
    )
    legal_events = arrival_rows(step, prepared.form.transferred_by)
    if apart:
        keep_apart(step, apart)
    carry_out(step, prepared.advance)
    record_reasons(step, prepared.advance)
    petition_id = _insert(step, prepared, year, number)
    _insert_all(connection, LEGAL_EVENTS, [{**row, "petition_id": petition_id} for row in legal_events])
    step.case = replace(step.case, id=petition_id)
    write_after_heads(step)
    receipt = FilingReceipt(
        filing_number=case.filing_number,
        tracking_code=case.tracking_code,
        kind=case.kind,
        received_at=case.received_at,
        filed_on=case.filed_on,
        due_on=case.due_on,
    )
    return receipt, petition_id


def _sealed_email(form: NewPetition) -> str:
    return form.identity.email if form.identity is not None and form.reserve_identity else ""


def _new_case(prepared: _Prepared, filing_number: str) -> Case:
    form = prepared.form
    identity = form.identity
    visible = identity if identity is not None and not form.reserve_identity else None
    return Case(
        id=_NO_ID,
        filing_number=filing_number,
        version=0,
        status=PetitionStatus.FILED,
        kind=form.kind,
        channel=form.channel,
        verbal=form.verbal,
        subject=form.subject,
        tracking_code=new_tracking_code(),
        received_at=prepared.received_at,
        filed_on=prepared.term.filed_on,
        due_on=prepared.term.due_on,
        calendar=prepared.entity.calendar_version,
        due_at=prepared.term.due_at,
        term_state=TermState.RUNNING,
        legal_seq=0,
        matter_count=0,
        fixed=form.fixed,
        sent_at=None,
        department=None,
        department_name="",
        anonymous=identity is None,
        reserved_identity=form.reserve_identity,
        answer_text="",
        outgoing_number=None,
        citizen_name=visible.full_name if visible else "",
        citizen_email=visible.email if visible else "",
        head=Head(0, GENESIS),
        bundle=prepared.definition.hash,
        state=prepared.advance.state,
        incidents=0,
        attachments=len(form.attachments),
        alerts={},
        item=None,
    )


def _insert(step: Step, prepared: _Prepared, year: int, number: int) -> int:
    """Write the new case, each table once. The order is that of the references."""
    case, form, advance, now = step.case, prepared.form, prepared.advance, step.now
    alerts = sort_alerts(advance.alerts, {}, step.plans)
    troubles = (*advance.incidents, *alerts.undated, *step.troubles)
    incidents = tuple({each.key: each for each in troubles}.values())
    step.acts.extend(incident_act(incident) for incident in incidents)
    events, head = chain(case.filing_number, case.head, step.acts, now)
    row: dict[str, object] = {
        "filing_number": case.filing_number,
        "year": year,
        "number": number,
        "tracking_code": case.tracking_code,
        "kind": case.kind.value,
        **form_columns(form),
        "anonymous": case.anonymous,
        "reserved_identity": case.reserved_identity,
        "sample": step.entity.demonstration,
        "received_at": case.received_at,
        "entered_at": now,
        "filed_on": case.filed_on,
        "due_on": case.due_on,
        "calendar": case.calendar,
        "due_at": case.due_at,
        "term_state": case.term_state.value,
        "legal_seq": case.legal_seq,
        "matter_count": case.matter_count,
        "status": case.status.value,
        "version": case.version + 1,
        "next_wake_at": alerts.next_wake_at,
        "audit_seq": head.seq,
        "audit_hash": head.hash,
        **step.changes,
    }
    connection = step.connection
    petition_id: int = connection.execute(_INSERT_PETITION, row).scalar_one()
    if form.identity is not None:
        table = RESERVED_IDENTITIES if form.reserve_identity else PETITIONERS
        connection.execute(_INSERTS[table.name], identity_row(petition_id, form.identity))
    _insert_all(connection, RECEPTIONS, reception_rows(petition_id, form.reception))
    _insert_all(connection, SPECIAL_CARE, care_rows(petition_id, form.special_care))
    state = {"petition_id": petition_id, "bundle": case.bundle, "state": advance.state}
    connection.execute(_INSERTS[CASE_STATES.name], state)
    _insert_all(connection, WORK_ITEMS, rows_of_tasks(step, advance, petition_id))
    write_alerts(connection, petition_id, alerts, ())
    _insert_all(connection, INCIDENTS, [incident_row(petition_id, i, now) for i in incidents])
    _insert_all(
        connection,
        ATTACHMENTS,
        attachment_rows(
            form.attachments,
            petition_id=petition_id,
            after=0,
            direction="incoming",
            actor=step.actor,
            now=now,
        ),
    )
    connection.execute(INSERT_EVENTS, events)
    return petition_id


_INSERT_PETITION = sa.insert(PETITIONS).returning(PETITIONS.c.id)
_INSERTS = {
    table.name: sa.insert(table)
    for table in (
        PETITIONERS,
        RESERVED_IDENTITIES,
        RECEPTIONS,
        SPECIAL_CARE,
        CASE_STATES,
        WORK_ITEMS,
        INCIDENTS,
        ATTACHMENTS,
        LEGAL_EVENTS,
    )
}


def _insert_all(connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(_INSERTS[table.name], rows)
