"""A task that fails keeps its token, tells why, and runs again when it is retried."""

from collections.abc import Callable
from functools import partial

import pytest

from processes.engine import door
from processes.engine.door import TaskNotOpen
from tests.engine import drawing as draw
from tests.engine.cases import NOON, Case, begin

Begin = Callable[..., Case]


@pytest.fixture(params=["plain", "restored"])
def case(request: pytest.FixtureRequest) -> Begin:
    return partial(begin, request.param)


def _failing(*nodes: str) -> bytes:
    """Work beside a branch in which `Fails` stands."""
    return draw.diagram(
        draw.process(
            draw.start(),
            draw.node("parallelGateway", "Split"),
            draw.user("Work"),
            *nodes,
            draw.user("After"),
            draw.node("inclusiveGateway", "Meet"),
            draw.user("Last"),
            draw.end(),
            flows="""Begin -> Split, Split -> Work, Split -> Fails, Fails -> After
            Work -> Meet, After -> Meet, Meet -> Last, Last -> Finish""",
        ),
        declared=draw.DECLARED,
    )


def test_a_failing_script_is_an_incident_and_the_other_branch_goes_on(case: Begin) -> None:
    running = case(_failing(draw.script("Fails", "count = note")), note="no es un número")
    assert (running.open, running.failing) == (["Work"], ["Fails"])
    running.complete("Work")
    assert (running.open, running.failing, running.finished) == ([], ["Fails"], False)


def test_an_incident_says_in_spanish_what_happened_and_where(case: Begin) -> None:
    running = case(_failing(draw.script("Fails", "count = note")), note="no es un número")
    [incident] = running.advance.incidents
    assert incident.name == "Fails"
    assert "El dato «count» debe ser un número" in incident.message


def test_a_retry_that_fails_again_leaves_the_incident_open(case: Begin) -> None:
    running = case(_failing(draw.script("Fails", "count = note")), note="x").retry("Fails")
    assert running.failing == ["Fails"]


def test_a_retry_after_the_cause_was_mended_goes_on(case: Begin) -> None:
    running = case(_failing(draw.service("Fails", "assign", department="note")))
    assert "quedó vacío" in running.advance.incidents[0].message
    assert running.intents == []
    running.signal("anything", note="D1").retry("Fails")
    assert (running.open, running.failing) == (["After", "Work"], [])
    assert running.intents[0].arguments == {"department": "D1"}
    assert running.complete("After").complete("Work").complete("Last").finished


def test_an_argument_that_is_not_among_the_choices_is_an_incident(case: Begin) -> None:
    running = case(
        _failing(draw.service("Fails", "notify", template='"x"', to="recipient")), recipient="alcalde"
    )
    assert "dice «alcalde»; puede ser" in running.advance.incidents[0].message


def test_an_argument_of_another_type_is_an_incident(case: Begin) -> None:
    running = case(
        _failing(draw.service("Fails", "assign", department="if open then note else level")),
        level=3,
        open=False,
    )
    assert running.failing == ["Fails"]


def test_a_count_that_is_no_number_is_an_incident_of_the_repeated_task(case: Begin) -> None:
    running = case(_failing(draw.user("Fails", draw.instances("count"))))
    assert (running.open, running.failing) == (["Work"], ["Fails"])
    assert "número entero entre 0 y 50" in running.advance.incidents[0].message
    assert running.complete("Work").failing == ["Fails"]
    running.signal("anything", count=2).retry("Fails")
    assert (running.open, running.failing) == (["Fails", "Fails"], [])


def test_a_loop_condition_that_is_null_is_an_incident_of_the_loop(case: Begin) -> None:
    running = case(_failing(draw.user("Fails", draw.turns(3, "open")))).complete("Fails")
    assert (running.open, running.failing) == (["Work"], ["Fails"])
    running.signal("anything", open=True).retry("Fails")
    assert (running.open, running.failing) == (["Fails", "Work"], [])


def test_a_loop_that_tests_first_and_gets_no_answer_is_an_incident(case: Begin) -> None:
    running = case(_failing(draw.user("Fails", draw.turns(3, "open", test_before=True))))
    assert running.failing == ["Fails"]
    assert running.signal("anything", open=False).retry("Fails").open == ["After", "Work"]


def test_a_failure_inside_a_subprocess_holds_the_subprocess(case: Begin) -> None:
    inner = draw.subprocess(
        "Fails",
        draw.start("SBegin"),
        draw.script("Inner", "count = note"),
        draw.end("SEnd"),
        flows="SBegin -> Inner, Inner -> SEnd",
    )
    running = case(_failing(inner), note="x")
    assert running.failing == ["Inner"]
    assert running.signal("anything", note=None).retry("Inner").open == ["After", "Work"]


def test_a_loop_without_a_wait_stops_as_an_incident(case: Begin) -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.script("Turn", "count = 1"),
            draw.node("exclusiveGateway", "Again", default="case_f3"),
            draw.end(),
            flows="Begin -> Turn, Turn -> Again, Again -> Turn, Again -> Finish [count = 2]",
        )
    )
    running = case(drawn)
    [incident] = running.advance.incidents
    assert "da vueltas sin esperar" in incident.message
    assert not running.finished


def test_a_loop_of_gateways_without_a_wait_stops_as_an_incident(case: Begin) -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Turn"),
            draw.node("parallelGateway", "Split"),
            draw.script("A", "count = 1"),
            draw.script("B", "level = 1"),
            draw.node("parallelGateway", "Meet"),
            draw.node("exclusiveGateway", "Again", default="case_f7"),
            draw.end(),
            flows="""Begin -> Turn, Turn -> Split, Split -> A, Split -> B, A -> Meet, B -> Meet
            Again -> Turn, Meet -> Again, Again -> Finish [count = 2]""",
        )
    )
    running = case(drawn)
    assert len(running.failing) == 1
    assert len(running.advance.state) < 5000


def test_only_an_incident_can_be_retried(case: Begin) -> None:
    running = case(_failing(draw.script("Fails", "count = 1")))
    with pytest.raises(TaskNotOpen, match="incidente"):
        door.retry(running._definition(), running.advance.state, task=running.key("Work"), now=NOON)


def test_a_script_that_empties_a_fact_for_a_wrong_type_is_an_incident(case: Begin) -> None:
    running = case(_failing(draw.script("Fails", "count = 1\nlevel = note + 1")), note="tres", level=3)
    assert running.failing == ["Fails"]
    assert "dejó vacío el dato «level»" in running.advance.incidents[0].message
    assert (running.facts["level"], "count" in running.facts) == (3, False)


def test_a_script_may_empty_a_fact_on_purpose(case: Begin) -> None:
    assert case(_failing(draw.script("Fails", "level = null")), level=3).facts["level"] is None


def test_an_optional_argument_that_is_null_for_a_wrong_type_is_an_incident(case: Begin) -> None:
    closing = draw.service("Fails", "close_case", outcome="if level > note then note else null")
    running = case(_failing(closing), note="tres", level=3)
    assert "quedó vacío" in running.advance.incidents[0].message
    assert case(_failing(draw.service("Fails", "close_case", outcome="note"))).failing == []


def test_a_condition_with_a_wrong_type_is_a_reason_also_when_it_gave_an_answer(case: Begin) -> None:
    chosen = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Choose", default="case_f3"),
            draw.user("A"),
            draw.user("B"),
            draw.end(),
            flows="""Begin -> Choose, Choose -> A [level > note or true], Choose -> B
            A -> Finish, B -> Finish""",
        )
    )
    running = case(chosen, note="tres", level=3)
    [reason] = running.advance.reasons
    assert (running.open, reason.element) == (["A"], "Choose")
    assert "datos que faltan o de otro tipo" in reason.text
