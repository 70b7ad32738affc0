"""The size of a case's state, and what three hundred turns of an escalation loop cost."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from processes.common.database import upgrade
from processes.engine import door
from processes.engine.model import Fact
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.tables import CASE_STATES
from tests.benchmarks.figures import Figure, median, timed
from tests.builders.office import MONDAY_MORNING, an_office
from tests.builders.petitions import answer, classify, distribute, file_one, verify

TURNS = 300
SAMPLE = 20


def measure(_database: str, url: str, home: Path) -> list[Figure]:
    """The largest stored state over the steps of a petition; the last turns of the loop beside the first."""
    upgrade(url)
    with an_office(url, home) as office:
        largest = _largest_state(office)
        first, last, grown = _turns(office)
    return [
        Figure("engine state, the largest over a petition's steps", largest / 1000, 1.0, "kB"),
        Figure("state after 300 turns of the escalation loop", grown, 1.2, "x"),
        Figure("step after 300 turns", last / first, 1.2, "x", detail=f"{last:.2f} ms, first {first:.2f} ms"),
    ]


def _largest_state(office: Office) -> int:
    number = file_one(office).filing_number
    sizes = [_stored(office)]
    for act in (classify, distribute, answer, verify):
        act(office, number)
        sizes.append(_stored(office))
    return max(sizes)


def _stored(office: Office) -> int:
    with office.read() as connection:
        sizes = [len(state) for state in connection.scalars(sa.select(CASE_STATES.c.state))]
    return max(sizes)


def _turns(office: Office) -> tuple[float, float, float]:
    """Median milliseconds of the first and the last turns, and the growth of the state."""
    definition = office.definitions.current()
    calendar = office.entity().calendar
    now = MONDAY_MORNING
    facts: dict[str, Fact] = {"kind": "request", "channel": "web", "anonymous": False}
    case = door.start(definition, facts=facts, now=now, calendar=calendar)
    completions: tuple[dict[str, Fact], ...] = (
        {"kind": "request", "level": 3, "priority": False},
        {"department": "INF"},
    )
    for values in completions:
        task = case.open_tasks[0].key
        case = door.complete(definition, case.state, task=task, facts=values, now=now, calendar=calendar)
    times: list[float] = []
    sizes: list[int] = []
    for _ in range(TURNS):
        now += timedelta(hours=1)
        # The term moves: the loop arms its alert again, and never comes to the end of the ladder.
        turn = partial(
            door.signal, definition, case.state, name=Signal.TERM_CHANGED, now=now, calendar=calendar
        )
        taken, case = timed(turn)
        times.append(taken)
        sizes.append(len(case.state))
    return median(times[:SAMPLE]), median(times[-SAMPLE:]), sizes[-1] / sizes[SAMPLE]
