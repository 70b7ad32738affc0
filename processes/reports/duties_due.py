"""What is owed aside from the answers, and is overdue, due soon, or due at once, for the day's warning.

Duties that no diagram holds, and tasks of the diagrams that are duties: each by its own date.
"""

from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.calendar import day_in_bogota
from processes.petitions.duties import duty_of
from processes.petitions.duty_list import DOERS
from processes.petitions.duty_tables import DUTIES, DUTY_LABELS, DutyKind
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.own_clocks import light_by, own_clocks
from processes.petitions.tables import CASE_STATES, PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.reports.standing import Standing
from processes.terms.kinds import PetitionKind

_D, _P, _W = DUTIES.c, PETITIONS.c, WORK_ITEMS.c
_OPEN = (
    sa.select(
        _D.petition_id,
        _D.kind,
        _D.opened_at,
        _D.due_on,
        _D.due_at,
        _P.filing_number,
        _P.kind.label("petition_kind"),
    )
    .join(PETITIONS, _P.id == _D.petition_id)
    .where(_D.done_at.is_(None))
    .order_by(_D.petition_id, _D.seq)
)
_IS_OPEN = _W.status == WorkItemStatus.OPEN.value
_FORMS = (
    sa.select(CASE_STATES.c.bundle, _W.form)
    .join(CASE_STATES, CASE_STATES.c.petition_id == _W.petition_id)
    .where(_IS_OPEN, _W.form.is_not(None))
    .distinct()
)
_TASKS = (
    sa.select(
        _W.petition_id,
        _W.task,
        _W.form,
        _W.created_at,
        CASE_STATES.c.bundle,
        _P.filing_number,
        _P.kind.label("petition_kind"),
    )
    .join(PETITIONS, _P.id == _W.petition_id)
    .join(CASE_STATES, CASE_STATES.c.petition_id == _W.petition_id)
    .where(_IS_OPEN, _W.form.in_(sa.bindparam("forms", expanding=True)))
    .order_by(_W.petition_id, _W.task)
)


def duties_due(office: Office, connection: sa.Connection) -> tuple[Standing, ...]:
    """Each that is near its date or past it, or has none; the latter first, then by date."""
    owed = [*_duties(office, connection), *_tasks(office, connection)]
    return tuple(sorted(owed, key=lambda each: (not each.waits, each.due_on, each.petition_id)))


def _duties(office: Office, connection: sa.Connection) -> Iterator[Standing]:
    for row in connection.execute(_OPEN).mappings():
        kind = DutyKind(row["kind"])
        yield from _standing(office, row, kind, row["opened_at"], (row["due_on"], row["due_at"]))


def _tasks(office: Office, connection: sa.Connection) -> Iterator[Standing]:
    forms = {
        form
        for bundle, form in connection.execute(_FORMS).tuples()
        if duty_of(office.definitions.get(bundle), form) is not None
    }
    if not forms:
        return
    rows = connection.execute(_TASKS, {"forms": sorted(forms)}).mappings().all()
    clocks = own_clocks(office, connection, rows)
    for row in rows:
        own = clocks.get((row["petition_id"], row["task"]))
        if own is not None:
            yield from _standing(office, row, own.duty, row["created_at"], (own.due_on, own.due_at))


def _standing(
    office: Office,
    row: sa.RowMapping,
    kind: DutyKind,
    since: datetime,
    due: tuple[date | None, datetime | None],
) -> Iterator[Standing]:
    """The line of one; none while its date is far."""
    due_on, due_at = due
    light = Light.OVERDUE if due_on is None else light_by(office, due_on, due_at)
    if light is Light.DUE_SOON or light is Light.OVERDUE:
        yield Standing(
            petition_id=row["petition_id"],
            filing_number=row["filing_number"],
            kind=PetitionKind(row["petition_kind"]),
            due_on=due_on or day_in_bogota(since),
            light=light,
            department=None,
            holder=None,
            label=DUTY_LABELS[kind],
            roles=DOERS[kind],
            waits=due_on is None,
        )
