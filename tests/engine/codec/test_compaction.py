"""A loop never stops, and its three hundredth turn costs what its first did."""

from collections.abc import Callable

import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow

from processes.engine.codec import Codec
from processes.engine.compaction import compact
from processes.engine.workflow import CaseWorkflow
from tests.engine.codec import named_models as models
from tests.engine.codec.walks import SavedCase, fire, manual_tasks, parse, send, timers

TURNS = 300
Turn = Callable[[BpmnWorkflow], None]


def _answer_all(workflow: BpmnWorkflow) -> None:
    for task in manual_tasks(workflow):
        task.data["again"] = 1
        task.run()


def _answer_one(workflow: BpmnWorkflow) -> None:
    manual_tasks(workflow)[0].run()


def _let_it_fall_due(workflow: BpmnWorkflow) -> None:
    fire(timers(workflow)[0])
    workflow.refresh_timers()


def _change_the_term(workflow: BpmnWorkflow) -> None:
    send(workflow, "term_changed")


def _miss_the_deadline(workflow: BpmnWorkflow) -> None:
    _let_it_fall_due(workflow)
    workflow.do_engine_steps()
    _answer_all(workflow)


LOOPS: dict[str, tuple[str, Turn]] = {
    "a person": (models.person_in_a_loop(), _answer_all),
    "a fork and its join": (models.fork_and_join_in_a_loop(), _answer_all),
    "an inclusive join": (models.inclusive_join_in_a_loop(), _answer_all),
    "a subprocess": (models.subprocess_in_a_loop(), _answer_all),
    "a called process": (models.call_in_a_loop(), _answer_all),
    "a guarded activity": (models.guarded_activity_in_a_loop(), _answer_all),
    "a missed deadline": (models.guarded_activity_in_a_loop(), _miss_the_deadline),
    "instances": (models.instances_in_a_loop(), _answer_all),
    "one instance after another": (models.one_instance_after_another(), _answer_one),
    "a repeated activity": (models.repeated_activity(), _answer_one),
    "a watch that falls due": (models.watch_that_arms_itself_again(), _let_it_fall_due),
    "a watch whose term changes": (models.watch_that_arms_itself_again(), _change_the_term),
}


def _tasks(workflow: BpmnWorkflow) -> int:
    return sum(len(place.tasks) for place in (workflow, *workflow.subprocesses.values()))


@pytest.mark.parametrize("shape", LOOPS)
def test_the_three_hundredth_turn_costs_what_the_first_did(shape: str) -> None:
    xml, turn = LOOPS[shape]
    case = SavedCase((Codec(*parse(xml)), Codec(*parse(xml))))
    costs = []
    for _ in range(TURNS):
        before = case.workflow.office_keys_given
        turn(case.workflow)
        case.run_to_rest()
        costs.append((_tasks(case.workflow), case.workflow.office_keys_given - before))
    assert not case.workflow.is_completed()
    assert len(set(costs[1:])) == 1
    assert max(case.sizes[1:]) <= 1.2 * case.sizes[1]


def test_what_has_passed_is_forgotten_and_what_is_open_is_not() -> None:
    workflow = BpmnWorkflow(*_mended(models.four_ways_that_join()))
    workflow.do_engine_steps()
    _answer_one(workflow)
    workflow.do_engine_steps()
    before = _tasks(workflow)
    removed = compact(workflow)
    assert removed == before - _tasks(workflow)
    assert removed > 0
    assert compact(workflow) == 0
    assert len(manual_tasks(workflow)) == 3


def test_what_may_follow_is_made_when_it_follows_and_not_before() -> None:
    workflow = CaseWorkflow(*_mended(models.person_in_a_loop()))
    workflow.do_engine_steps()
    (open_task,) = manual_tasks(workflow)
    assert open_task.children == []
    _answer_one(workflow)
    assert [child.task_spec.name for child in open_task.children] == open_task.task_spec._outputs


def test_a_case_that_is_over_keeps_its_result_and_one_task() -> None:
    workflow = BpmnWorkflow(*_mended(models.person_in_a_loop()))
    workflow.do_engine_steps()
    manual_tasks(workflow)[0].data["outcome"] = "answered"
    _answer_one(workflow)
    workflow.do_engine_steps()
    compact(workflow)
    assert workflow.is_completed()
    assert workflow.data["outcome"] == "answered"
    assert _tasks(workflow) == 1


def _mended(xml: str) -> tuple[object, dict[str, object]]:
    codec = Codec(*parse(xml))
    return codec._spec, dict(codec._subprocess_specs)
