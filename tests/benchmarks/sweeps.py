"""Sweeps on the procedure of `bpmn/`: over very many that sleep, and over those whose alert is due."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from processes.common.database import upgrade
from processes.common.resources import bpmn_folder
from processes.flows import sweeps
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from processes.reports.jobs import Job
from tests.benchmarks.figures import Figure, median, timed
from tests.benchmarks.sweep_worker import Worker, worker
from tests.builders.copies import Copies
from tests.builders.level_three import drafting
from tests.builders.office import HandClock, an_office

FEW, MANY, MOST = 10_000, 100_000, 1_000_000
SLEEPING_MS, GROWTH, SPEED_UP = 30.0, 1.5, 1.7
FIRING = {"SQLite": 200.0, "PostgreSQL": 150.0}
FIRST, DUE = 10, 400
_SWEEPS = 25
_LONG = timedelta(days=300)


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """A sweep with nothing due at three sizes, cases fired a CPU-second, and what a second worker adds."""
    clock = HandClock()
    with _at_work(url, home, clock) as (office, due_at):
        copies = Copies(office)
        lasted = {size: _sleeping(office, copies, size, due_at + _LONG) for size in (FEW, MANY, MOST)}
        # What the disk does meanwhile has no part in how a sweep grows: the quickest of each size.
        few, most = min(lasted[FEW]), min(lasted[MOST])
        clock.to(due_at)
        copies.add(FIRST, wake_at=due_at)
        _firing(office)  # what is compiled once
        copies.add(DUE, wake_at=due_at)
        rate = _firing(office)
        figures = [
            Figure(f"sweep, {MANY} open and none due, {database}", median(lasted[MANY]), SLEEPING_MS, "ms"),
            Figure(
                f"sweep, {MOST} open against {FEW}, {database}",
                most / few,
                GROWTH,
                "x",
                detail=f"{most:.2f} ms, {few:.2f} ms",
            ),
            Figure(f"alerts fired a CPU-second, {database}", rate, FIRING[database], "1/s", at_least=True),
        ]
        if database == "PostgreSQL":
            figures.append(_together(url, home, copies, due_at))
    return figures


@contextmanager
def _at_work(url: str, home: Path, clock: HandClock) -> Iterator[tuple[Office, datetime]]:
    """An office with one petition before its department, and when its alert is due."""
    upgrade(url)
    with an_office(url, home, clock, procedure=bpmn_folder()) as office:
        drafting(office)
        with office.read() as connection:
            due_at = connection.execute(sa.select(PETITIONS.c.next_wake_at)).scalar_one()
        yield office, due_at


def _sleeping(office: Office, copies: Copies, size: int, wake_at: datetime) -> list[float]:
    """Milliseconds of whole sweeps as the schedule runs them, their note of having ended included."""
    copies.add_sleeping(size - copies.made, wake_at=wake_at)
    copies.settle()
    return [timed(lambda: sweeps.do(office, Job.ADVANCE_ALERTS))[0] for _ in range(_SWEEPS)]


def _firing(office: Office) -> float:
    began = time.process_time()
    fired = advance_due_alerts(office)
    return fired / (time.process_time() - began)


def _together(url: str, home: Path, copies: Copies, due_at: datetime) -> Figure:
    speeds: list[float] = []
    for count in (1, 2):
        copies.add(count * DUE, wake_at=due_at)
        with ExitStack() as stack:
            workers = [stack.enter_context(worker(url, home, due_at)) for _ in range(count)]
            milliseconds, fired = timed(partial(_swept, workers))
        speeds.append(sum(fired) / milliseconds * 1000)
    shares = " + ".join(map(str, fired))
    return Figure(
        "two workers against one, PostgreSQL",
        speeds[1] / speeds[0],
        SPEED_UP,
        "x",
        at_least=True,
        detail=f"{speeds[1]:.0f} and {speeds[0]:.0f} a second ({shares})",
    )


def _swept(workers: list[Worker]) -> list[int]:
    for each in workers:
        each.go()
    return [each.fired() for each in workers]
