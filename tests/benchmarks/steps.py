"""Filing and completing, persisted, in process: beside the floor on the same database in the same run."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from processes.common.database import make_engine, upgrade
from processes.petitions.filing import file_petition
from processes.petitions.office import Office
from processes.petitions.work import complete
from tests.benchmarks.figures import Figure, median, timed
from tests.benchmarks.floor import Floor
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD, an_office
from tests.builders.petitions import ANSWERED, CHECKED, CLASSIFIED, TO_INFRASTRUCTURE, a_form

CASES = 60
WARM_UP = 5
FIRST_TASK = 3
BARS = {"SQLite": 2.0, "PostgreSQL": 2.5}
_WAY = (
    (CLERK, CLASSIFIED),
    (SERVICE_HEAD, TO_INFRASTRUCTURE),
    (OFFICIAL, ANSWERED),
    (SERVICE_HEAD, CHECKED),
)


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """The ratios of filing and of completing a task to the floor, as medians over whole cases."""
    upgrade(url)
    with an_office(url, home) as office, _floor(url) as floor:
        for _ in range(WARM_UP):
            _floor_case(floor)
            _our_case(office)
        rounds = [(_floor_case(floor), _our_case(office)) for _ in range(CASES)]
    floor_filing = median([filing for (filing, _), _ in rounds])
    floor_step = median([step for (_, steps), _ in rounds for step in steps])
    our_filing = median([filing for _, (filing, _) in rounds])
    our_step = median([step for _, (_, steps) in rounds for step in steps])
    bar = BARS[database]
    return [
        Figure(
            f"file a petition, {database}",
            our_filing / floor_filing,
            bar,
            "x",
            detail=_times(our_filing, floor_filing),
        ),
        Figure(
            f"complete a user task, {database}",
            our_step / floor_step,
            bar,
            "x",
            detail=_times(our_step, floor_step),
        ),
    ]


def _our_case(office: Office) -> tuple[float, list[float]]:
    form = a_form()
    filing, receipt = timed(lambda: file_petition(office, form))
    steps: list[float] = []
    task = FIRST_TASK
    for person, values in _WAY:
        step, completed = timed(partial(complete, office, person, receipt.filing_number, task, values))
        steps.append(step)
        task = completed.next_tasks[0].key if completed.next_tasks else 0
    return filing, steps


def _floor_case(floor: Floor) -> tuple[float, list[float]]:
    filing, number = timed(floor.start)
    steps: list[float] = []
    more = True
    while more:
        step, more = timed(partial(floor.complete, number))
        steps.append(step)
    return filing, steps


@contextmanager
def _floor(url: str) -> Iterator[Floor]:
    engine = make_engine(url)
    try:
        yield Floor(engine)
    finally:
        engine.dispose()


def _times(ours: float, floor: float) -> str:
    return f"{ours:.2f} ms, floor {floor:.2f} ms"
