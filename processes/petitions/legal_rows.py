"""A legal event as a row: what the law needs of it, its words, and who recorded it."""

from collections.abc import Mapping

import orjson
import sqlalchemy as sa

from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.step import Step
from processes.terms.events import LegalEvent, LegalEventKind, values_of
from processes.terms.moves import MOVES

_INSERT_EVENT = sa.insert(LEGAL_EVENTS)


def event_row(
    step: Step, event: LegalEvent, *, act_number: str = "", extra: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The row for the petition's next legal event; its number goes to the petition's guarded row."""
    seq = step.case.legal_seq + 1
    step.changes["legal_seq"] = seq
    values = {name: value for name, value in values_of(event).items() if name != "reason"}
    return {
        "petition_id": step.case.id,
        "seq": seq,
        "kind": event.kind.value,
        "at": event.at,
        "recorded_at": step.now,
        "detail": orjson.dumps({**values, **(extra or {})}).decode(),
        "text": event.reason,
        "act_number": act_number,
        "notice_key": None,
        "recorded_by": str(step.actor),
    }


def insert_event(step: Step, row: Mapping[str, object]) -> None:
    """Add the row of an event, once the petition's guarded row is written."""
    step.connection.execute(_INSERT_EVENT, dict(row))


def arrival_rows(step: Step, transferred_by: str) -> list[dict[str, object]]:
    """The row that says which body sent the petition on (CPACA 21), where one did; noted in the journal."""
    if not transferred_by:
        return []
    event = LegalEvent(kind=LegalEventKind.TRANSFERRED_IN, at=step.case.received_at)
    due_on, kind = step.case.due_on.isoformat(), step.case.kind.value
    step.record(
        event.kind.value,
        authority=transferred_by,
        citation=MOVES[event.kind].citation,
        due_on={"before": due_on, "after": due_on},
        kind={"before": kind, "after": kind},
        term_state={"before": step.term_state.value, "after": step.term_state.value},
    )
    return [event_row(step, event, extra={"authority": transferred_by})]
