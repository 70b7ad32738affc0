"""Several processes write to one database: nobody is told that it is locked, and nothing is mixed up."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.verification import verify_audit
from tests.builders.office import an_office
from tests.faults.aftermath import every_message_is_sent, everything_shown_is_kept
from tests.faults.worker import SHORT_WAY, WHOLE_PROCEDURE, Way, Worker

Note = Callable[[str, object], None]
PROCESSES = 3


@pytest.mark.parametrize(
    ("database_url", "seconds"),
    [
        pytest.param("sqlite", 2.0, id="sqlite-briefly"),
        pytest.param("postgresql", 2.0, id="postgresql-briefly"),
        pytest.param("sqlite", 60.0, id="sqlite-a-minute", marks=pytest.mark.long),
        pytest.param("postgresql", 10.0, id="postgresql-a-while", marks=pytest.mark.long),
    ],
    indirect=["database_url"],
)
def test_three_processes_write_and_nobody_hears_of_a_lock(
    database_url: str, tmp_path: Path, seconds: float, record_property: Note
) -> None:
    with (
        an_office(database_url, tmp_path, procedure=WHOLE_PROCEDURE.folder) as office,
        _rivals(office, WHOLE_PROCEDURE.way) as (workers, processes),
    ):
        died = wait([process.sentinel for process in processes], timeout=seconds)
        _stop(processes)

        assert not died
        assert [line for worker in workers for line in worker.faults] == []
        _note_figures(workers, seconds, record_property)
        everything_shown_is_kept(office, *workers)
        every_message_is_sent(office, *workers)
        assert violations(office) == []


@pytest.mark.parametrize(
    "seconds", [pytest.param(1.0, id="briefly"), pytest.param(5.0, id="a-while", marks=pytest.mark.long)]
)
def test_a_check_of_the_journal_accuses_nobody_while_others_write(
    database_url: str, tmp_path: Path, seconds: float
) -> None:
    with an_office(database_url, tmp_path) as office, _rivals(office) as (workers, processes):
        ends = perf_counter() + seconds
        while perf_counter() < ends:
            assert verify_audit(office.engine) == []
            assert violations(office) == []
        _stop(processes)

        assert [line for worker in workers for line in worker.faults] == []
        assert all(worker.acts for worker in workers)


@contextmanager
def _rivals(office: Office, way: Way = SHORT_WAY) -> Iterator[tuple[list[Worker], list[BaseProcess]]]:
    workers = [Worker(office, f"rival-{number}", way) for number in range(PROCESSES)]
    workers[0].warm_up()
    processes = [worker.start(seed=number) for number, worker in enumerate(workers)]
    try:
        yield workers, processes
    finally:
        _stop(processes)


def _stop(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.kill()
        process.join()


def _note_figures(workers: list[Worker], seconds: float, record_property: Note) -> None:
    lines = [line.split() for worker in workers for line in worker.acts]
    times = sorted(float(duration) for _, duration in lines)
    record_property("processes", len(workers))
    record_property("cores", os.cpu_count())
    record_property("acts_a_second", round(len(times) / seconds, 1))
    record_property("median_milliseconds", round(median(times) * 1000, 1))
    record_property("longest_act_seconds", round(times[-1], 2))
