"""What a case waits for besides people: alerts with their instants, and tasks that failed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import SYSTEM, Act
from processes.common.calendar import WorkCalendar
from processes.common.database import typed_text
from processes.engine.model import Incident, WaitingAlert
from processes.petitions.case import WaitingAlertRow
from processes.petitions.tables import ALERT_PLANS, ALERTS, INCIDENTS
from processes.terms.clock import opening_instant

CASE_AS_A_WHOLE = 0
"""The task number of an incident that concerns no single task (a state that cannot be read, say)."""

_PUT_ALERT = typed_text(
    "INSERT INTO alert (petition_id, task, element, name, working_days_before, due_at) "
    "VALUES (:petition_id, :task, :element, :name, :working_days_before, :due_at) "
    "ON CONFLICT (petition_id, task) DO UPDATE "
    "SET working_days_before = excluded.working_days_before, due_at = excluded.due_at",
    ALERTS.c.due_at,
)
_PUT_PLAN = typed_text(
    "INSERT INTO alert_plan (petition_id, name, working_days_before, due_at) "
    "VALUES (:petition_id, :name, :working_days_before, :due_at) "
    "ON CONFLICT (petition_id, name) DO UPDATE "
    "SET working_days_before = excluded.working_days_before, due_at = excluded.due_at",
    ALERT_PLANS.c.due_at,
)


@dataclass(frozen=True, slots=True)
class AlertPlan:
    """When an alert is due; `working_days_before` the due date of the petition, so that it moves with it.

    Without an instant it is held, because the term is suspended.
    """

    due_at: datetime | None
    working_days_before: int | None


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


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """The first of `instants`, those that are held left out."""
    return min((instant for instant in instants if instant is not None), default=None)


def sort_alerts(
    waiting: Iterable[WaitingAlert], known: Mapping[int, WaitingAlertRow], plans: Mapping[str, AlertPlan]
) -> Alerts:
    """Give each waiting timer the plan of its name; a new plan moves a timer that waits already."""
    alerts = tuple(waiting)
    dated = tuple((alert, plans[alert.alert]) for alert in alerts if alert.alert in plans)
    rest = [alert for alert in alerts if alert.alert not in plans]
    used = {alert.alert for alert, _ in dated}
    return Alerts(
        dated=dated,
        kept={alert.key: known[alert.key].due_at for alert in rest if alert.key in known},
        undated=tuple(_undated(alert) for alert in rest if alert.key not in known),
        unused={name: plan for name, plan in plans.items() if name not in used},
    )


def read_plans(connection: sa.Connection, petition_id: int) -> dict[str, AlertPlan]:
    """Plans made in an earlier step, for timers that did not wait yet."""
    table = ALERT_PLANS.c
    query = sa.select(table.name, table.due_at, table.working_days_before).where(
        table.petition_id == petition_id
    )
    return {name: AlertPlan(due_at, days) for name, due_at, days in connection.execute(query)}


def write_alerts(connection: sa.Connection, petition_id: int, alerts: Alerts, known: Iterable[int]) -> None:
    """Put the rows of `alerts` in place of the `known` ones."""
    stay = {*alerts.kept, *(alert.key for alert, _ in alerts.dated)}
    gone = set(known) - stay
    if gone:
        table = ALERTS.c
        connection.execute(sa.delete(ALERTS).where(table.petition_id == petition_id, table.task.in_(gone)))
    if alerts.dated:
        connection.execute(_PUT_ALERT, [_alert_row(petition_id, *dated) for dated in alerts.dated])
    if alerts.unused:
        connection.execute(
            _PUT_PLAN,
            [
                {
                    "petition_id": petition_id,
                    "name": name,
                    "working_days_before": plan.working_days_before,
                    "due_at": plan.due_at,
                }
                for name, plan in alerts.unused.items()
            ],
        )


def forget_plans(connection: sa.Connection, petition_id: int, names: Iterable[str]) -> None:
    """Remove plans that a timer has taken over."""
    table = ALERT_PLANS.c
    connection.execute(
        sa.delete(ALERT_PLANS).where(table.petition_id == petition_id, table.name.in_(list(names)))
    )


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
        "working_days_before": plan.working_days_before,
        "due_at": plan.due_at,
    }


def _undated(alert: WaitingAlert) -> Incident:
    return Incident(
        alert.key,
        alert.element,
        alert.alert,
        f"El temporizador espera la alerta «{alert.alert}», y ninguna tarea la programó. Agregue una tarea "
        "«Programar una alerta» en el camino que llega a él.",
    )
