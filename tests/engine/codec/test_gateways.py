"""What BPMN says of joins, in loops too, on cases that are saved and on cases that never are."""

from collections import Counter
from collections.abc import Callable

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow

from processes.engine.codec import Codec
from tests.engine.codec import named_models as models
from tests.engine.codec.walks import (
    Case,
    SavedCase,
    definition_of,
    fire,
    manual_tasks,
    parse,
    send,
    timers,
)

NewCase = Callable[[str], Case]


def _unsaved(xml: str) -> Case:
    return Case(definition_of(Codec(*parse(xml))))


def _saved(xml: str) -> Case:
    return SavedCase((Codec(*parse(xml)), Codec(*parse(xml))))


both = pytest.mark.parametrize("new_case", [_unsaved, _saved])


def open_elements(workflow: BpmnWorkflow) -> list[str]:
    return [task.task_spec.name.rsplit("_", 1)[0] for task in manual_tasks(workflow)]


def complete(case: Case, element: str, **facts: int) -> None:
    task = next(task for task in manual_tasks(case.workflow) if task.task_spec.name.startswith(element))
    task.data.update(facts)
    task.run()
    case.run_to_rest()


@both
@pytest.mark.parametrize("xml", [models.fork_and_join_in_a_loop(), models.inclusive_join_in_a_loop()])
def test_a_join_in_a_loop_waits_for_every_way_in_every_turn(new_case: NewCase, xml: str) -> None:
    case = new_case(xml)
    for turn in range(1, 6):
        complete(case, "review", again=1)
        complete(case, "draft", again=1)
        assert open_elements(case.workflow) == ["sign"]
        complete(case, "sign", again=1)
        counted = {task.data["turn"] for task in manual_tasks(case.workflow)}
        assert counted == {turn}
    assert Counter(open_elements(case.workflow)) == Counter(["draft", "review", "sign"])


@both
def test_the_way_that_ends_last_gives_the_fact(new_case: NewCase) -> None:
    case = new_case(models.four_ways_that_join())
    complete(case, "two", level=2)
    complete(case, "one", level=1)
    complete(case, "four", other=4)
    complete(case, "three", other=3)
    assert case.workflow.data == {"level": 1, "other": 3}


@both
def test_every_way_to_the_end_leaves_its_facts(new_case: NewCase) -> None:
    case = new_case(models.four_ways_to_one_end())
    complete(case, "one", level=1, kind=1)
    complete(case, "two", level=2)
    complete(case, "three", level=3)
    complete(case, "four", other=4)
    assert case.workflow.data == {"level": 3, "kind": 1, "other": 4}


@both
def test_an_inclusive_join_waits_for_a_way_that_is_still_far(new_case: NewCase) -> None:
    case = new_case(models.inclusive_join_far_from_its_fork())
    assert open_elements(case.workflow) == ["far"]
    complete(case, "far")
    assert open_elements(case.workflow) == ["after"]


@both
def test_only_the_first_of_two_deadlines_interrupts(new_case: NewCase) -> None:
    case = new_case(models.two_deadlines())
    for timer in timers(case.workflow):
        fire(timer)
    case.workflow.refresh_timers()
    case.run_to_rest()
    assert open_elements(case.workflow) == ["first"]


@both
def test_an_interrupted_activity_takes_the_subprocesses_of_its_instances_away(
    new_case: NewCase,
) -> None:
    case = new_case(models.interrupted_instances())
    fire(timers(case.workflow)[0])
    case.workflow.refresh_timers()
    case.run_to_rest()
    assert open_elements(case.workflow) == ["late"]
    assert case.workflow.waiting_events() == []
    complete(case, "late")
    assert case.workflow.is_completed()


@both
def test_an_event_subprocess_starts_in_the_case_that_heard_the_event_and_in_no_other(
    new_case: NewCase,
) -> None:
    hurried = new_case(models.hurried_case())
    send(hurried.workflow, "hurry")
    hurried.run_to_rest()
    assert sorted(open_elements(hurried.workflow)) == ["hurried", "work"]
    calm = Case((hurried.workflow.spec, hurried.workflow.subprocess_specs))
    assert open_elements(calm.workflow) == ["work"]
    complete(calm, "work")
    assert calm.workflow.is_completed()
