"""The door: what it refuses, what it leaves alone, and when timers fire."""

from dataclasses import FrozenInstanceError
from datetime import timedelta

import pytest

from processes.common.errors import Invalid
from processes.engine import door
from processes.engine.bundle import Definition, compile_bundle
from processes.engine.codec import UnreadableState
from processes.engine.door import TaskNotOpen
from processes.engine.model import Advance
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE, NOON, begin


def _definition(*nodes: str, flows: str) -> Definition:
    drawn = draw.diagram(draw.process(*nodes, flows=flows), declared=draw.DECLARED)
    return compile_bundle({"case.bpmn": drawn}, CATALOGUE)


_SIMPLE = (draw.start(), draw.user("A"), draw.user("B"), draw.end())
_SIMPLE_FLOWS = "Begin -> A, A -> B, B -> Finish"
_TIMED = (
    draw.start(),
    draw.user("A"),
    draw.boundary("First", "A", draw.timer(), interrupting=False),
    draw.boundary("Second", "A", draw.timer('alert("reminder")')),
    draw.user("Late"),
    draw.user("Later"),
    draw.end(),
)
_TIMED_FLOWS = "Begin -> A, A -> Finish, First -> Late, Second -> Later, Late -> Finish, Later -> Finish"


@pytest.fixture(scope="module")
def simple() -> Definition:
    return _definition(*_SIMPLE, flows=_SIMPLE_FLOWS)


@pytest.fixture(scope="module")
def timed() -> Definition:
    return _definition(*_TIMED, flows=_TIMED_FLOWS)


def test_a_task_cannot_be_completed_twice(simple: Definition) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    task = begun.open_tasks[0].key
    after = door.complete(simple, begun.state, task=task, facts={}, now=NOON)
    with pytest.raises(TaskNotOpen) as refused:
        door.complete(simple, after.state, task=task, facts={}, now=NOON)
    assert refused.value.status == 409


@pytest.mark.parametrize("task", [0, -1, 1, 999, 2**80])
def test_a_task_that_is_not_open_cannot_be_completed(simple: Definition, task: int) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    with pytest.raises(TaskNotOpen):
        door.complete(simple, begun.state, task=task, facts={}, now=NOON)


def test_a_state_can_be_advanced_twice_with_the_same_result(simple: Definition) -> None:
    begun = door.start(simple, facts={"level": 1}, now=NOON)
    task = begun.open_tasks[0].key
    once = door.complete(simple, begun.state, task=task, facts={"note": "a"}, now=NOON)
    again = door.complete(simple, begun.state, task=task, facts={"note": "a"}, now=NOON)
    assert once == again


def test_completing_with_a_fact_that_is_not_declared_is_refused(simple: Definition) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    with pytest.raises(Invalid) as refused:
        door.complete(simple, begun.state, task=begun.open_tasks[0].key, facts={"x": 1}, now=NOON)
    assert refused.value.fields == {"x": "El procedimiento no declara este dato."}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("level", "tres"),
        ("level", True),
        ("open", 1),
        ("open", "true"),
        ("received", "2026-02-30"),
        ("received", 5),
        ("note", 5),
        ("note", "x" * 201),
        ("note", ["x"]),
        ("note", {"typename": "x"}),
        ("level", float("nan")),
    ],
)
def test_a_fact_of_another_type_is_refused_at_the_door(simple: Definition, name: str, value: object) -> None:
    facts = {name: value}
    with pytest.raises(Invalid) as refused:
        door.start(simple, facts=facts, now=NOON)  # type: ignore[arg-type]  # what a stranger may send
    assert list(refused.value.fields) == [name]


def test_starting_leaves_out_what_the_diagram_does_not_declare(simple: Definition) -> None:
    begun = door.start(simple, facts={"level": 1, "channel": "web"}, now=NOON)
    assert begun.facts == {"level": 1}


def test_a_date_stays_a_date_across_the_stored_state() -> None:
    definition = _definition(
        draw.start(),
        draw.user("A"),
        draw.node("exclusiveGateway", "Old", default="case_f4"),
        draw.user("Yes"),
        draw.user("No"),
        draw.end(),
        flows="""Begin -> A, A -> Old, Old -> Yes [received < date("2026-03-01")], Old -> No
        Yes -> Finish, No -> Finish""",
    )
    begun = door.start(definition, facts={"received": "2026-02-27"}, now=NOON)
    after = door.complete(definition, begun.state, task=begun.open_tasks[0].key, facts={}, now=NOON)
    assert [task.element for task in after.open_tasks] == ["Yes"]


def test_looking_at_a_case_changes_nothing(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    seen = door.inspect(timed, begun.state, now=NOON)
    assert seen.state == begun.state
    assert (seen.open_tasks, seen.alerts) == (begun.open_tasks, begun.alerts)
    assert (seen.intents, seen.passed) == ((), ())


def test_an_advance_cannot_be_changed(simple: Definition) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    with pytest.raises(FrozenInstanceError):
        begun.finished = True  # type: ignore[misc]  # the point of the test
    with pytest.raises(TypeError):
        begun.facts["level"] = 1  # type: ignore[index]  # the point of the test


def test_news_that_the_case_does_not_listen_for_changes_nothing(simple: Definition) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    told = door.signal(simple, begun.state, name="term_changed", now=NOON)
    assert (told.open_tasks, told.passed) == (begun.open_tasks, ())


def _elements(advance: Advance) -> list[str]:
    return sorted(task.element for task in advance.open_tasks)


def _keys(advance: Advance) -> dict[str, int]:
    return {waiting.element: waiting.key for waiting in advance.alerts}


def test_a_timer_fires_at_its_instant_and_not_before(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    due = {_keys(begun)["Second"]: NOON + timedelta(hours=1)}
    early = door.tick(timed, begun.state, now=NOON + timedelta(minutes=59), instants=due)
    assert _elements(early) == ["A"]
    at_last = door.tick(timed, early.state, now=NOON + timedelta(hours=1), instants=due)
    assert _elements(at_last) == ["Later"]


def test_a_timer_is_moved_by_handing_in_another_instant(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    key = _keys(begun)["Second"]
    first = door.tick(timed, begun.state, now=NOON, instants={key: NOON + timedelta(hours=1)})
    moved = NOON + timedelta(days=3)
    later = door.tick(timed, first.state, now=NOON + timedelta(hours=2), instants={key: moved})
    assert _elements(later) == ["A"]
    assert _keys(later)["Second"] == key
    assert _elements(door.tick(timed, later.state, now=moved, instants={key: moved})) == ["Later"]


def test_a_moved_timer_can_fire_earlier_too(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    key = _keys(begun)["Second"]
    first = door.tick(timed, begun.state, now=NOON, instants={key: NOON + timedelta(days=9)})
    assert _elements(door.tick(timed, first.state, now=NOON, instants={key: NOON})) == ["Later"]


def test_timers_fire_in_the_order_of_their_instants(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    keys = _keys(begun)
    both = {keys["Second"]: NOON - timedelta(hours=1), keys["First"]: NOON - timedelta(hours=2)}
    assert _elements(door.tick(timed, begun.state, now=NOON, instants=both)) == ["Late", "Later"]
    turned = {keys["Second"]: NOON - timedelta(hours=2), keys["First"]: NOON - timedelta(hours=1)}
    assert _elements(door.tick(timed, begun.state, now=NOON, instants=turned)) == ["Later"]


def test_timers_fire_in_a_tick_alone(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    told = door.signal(timed, begun.state, name="answered", now=NOON + timedelta(days=99))
    assert _keys(told) == _keys(begun)


def test_a_tick_for_nobody_changes_nothing(timed: Definition) -> None:
    begun = door.start(timed, facts={}, now=NOON)
    ticked = door.tick(timed, begun.state, now=NOON, instants={4000: NOON, -7: NOON})
    assert (ticked.open_tasks, ticked.alerts) == (begun.open_tasks, begun.alerts)


def test_a_loop_of_alerts_stays_small_and_never_goes_blind() -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.catch("Due", draw.timer()),
            draw.script("Count", "count = count + 1"),
            draw.end(),
            draw.node("exclusiveGateway", "Again", default="case_f4"),
            flows="Begin -> Due, Due -> Count, Count -> Again, Again -> Due, Again -> Finish [count = 300]",
        )
    )
    running = begin("restored", drawn, count=100)
    first = len(running.fire("Due").advance.state)
    for _ in range(198):
        running.fire("Due")
    assert len(running.advance.state) <= first * 1.2
    assert running.fire("Due").finished


def test_the_state_of_another_bundle_is_not_read(simple: Definition, timed: Definition) -> None:
    begun = door.start(simple, facts={}, now=NOON)
    with pytest.raises(UnreadableState):
        door.inspect(timed, begun.state, now=NOON)


def test_a_state_is_read_only_by_the_version_that_wrote_it() -> None:
    """The elements are the same; one fact has another type."""
    first = draw.diagram(
        draw.process(draw.start(), draw.user("Work"), draw.end(), flows="Begin -> Work, Work -> Finish")
    )
    second = first.replace(b'name="note" type="string"', b'name="note" type="number"')
    older, newer = (compile_bundle({"case.bpmn": file}, CATALOGUE) for file in (first, second))
    advance = door.start(older, facts={"note": "x"}, now=NOON)
    assert door.inspect(older, advance.state, now=NOON).open_tasks
    with pytest.raises(UnreadableState):
        door.inspect(newer, advance.state, now=NOON)
