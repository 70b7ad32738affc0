"""Where a case stands, as its stored state tells it."""

from collections.abc import Mapping

from processes.engine.bundle import compile_bundle
from processes.engine.places import Drawing, Place, drawings_of, files_of_elements, read_places
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE, Case, begin

_BESIDE = draw.subprocess(
    "Beside",
    draw.start("BBegin", draw.event("signal", "S_answered"), isInterrupting="false"),
    draw.user("Extra"),
    draw.end("BEnd"),
    flows="BBegin -> Extra, Extra -> BEnd",
    triggeredByEvent="true",
)
_MAIN = draw.diagram(
    draw.process(
        draw.start(),
        draw.subprocess(
            "Care",
            draw.start("CBegin"),
            draw.node("callActivity", "FirstCall", calledElement="called", name="Trabajar"),
            draw.node("callActivity", "SecondCall", calledElement="called", name="Trabajar otra vez"),
            draw.end("CEnd"),
            flows="CBegin -> FirstCall, FirstCall -> SecondCall, SecondCall -> CEnd",
            name="Atención",
        ),
        draw.end(),
        _BESIDE,
        flows="Begin -> Care, Care -> Finish",
    ),
    declared=draw.DECLARED,
)


def _called(*nodes: str, flows: str) -> bytes:
    return draw.diagram(
        draw.process(draw.start("WBegin"), *nodes, draw.end("WEnd"), flows=flows, name="called"),
        declared=draw.DECLARED,
    )


def _bundle(called: bytes) -> dict[str, bytes]:
    return {"case.bpmn": _MAIN, "called.bpmn": called}


_WORK = _called(draw.user("Work"), flows="WBegin -> Work, Work -> WEnd")


def _places(files: Mapping[str, bytes], running: Case) -> tuple[Place, ...]:
    return read_places(compile_bundle(files, CATALOGUE), running.advance.state)


def _ways(files: Mapping[str, bytes], running: Case) -> list[list[str]]:
    return [[step.element for step in place.way] for place in _places(files, running)]


def test_a_place_names_the_activities_that_lead_to_it_with_their_files() -> None:
    files = _bundle(_WORK)
    running = begin("restored", files)

    (place,) = _places(files, running)

    assert [(step.file, step.element, step.name) for step in place.way] == [
        ("case.bpmn", "Care", "Atención"),
        ("case.bpmn", "FirstCall", "Trabajar"),
        ("called.bpmn", "Work", "Tarea Work"),
    ]
    assert place.awaits_a_person
    assert place.task == running.key("Work")


def test_a_procedure_called_twice_says_by_which_call_the_case_came() -> None:
    files = _bundle(_WORK)
    running = begin("restored", files).complete("Work")

    assert _ways(files, running) == [["Care", "SecondCall", "Work"]]


def test_what_was_started_beside_the_work_is_a_place_of_its_own() -> None:
    files = _bundle(_WORK)
    running = begin("restored", files).signal("answered")

    assert _ways(files, running) == [["Care", "FirstCall", "Work"], ["Beside", "Extra"]]


def test_a_wait_for_the_clock_is_a_place_and_a_boundary_event_is_none() -> None:
    files = _bundle(
        _called(
            draw.user("Work"),
            draw.boundary("Edge", "Work", draw.event("signal", "S_term")),
            draw.catch("Wait", draw.timer()),
            flows="WBegin -> Work, Work -> Wait, Wait -> WEnd, Edge -> Wait",
        )
    )
    running = begin("restored", files)
    assert _ways(files, running) == [["Care", "FirstCall", "Work"]]

    (waiting,) = _places(files, running.complete("Work"))

    assert waiting.way[-1].element == "Wait"
    assert waiting.way[-1].name == ""
    assert not waiting.awaits_a_person


def test_each_instance_of_a_repeated_task_is_a_place_and_the_repetition_is_none() -> None:
    files = _bundle(
        _called(draw.user("Work", draw.instances("3")), flows="WBegin -> Work, Work -> WEnd"),
    )
    running = begin("restored", files).complete("Work")

    assert _ways(files, running) == [["Care", "FirstCall", "Work"]] * 2
    assert all(place.awaits_a_person for place in _places(files, running))


def test_a_case_that_has_ended_stands_nowhere() -> None:
    files = _bundle(_WORK)
    running = begin("restored", files).complete("Work").complete("Work")

    assert running.finished
    assert _ways(files, running) == []


def test_the_main_diagram_comes_first_and_each_element_knows_its_file() -> None:
    definition = compile_bundle(_bundle(_WORK), CATALOGUE)

    assert drawings_of(definition) == (
        Drawing("case.bpmn", "case", "case"),
        Drawing("called.bpmn", "called", "called"),
    )
    files = files_of_elements(definition)
    assert files["Care"] == files["FirstCall"] == files["Extra"] == "case.bpmn"
    assert files["Work"] == "called.bpmn"
