"""The whole procedure: every flow and boundary event of `bpmn/` is taken by a petition that is walked here.

Each scenario walks plain and restored at once (`walk.py`); those with a loop at no turn, one and two.
What no scenario takes is named by the last tests, whatever was chosen to run before them.
"""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Protocol

import pytest

from processes.common.resources import bpmn_folder
from processes.engine.bundle import Problem, check_bundle
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.publishing import read_bundle_folder
from tests.engine.procedure.drawn import Flow
from tests.engine.procedure.scenarios.admission import ADMISSION, ADMISSION_LOOPS
from tests.engine.procedure.scenarios.answer import ANSWER, ANSWER_LOOPS
from tests.engine.procedure.scenarios.reception import RECEPTION, RECEPTION_LOOPS
from tests.engine.procedure.scenarios.work import WORK, WORK_LOOPS
from tests.engine.procedure.taken import Taken
from tests.engine.procedure.walk import Procedure, Walk

Scenario = Callable[[Procedure], Walk]


class Loop(Protocol):
    """A scenario that goes round as often as it is told."""

    __name__: str

    def __call__(self, procedure: Procedure, turns: int) -> Walk: ...


TURNS = (0, 1, 2)
ONCE_AT_MOST = {
    ("ToDepartment", "CallRoute"): "what passed to a department is of level 3 and passes no more",
    ("LadderForLevel", "NextRung"): "the same hand-over begins the ladder again",
    ("RedirectAnswer", "NextTry"): "an answer that comes back a second time is published",
}
"""Ways back that the procedure itself takes once at most, and why."""

PLAIN: tuple[Scenario, ...] = (*RECEPTION, *ADMISSION, *WORK, *ANSWER)
LOOPS: tuple[Loop, ...] = (*RECEPTION_LOOPS, *ADMISSION_LOOPS, *WORK_LOOPS, *ANSWER_LOOPS)


def _named() -> dict[str, Scenario]:
    named: dict[str, Scenario] = {each.__name__: each for each in PLAIN}
    for loop in LOOPS:
        for turns in TURNS:
            named[f"{loop.__name__}-{turns}"] = partial(loop, turns=turns)
    return named


SCENARIOS = _named()


@cache
def _procedure() -> Procedure:
    return Procedure(read_bundle_folder(bpmn_folder()))


@cache
def _taken(name: str) -> Taken:
    return SCENARIOS[name](_procedure()).taken


def _told(missing: Iterable[object]) -> list[str]:
    return sorted(map(str, missing))


def test_the_procedure_can_be_published_without_a_warning() -> None:
    warnings: list[Problem] = []

    assert check_bundle(_procedure().files, CATALOGUE, warnings=warnings) == []
    assert _told(warnings) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_petition_goes(name: str) -> None:
    assert _taken(name).reached


def test_every_sequence_flow_is_taken() -> None:
    flows = _procedure().drawing.flows

    assert flows
    assert _told(flow for flow in flows if not any(_taken(name).times(flow) for name in SCENARIOS)) == []


def test_every_boundary_event_happens() -> None:
    events = _procedure().drawing.boundary_events

    assert events
    happened = {element for name in SCENARIOS for element in _taken(name).completed}
    assert _told(event for event in events if event[1] not in happened) == []


def test_every_loop_goes_round_at_no_turn_one_and_two() -> None:
    loops = _procedure().drawing.ways_back

    assert loops
    assert _told((back, turns) for back in loops for turns in _owed(back) - _turns_taken(back)) == []


def test_what_goes_round_once_at_most_is_still_drawn() -> None:
    drawn = {(back.source, back.target) for back in _procedure().drawing.ways_back}

    assert _told(ONCE_AT_MOST.keys() - drawn) == []


def _owed(back: Flow) -> set[int]:
    return {0, 1} if (back.source, back.target) in ONCE_AT_MOST else {*TURNS}


def _turns_taken(back: Flow) -> set[int]:
    """How often the petitions that came to where the loop begins went round it."""
    came = [taken for taken in map(_taken, SCENARIOS) if back.target in taken.reached]
    return {taken.times(back) for taken in came}
