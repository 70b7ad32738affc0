"""A case that can never move again is an incident: somebody is always told."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.engine import drawing as draw
from tests.engine.cases import Case, begin

Begin = Callable[..., Case]
LOCAL_SIGNAL = '<bpmn:signal id="S_local" name="local"/>'


@pytest.fixture(params=["plain", "restored"])
def case(request: pytest.FixtureRequest) -> Begin:
    return partial(begin, request.param)


def _choice_before_a_parallel_join() -> bytes:
    return draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Choose", default="case_f3"),
            draw.user("A"),
            draw.user("B"),
            draw.node("parallelGateway", "Meet"),
            draw.end(),
            flows="""Begin -> Choose, Choose -> A [level = 1], Choose -> B
            A -> Meet, B -> Meet, Meet -> Finish""",
        )
    )


def _catch_before_the_only_throw() -> bytes:
    return draw.diagram(
        draw.process(
            draw.start(),
            draw.user("Work"),
            draw.catch("Hear", draw.event("signal", "S_local")),
            draw.throw("Tell", draw.event("signal", "S_local")),
            draw.end(),
            flows="Begin -> Work, Work -> Hear, Hear -> Tell, Tell -> Finish",
        ),
        declared=LOCAL_SIGNAL,
    )


def test_a_join_whose_other_flow_can_never_come_is_an_incident(case: Begin) -> None:
    running = case(_choice_before_a_parallel_join(), level=1)
    assert running.failing == []
    running.complete("A")
    assert (running.open, running.failing, running.finished) == ([], ["Meet"], False)
    assert "un flujo que ya no puede llegar" in running.advance.incidents[0].message


def test_a_signal_that_only_the_case_itself_would_send_is_an_incident(case: Begin) -> None:
    running = case(_catch_before_the_only_throw()).complete("Work")
    assert running.failing == ["Hear"]
    assert "una señal que solo lanza el mismo procedimiento" in running.advance.incidents[0].message


def test_a_case_that_stands_still_may_be_retried_and_still_stands(case: Begin) -> None:
    running = case(_choice_before_a_parallel_join(), level=1).complete("A").retry("Meet")
    assert running.failing == ["Meet"]


def test_the_incident_is_over_when_the_signal_comes_after_all(case: Begin) -> None:
    running = case(_catch_before_the_only_throw()).complete("Work").signal("local")
    assert (running.failing, running.finished) == ([], True)


def test_a_case_that_waits_for_a_signal_from_outside_is_no_incident(case: Begin) -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.catch("Hear", draw.event("signal", "S_answered")),
            draw.end(),
            flows="Begin -> Hear, Hear -> Finish",
        ),
        declared=draw.DECLARED,
    )
    assert case(drawn).failing == []


def _two_tokens_into_a_split_and_join(gateway: str) -> bytes:
    return draw.diagram(
        draw.process(
            draw.start(),
            draw.node("parallelGateway", "Twice"),
            draw.user("A"),
            draw.user("B"),
            draw.node("exclusiveGateway", "Merge"),
            draw.node("parallelGateway", "Split"),
            draw.user("C"),
            draw.user("D"),
            draw.node(gateway, "Meet"),
            draw.user("Last"),
            draw.end(),
            flows="""Begin -> Twice, Twice -> A, Twice -> B, A -> Merge, B -> Merge, Merge -> Split
            Split -> C, Split -> D, C -> Meet, D -> Meet, Meet -> Last, Last -> Finish""",
        )
    )


def test_a_parallel_join_keeps_the_tokens_that_are_left_over(case: Begin) -> None:
    running = case(_two_tokens_into_a_split_and_join("parallelGateway"))
    running.complete("A").complete("B").complete("C").complete("C").complete("D")
    assert running.open == ["D", "Last"]
    running.complete("D")
    assert running.open == ["Last", "Last"]
    assert running.complete("Last").complete("Last").finished


def test_an_inclusive_join_takes_one_token_an_input_at_a_time(case: Begin) -> None:
    running = case(_two_tokens_into_a_split_and_join("inclusiveGateway"))
    running.complete("A").complete("B").complete("C").complete("C")
    assert running.open == ["D", "D"]
    running.complete("D").complete("D")
    assert running.open == ["Last", "Last"]
    assert running.complete("Last").complete("Last").finished


def test_a_token_that_is_left_over_for_good_is_an_incident(case: Begin) -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("parallelGateway", "Split"),
            draw.user("A"),
            draw.user("B"),
            draw.user("C"),
            draw.node("exclusiveGateway", "Merge"),
            draw.node("parallelGateway", "Meet"),
            draw.end(),
            flows="""Begin -> Split, Split -> A, Split -> B, Split -> C, A -> Merge, B -> Merge
            Merge -> Meet, C -> Meet, Meet -> Finish""",
        )
    )
    running = case(drawn).complete("A").complete("B").complete("C")
    assert (running.failing, running.finished) == (["Meet"], False)
