"""What the engine leaves undone in a shared definition, and what the publish check must refuse."""

import threading

import pytest

from processes.engine.codec import Codec
from processes.engine.specs import prepare_specs, unsupported_shapes
from tests.engine.codec import named_models as models
from tests.engine.codec.models import random_model
from tests.engine.codec.walks import Case, definition_of, manual_tasks, parse


def _elements_refused(xml: str) -> list[str]:
    return [element.rsplit("_", 1)[0] for element, _ in unsupported_shapes(*parse(xml))]


@pytest.mark.parametrize(
    ("xml", "element"),
    [
        (models.join_that_waits_for_itself(), "head"),
        (models.two_flows_from_one_element(), "join"),
        (models.event_subprocess_inside_a_subprocess(), "nested"),
        (models.event_subprocess_with_a_timer(), "timed"),
    ],
)
def test_a_shape_that_would_fail_later_is_refused_with_its_element(xml: str, element: str) -> None:
    assert _elements_refused(xml) == [element]


def test_the_refusal_speaks_spanish() -> None:
    [(_, reason)] = unsupported_shapes(*parse(models.join_that_waits_for_itself()))
    assert "compuerta paralela" in reason


def test_no_shape_that_runs_right_is_refused() -> None:
    named = (
        models.watch_that_arms_itself_again(),
        models.fork_and_join_in_a_loop(),
        models.inclusive_join_in_a_loop(),
        models.hurried_case(),
        models.two_deadlines(),
        models.interrupted_instances(),
    )
    generated = (random_model(seed, depth=2).xml for seed in range(20))
    assert [_elements_refused(xml) for xml in (*named, *generated)] == [[]] * 26


def test_the_check_gives_the_same_answer_before_and_after_mending() -> None:
    definition = parse(models.join_that_waits_for_itself())
    before = unsupported_shapes(*definition)
    prepare_specs(*definition)
    assert unsupported_shapes(*definition) == before


def test_mending_twice_changes_nothing() -> None:
    definition = parse(models.hurried_case())
    prepare_specs(*definition)
    flows = {name: list(part._outputs) for name, part in definition[0].task_specs.items()}
    prepare_specs(*definition)
    assert {name: part._outputs for name, part in definition[0].task_specs.items()} == flows


def test_instances_end_in_a_definition_that_did_not_start_them() -> None:
    first, second = (Codec(*parse(models.instances_side_by_side())) for _ in range(2))
    workflow = second.decode(first.encode(Case(definition_of(first)).workflow))
    for task in manual_tasks(workflow):
        task.run()
    workflow.do_engine_steps()
    assert workflow.is_completed()


def test_threads_share_one_definition_and_one_codec() -> None:
    codec = Codec(*parse(models.fork_and_join_in_a_loop()))
    turns: list[int] = []

    def live() -> None:
        state = codec.encode(Case(definition_of(codec)).workflow)
        for _ in range(20):
            workflow = codec.decode(state)
            for task in manual_tasks(workflow):
                task.data["again"] = 1
                task.run()
            workflow.do_engine_steps()
            state = codec.encode(workflow)
        turns.append(manual_tasks(codec.decode(state))[0].data["turn"])

    threads = [threading.Thread(target=live) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert turns == [20] * 4
