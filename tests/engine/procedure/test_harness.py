"""The measure itself: what it must notice before its silence means anything."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from processes.common.errors import Invalid
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE
from tests.engine.procedure.drawn import Flow, read_drawing
from tests.engine.procedure.walk import Procedure, Walk, violations

_FORM = b"""{"type": "default", "components": [
  {"type": "number", "key": "level", "label": "Nivel", "validate": {"required": true}}]}"""
_DRAWN = draw.diagram(
    draw.process(
        draw.start(),
        draw.user("Ask", draw.form("forms/ask.json")),
        draw.boundary("Late", "Ask", draw.timer('alert("reminder")'), interrupting=False),
        draw.service("Tell", "notify", template='"late"', to='"official"'),
        draw.end("Told"),
        draw.node("exclusiveGateway", "Which", default="case_f5"),
        draw.node("eventBasedGateway", "Watch"),
        draw.catch("Answered", draw.event("signal", "S_answered")),
        draw.catch("Rung", draw.timer()),
        draw.end(),
        flows="""Begin -> Ask, Late -> Tell, Tell -> Told, Ask -> Which, Which -> Watch
        Which -> Ask [level = 1], Watch -> Answered, Watch -> Rung, Answered -> Finish, Rung -> Watch""",
    ),
    declared=draw.DECLARED,
)
_FILES: Mapping[str, bytes] = {"case.bpmn": _DRAWN, "forms/ask.json": _FORM}


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    return Procedure(_FILES, CATALOGUE)


def _untaken(procedure: Procedure, walk: Walk) -> set[tuple[str, str]]:
    return {(flow.source, flow.target) for flow in procedure.drawing.flows if not walk.taken.times(flow)}


def test_what_is_drawn_is_read_with_its_loops() -> None:
    drawing = read_drawing(_FILES)

    assert len(drawing.flows) == 10
    assert drawing.boundary_events == {("case.bpmn", "Late")}
    assert drawing.ways_back == {Flow("case.bpmn", "Which", "Ask"), Flow("case.bpmn", "Rung", "Watch")}
    assert drawing.watches == {"Watch"}


def test_a_way_that_was_not_chosen_was_not_taken(procedure: Procedure) -> None:
    walk = Walk(procedure).does("Ask", level=2)

    assert _untaken(procedure, walk) == {
        ("Which", "Ask"),
        ("Watch", "Answered"),
        ("Watch", "Rung"),
        ("Answered", "Finish"),
        ("Rung", "Watch"),
        ("Late", "Tell"),
        ("Tell", "Told"),
    }


def test_each_turn_of_a_loop_is_counted(procedure: Procedure) -> None:
    walk = Walk(procedure).does("Ask", level=1).does("Ask", level=1).does("Ask", level=2)
    walk.rings("Rung").rings("Rung").rings("Rung")

    back, rung = sorted(procedure.drawing.ways_back, key=lambda flow: flow.target)
    assert (walk.taken.times(back), walk.taken.times(rung)) == (2, 3)


def test_a_boundary_event_that_fired_was_taken(procedure: Procedure) -> None:
    silent, rung = Walk(procedure), Walk(procedure).rings("Late")

    assert "Late" not in silent.taken.completed
    assert "Late" in rung.taken.completed


def test_every_way_of_the_drawing_can_be_taken(procedure: Procedure) -> None:
    walk = Walk(procedure).rings("Late").does("Ask", level=1).does("Ask", level=2)
    walk.rings("Rung").hears("answered").has_ended()

    assert _untaken(procedure, walk) == set()


def test_a_step_that_the_form_refuses_is_no_step(procedure: Procedure) -> None:
    with pytest.raises(Invalid, match="Revise los campos"):
        Walk(procedure).does("Ask", level="mucho")


def test_a_case_with_nothing_to_do_is_told(procedure: Procedure) -> None:
    waiting = Walk(procedure).does("Ask", level=2).now
    definition = procedure.definitions[0]

    assert list(violations(waiting, definition, CATALOGUE)) == []
    assert list(violations(replace(waiting, alerts=()), definition, CATALOGUE)) == [
        "it goes on, and neither a person nor the clock has anything to do"
    ]
