"""Constructs inside one another and in loops, each run plain, and stored and restored at each step."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.engine import drawing as draw
from tests.engine.cases import Case, begin

Begin = Callable[..., Case]


@pytest.fixture(params=["plain", "restored"])
def case(request: pytest.FixtureRequest) -> Begin:
    return partial(begin, request.param)


def _one(*nodes: str, flows: str) -> bytes:
    return draw.diagram(draw.process(*nodes, flows=flows), declared=draw.DECLARED)


_MEANWHILE = draw.subprocess(
    "Meanwhile",
    draw.start("MBegin", draw.event("signal", "S_answered"), isInterrupting="false"),
    draw.user("Extra"),
    draw.end("MEnd"),
    flows="MBegin -> Extra, Extra -> MEnd",
    triggeredByEvent="true",
)


def test_an_event_subprocess_starts_once_for_each_signal(case: Begin) -> None:
    running = case(
        _one(draw.start(), draw.user("Work"), draw.end(), _MEANWHILE, flows="Begin -> Work, Work -> Finish")
    )
    assert running.advance.signals == {"answered"}
    running.signal("answered").complete("Extra").signal("answered")
    assert running.open == ["Extra", "Work"]
    assert running.complete("Work").complete("Extra").finished
    assert running.advance.signals == set()


def test_cases_of_one_definition_do_not_start_each_other_s_event_subprocess(case: Begin) -> None:
    drawn = _one(
        draw.start(), draw.user("Work"), draw.end(), _MEANWHILE, flows="Begin -> Work, Work -> Finish"
    )
    case(drawn).signal("answered")
    assert case(drawn).open == ["Work"]


def test_a_boundary_event_that_does_not_interrupt_fires_once_for_each_activity(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Work"),
        draw.boundary("Edge", "Work", draw.event("signal", "S_term"), interrupting=False),
        draw.user("Aside"),
        draw.end(),
        flows="Begin -> Work, Work -> Finish, Edge -> Aside, Aside -> Finish",
    )
    running = case(drawn).signal("term_changed").signal("term_changed")
    assert running.open == ["Aside", "Work"]
    assert running.complete("Aside").complete("Work").finished


def test_a_timer_on_a_subprocess_takes_all_that_is_inside_away(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.subprocess(
            "Sub",
            draw.start("SBegin"),
            draw.node("parallelGateway", "SSplit"),
            draw.user("Inner"),
            draw.catch("SWait", draw.timer('alert("reminder")')),
            draw.end("SEnd"),
            flows="SBegin -> SSplit, SSplit -> Inner, SSplit -> SWait, Inner -> SEnd, SWait -> SEnd",
        ),
        draw.boundary("Edge", "Sub", draw.timer()),
        draw.user("Late"),
        draw.end(),
        flows="Begin -> Sub, Sub -> Finish, Edge -> Late, Late -> Finish",
    )
    running = case(drawn)
    assert running.alerts == ["Edge", "SWait"]
    running.fire("Edge")
    assert (running.open, running.alerts) == (["Late"], [])
    assert running.complete("Late").finished


def _called(*nodes: str, flows: str) -> bytes:
    return draw.diagram(
        draw.process(draw.start("CBegin"), *nodes, flows=flows, name="called"), declared=draw.DECLARED
    )


def test_an_error_in_a_called_process_reaches_the_boundary_of_the_call(case: Begin) -> None:
    called = _called(
        draw.user("Inner"),
        draw.end("CFails", draw.event("error", "E_returned")),
        flows="CBegin -> Inner, Inner -> CFails",
    )
    caller = _one(
        draw.start(),
        draw.node("callActivity", "Call", calledElement="called"),
        draw.boundary("Returned", "Call", draw.event("error", "E_returned")),
        draw.user("Mend"),
        draw.end(),
        flows="Begin -> Call, Call -> Finish, Returned -> Mend, Mend -> Finish",
    )
    running = case({"case.bpmn": caller, "called.bpmn": called}).complete("Inner")
    assert running.open == ["Mend"]
    assert running.complete("Mend").finished


def test_a_process_can_be_called_from_two_places_and_in_several_instances(case: Begin) -> None:
    called = _called(
        draw.user("Inner"),
        draw.script("Add", "count = count + 1"),
        draw.end("CEnd"),
        flows="CBegin -> Inner, Inner -> Add, Add -> CEnd",
    )
    caller = _one(
        draw.start(),
        draw.node("callActivity", "Several", draw.instances("2"), calledElement="called"),
        draw.node("callActivity", "Once", calledElement="called"),
        draw.end(),
        flows="Begin -> Several, Several -> Once, Once -> Finish",
    )
    running = case({"case.bpmn": caller, "called.bpmn": called}, count=0)
    assert running.open == ["Inner", "Inner"]
    running.complete("Inner").complete("Inner").complete("Inner")
    assert running.finished
    assert running.facts["count"] == 3


def test_a_loop_over_a_task_with_a_timer_arms_it_each_time(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Draft"),
        draw.boundary("Remind", "Draft", draw.timer(), interrupting=False),
        draw.service("Tell", "notify", template='"a"', to='"official"'),
        draw.end("Told"),
        draw.user("Review"),
        draw.node("exclusiveGateway", "Good", default="case_f5"),
        draw.end(),
        flows="""Begin -> Draft, Draft -> Review, Remind -> Tell, Tell -> Told, Good -> Draft
        Review -> Good, Good -> Finish [open = false]""",
    )
    running = case(drawn)
    for _ in range(4):
        running.fire("Remind")
        assert running.alerts == []
        running.complete("Draft").complete("Review", open=True)
        assert (running.open, running.alerts) == (["Draft"], ["Remind"])
    assert running.complete("Draft").complete("Review", open=False).finished
    assert [intent.name for intent in running.intents] == ["notify"] * 4


def test_a_fork_and_join_inside_a_loop_waits_each_time(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("exclusiveGateway", "Turn"),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.user("B"),
        draw.node("parallelGateway", "Meet"),
        draw.node("exclusiveGateway", "Good", default="case_f8"),
        draw.end(),
        flows="""Begin -> Turn, Turn -> Split, Split -> A, Split -> B, A -> Meet, B -> Meet
        Meet -> Good, Good -> Turn, Good -> Finish [open = false]""",
    )
    running = case(drawn)
    for first, second in (("A", "B"), ("B", "A"), ("A", "B")):
        assert running.open == ["A", "B"]
        assert running.complete(first).open == [second]
        running.complete(second, open=True)
    assert running.complete("A").complete("B", open=False).finished


def test_an_incident_in_one_instance_holds_only_that_instance(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.subprocess(
            "Sub",
            draw.start("SBegin"),
            draw.user("Ask"),
            draw.service("Tell", "notify", template='"a"', to="recipient"),
            draw.end("SEnd"),
            flows="SBegin -> Ask, Ask -> Tell, Tell -> SEnd",
            inside=draw.instances("2"),
        ),
        draw.end(),
        flows="Begin -> Sub, Sub -> Finish",
    )
    running = case(drawn).complete("Ask")
    assert (running.open, running.failing) == (["Ask"], ["Tell"])
    running.complete("Ask", recipient="citizen")
    assert (running.failing, running.finished) == (["Tell"], False)
    assert running.retry("Tell").finished
