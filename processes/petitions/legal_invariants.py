"""What must hold of the legal clock of every petition."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from processes.engine.timers import TERM
from processes.petitions.duty_invariants import duty_problems, owed_duties
from processes.petitions.legal_instants import legal_instant
from processes.petitions.legal_moving import term_state
from processes.petitions.legal_reading import RECKONED, reckonings_of
from processes.petitions.legal_tables import LEGAL_EVENTS, MATTERS
from processes.petitions.office import Office
from processes.petitions.status import ANSWERED_OR_ENDED, PetitionStatus
from processes.petitions.tables import ALERTS, PETITIONS
from processes.terms.reckoning import Reckoning

_CHUNK = 500
_QUERY = sa.select(
    *RECKONED,
    PETITIONS.c.filing_number,
    PETITIONS.c.status,
    PETITIONS.c.due_on,
    PETITIONS.c.due_at,
    PETITIONS.c.term_state,
    PETITIONS.c.calendar,
)


def legal_violations(office: Office, connection: sa.Connection) -> Iterator[str]:
    """Every petition whose dates are not those of its events, in words."""
    entity = office.entity()
    rows = connection.execute(_QUERY).mappings().all()
    events = _instants(connection)
    counted = sa.select(MATTERS.c.petition_id, sa.func.count()).group_by(MATTERS.c.petition_id)
    matters = dict(connection.execute(counted).tuples().all())
    reckonings: dict[int, Reckoning] = {}
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        reckonings |= reckonings_of(connection, chunk, entity.calendar, entity.after_hours)
    timers, owed = _legal_timers(connection), owed_duties(office, connection)
    for row in rows:
        found = [*_events_in_order(row, events[row["id"]]), *_as_reckoned(row, reckonings[row["id"]])]
        if any(at != legal_instant(reckonings[row["id"]], name) for name, at in timers[row["id"]]):
            found.append("un temporizador legal no está en la fecha que dan sus eventos")
        found += duty_problems(reckonings[row["id"]], owed[row["id"]])
        if matters.get(row["id"], 0) != row["matter_count"]:
            found.append("sus asuntos no son los que dice")
        # A calendar that has just changed is still being carried through.
        if row["calendar"] == entity.calendar_version:
            yield from (f"{row['filing_number']}: {problem}" for problem in found)


def _instants(connection: sa.Connection) -> dict[int, list[tuple[int, datetime]]]:
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    table = LEGAL_EVENTS.c
    query = sa.select(table.petition_id, table.seq, table.at).order_by(table.petition_id, table.seq)
    for petition_id, seq, at in connection.execute(query):
        found[petition_id].append((seq, at))
    return found


def _legal_timers(connection: sa.Connection) -> dict[int, list[tuple[str, datetime | None]]]:
    found: dict[int, list[tuple[str, datetime | None]]] = defaultdict(list)
    query = sa.select(ALERTS.c.petition_id, ALERTS.c.name, ALERTS.c.due_at)
    for petition_id, name, due_at in connection.execute(query.where(ALERTS.c.name.like(f"{TERM}%"))):
        found[petition_id].append((name, due_at))
    return found


def _events_in_order(row: sa.RowMapping, events: list[tuple[int, datetime]]) -> Iterator[str]:
    if [seq for seq, _ in events] != list(range(1, row["legal_seq"] + 1)):
        yield "sus eventos legales no van del primero al último sin huecos"
    instants = [at for _, at in events]
    if instants != sorted(instants):
        yield "sus eventos legales no están en el orden en que ocurrieron"


def _as_reckoned(row: sa.RowMapping, reckoning: Reckoning) -> Iterator[str]:
    if PetitionStatus(row["status"]) in ANSWERED_OR_ENDED:
        return
    if (row["due_on"], row["due_at"]) != (reckoning.due_on, reckoning.due_at):
        yield f"vence el {row['due_on']}, y por sus eventos vence el {reckoning.due_on}"
    if row["term_state"] != term_state(reckoning).value:
        yield "su término no está como dicen sus eventos"
    if row["kind"] != reckoning.governing.kind.value:
        yield "su clase no es la que rige"
