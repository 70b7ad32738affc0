"""Very many open petitions in seconds: one that is really at work, copied in bulk.

The copies have no journal of their own, so the checker of invariants would miss it; what they are
for is the time that an act over all of them takes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

import sqlalchemy as sa

from processes.petitions.numbers import format_number
from processes.petitions.office import Office
from processes.petitions.tables import ALERTS, CASE_STATES, PETITIONERS, PETITIONS, WORK_ITEMS, Series
from processes.petitions.waiting import alert_instant
from processes.petitions.work import claim
from processes.terms.clock import response_due_on
from processes.terms.kinds import PetitionKind
from tests.builders.office import OFFICIAL
from tests.builders.petitions import classify, distribute, file_one, task_of

_KINDS = (PetitionKind.REQUEST, PetitionKind.SERVICE_CLAIM, PetitionKind.CONSULTATION)
_DAYS_BACK = 10
_AT_ONCE = 5000
Row = dict[str, object]


def fill_with_petitions(office: Office, count: int) -> None:
    """Make `count` petitions that an official works on, of several kinds and days of filing."""
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    claim(office, OFFICIAL, number, task_of(office, OFFICIAL, number))
    dates = _dates(office)
    for table, changed in (
        (PETITIONS, lambda row, key: _petition(row, key, dates)),
        (PETITIONERS, lambda row, key: {**row, "petition_id": key, "email": f"persona{key}@correo.example"}),
        (CASE_STATES, _copied),
        (WORK_ITEMS, _copied),
        (ALERTS, lambda row, key: {**row, "petition_id": key, "due_at": dates[key % len(dates)][3]}),
    ):
        _copy(office, table, count, changed)


def _dates(office: Office) -> list[tuple[PetitionKind, date, date, object]]:
    """Kind, day of filing, due date and alert of the petitions, in their turn."""
    calendar = office.entity().calendar
    today = office.now().date()
    found: list[tuple[PetitionKind, date, date, object]] = []
    for back in range(_DAYS_BACK):
        for kind in _KINDS:
            filed_on = calendar.on_or_after(today - timedelta(days=back))
            due_on = response_due_on(kind, filed_on, calendar)
            found.append((kind, filed_on, due_on, alert_instant(due_on, 5, calendar)))
    return found


def _petition(row: Row, key: int, dates: list[tuple[PetitionKind, date, date, object]]) -> Row:
    kind, filed_on, due_on, alert_at = dates[key % len(dates)]
    return {
        **row,
        "id": key,
        "number": key,
        "filing_number": format_number(Series.INCOMING, int(str(row["year"])), key),
        "kind": kind.value,
        "filed_on": filed_on,
        "due_on": due_on,
        "next_wake_at": alert_at,
    }


def _copied(row: Row, key: int) -> Row:
    return {**row, "petition_id": key}


def _copy(office: Office, table: sa.Table, count: int, changed: Callable[[Row, int], Row]) -> None:
    with office.write() as connection:
        originals = [dict(row) for row in connection.execute(sa.select(table)).mappings()]
        rows = (changed(row, key) for key in range(2, count + 1) for row in originals)
        while chunk := list(islice(rows, _AT_ONCE)):
            connection.execute(sa.insert(table), chunk)
