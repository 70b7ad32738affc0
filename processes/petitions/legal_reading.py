"""What TERMS counts from, read for one petition or for many at once, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from processes.common.calendar import WorkCalendar
from processes.directory.entity import EntityProfile
from processes.petitions.case import Case
from processes.petitions.legal_tables import LEGAL_EVENTS, MATTERS, fixed_term
from processes.petitions.tables import PETITIONS
from processes.terms.acting import reckon
from processes.terms.clock import AfterHours
from processes.terms.events import LegalEvent, LegalEventKind, event_of
from processes.terms.explained import ExplainedDate
from processes.terms.filing import Filing, Matter
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length
from processes.terms.reckoning import Reckoning
from processes.terms.response import explain_response

BEFORE = "before"
"""In the detail of a reclassification: the kind that the petition had until then."""

ANSWERS = "answers"
"""In the detail of a refusal: it was the answer, so that the petition's own row does not tell it again."""

_BATCH = 500
RECKONED = (
    PETITIONS.c.id,
    PETITIONS.c.kind,
    PETITIONS.c.received_at,
    PETITIONS.c.filed_on,
    PETITIONS.c.fixed_amount,
    PETITIONS.c.fixed_unit,
    PETITIONS.c.sent_at,
    PETITIONS.c.legal_seq,
    PETITIONS.c.matter_count,
    PETITIONS.c.verbal,
)
"""Columns of the petition that its reckoning needs; `reckonings_of` takes rows that have them."""

_READ_EVENTS = (
    sa.select(
        LEGAL_EVENTS.c.petition_id,
        LEGAL_EVENTS.c.kind,
        LEGAL_EVENTS.c.at,
        LEGAL_EVENTS.c.detail,
        LEGAL_EVENTS.c.text,
    )
    .where(LEGAL_EVENTS.c.petition_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(LEGAL_EVENTS.c.petition_id, LEGAL_EVENTS.c.seq)
)
_READ_MATTERS = (
    sa.select(MATTERS.c.petition_id, MATTERS.c.number, MATTERS.c.kind)
    .where(MATTERS.c.petition_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(MATTERS.c.petition_id, MATTERS.c.number)
)
_READ_PETITIONS = sa.select(*RECKONED).where(PETITIONS.c.id.in_(sa.bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Reckonable:
    """The petition as its row tells it, before its events."""

    id: int
    kind: PetitionKind
    received_at: datetime
    filed_on: date
    fixed: Length | None
    sent_at: datetime | None
    legal_seq: int
    matter_count: int
    verbal: bool


@dataclass(frozen=True, slots=True)
class _Stored:
    event: LegalEvent
    kind_before: PetitionKind | None
    answers: bool


def reckonable(case: Case) -> Reckonable:
    """What `case` gives to the reckoning."""
    return Reckonable(
        case.id,
        case.kind,
        case.received_at,
        case.filed_on,
        case.fixed,
        case.sent_at,
        case.legal_seq,
        case.matter_count,
        case.verbal,
    )


def read_reckonings(
    connection: sa.Connection, petition_ids: Sequence[int], calendar: WorkCalendar, policy: AfterHours
) -> dict[int, Reckoning]:
    """The reckoning of each petition by its id, as the calendar stands now; three statements for each 500."""
    found: dict[int, Reckoning] = {}
    for start in range(0, len(petition_ids), _BATCH):
        ids = petition_ids[start : start + _BATCH]
        rows = connection.execute(_READ_PETITIONS, {"ids": ids}).mappings().all()
        found |= reckonings_of(connection, rows, calendar, policy)
    return found


def reckonings_of(
    connection: sa.Connection, rows: Iterable[sa.RowMapping], calendar: WorkCalendar, policy: AfterHours
) -> dict[int, Reckoning]:
    """The same from `rows` with the columns `RECKONED`: two statements, none without events or matters."""
    petitions = [_reckonable(row) for row in rows]
    events = _events(connection, [each.id for each in petitions if each.legal_seq])
    matters = _matters(connection, [each.id for each in petitions if each.matter_count])
    return {
        each.id: _reckon(each, events.get(each.id, ()), matters.get(each.id, ()), calendar, policy)
        for each in petitions
    }


def explained_date(connection: sa.Connection, row: sa.RowMapping, entity: EntityProfile) -> ExplainedDate:
    """How the due date of a row of petitions was counted, with all that has moved it."""
    return explain_response(reckonings_of(connection, [row], entity.calendar, entity.after_hours)[row["id"]])


def read_reckoning(
    connection: sa.Connection, petition: Reckonable, calendar: WorkCalendar, policy: AfterHours
) -> Reckoning:
    """The reckoning of one petition: two statements at most, none without events or matters."""
    events = _events(connection, [petition.id] if petition.legal_seq else [])
    matters = _matters(connection, [petition.id] if petition.matter_count else [])
    return _reckon(petition, events.get(petition.id, ()), matters.get(petition.id, ()), calendar, policy)


def _reckonable(row: sa.RowMapping) -> Reckonable:
    return Reckonable(
        row["id"],
        PetitionKind(row["kind"]),
        row["received_at"],
        row["filed_on"],
        fixed_term(row),
        row["sent_at"],
        row["legal_seq"],
        row["matter_count"],
        row["verbal"],
    )


def _events(connection: sa.Connection, ids: list[int]) -> Mapping[int, Sequence[_Stored]]:
    found: dict[int, list[_Stored]] = defaultdict(list)
    if ids:
        for petition_id, kind, at, detail, text in connection.execute(_READ_EVENTS, {"ids": ids}):
            values = orjson.loads(detail)
            before = values.get(BEFORE)
            event = event_of(kind, at, {**values, "reason": text})
            stored = _Stored(event, PetitionKind(before) if before else None, values.get(ANSWERS) is True)
            found[petition_id].append(stored)
    return found


def _matters(connection: sa.Connection, ids: list[int]) -> Mapping[int, Sequence[Matter]]:
    found: dict[int, list[Matter]] = defaultdict(list)
    if ids:
        for petition_id, number, kind in connection.execute(_READ_MATTERS, {"ids": ids}):
            found[petition_id].append(Matter(number, PetitionKind(kind)))
    return found


def _reckon(
    petition: Reckonable,
    stored: Sequence[_Stored],
    matters: Sequence[Matter],
    calendar: WorkCalendar,
    policy: AfterHours,
) -> Reckoning:
    kind = next((each.kind_before for each in stored if each.kind_before is not None), petition.kind)
    filing = Filing(
        received_at=petition.received_at,
        filed_on=petition.filed_on,
        matters=tuple(matters) or (Matter(1, kind),),
        policy=policy,
        fixed=petition.fixed,
        verbal=petition.verbal,
    )
    answered_apart = any(each.answers for each in stored)
    sent_at = None if answered_apart else petition.sent_at
    return reckon(filing, _with_the_answer([each.event for each in stored], sent_at), calendar)


def _with_the_answer(events: list[LegalEvent], sent_at: datetime | None) -> tuple[LegalEvent, ...]:
    """`events` with the answer in its place: the petition's own row tells it, so that it costs no other."""
    if sent_at is None:
        return tuple(events)
    answer = LegalEvent(kind=LegalEventKind.ANSWERED, at=sent_at)
    earlier = [event for event in events if event.at <= sent_at]
    later = [event for event in events if event.at > sent_at]
    return (*earlier, answer, *later)
