"""Every construct that we support, each run twice: plain, and stored and restored at each step."""

from collections.abc import Callable, Mapping
from functools import partial

import pytest

from processes.engine.model import Fact
from tests.engine import drawing as draw
from tests.engine.cases import Case, begin

Begin = Callable[..., Case]


@pytest.fixture(params=["plain", "restored"])
def case(request: pytest.FixtureRequest) -> Begin:
    return partial(begin, request.param)


def _one(
    *nodes: str, flows: str, declared: str = draw.DECLARED, facts: Mapping[str, str] | None = None
) -> bytes:
    return draw.diagram(draw.process(*nodes, flows=flows, facts=facts), declared=declared)


def test_a_sequence_goes_from_task_to_task(case: Begin) -> None:
    drawn = _one(
        draw.start(), draw.user("A"), draw.user("B"), draw.end(), flows="Begin -> A, A -> B, B -> Finish"
    )
    running = case(drawn)
    assert running.open == ["A"]
    running.complete("A", note="listo")
    assert running.open == ["B"]
    running.complete("B")
    assert running.finished
    assert running.facts == {"note": "listo"}
    assert running.passed == ["Begin", "A", "B", "Finish"]


def test_a_script_task_sets_facts(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.script("Count", 'count = level * 2\nnote = if count > 3 then "alto" else "bajo"'),
        draw.user("A"),
        draw.end(),
        flows="Begin -> Count, Count -> A, A -> Finish",
    )
    assert case(drawn, level=2).facts == {"level": 2, "count": 4, "note": "alto"}


_EXCLUSIVE = _one(
    draw.start(),
    draw.node("exclusiveGateway", "Choose", default="case_f4"),
    draw.user("Low"),
    draw.user("High"),
    draw.user("Other"),
    draw.end(),
    flows="""Begin -> Choose, Choose -> Low [level = 1], Choose -> High [level = 2], Choose -> Other
    Low -> Finish, High -> Finish, Other -> Finish""",
)


@pytest.mark.parametrize(("level", "expected"), [(1, "Low"), (2, "High"), (3, "Other"), (None, "Other")])
def test_an_exclusive_gateway_takes_one_way(case: Begin, level: Fact, expected: str) -> None:
    running = case(_EXCLUSIVE, level=level)
    assert running.open == [expected]
    assert running.complete(expected).finished


def test_an_exclusive_gateway_without_a_way_out_is_an_incident(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("exclusiveGateway", "Choose"),
        draw.user("Low"),
        draw.user("High"),
        draw.end(),
        flows="""Begin -> Choose, Choose -> Low [level = 1], Choose -> High [level = 2]
        Low -> Finish, High -> Finish""",
    )
    running = case(drawn, level=7)
    assert running.failing == ["Choose"]
    assert "Ninguna de las salidas" in running.advance.incidents[0].message
    assert running.signal("nothing", level=2).retry("Choose").open == ["High"]
    assert running.failing == []


def test_a_condition_that_is_null_counts_as_false_and_leaves_a_reason(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("exclusiveGateway", "Choose", default="case_f3"),
        draw.user("Yes"),
        draw.user("No"),
        draw.end(),
        flows="Begin -> Choose, Choose -> Yes [level > 1], Choose -> No, Yes -> Finish, No -> Finish",
    )
    running = case(drawn)
    assert running.open == ["No"]
    [reason] = running.advance.reasons
    assert reason.element == "Choose"
    assert "level > 1" in reason.text


_INCLUSIVE = _one(
    draw.start(),
    draw.node("inclusiveGateway", "Split", default="case_f4"),
    draw.user("A"),
    draw.user("B"),
    draw.user("Default"),
    draw.node("inclusiveGateway", "Meet"),
    draw.user("After"),
    draw.end(),
    flows="""Begin -> Split, Split -> A [level >= 1], Split -> B [level >= 2], Split -> Default
    A -> Meet, B -> Meet, Default -> Meet, Meet -> After, After -> Finish""",
)


def test_an_inclusive_gateway_takes_every_way_that_holds_and_waits_for_them(case: Begin) -> None:
    running = case(_INCLUSIVE, level=2)
    assert running.open == ["A", "B"]
    assert running.complete("A").open == ["B"]
    assert running.complete("B").open == ["After"]
    assert running.complete("After").finished


def test_an_inclusive_gateway_takes_its_default_when_nothing_holds(case: Begin) -> None:
    running = case(_INCLUSIVE, level=0)
    assert running.open == ["Default"]
    assert running.complete("Default").complete("After").finished


def test_a_parallel_gateway_waits_for_all_and_keeps_what_each_branch_said(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.user("B"),
        draw.node("parallelGateway", "Meet"),
        draw.user("After"),
        draw.end(),
        flows="""Begin -> Split, Split -> A, Split -> B, A -> Meet, B -> Meet
        Meet -> After, After -> Finish""",
    )
    running = case(drawn, level=1, note="antes")
    running.complete("B", level=3)
    assert running.complete("A", note="después").open == ["After"]
    assert running.facts == {"level": 3, "note": "después"}


_WATCH = _one(
    draw.start(),
    draw.node("eventBasedGateway", "Watch"),
    draw.catch("Due", draw.timer()),
    draw.catch("Changed", draw.event("signal", "S_term")),
    draw.catch("Told", draw.event("message", "M_answered")),
    draw.user("Late"),
    draw.user("Again"),
    draw.user("Done"),
    draw.end(),
    flows="""Begin -> Watch, Watch -> Due, Watch -> Changed, Watch -> Told, Due -> Late
    Changed -> Again, Told -> Done, Late -> Finish, Again -> Finish, Done -> Finish""",
)


def test_an_event_gateway_goes_the_way_of_the_timer(case: Begin) -> None:
    running = case(_WATCH)
    assert running.alerts == ["Due"]
    assert running.advance.signals == {"term_changed", "answered"}
    running.fire("Due")
    assert running.open == ["Late"]
    assert running.alerts == []
    assert running.complete("Late").finished


@pytest.mark.parametrize(("name", "expected"), [("term_changed", "Again"), ("answered", "Done")])
def test_an_event_gateway_goes_the_way_of_the_first_news(case: Begin, name: str, expected: str) -> None:
    running = case(_WATCH).signal(name)
    assert running.open == [expected]
    assert running.signal("term_changed").signal("answered").open == [expected]
    assert running.complete(expected).finished


def _bounded(inside: str, *, interrupting: bool) -> bytes:
    return _one(
        draw.start(),
        draw.user("Work"),
        draw.boundary("Edge", "Work", inside, interrupting=interrupting),
        draw.user("Aside"),
        draw.end(),
        flows="Begin -> Work, Work -> Finish, Edge -> Aside, Aside -> Finish",
    )


_EDGES = {
    "timer": draw.timer(),
    "signal": draw.event("signal", "S_answered"),
    "message": draw.event("message", "M_answered"),
}


def _reach_edge(running: Case, kind: str) -> Case:
    return running.fire("Edge") if kind == "timer" else running.signal("answered")


@pytest.mark.parametrize("kind", _EDGES)
def test_an_interrupting_boundary_event_takes_the_work_away(case: Begin, kind: str) -> None:
    running = _reach_edge(case(_bounded(_EDGES[kind], interrupting=True)), kind)
    assert running.open == ["Aside"]
    assert running.complete("Aside").finished


@pytest.mark.parametrize("kind", _EDGES)
def test_a_boundary_event_that_does_not_interrupt_leaves_the_work(case: Begin, kind: str) -> None:
    running = _reach_edge(case(_bounded(_EDGES[kind], interrupting=False)), kind)
    assert running.open == ["Aside", "Work"]
    assert not running.complete("Work").finished
    assert running.complete("Aside").finished


@pytest.mark.parametrize("kind", _EDGES)
def test_a_boundary_event_waits_no_more_when_the_work_is_done(case: Begin, kind: str) -> None:
    running = case(_bounded(_EDGES[kind], interrupting=True)).complete("Work")
    assert running.finished
    assert running.alerts == []
    assert running.advance.signals == set()


def test_a_signal_thrown_in_one_branch_is_caught_in_another(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.throw("Say", draw.event("signal", "S_answered")),
        draw.catch("Hear", draw.event("signal", "S_answered")),
        draw.user("B"),
        draw.node("parallelGateway", "Meet"),
        draw.end(),
        flows="""Begin -> Split, Split -> A, A -> Say, Say -> Meet
        Split -> Hear, Hear -> B, B -> Meet, Meet -> Finish""",
    )
    running = case(drawn)
    assert running.open == ["A"]
    assert running.complete("A").open == ["B"]
    assert running.complete("B").finished


def test_a_message_thrown_in_one_branch_is_caught_in_another(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.throw("Say", draw.event("message", "M_answered")),
        draw.catch("Hear", draw.event("message", "M_answered")),
        draw.user("B"),
        draw.end(),
        draw.end("Other"),
        flows="Begin -> Split, Split -> A, A -> Say, Say -> Other, Split -> Hear, Hear -> B, B -> Finish",
    )
    assert case(drawn).complete("A").complete("B").finished


def test_a_signal_brings_facts(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.catch("Hear", draw.event("signal", "S_answered")),
        draw.user("A"),
        draw.end(),
        flows="Begin -> Hear, Hear -> A, A -> Finish",
    )
    running = case(drawn).signal("answered", note="oficio 12", stranger="x")
    assert running.advance.open_tasks[0].facts == {"note": "oficio 12"}


def test_a_timer_between_two_tasks_waits_for_its_alert(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.catch("Wait", draw.timer('term("response")')),
        draw.user("A"),
        draw.end(),
        flows="Begin -> Wait, Wait -> A, A -> Finish",
    )
    running = case(drawn)
    [waiting] = running.advance.alerts
    assert (waiting.element, waiting.alert) == ("Wait", "term:response")
    assert running.fire("Wait").open == ["A"]


def test_a_call_activity_runs_another_process_on_the_same_facts(case: Begin) -> None:
    called = draw.diagram(
        draw.process(
            draw.start("CBegin"),
            draw.script("Add", "count = count + 1"),
            draw.user("Inner"),
            draw.end("CFinish"),
            flows="CBegin -> Add, Add -> Inner, Inner -> CFinish",
            name="called",
        )
    )
    caller = _one(
        draw.start(),
        draw.node("callActivity", "Call", calledElement="called"),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Call, Call -> After, After -> Finish",
    )
    running = case({"case.bpmn": caller, "called.bpmn": called}, count=1)
    assert running.open == ["Inner"]
    assert running.complete("Inner", note="dentro").open == ["After"]
    assert running.facts == {"count": 2, "note": "dentro"}
    assert running.complete("After").finished


def _inside(*nodes: str, flows: str, outside: str = "", more: str = "", **attributes: str) -> bytes:
    return _one(
        draw.start(),
        draw.subprocess("Sub", *nodes, flows=flows, **attributes),
        outside,
        draw.user("After"),
        draw.end(),
        flows=f"Begin -> Sub, Sub -> After, After -> Finish, {more}",
    )


def test_an_embedded_subprocess_runs_in_its_place_and_lane(case: Begin) -> None:
    running = case(
        _inside(
            draw.start("SBegin"), draw.user("Inner"), draw.end("SEnd"), flows="SBegin -> Inner, Inner -> SEnd"
        )
    )
    assert [(task.element, task.lane) for task in running.advance.open_tasks] == [("Inner", draw.LANE)]
    assert running.complete("Inner", level=2).complete("After").finished


def test_an_error_end_leaves_the_subprocess_through_its_boundary(case: Begin) -> None:
    drawn = _inside(
        draw.start("SBegin"),
        draw.node("parallelGateway", "SSplit"),
        draw.user("Inner"),
        draw.user("Beside"),
        draw.end("SFails", draw.event("error", "E_returned")),
        draw.end("SEnd"),
        flows="SBegin -> SSplit, SSplit -> Inner, SSplit -> Beside, Inner -> SFails, Beside -> SEnd",
        outside=draw.boundary("Returned", "Sub", draw.event("error", "E_returned")) + draw.user("Mend"),
        more="Returned -> Mend, Mend -> Finish",
    )
    running = case(drawn).complete("Inner")
    assert running.open == ["Mend"]
    assert running.complete("Mend").finished


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_escalation_reaches_the_boundary_of_its_subprocess(
    case: Begin,
    interrupting: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    drawn = _inside(
        draw.start("SBegin"),
        draw.user("Inner"),
        draw.throw("Call", draw.event("escalation", "X_help")),
        draw.user("GoOn"),
        draw.end("SEnd"),
        flows="SBegin -> Inner, Inner -> Call, Call -> GoOn, GoOn -> SEnd",
        outside=draw.boundary("Help", "Sub", draw.event("escalation", "X_help"), interrupting=interrupting)
        + draw.user("Boss"),
        more="Help -> Boss, Boss -> Finish",
    )
    running = case(drawn).complete("Inner")
    assert running.open == (["Boss"] if interrupting else ["Boss", "GoOn"])
    for element in running.open:
        running.complete(element)
    assert running.finished or running.complete("After").finished


def test_an_escalation_end_reaches_the_boundary_of_its_subprocess(case: Begin) -> None:
    drawn = _inside(
        draw.start("SBegin"),
        draw.user("Inner"),
        draw.end("SEnd", draw.event("escalation", "X_help")),
        flows="SBegin -> Inner, Inner -> SEnd",
        outside=draw.boundary("Help", "Sub", draw.event("escalation", "X_help"), interrupting=False)
        + draw.user("Boss"),
        more="Help -> Boss, Boss -> Finish",
    )
    running = case(drawn).complete("Inner")
    assert running.open == ["After", "Boss"]
    assert running.complete("After").complete("Boss").finished


@pytest.mark.parametrize("kind", ["signal", "message"])
def test_an_event_subprocess_starts_beside_the_work(case: Begin, kind: str) -> None:
    reference = {"signal": "S_answered", "message": "M_answered"}[kind]
    drawn = _one(
        draw.start(),
        draw.user("Work"),
        draw.end(),
        draw.subprocess(
            "Meanwhile",
            draw.start("MBegin", draw.event(kind, reference), isInterrupting="false"),
            draw.user("Extra"),
            draw.end("MEnd"),
            flows="MBegin -> Extra, Extra -> MEnd",
            triggeredByEvent="true",
        ),
        flows="Begin -> Work, Work -> Finish",
    )
    running = case(drawn).signal("answered")
    assert running.open == ["Extra", "Work"]
    assert not running.complete("Work").finished
    assert running.complete("Extra").finished


def test_several_instances_run_side_by_side(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Ask", draw.instances("count")),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Ask, Ask -> After, After -> Finish",
    )
    running = case(drawn, count=3)
    assert running.open == ["Ask", "Ask", "Ask"]
    assert len({task.key for task in running.advance.open_tasks}) == 3
    running.complete("Ask").complete("Ask")
    assert running.open == ["Ask"]
    assert running.complete("Ask").open == ["After"]
    assert running.complete("After").finished


def test_no_instances_means_going_on(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Ask", draw.instances("count")),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Ask, Ask -> After, After -> Finish",
    )
    assert case(drawn, count=0).open == ["After"]


def test_several_instances_of_a_subprocess_run_side_by_side(case: Begin) -> None:
    drawn = _inside(
        draw.start("SBegin"),
        draw.user("Inner"),
        draw.script("Add", "count = count + 1"),
        draw.end("SEnd"),
        flows="SBegin -> Inner, Inner -> Add, Add -> SEnd",
        inside=draw.instances("2"),
    )
    running = case(drawn, count=0)
    assert running.open == ["Inner", "Inner"]
    assert running.complete("Inner").complete("Inner").open == ["After"]
    assert running.facts["count"] == 2


def test_several_instances_can_be_interrupted_together(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Ask", draw.instances("3")),
        draw.boundary("Edge", "Ask", draw.timer()),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Ask, Ask -> Finish, Edge -> After, After -> Finish",
    )
    running = case(drawn).complete("Ask").fire("Edge")
    assert running.open == ["After"]
    assert running.complete("After").finished


def test_a_loop_repeats_a_task_while_its_condition_holds(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Work", draw.turns(5, "open")),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Work, Work -> After, After -> Finish",
    )
    running = case(drawn, open=True).complete("Work").complete("Work")
    assert running.open == ["Work"]
    assert running.complete("Work", open=False).open == ["After"]
    assert running.complete("After").finished


def test_a_loop_stops_at_its_maximum(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.script("Work", "count = count + 1", draw.turns(4)),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Work, Work -> After, After -> Finish",
    )
    running = case(drawn, count=0)
    assert (running.open, running.facts["count"]) == (["After"], 4)


def test_a_loop_that_tests_before_may_do_nothing(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.user("Work", draw.turns(5, "open", test_before=True)),
        draw.user("After"),
        draw.end(),
        flows="Begin -> Work, Work -> After, After -> Finish",
    )
    assert case(drawn, open=False).open == ["After"]


def test_a_service_task_records_an_intent_with_its_arguments(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.service("Tell", "notify", template='"ack"', to="recipient"),
        draw.service("Close", "close_case"),
        draw.user("A"),
        draw.end(),
        flows="Begin -> Tell, Tell -> Close, Close -> A, A -> Finish",
    )
    running = case(drawn, recipient="citizen")
    assert [(i.key, i.element, i.name, dict(i.arguments)) for i in running.intents] == [
        (1, "Tell", "notify", {"template": "ack", "to": "citizen"}),
        (2, "Close", "close_case", {}),
    ]
    assert running.complete("A").advance.intents == ()


def test_a_terminate_end_takes_everything_away(case: Begin) -> None:
    drawn = _one(
        draw.start(),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.user("B"),
        draw.catch("Wait", draw.timer()),
        draw.end("Stop", "<bpmn:terminateEventDefinition/>"),
        draw.end(),
        flows="""Begin -> Split, Split -> A, Split -> B, Split -> Wait, A -> Stop, B -> Finish
        Wait -> Finish""",
    )
    running = case(drawn).complete("A")
    assert running.finished
    assert (running.open, running.alerts) == ([], [])


def test_a_terminate_end_in_a_subprocess_ends_only_the_subprocess(case: Begin) -> None:
    drawn = _inside(
        draw.start("SBegin"),
        draw.node("parallelGateway", "SSplit"),
        draw.user("Inner"),
        draw.user("Beside"),
        draw.end("SStop", "<bpmn:terminateEventDefinition/>"),
        draw.end("SEnd"),
        flows="SBegin -> SSplit, SSplit -> Inner, SSplit -> Beside, Inner -> SStop, Beside -> SEnd",
    )
    running = case(drawn).complete("Inner")
    assert running.open == ["After"]
    assert running.complete("After").finished


_REARMING = _one(
    draw.start(),
    draw.node("parallelGateway", "Split"),
    draw.user("Work"),
    draw.throw("Say", draw.event("signal", "S_answered")),
    draw.service("Plan", "plan_alert", alert='"escalation"', working_days_before="3"),
    draw.node("eventBasedGateway", "Watch"),
    draw.catch("Due", draw.timer()),
    draw.catch("Changed", draw.event("signal", "S_term")),
    draw.catch("Told", draw.event("signal", "S_answered")),
    draw.script("Climb", "count = count + 1"),
    draw.node("parallelGateway", "Meet"),
    draw.user("After"),
    draw.end(),
    flows="""Begin -> Split, Split -> Work, Work -> Say, Say -> Meet, Split -> Plan, Plan -> Watch
    Watch -> Due, Watch -> Changed, Watch -> Told, Due -> Climb, Climb -> Plan, Changed -> Plan
    Told -> Meet, Meet -> After, After -> Finish""",
)


def test_a_watch_loop_arms_itself_again_until_the_answer(case: Begin) -> None:
    running = case(_REARMING, count=0)
    for _ in range(3):
        running.fire("Due").signal("term_changed")
    assert running.facts["count"] == 3
    assert len(running.intents) == 7
    assert running.alerts == ["Due"]
    running.complete("Work")
    assert (running.open, running.alerts) == (["After"], [])
    assert running.complete("After").finished
