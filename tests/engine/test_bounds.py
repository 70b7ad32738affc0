"""One act does not grow without bound: past the bounds the case stays as it was, with one incident."""

from itertools import pairwise

import pytest

from processes.common.errors import Invalid
from tests.engine import drawing as draw
from tests.engine.cases import Case, begin


def _loop_after(first: str, *more: str, flows: str, declared: str = draw.DECLARED) -> bytes:
    """`first`, and then a loop that tells the citizen at each turn until `level` is 1."""
    return draw.diagram(
        draw.process(
            draw.start(),
            first,
            *more,
            draw.node("exclusiveGateway", "Turn"),
            draw.service("Tell", "notify", template='"x"', to='"citizen"'),
            draw.node("exclusiveGateway", "Again", default="case_f4"),
            draw.end(),
            flows=f"""Turn -> Tell, Tell -> Again, Again -> Finish [level = 1], Again -> Turn
            {flows}""",
        ),
        declared=declared,
    )


def _endless_after_a_person() -> Case:
    drawn = _loop_after(draw.user("Work"), flows="Begin -> Work, Work -> Turn")
    return begin("restored", drawn).complete("Work", note="lo que escribió")


def test_an_endless_act_asks_for_nothing_however_often_it_is_retried() -> None:
    running = _endless_after_a_person().retry("Work").retry("Work")
    assert (running.open, running.failing, running.intents) == ([], ["Work"], [])
    assert "da vueltas sin esperar a nadie, cerca de" in running.advance.incidents[0].message


def test_what_the_person_wrote_is_kept_and_a_retry_goes_on_from_there() -> None:
    running = _endless_after_a_person()
    assert running.facts["note"] == "lo que escribió"
    assert running.retry("Work", level=1).finished
    assert len(running.intents) == 1


def test_a_timer_that_leads_into_an_endless_act_fires_again_only_when_retried() -> None:
    drawn = _loop_after(draw.catch("Due", draw.timer()), flows="Begin -> Due, Due -> Turn")
    running = begin("restored", drawn)
    key = running.alert_key("Due")
    running.fire("Due")
    assert (running.alerts, running.failing, running.intents) == ([], ["Due"], [])
    assert running.tick({key: running.now}).failing == ["Due"]
    assert running.retry("Due", level=1).finished


def test_a_signal_that_leads_into_an_endless_act_is_told_again_when_retried() -> None:
    hear = draw.catch("Hear", draw.event("signal", "S_answered"))
    running = begin("restored", _loop_after(hear, flows="Begin -> Hear, Hear -> Turn")).signal("answered")
    assert (running.failing, running.intents) == (["Hear"], [])
    assert running.retry("Hear").failing == ["Hear"]
    assert running.retry("Hear", level=1).finished


def test_a_case_that_never_comes_to_rest_begins_with_one_incident() -> None:
    drawn = _loop_after(draw.script("First", "count = 1"), flows="Begin -> First, First -> Turn")
    [incident] = begin("restored", drawn).advance.incidents
    assert incident.name == "Caso completo"


def _instances_of_instances(depth: int) -> bytes:
    inner = draw.user("Work", draw.instances("50"))
    for level in range(depth - 1):
        first, last = f"SBegin{level}", f"SEnd{level}"
        element = "Work" if level == 0 else f"P{level - 1}"
        inner = draw.subprocess(
            f"P{level}",
            draw.start(first),
            inner,
            draw.end(last),
            flows=f"{first} -> {element}, {element} -> {last}",
            inside=draw.instances("50"),
        )
    flows = f"Begin -> P{depth - 2}, P{depth - 2} -> Finish"
    return draw.diagram(draw.process(draw.start(), inner, draw.end(), flows=flows))


def _tokens_that_double() -> bytes:
    scripts = [draw.script(f"S{number}", "count = 1") for number in range(40)]
    ways = "\n".join(f"Fork -> S{number}, S{number} -> Turn" for number in range(40))
    return draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Turn"),
            draw.node("parallelGateway", "Fork"),
            *scripts,
            draw.user("Work"),
            draw.end(),
            flows=f"Begin -> Turn, Turn -> Fork, Fork -> Work, Work -> Finish\n{ways}",
        )
    )


@pytest.mark.parametrize("drawn", [_instances_of_instances(3), _tokens_that_double()])
def test_a_case_that_grows_without_bound_stops_at_once_with_one_incident(drawn: bytes) -> None:
    running = begin("restored", drawn)
    [incident] = running.advance.incidents
    assert "demasiadas tareas a la vez" in incident.message
    assert (running.open, len(running.advance.state) < 1000) == ([], True)


def test_an_act_whose_texts_ask_for_too_much_work_stops_with_one_incident() -> None:
    long_sum = " + ".join(["count"] * 1500)
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Turn"),
            draw.script("Sum", f"level = {long_sum}"),
            draw.node("exclusiveGateway", "Again", default="case_f5"),
            draw.end(),
            flows="""Begin -> Turn, Turn -> Sum, Sum -> Again, Again -> Finish [level = 1]
            Again -> Turn""",
        )
    )
    [incident] = begin("restored", drawn, count=0).advance.incidents
    assert "demasiados cálculos" in incident.message


def test_the_greatest_repetitions_that_may_be_drawn_come_to_their_end() -> None:
    scripts = [draw.script(f"S{number}", f"level = {number}") for number in range(12)]
    chain = ["SBegin", *(f"S{number}" for number in range(12)), "SEnd"]
    flows = "\n".join(f"{source} -> {target}" for source, target in pairwise(chain))
    for repeated in (draw.turns(100), draw.instances("50")):
        inner = draw.subprocess(
            "P", draw.start("SBegin"), *scripts, draw.end("SEnd"), flows=flows, inside=repeated
        )
        drawn = draw.process(draw.start(), inner, draw.end(), flows="Begin -> P, P -> Finish")
        assert begin("restored", draw.diagram(drawn)).finished


def test_a_retry_takes_only_corrected_facts_that_are_declared() -> None:
    with pytest.raises(Invalid):
        _endless_after_a_person().retry("Work", unknown=1)


def test_a_signal_after_the_end_does_not_open_the_case_again() -> None:
    hurry = draw.subprocess(
        "Hurry",
        draw.start("HBegin", draw.event("signal", "S_answered"), isInterrupting="false"),
        draw.user("Extra"),
        draw.end("HEnd"),
        flows="HBegin -> Extra, Extra -> HEnd",
        triggeredByEvent="true",
    )
    drawn = draw.diagram(
        draw.process(
            draw.start(), draw.user("Work"), hurry, draw.end(), flows="Begin -> Work, Work -> Finish"
        ),
        declared=draw.DECLARED,
    )
    running = begin("restored", drawn).complete("Work").signal("answered", note="tarde")
    assert (running.open, running.finished, running.facts["note"]) == ([], True, "tarde")


def test_an_incident_that_fails_again_tells_the_newest_reason() -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.service("Fails", "notify", template='"x"', to="recipient"),
            draw.end(),
            flows="Begin -> Fails, Fails -> Finish",
        )
    )
    running = begin("restored", drawn, recipient="alcalde")
    running.retry("Fails", recipient="ministro")
    assert "dice «ministro»; puede ser" in running.advance.incidents[0].message
