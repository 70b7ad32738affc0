"""Figures for Prometheus: how the web process serves, and what waits in the office. Nobody's data."""

from collections.abc import Iterator

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, PENDING, MessageStatus
from processes.petitions.office import Office
from processes.petitions.status import ENDED
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.petitions.tables import INCIDENTS, PETITIONS, WORK_ITEMS, WorkItemStatus

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """The figures of one web process."""

    def __init__(self, office: Office) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._registry.register(_OfficeFigures(office))
        labels = ("method", "route", "status")
        self._requests = Counter("ventanilla_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "ventanilla_request_seconds",
            "Time to answer a request.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )

    def note_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request, by its route's pattern: an address could name a petition."""
        known_method = method if method in _METHODS else "other"
        self._requests.labels(known_method, route or "none", str(status)).inc()
        self._seconds.labels(route or "none").observe(seconds)

    def text(self) -> bytes:
        """Everything, in the text format of Prometheus. Raises Unavailable when the database is gone."""
        return generate_latest(self._registry)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _OfficeFigures(Collector):
    """What waits in the office, counted when it is asked for."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is counted before the first reading."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure."""
        now = self._office.now()
        counts = {
            "ventanilla_open_petitions": (
                "Petitions that have not ended.",
                _count(PETITIONS, PETITIONS.c.status.not_in([status.value for status in ENDED])),
            ),
            "ventanilla_open_tasks": (
                "Tasks that wait for a person.",
                _count(WORK_ITEMS, WORK_ITEMS.c.status == WorkItemStatus.OPEN.value),
            ),
            "ventanilla_due_alerts": (
                "Petitions whose alert is due and has not fired.",
                _count(PETITIONS, PETITIONS.c.next_wake_at <= now),
            ),
            "ventanilla_incidents": (
                "Tasks that failed and wait for an administrator.",
                _count(INCIDENTS, sa.true()),
            ),
            "ventanilla_messages_pending": (
                "Messages not sent yet.",
                _count(MESSAGES, MESSAGES.c.status == MessageStatus.PENDING.value),
            ),
            "ventanilla_letters_at_desk": (
                "Letters on paper that wait to be handed over.",
                _count(MESSAGES, MESSAGES.c.status == MessageStatus.AT_DESK.value),
            ),
            "ventanilla_messages_given_up": (
                "Messages that could not be sent.",
                _count(MESSAGES, MESSAGES.c.status == MessageStatus.GIVEN_UP.value),
            ),
        }
        # What waits for office hours is not late: it counts from when it may leave.
        may_leave = sa.func.coalesce(MESSAGES.c.not_before, MESSAGES.c.created_at)
        oldest = sa.select(sa.func.min(may_leave, type_=MESSAGES.c.created_at.type)).where(PENDING)
        with self._office.read() as connection:
            waiting_since = connection.scalar(oldest)
            row = connection.execute(sa.select(*(query for _, query in counts.values()))).one()
            sweeps = connection.execute(sa.select(SWEEP_RUNS.c.name, SWEEP_RUNS.c.finished_at)).all()
        for (name, (help_text, _)), value in zip(counts.items(), row, strict=True):
            yield GaugeMetricFamily(name, help_text, value=value)
        waited = 0.0 if waiting_since is None else max(0.0, (now - waiting_since).total_seconds())
        yield GaugeMetricFamily(
            "ventanilla_oldest_message_seconds",
            "Office time that the oldest unsent message is due.",
            value=waited,
        )
        ages = GaugeMetricFamily(
            "ventanilla_sweep_age_seconds", "Real time since a sweep ended.", labels=["sweep"]
        )
        for name, finished_at in sweeps:
            ages.add_metric([name], (real_now() - finished_at).total_seconds())
        yield ages


def _count(table: sa.Table, where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(where).scalar_subquery()
