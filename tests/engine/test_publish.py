"""What keeps a bundle from being published: each refusal names its file, its element and what to do."""

import json
from dataclasses import replace

import pytest

from processes.engine.bundle import BundleError, bundle_hash, check_bundle, compile_bundle
from processes.engine.catalogue import Planner
from processes.petitions.catalogue import CATALOGUE as OFFICE
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE
from tests.engine.publishing import around, case_of, only_problem, problems_of, some_problem, table


@pytest.mark.parametrize(
    ("tag", "inside"),
    [
        ("sendTask", ""),
        ("receiveTask", ""),
        ("manualTask", ""),
        ("task", ""),
        ("transaction", ""),
        ("adHocSubProcess", ""),
        ("complexGateway", ""),
        ("subChoreography", ""),
    ],
)
def test_elements_that_we_do_not_run_are_refused_by_name(tag: str, inside: str) -> None:
    found = problems_of(around(draw.node(tag, "T", inside)))
    assert any(f"El elemento «{tag}» (id T) no se admite" in problem.message for problem in found)


@pytest.mark.parametrize(
    "inside",
    [
        "<bpmn:ioSpecification/>",
        "<bpmn:dataInputAssociation/>",
        "<bpmn:resourceRole/>",
        draw.extension("<spiffworkflow:preScript>note = 1</spiffworkflow:preScript>"),
        draw.extension("<spiffworkflow:postScript>import os</spiffworkflow:postScript>"),
        draw.extension('<camunda:formData xmlns:camunda="http://camunda.org/schema/1.0/bpmn"/>'),
    ],
)
def test_parts_that_we_do_not_run_are_refused_by_name(inside: str) -> None:
    assert any("no se admite" in p.message for p in problems_of(around(draw.user("T", inside))))


@pytest.mark.parametrize(
    "event",
    [
        "<bpmn:cancelEventDefinition/>",
        "<bpmn:conditionalEventDefinition><bpmn:condition>true</bpmn:condition></bpmn:conditionalEventDefinition>",
        "<bpmn:linkEventDefinition/>",
        "<bpmn:compensateEventDefinition/>",
    ],
)
def test_events_that_we_do_not_run_are_refused_by_name(event: str) -> None:
    assert any("no se admite" in p.message for p in problems_of(around(draw.catch("T", event))))


def test_an_end_event_with_a_signal_is_refused() -> None:
    drawn = case_of(
        draw.start(), draw.end("Finish", draw.event("signal", "S_answered")), flows="Begin -> Finish"
    )
    only_problem(drawn, "Finish", "endEvent", "señal", "no se admite")


@pytest.mark.parametrize("identifier", ["Root", "Start", "End", "StartEventSplit", "StartEventJoin"])
def test_ids_of_the_engine_are_refused(identifier: str) -> None:
    only_problem(around(draw.user(identifier), identifier), identifier, "es del motor")


@pytest.mark.parametrize(
    "identifier",
    ["case.EndJoin", "Work.BoundaryEventSplit", "Work.BoundaryEventJoin", "Work [child]", "9a", "ñu"],
)
def test_ids_that_could_be_the_engine_s_are_refused(identifier: str) -> None:
    drawn = around(draw.user("T")).replace(b'"T"', f'"{identifier}"'.encode())
    some_problem(drawn, identifier, "no se admite")


def test_a_repeated_id_is_refused() -> None:
    drawn = case_of(draw.start(), draw.user("A"), draw.user("A"), draw.end(), flows="Begin -> A, A -> Finish")
    some_problem(drawn, "A", "está repetido")


def test_the_same_id_in_two_files_is_refused() -> None:
    called = draw.diagram(
        draw.process(
            draw.start("CBegin"),
            draw.user("A"),
            draw.end("CEnd"),
            flows="CBegin -> A, A -> CEnd",
            name="called",
        )
    )
    caller = case_of(
        draw.start(),
        draw.user("A"),
        draw.node("callActivity", "Call", calledElement="called"),
        draw.end(),
        flows="Begin -> A, A -> Call, Call -> Finish",
    )
    some_problem({"called.bpmn": called, "case.bpmn": caller}, "A", "ya está en called.bpmn")


@pytest.mark.parametrize(
    ("name", "word"),
    [("typename", "reservada"), ("data_objects", "reservada"), ("and", "reservada"), ("Año", "minúsculas")],
)
def test_a_fact_with_a_reserved_name_is_refused(name: str, word: str) -> None:
    only_problem(around(draw.user("T"), facts={name: "string"}), "case", f"«{name}»", word)


def test_a_fact_of_an_unknown_type_is_refused() -> None:
    only_problem(around(draw.user("T"), facts={"tags": "list"}), "case", "«tags»", "«list»", "«string»")


def test_a_dangling_flow_is_refused() -> None:
    drawn = case_of(
        draw.start(), draw.user("A"), draw.end(), flows="Begin -> A, A -> Finish, Ghost -> Finish"
    )
    only_problem(drawn, "case_f3", "suelto", "«Ghost»")


def test_a_flow_across_the_edge_of_a_subprocess_is_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.subprocess("Sub", draw.start("SB"), draw.user("In"), draw.end("SE"), flows="SB -> In, In -> SE"),
        draw.user("Out"),
        draw.end(),
        flows="Begin -> Sub, Sub -> Out, Out -> Finish, In -> Out",
    )
    some_problem(drawn, "case_f4", "cruza el borde")


def test_a_task_that_leads_nowhere_is_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.node("parallelGateway", "Split"),
        draw.user("A"),
        draw.user("B"),
        draw.end(),
        flows="Begin -> Split, Split -> A, Split -> B, A -> Finish",
    )
    only_problem(drawn, "B", "no sale ningún flujo")


def test_a_task_that_no_path_reaches_is_refused() -> None:
    drawn = case_of(
        draw.start(), draw.user("A"), draw.user("B"), draw.end(), flows="Begin -> A, A -> Finish, B -> Finish"
    )
    only_problem(drawn, "B", "no llega ningún camino")


def test_two_flows_out_of_a_task_are_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.user("A"),
        draw.user("B"),
        draw.end(),
        flows="Begin -> A, A -> B, A -> Finish, B -> Finish",
    )
    only_problem(drawn, "A", "salen 2 flujos", "compuerta")


def test_a_condition_that_nobody_reads_is_refused() -> None:
    drawn = case_of(draw.start(), draw.user("A"), draw.end(), flows="Begin -> A, A -> Finish [level = 1]")
    only_problem(drawn, "case_f2", "condición", "no elige")


def test_a_way_out_of_a_gateway_needs_a_condition() -> None:
    drawn = case_of(
        draw.start(),
        draw.node("exclusiveGateway", "Choose"),
        draw.user("A"),
        draw.user("B"),
        draw.end(),
        flows="Begin -> Choose, Choose -> A [level = 1], Choose -> B, A -> Finish, B -> Finish",
    )
    only_problem(drawn, "case_f3", "no tiene condición")


def test_a_lane_that_does_not_exist_is_refused() -> None:
    only_problem(around(draw.user("T"), lane="Sótano"), "case_lane", "«Sótano»", "«Ventanilla única»")


def test_a_user_task_outside_every_lane_is_refused() -> None:
    drawn = around(draw.user("T")).replace(b"<bpmn:flowNodeRef>T</bpmn:flowNodeRef>", b"")
    only_problem(drawn, "T", "ningún carril")


def test_an_unknown_intent_is_refused() -> None:
    only_problem(around(draw.service("T", "send_mail")), "T", "«send_mail»", "«notify»")


def test_an_unknown_or_missing_parameter_is_refused() -> None:
    drawn = around(draw.service("T", "notify", template='"a"', whom='"citizen"'))
    messages = [problem.message for problem in problems_of(drawn)]
    assert len(messages) == 2
    assert "no tiene el parámetro «whom»" in messages[0]
    assert "le falta el parámetro «to»" in messages[1]


def test_a_parameter_outside_its_choices_is_refused() -> None:
    drawn = around(draw.service("T", "notify", template='"a"', to='"mayor"'))
    only_problem(drawn, "T", "«mayor»", "«citizen»")


def test_a_parameter_of_another_type_is_refused() -> None:
    drawn = around(draw.service("T", "plan_alert", alert='"escalation"', working_days_before='"tres"'))
    only_problem(drawn, "T", "«working_days_before»")


def test_an_unknown_decision_is_refused() -> None:
    only_problem(
        {"case.bpmn": around(draw.rule("T", "guess")), "decisions/a.dmn": table()},
        "T",
        "«guess»",
        "«choose»",
    )


def test_a_decision_that_writes_what_is_not_declared_is_refused() -> None:
    files = {"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": table("colour")}
    only_problem(files, "T", "«colour»", "no está declarado")


def test_a_decision_that_computes_a_date_is_refused() -> None:
    drawn = table("received", "date", 'date("2026-01-01")')
    only_problem(
        {"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": drawn}, "T", "fechas legales"
    )


def test_a_decision_in_two_files_is_refused() -> None:
    files = {
        "case.bpmn": around(draw.rule("T", "choose")),
        "decisions/a.dmn": table(),
        "decisions/b.dmn": table(),
    }
    only_problem(files, "choose", "dos archivos")


def test_an_error_in_a_table_tells_its_place() -> None:
    files = {"case.bpmn": around(draw.rule("T", "choose")), "decisions/a.dmn": table(value="levle + 1")}
    found = [problem for problem in problems_of(files) if problem.file == "decisions/a.dmn"]
    assert found
    assert "levle" in found[0].message


def test_a_form_that_is_not_there_is_refused() -> None:
    only_problem(around(draw.user("T", draw.form("forms/none.json"))), "T", "forms/none.json")


def test_a_form_outside_the_subset_is_refused() -> None:
    bad = {"components": [{"type": "html", "content": "<script>"}]}
    files = {
        "case.bpmn": around(draw.user("T", draw.form("forms/a.json"))),
        "forms/a.json": json.dumps(bad).encode(),
    }
    [problem] = problems_of(files)
    assert (problem.file, "«html»" in problem.message) == ("forms/a.json", True)


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ('date("2026-01-01")', "fechas legales"),
        ("P15D", "debe nombrar una alerta"),
        ('"P15D"', "debe nombrar una alerta"),
        ('received + duration("P15D")', "fechas legales"),
        ('alert("lunch")', "«lunch»"),
        ('term("lunch")', "«term:lunch»"),
        ('alert("a") + alert("b")', "debe nombrar una alerta"),
        ("", "debe nombrar una alerta"),
    ],
)
def test_a_timer_names_an_alert_and_nothing_else(expression: str, word: str) -> None:
    only_problem(around(draw.catch("T", draw.timer(expression))), "T", word)


@pytest.mark.parametrize(
    ("planned", "told"),
    [('"escalation"', []), ('"reminder"', ["T"]), ("which", [])],
    ids=["planned", "another is planned", "may be any"],
)
def test_a_timer_whose_alert_no_task_plans_is_refused(planned: str, told: list[str]) -> None:
    planning = draw.service("Plan", "plan_alert", alert=planned, working_days_before="1")
    nodes = (draw.start(), planning, draw.catch("T", draw.timer()), draw.end())
    flows = "Begin -> Plan, Plan -> T, T -> Finish"
    files = {"case.bpmn": case_of(*nodes, flows=flows, facts={"which": "string"})}

    found = check_bundle(files, replace(CATALOGUE, planners=(Planner("plan_alert", "alert"),)))

    assert [problem.element for problem in found] == told
    assert all("ninguna tarea la programa" in problem.message for problem in found)


@pytest.mark.parametrize("kind", ["timeDuration", "timeCycle"])
def test_a_timer_by_duration_or_cycle_is_refused(kind: str) -> None:
    inside = f"<bpmn:timerEventDefinition><bpmn:{kind}>P15D</bpmn:{kind}></bpmn:timerEventDefinition>"
    some_problem(around(draw.catch("T", inside)), "T", f"«{kind}»", "alert(")


def test_a_script_that_computes_a_date_is_refused() -> None:
    drawn = around(draw.script("T", 'received = received + duration("P15D")'))
    only_problem(drawn, "T", "fechas legales", "«received»")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "().__class__",
        "lambda: 1",
        "level == 1",
        "level and",
        "levle = 1",
        "[x for x in y]",
    ],
)
def test_python_and_typing_errors_in_an_expression_are_refused_with_their_place(text: str) -> None:
    drawn = case_of(
        draw.start(),
        draw.node("exclusiveGateway", "Choose", default="case_f3"),
        draw.user("A"),
        draw.user("B"),
        draw.end(),
        flows="Begin -> Choose, Choose -> A [CONDITION], Choose -> B, A -> Finish, B -> Finish",
    ).replace(b"CONDITION", text.replace("<", "&lt;").encode())
    only_problem(drawn, "Choose", "no es FEEL", "carácter")


@pytest.mark.parametrize(
    "text", ["import os", "note = open('x').read()", "level += 1", "note = ", "ghost = 1"]
)
def test_python_in_a_script_is_refused(text: str) -> None:
    found = problems_of(around(draw.script("T", text)))
    assert {problem.element for problem in found} == {"T"}


def test_a_diagram_without_a_start_is_refused() -> None:
    drawn = case_of(draw.user("A"), draw.end(), flows="A -> Finish")
    some_problem(drawn, "case", "tiene 0 eventos de inicio")


def test_two_processes_that_nobody_calls_are_refused() -> None:
    first = draw.process(draw.start("A1"), draw.end("Z1"), flows="A1 -> Z1", name="one", facts={})
    second = draw.process(draw.start("A2"), draw.end("Z2"), flows="A2 -> Z2", name="two", facts={})
    only_problem(draw.diagram(first, second), "two", "«one»", "«two»")


def test_a_process_that_calls_itself_is_refused() -> None:
    drawn = around(draw.node("callActivity", "T", calledElement="case"))
    assert any("cada uno es llamado por otro" in p.message for p in problems_of(drawn))
    assert any("se llama a sí mismo" in p.message for p in problems_of(drawn))


def test_a_called_process_that_does_not_exist_is_refused() -> None:
    only_problem(around(draw.node("callActivity", "T", calledElement="ghost")), "T", "«ghost»")


def test_a_process_that_is_not_executable_is_refused() -> None:
    drawn = around(draw.user("T")).replace(b'isExecutable="true"', b'isExecutable="false"')
    only_problem(drawn, "case", "ejecutable")


def test_news_that_nobody_sends_is_refused() -> None:
    declared = '<bpmn:signal id="S_x" name="lunch"/>'
    drawn = around(draw.catch("T", draw.event("signal", "S_x")), declared=declared)
    only_problem(drawn, "T", "«lunch»", "«answered»")


def test_a_signal_that_is_named_like_a_part_of_the_engine_is_refused() -> None:
    declared = '<bpmn:signal id="S_x" name="seen_events"/>'
    drawn = around(draw.throw("T", draw.event("signal", "S_x")), declared=declared)
    only_problem(drawn, "T", "palabra del motor")


def test_an_error_that_nobody_attends_is_refused() -> None:
    drawn = case_of(
        draw.start(), draw.end("Finish", draw.event("error", "E_returned")), flows="Begin -> Finish"
    )
    only_problem(drawn, "Finish", "Nadie atiende", "«returned»")


def test_two_boundaries_for_one_error_are_refused() -> None:
    def failing(name: str) -> str:
        ends = draw.end(f"{name}E", draw.event("error", "E_returned"))
        return draw.subprocess(name, draw.start(f"{name}B"), ends, flows=f"{name}B -> {name}E")

    drawn = case_of(
        draw.start(),
        failing("One"),
        failing("Two"),
        draw.boundary("B1", "One", draw.event("error", "E_returned")),
        draw.boundary("B2", "Two", draw.event("error", "E_returned")),
        draw.end(),
        flows="Begin -> One, One -> Two, Two -> Finish, B1 -> Finish, B2 -> Finish",
    )
    some_problem(drawn, "B2", "mismo código")


def test_an_interrupting_event_subprocess_is_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.user("A"),
        draw.end(),
        draw.subprocess(
            "Meanwhile",
            draw.start("MB", draw.event("signal", "S_answered")),
            draw.end("ME"),
            flows="MB -> ME",
            triggeredByEvent="true",
        ),
        flows="Begin -> A, A -> Finish",
    )
    only_problem(drawn, "MB", "interrumpe")


def test_an_event_gateway_with_two_timers_is_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.node("eventBasedGateway", "Watch"),
        draw.catch("One", draw.timer()),
        draw.catch("Two", draw.timer('alert("reminder")')),
        draw.end(),
        flows="Begin -> Watch, Watch -> One, Watch -> Two, One -> Finish, Two -> Finish",
    )
    only_problem(drawn, "Watch", "dos temporizadores")


@pytest.mark.parametrize(
    ("loop", "word"),
    [
        ('<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>', "una tras otra"),
        ("<bpmn:multiInstanceLoopCharacteristics/>", "cuántas instancias"),
        ("<bpmn:standardLoopCharacteristics/>", "máximo de vueltas"),
        ('<bpmn:standardLoopCharacteristics loopMaximum="x"/>', "máximo de vueltas"),
        ('<bpmn:standardLoopCharacteristics loopMaximum="9999999"/>', "máximo de vueltas"),
    ],
)
def test_repetitions_that_we_do_not_run_are_refused(loop: str, word: str) -> None:
    some_problem(around(draw.user("T", loop)), "T", word)


def test_a_parallel_gateway_that_waits_for_itself_is_refused() -> None:
    drawn = case_of(
        draw.start(),
        draw.node("parallelGateway", "Meet"),
        draw.user("A"),
        draw.node("exclusiveGateway", "Again", default="case_f4"),
        draw.end(),
        flows="Begin -> Meet, Meet -> A, A -> Again, Again -> Meet, Again -> Finish [level = 1]",
    )
    only_problem(drawn, "Meet", "solo sale de ella misma")


def test_all_problems_are_told_at_once() -> None:
    drawn = case_of(
        draw.start(),
        draw.service("A", "dance"),
        draw.script("B", "ghost = 1"),
        draw.catch("C", draw.timer("P1D")),
        draw.end(),
        flows="Begin -> A, A -> B, B -> C, C -> Finish",
    )
    assert [problem.element for problem in problems_of(drawn)] == ["A", "B", "C"]
    with pytest.raises(BundleError) as refused:
        compile_bundle({"case.bpmn": drawn}, CATALOGUE)
    assert len(refused.value.problems) == 3


def test_the_hash_knows_names_and_bytes_apart() -> None:
    hashes = {
        bundle_hash(files)
        for files in ({"a": b"bc"}, {"ab": b"c"}, {"a": b"b", "c": b""}, {"a": b"", "b": b"c"}, {})
    }
    assert len(hashes) == 5


@pytest.mark.parametrize("text", ['level = "x"', "note = 5", 'level = 1\nopen = "no"', "level = [1, 2]"])
def test_a_script_that_gives_a_fact_what_does_not_fit_is_refused(text: str) -> None:
    only_problem(around(draw.script("T", text)), "T", "no es de tipo")


@pytest.mark.parametrize("text", ["level = 1 + 1", "note = null", 'open = not("a" = "b")', "level = count"])
def test_a_script_may_give_a_fact_what_fits(text: str) -> None:
    assert problems_of(around(draw.script("T", text))) == []


def test_a_parameter_from_a_fact_of_another_type_is_refused() -> None:
    drawn = around(draw.service("T", "plan_alert", alert="note", working_days_before=" note "))
    only_problem(drawn, "T", "«working_days_before»", "«number»", "«note», de tipo «string»")


@pytest.mark.parametrize(("value", "word"), [("-61", "el mínimo es -60"), ("121", "el máximo es 120")])
def test_a_parameter_outside_its_bounds_is_refused(value: str, word: str) -> None:
    drawn = around(draw.service("T", "plan_alert", alert='"escalation"', working_days_before=value))
    [problem] = check_bundle({"case.bpmn": drawn}, OFFICE)
    assert word in problem.message
    inside = drawn.replace(f"'{value}'".encode(), b"'3'").replace(f'"{value}"'.encode(), b'"3"')
    assert check_bundle({"case.bpmn": inside}, OFFICE) == []


def test_a_reason_is_told_without_what_surrounds_it() -> None:
    drawn = around(draw.service("T", "plan_alert", alert='"escalation"', working_days_before='"tres"'))
    [problem] = problems_of(drawn)
    assert "el dato guardado" not in problem.message


def test_a_question_ends_its_sentence() -> None:
    [problem] = problems_of(around(draw.service("T", "assign", department="recipent")))
    assert problem.message.endswith("¿quiso decir «recipient»?")


def test_a_loop_of_five_thousand_digits_is_told() -> None:
    loop = draw.turns(3).replace('"3"', f'"{"1" * 5000}"')
    only_problem(around(draw.user("T", loop)), "T", "máximo de vueltas")
