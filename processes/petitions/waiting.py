"""What a case waits for besides people: alerts with their instants, and tasks that failed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act
from processes.common.calendar import WorkCalendar
from processes.common.database import typed_text
from processes.common.writer import Writer
from processes.engine.model import Incident, WaitingAlert
from processes.petitions.case import WaitingAlertRow
from processes.petitions.tables import ALERT_PLANS, ALERTS, INCIDENTS
from processes.terms.clock import opening_instant

CASE_AS_A_WHOLE = 0
"""The task number of an incident that concerns no single task (a state that cannot be read, say)."""

_PUT_ALERT = typed_text(
    "INSERT INTO alert (petition_id, task, element, name, working_days_before, share, due_at) "
    "VALUES (:petition_id, :task, :element, :name, :working_days_before, :share, :due_at) "
    "ON CONFLICT (petition_id, task) DO UPDATE SET working_days_before = excluded.working_days_before, "
    "share = excluded.share, due_at = excluded.due_at",
    ALERTS.c.due_at,
)
_PUT_PLAN = typed_text(
    "INSERT INTO alert_plan (petition_id, name, working_days_before, share, due_at) "
    "VALUES (:petition_id, :name, :working_days_before, :share, :due_at) "
    "ON CONFLICT (petition_id, name) DO UPDATE SET working_days_before = excluded.working_days_before, "
    "share = excluded.share, due_at = excluded.due_at",
    ALERT_PLANS.c.due_at,
)
_DELETE_ALERT = sa.delete(ALERTS).where(
    ALERTS.c.petition_id == sa.bindparam("case_id"), ALERTS.c.task == sa.bindparam("gone")
)
_DELETE_PLANS = sa.delete(ALERT_PLANS).where(
    ALERT_PLANS.c.petition_id == sa.bindparam("case_id"),
    ALERT_PLANS.c.name.in_(sa.bindparam("names", expanding=True)),
)
_PLANS = sa.select(
    ALERT_PLANS.c.name, ALERT_PLANS.c.due_at, ALERT_PLANS.c.working_days_before, ALERT_PLANS.c.share
).where(ALERT_PLANS.c.petition_id == sa.bindparam("case_id"))


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """When an alert is due.

    It moves with the due date of the petition by `working_days_before` it, or by `share`, the percent of
    the term that is gone; with neither, its instant stands. Without an instant it is held.
    """

    due_at: datetime | None
    working_days_before: int | None = None
    share: int | None = None

    @property
    def hangs_from_the_term(self) -> bool:
        """Whether the alert moves with the due date, and stops while the term is suspended."""
        return self.working_days_before is not None or self.share is not None

    def redated(self, term: "RunningTerm") -> "AlertPlan":
        """The same alert against `term`."""
        if not self.hangs_from_the_term:
            return self
        if term.suspended:
            return replace(self, due_at=None)
        if self.share is not None:
            return replace(self, due_at=share_instant(term, self.share))
        return replace(self, due_at=alert_instant(term.due_on, self.working_days_before or 0, term.calendar))


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """The term of a petition, as alerts hang from it. `due_at` only where the law counts hours."""

    received_at: datetime
    filed_on: date
    due_on: date
    due_at: datetime | None
    suspended: bool
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Alerts:
    """The timers that wait: those that get an instant now, those that keep theirs, those that have none.

    `unused` are plans for which no timer waits yet.
    """

    dated: tuple[tuple[WaitingAlert, AlertPlan], ...]
    kept: Mapping[int, datetime | None]
    undated: tuple[Incident, ...]
    unused: Mapping[str, AlertPlan]

    @property
    def next_wake_at(self) -> datetime | None:
        """The earliest instant."""
        return earliest([*self.kept.values(), *(plan.due_at for _, plan in self.dated)])


def alert_instant(due_on: date, working_days_before: int, calendar: WorkCalendar) -> datetime:
    """The office's opening, so many working days before `due_on` (after it when negative); never midnight."""
    day = calendar.on_or_after(calendar.add_working_days(due_on, -working_days_before))
    return opening_instant(day, calendar)


def share_instant(term: RunningTerm, percent: int) -> datetime:
    """When `percent` of the term is gone: an opening of the office, or an hour of a term in hours."""
    if term.due_at is not None:
        return term.received_at + (term.due_at - term.received_at) * percent / 100
    days = term.calendar.working_days_between(term.filed_on, term.due_on)
    day = term.calendar.add_working_days(term.filed_on, ceil(days * percent / 100))
    return opening_instant(term.calendar.on_or_after(day), term.calendar)


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """The first of `instants`, those that are held left out."""
    return min((instant for instant in instants if instant is not None), default=None)


def sort_alerts(
    waiting: Iterable[WaitingAlert],
    known: Mapping[int, WaitingAlertRow],
    plans: Mapping[str, AlertPlan],
    moved: Mapping[int, AlertPlan] = MappingProxyType({}),
) -> Alerts:
    """Give each waiting timer the plan of its name, else the one of its key in `moved`.

    A new plan moves a timer that waits already.
    """
    alerts = tuple(waiting)
    dated = tuple(
        (alert, plans[alert.alert] if alert.alert in plans else moved[alert.key])
        for alert in alerts
        if alert.alert in plans or alert.key in moved
    )
    taken = {alert.key for alert, _ in dated}
    rest = [alert for alert in alerts if alert.key not in taken]
    used = {alert.alert for alert, _ in dated}
    return Alerts(
        dated=dated,
        kept={alert.key: known[alert.key].due_at for alert in rest if alert.key in known},
        undated=tuple(_undated(alert) for alert in rest if alert.key not in known),
        unused={name: plan for name, plan in plans.items() if name not in used},
    )


def read_plans(connection: sa.Connection, petition_id: int) -> dict[str, AlertPlan]:
    """Plans made in an earlier step, for timers that did not wait yet."""
    rows = connection.execute(_PLANS, {"case_id": petition_id})
    return {name: AlertPlan(due_at, days, share) for name, due_at, days, share in rows}


def write_plans(connection: sa.Connection, petition_id: int, plans: Mapping[str, AlertPlan]) -> None:
    """Keep `plans` for timers that do not wait yet."""
    if plans:
        connection.execute(
            _PUT_PLAN,
            [{"petition_id": petition_id, "name": name, **_values(plan)} for name, plan in plans.items()],
        )


def write_alerts(
    connection: sa.Connection,
    petition_id: int,
    alerts: Alerts,
    known: Iterable[int],
    *,
    writer: Writer | None = None,
) -> None:
    """Put the rows of `alerts` in place of the `known` ones, through `writer`."""
    stay = {*alerts.kept, *(alert.key for alert, _ in alerts.dated)}
    gone = set(known) - stay
    writer = writer or connection
    if gone:
        writer.execute(_DELETE_ALERT, [{"case_id": petition_id, "gone": task} for task in sorted(gone)])
    if alerts.dated:
        writer.execute(_PUT_ALERT, [_alert_row(petition_id, *dated) for dated in alerts.dated])
    write_plans(connection, petition_id, alerts.unused)


def forget_plans(connection: sa.Connection, petition_id: int, names: Iterable[str]) -> None:
    """Remove plans that a timer has taken over."""
    connection.execute(_DELETE_PLANS, {"case_id": petition_id, "names": list(names)})


def known_incidents(connection: sa.Connection, petition_id: int) -> dict[int, str]:
    """The messages of the open incidents, by task."""
    table = INCIDENTS.c
    query = sa.select(table.task, table.message).where(table.petition_id == petition_id)
    return dict(connection.execute(query).tuples().all())


def write_incidents(
    connection: sa.Connection,
    petition_id: int,
    incidents: Iterable[Incident],
    known: Mapping[int, str],
    *,
    now: datetime,
) -> None:
    """Put the rows of `incidents` in place of the `known` ones; a known one takes a new message."""
    table = INCIDENTS.c
    found = {incident.key: incident for incident in incidents}
    gone = known.keys() - found.keys()
    if gone:
        connection.execute(sa.delete(INCIDENTS).where(table.petition_id == petition_id, table.task.in_(gone)))
    fresh = [incident_row(petition_id, each, now) for key, each in found.items() if key not in known]
    if fresh:
        connection.execute(sa.insert(INCIDENTS), fresh)
    for key in known.keys() & found.keys():
        if known[key] != found[key].message:
            this = sa.and_(table.petition_id == petition_id, table.task == key)
            connection.execute(sa.update(INCIDENTS).where(this).values(message=found[key].message))


def incident_row(petition_id: int, incident: Incident, now: datetime) -> dict[str, object]:
    """The row for a task that failed."""
    return {
        "petition_id": petition_id,
        "task": incident.key,
        "element": incident.element,
        "name": incident.name,
        "message": incident.message,
        "attempts": 1,
        "opened_at": now,
        "last_at": now,
    }


def incident_act(incident: Incident) -> Act:
    """A task's failure, for the journal."""
    detail = {"task": incident.key, "element": incident.element, "message": incident.message}
    return Act("incident", SYSTEM, detail)


def _alert_row(petition_id: int, alert: WaitingAlert, plan: AlertPlan) -> dict[str, object]:
    return {
        "petition_id": petition_id,
        "task": alert.key,
        "element": alert.element,
        "name": alert.alert,
        **_values(plan),
    }


def _values(plan: AlertPlan) -> dict[str, object]:
    return {"working_days_before": plan.working_days_before, "share": plan.share, "due_at": plan.due_at}


def _undated(alert: WaitingAlert) -> Incident:
    return Incident(
        alert.key,
        alert.element,
        alert.alert,
        f"El temporizador espera la alerta «{alert.alert}», y ninguna tarea la programó. Agregue una tarea "
        "«Programar una alerta» en el camino que llega a él.",
    )
