"""What must hold of duties: what the law says is pending is owed by somebody, and nothing else is."""

from collections import Counter, defaultdict
from collections.abc import Iterator

import sqlalchemy as sa

from processes.petitions.duties import duty_of
from processes.petitions.duty_tables import DUTIES, DutyKind
from processes.petitions.office import Office
from processes.petitions.tables import CASE_STATES, WORK_ITEMS, WorkItemStatus
from processes.terms.events import LegalEventKind
from processes.terms.reckoning import Reckoning
from processes.terms.running import appeals_pending, orders_pending

_OPEN = sa.select(DUTIES.c.petition_id, DUTIES.c.kind).where(DUTIES.c.done_at.is_(None))
_TASKS = (
    sa.select(WORK_ITEMS.c.petition_id, WORK_ITEMS.c.form, CASE_STATES.c.bundle)
    .join(CASE_STATES, CASE_STATES.c.petition_id == WORK_ITEMS.c.petition_id)
    .where(WORK_ITEMS.c.status == WorkItemStatus.OPEN.value, WORK_ITEMS.c.form.is_not(None))
)


def owed_duties(office: Office, connection: sa.Connection) -> defaultdict[int, Counter[DutyKind]]:
    """How many of each kind every petition owes: rows of their own, and tasks that are duties."""
    owed: defaultdict[int, Counter[DutyKind]] = defaultdict(Counter)
    for petition_id, kind in connection.execute(_OPEN):
        owed[petition_id][DutyKind(kind)] += 1
    for petition_id, form, bundle in connection.execute(_TASKS):
        duty = duty_of(office.definitions.get(bundle), form)
        if duty is not None:
            owed[petition_id][duty] += 1
    return owed


def duty_problems(reckoning: Reckoning, owed: Counter[DutyKind]) -> Iterator[str]:
    """What is pending by the law and owed by nobody, or owed and not pending."""
    orders = {each.kind for each in orders_pending(reckoning)}
    pending = {
        DutyKind.APPEAL: appeals_pending(reckoning),
        DutyKind.RULING: LegalEventKind.JUDGE_RULED in orders,
        DutyKind.JUDGE_REPORT: LegalEventKind.JUDGE_ORDERED in orders,
    }
    for kind, waits in pending.items():
        if waits != (owed[kind] > 0):
            yield f"lo pendiente por la ley no es lo que se debe: {kind.value}"
