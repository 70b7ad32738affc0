"""What the check and the engine's own parser could read in two ways is refused, so nothing else runs."""

import re

import pytest

from processes.engine.bundle import check_bundle
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE

_OPERATOR = (
    '<spiffworkflow:serviceTaskOperator id="{}"><spiffworkflow:parameters/>'
    "</spiffworkflow:serviceTaskOperator>"
)
_PROPERTIES = (
    "<spiffworkflow:properties><spiffworkflow:property "
    'name="formJsonSchemaFilename" value="{}"/></spiffworkflow:properties>'
)
_DECISION = "<spiffworkflow:calledDecisionId>{}</spiffworkflow:calledDecisionId>"


def _messages(task: str) -> str:
    drawn = draw.diagram(
        draw.process(draw.start(), task, draw.end(), flows="Begin -> T, T -> Finish"), declared=draw.DECLARED
    )
    return "\n".join(map(str, check_bundle({"case.bpmn": drawn}, CATALOGUE)))


def _once(text: str) -> str:
    return text.format("send_answer")


@pytest.mark.parametrize(
    ("task", "name"),
    [
        (
            draw.node(
                "serviceTask",
                "T",
                draw.extension(_once(_OPERATOR)) + draw.extension(_OPERATOR.format("evil")),
            ),
            "extensionElements",
        ),
        (
            draw.node("serviceTask", "T", draw.extension(_once(_OPERATOR) + _OPERATOR.format("evil"))),
            "serviceTaskOperator",
        ),
        (
            draw.user("T", draw.extension(_PROPERTIES.format("") + _PROPERTIES.format("x"))),
            "properties",
        ),
        (
            draw.node("businessRuleTask", "T", draw.extension(_DECISION.format("a") + _DECISION.format("b"))),
            "calledDecisionId",
        ),
        (draw.script("T", "level = 1", "<bpmn:script>level = 2</bpmn:script>"), "script"),
        (
            draw.catch(
                "T",
                draw.timer().replace("<bpmn:timeDate>", "<bpmn:timeDate>x</bpmn:timeDate><bpmn:timeDate>"),
            ),
            "timeDate",
        ),
        (draw.user("T", draw.instances("1") + draw.instances("2")), "multiInstanceLoopCharacteristics"),
        (draw.user("T", draw.turns(1) + draw.turns(2)), "standardLoopCharacteristics"),
    ],
)
def test_what_the_engine_would_read_another_of_is_refused(task: str, name: str) -> None:
    assert f"tiene varios «{name}»; deje uno" in _messages(task)


def test_two_conditions_of_one_flow_are_refused() -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Choose", default="case_f3"),
            draw.user("A"),
            draw.end(),
            flows="Begin -> Choose, Choose -> A [level = 1], Choose -> Finish, A -> Finish",
        )
    ).replace(
        b"</bpmn:conditionExpression>",
        b"</bpmn:conditionExpression><bpmn:conditionExpression>true</bpmn:conditionExpression>",
    )
    [problem] = check_bundle({"case.bpmn": drawn}, CATALOGUE)
    assert (problem.element, "varios «conditionExpression»" in problem.message) == ("case_f2", True)


def test_an_activity_repeats_in_one_way() -> None:
    assert "de dos maneras" in _messages(draw.user("T", draw.instances("2") + draw.turns(2)))


@pytest.mark.parametrize(
    ("task", "name"),
    [
        (draw.catch("T", draw.extension(draw.event("signal", "S_term"))), "signalEventDefinition"),
        (draw.user("T", draw.event("signal", "S_term")), "signalEventDefinition"),
        (draw.node("serviceTask", "T", _once(_OPERATOR)), "serviceTaskOperator"),
        (draw.user("T", "<bpmn:script>level = 1</bpmn:script>"), "script"),
        (draw.user("T", draw.user("In")), "userTask"),
        (
            draw.user("T", draw.extension(draw.extension(_PROPERTIES.format("")))),
            "extensionElements",
        ),
    ],
)
def test_what_stands_where_only_one_of_the_two_looks_is_refused(task: str, name: str) -> None:
    assert f"«{name}» no puede estar dentro de" in _messages(task)


@pytest.mark.parametrize("foreign", ["<!-- nota -->", "<?nota x?>", "<bpmn:text>x</bpmn:text>"])
@pytest.mark.parametrize(
    ("task", "text"),
    [
        (draw.script("T", "level = 1\nnote = null"), "level = 1"),
        (draw.catch("T", draw.timer("MARK")), "MARK"),
        (draw.user("T", draw.instances("2")), ">2"),
        (draw.user("T", draw.turns(2, "level = 1")), "level = 1"),
        (draw.rule("T", "choose"), "choose"),
    ],
)
def test_a_comment_cannot_cut_a_text_short(task: str, text: str, foreign: str) -> None:
    assert "el texto se corta" in _messages(task.replace(text, text + foreign))


def test_a_comment_cannot_cut_a_condition_short() -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("exclusiveGateway", "Choose", default="case_f3"),
            draw.user("A"),
            draw.end(),
            flows="Begin -> Choose, Choose -> A [level = 1 MARK and open], Choose -> Finish, A -> Finish",
        )
    ).replace(b"MARK", b"<!-- y -->")
    [problem] = check_bundle({"case.bpmn": drawn}, CATALOGUE)
    assert (problem.element, "el texto se corta" in problem.message) == ("case_f2", True)


def test_a_comment_elsewhere_is_only_a_comment() -> None:
    assert _messages(f"<!-- la tarea -->{draw.user('T', '<!-- sin formulario -->')}") == ""


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ('<spiffworkflow:property value="x"/>', "A un «property» le falta «name»"),
        ('<spiffworkflow:property name="formJsonSchemaFilename"/>', "A un «property» le falta «value»"),
        ('<spiffworkflow:property name="a" value=""/>' * 2, "tiene «a» varias veces"),
    ],
)
def test_a_property_has_a_name_of_its_own_and_a_value(inside: str, words: str) -> None:
    properties = f"<spiffworkflow:properties>{inside}</spiffworkflow:properties>"
    assert words in _messages(draw.user("T", draw.extension(properties)))


@pytest.mark.parametrize("attribute", ["id", "type", "value"])
def test_a_parameter_without_one_of_its_attributes_is_refused(attribute: str) -> None:
    drawn = draw.service("T", "assign", department='"D1"')
    assert _messages(drawn) == ""
    old = {"id": ' id="department"', "type": ' type="any"', "value": " value='\"D1\"'"}[attribute]
    assert f"A un «parameter» le falta «{attribute}»" in _messages(drawn.replace(old, ""))


@pytest.mark.parametrize("value", ["1", "0", "TRUE", " true", ""])
@pytest.mark.parametrize(
    ("task", "attribute"),
    [
        (draw.user("T") + draw.boundary("B", "T", draw.timer()), "cancelActivity"),
        (draw.user("T", draw.turns(2)), "testBefore"),
        (
            draw.user("T", draw.instances("2").replace("tics>", 'tics isSequential="false">', 1)),
            "isSequential",
        ),
        (draw.node("subProcess", "T", triggeredByEvent="false"), "triggeredByEvent"),
        (draw.catch("T", "").replace('"T"', '"T" parallelMultiple="false"'), "parallelMultiple"),
        (draw.user("T").replace('"T"', '"T" isForCompensation="false"', 1), "isForCompensation"),
    ],
)
def test_a_mark_is_true_or_false_and_nothing_else(task: str, attribute: str, value: str) -> None:
    words = f"«{attribute}» de"
    assert words not in _messages(task)
    spelt = re.sub(f'{attribute}="[a-z]+"', f'{attribute}="{value}"', task)
    assert words in _messages(spelt)


@pytest.mark.parametrize(
    ("task", "words"),
    [
        (draw.user("T", draw.instances("2").replace("tics>", 'tics behavior="One">', 1)), "«behavior»"),
        (draw.script("T", "level = 1").replace('"T"', '"T" scriptFormat="python"'), "«scriptFormat»"),
        (draw.node("eventBasedGateway", "T", eventGatewayType="Parallel"), "«eventGatewayType»"),
        (draw.node("eventBasedGateway", "T", instantiate="true"), "«instantiate»"),
    ],
)
def test_what_the_engine_would_not_obey_is_refused(task: str, words: str) -> None:
    assert words in _messages(task)


def test_a_script_in_feel_may_say_so() -> None:
    assert _messages(draw.script("T", "level = 1").replace('"T"', '"T" scriptFormat="feel"')) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("signal", "S_answered"), ("signal", "S_answered")),
        (("signal", "S_answered"), ("message", "M_answered")),
    ],
)
def test_an_event_gateway_does_not_wait_twice_for_one_name(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    drawn = draw.diagram(
        draw.process(
            draw.start(),
            draw.node("eventBasedGateway", "Watch"),
            draw.catch("A", draw.event(*one)),
            draw.catch("B", draw.event(*other)),
            draw.end(),
            flows="Begin -> Watch, Watch -> A, Watch -> B, A -> Finish, B -> Finish",
        ),
        declared=draw.DECLARED,
    )
    [problem] = check_bundle({"case.bpmn": drawn}, CATALOGUE)
    assert (problem.element, "«answered» en dos eventos" in problem.message) == ("Watch", True)
