"""DMN files: what they may declare, and every problem of a file told at once."""

from collections.abc import Mapping

import pytest

from processes.common.safe_xml import UnsafeXml
from processes.decisions import DecisionError, FactType, compile_decisions
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import (
    FACTS,
    column,
    compiled,
    decide,
    decision,
    file,
    output,
    requires_decision,
    rule,
    table,
)

SIMPLE = table(column("kind"), output("level", "number"), rule(['"request"'], ["1"]))


def problems_of(*parts: str, facts: Mapping[str, FactType] | None = FACTS) -> list[str]:
    with pytest.raises(DecisionError) as caught:
        compile_decisions(file(*parts), source="r.dmn", facts=facts)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_a_file_is_told_at_once_with_its_place() -> None:
    bad = table(
        column("knd", label="Tipo"),
        column("amount", "number", label="Monto"),
        output("level", "number", allowed="1,2"),
        rule(['"request', "< "], ["1 +"]),
        rule(["-", '"mucho"'], ['"alto"']),
        rule(["-", "-"], ["3"]),
    )

    assert problems_of(decision(bad), decision(SIMPLE.replace("kind", "tipo"), "other", "Otra")) == [
        "r.dmn, decisión «Reparto», columna «Tipo»: carácter 1: no se conoce «knd»; ¿quiso decir «kind»?",
        (
            "r.dmn, decisión «Reparto», regla 1, columna «Tipo»: carácter 1: "
            "faltan las comillas que cierran el texto"
        ),
        (
            "r.dmn, decisión «Reparto», regla 1, columna «Monto»: carácter 2: "
            "se esperaba un valor y se encontró el final"
        ),
        (
            "r.dmn, decisión «Reparto», regla 1, columna «level»: carácter 4: "
            "se esperaba un valor y se encontró el final"
        ),
        (
            "r.dmn, decisión «Reparto», regla 2, columna «Monto»: carácter 1: "
            "el valor no es número, el tipo de la columna"
        ),
        (
            "r.dmn, decisión «Reparto», regla 2, columna «level»: "
            'el valor no es número, el tipo de la columna ("alto")'
        ),
        (
            "r.dmn, decisión «Reparto», regla 3, columna «level»: "
            "el valor no está entre los permitidos de la columna (3)"
        ),
        (
            "r.dmn, decisión «Otra», columna «tipo»: carácter 1: no se conoce «tipo»; "
            "se conocen: amount, kind, received, urgent"
        ),
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (table(output("", "number"), output("b"), rule([], ["1", "1"])), "cada una necesita un nombre"),
        (table(output("a"), output("a"), rule([], ['"x"', '"x"'])), "tienen el mismo nombre"),
        (table(column("kind"), rule(["-"], [])), "no tiene columnas de salida"),
        (table(column(""), output("a"), rule(["-"], ['"x"'])), "la columna de entrada no tiene expresión"),
        (table(column("kind"), output("a"), rule([], ['"x"'])), "una celda por columna"),
        (table(column("kind"), output("a"), rule(["-", "-"], ['"x"'])), "una celda por columna"),
        (table(column("kind", "texto"), output("a"), rule(["-"], ['"x"'])), "no se conoce el tipo «texto»"),
        (table(column("kind", "number"), output("a"), rule(["-"], ['"x"'])), "el dato es texto"),
        (table(output("a"), rule([], ['"x"']), policy="MAJORITY"), "no se conoce la política «MAJORITY»"),
        (table(output("a"), rule([], ['"x"']), aggregation="SUM"), "no admite la agregación «SUM»"),
        (table(output("a"), rule([], ['"x"']), policy="COLLECT", aggregation="MEAN"), "«MEAN»"),
        (table(output("a"), rule([], ['"x"']), policy="PRIORITY"), "lista de valores permitidos"),
        (
            table(output("a"), output("b"), rule([], ["", ""]), policy="COLLECT", aggregation="SUM"),
            "tiene una sola salida",
        ),
        (table(output("a", allowed="x"), rule([], ['"x"'])), "columna «a»: carácter 1: no se conoce «x»"),
        (table(output("a", default="1"), rule([], ['"x"'])), "el valor no es texto"),
        (table(output("a"), rule([], ["?"])), "«?» solo se puede usar en las celdas de entrada"),
        ("", "la decisión no tiene tabla ni expresión"),
        ("<invocation/>", "la invocación no dice qué función llama"),
        (
            '<relation><column name="a"/><row/></relation>',
            "decisión «Reparto», fila 1: la fila no tiene una celda por columna",
        ),
        (
            (
                '<context><contextEntry><variable name="a"/></contextEntry>'
                '<contextEntry><variable name="a"/></contextEntry></context>'
            ),
            "decisión «Reparto»: el contexto tiene dos veces la entrada «a»",
        ),
        ("<for><in/><return/></for>", "«for» no dice cómo se llama cada elemento"),
        (
            '<functionDefinition kind="Java"/>',
            "las funciones externas («JAVA») no se admiten: escríbala en FEEL",
        ),
        ("<literalExpression><text>1 +</text></literalExpression>", "carácter 4: se esperaba un valor"),
        (
            '<literalExpression expressionLanguage="javascript"><text>1</text></literalExpression>',
            "el lenguaje de expresiones «javascript» no se admite: use FEEL",
        ),
        (
            SIMPLE.replace("<inputEntry>", '<inputEntry expressionLanguage="python">'),
            "el lenguaje de expresiones «python» no se admite: use FEEL",
        ),
        (
            "<knowledgeRequirement><requiredKnowledge href='#k'/></knowledgeRequirement>" + SIMPLE,
            "requiere «k», que no está en el archivo",
        ),
    ],
)
def test_a_table_that_cannot_be_published_says_why(body: str, problem: str) -> None:
    assert any(problem in found for found in problems_of(decision(body)))


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        ('<import name="x" namespace="y"/>', "no se admite la importación de otros modelos («x»)"),
        ('<businessKnowledgeModel id="k" name="k"/>', "el modelo de conocimiento no tiene lógica"),
        ('<invention id="s"/>', "el elemento «invention» no se conoce"),
        ('<inputData id="i" name="otro"/>', "el dato de entrada «otro» no está entre los datos del proceso"),
        (decision(SIMPLE, "routing", "Otra"), "cada decisión necesita un identificador propio"),
        (
            decision(SIMPLE, "b", "B", requires=requires_decision("falta")),
            "requiere «falta», que no está en el archivo",
        ),
        (
            decision(SIMPLE, "b", "B", requires=requires_decision("c"))
            + decision(SIMPLE, "c", "C", requires=requires_decision("b")),
            "hay decisiones que se requieren en círculo: «B», «C»",
        ),
        (
            decision("<literalExpression><text>Reparto</text></literalExpression>", "b", "B"),
            "no se conoce «Reparto» aquí: conecte la decisión «Reparto» como requisito",
        ),
    ],
)
def test_a_file_that_cannot_be_published_says_why(part: str, problem: str) -> None:
    assert any(problem in found for found in problems_of(decision(SIMPLE), part))


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_dmn_11_to_15_are_read(namespace: str) -> None:
    data = file(decision(SIMPLE), namespace=namespace)

    model = compile_decisions(data, source="r.dmn", facts=FACTS)

    assert model.decide("routing", {"kind": "request"}, now=NOW).result == {"level": 1}


@pytest.mark.parametrize(
    "data",
    [
        file(decision(SIMPLE), namespace="http://example.org"),
        b"<definitions/>",
        b"<bpmn/>",
    ],
)
def test_another_language_is_refused(data: bytes) -> None:
    with pytest.raises(DecisionError, match=r"r.dmn: no es un archivo DMN 1.1, 1.2, 1.3, 1.4 o 1.5"):
        compile_decisions(data, source="r.dmn", facts=FACTS)


@pytest.mark.parametrize("data", [b"", b"<a>", b"<!DOCTYPE a><a/>", b"\xff\xfe<a/>"])
def test_xml_that_is_not_safe_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeXml, match=r"r\.dmn"):
        compile_decisions(data, source="r.dmn", facts=FACTS)


def test_types_of_the_files_own_restrict_their_columns() -> None:
    own = (
        '<itemDefinition name="tKind"><typeRef>string</typeRef>'
        '<allowedValues><text>"request","complaint"</text></allowedValues></itemDefinition>'
    )
    body = table(column("kind", "tKind"), output("level", "number"), rule(["-"], ["1"]))
    model = compiled(own, decision(body))

    assert model.decide("routing", {"kind": "request"}, now=NOW).result == {"level": 1}
    assert model.decide("routing", {"kind": "otra"}, now=NOW).result == {"level": None}


def test_input_data_are_read_as_their_declared_type() -> None:
    data = '<inputData id="r" name="received"><variable name="received" typeRef="date"/></inputData>'
    body = "<literalExpression><text>received.year</text></literalExpression>"

    decided = compiled(data, decision(body)).decide("routing", {"received": "2026-03-04"}, now=NOW)

    assert decided.result == {"Reparto": 2026}


def test_a_fact_that_is_no_value_is_an_error_in_words() -> None:
    data = '<inputData id="r" name="amount"><variable name="amount" typeRef="number"/></inputData>'

    with pytest.raises(DecisionError, match="dato «amount»: el número no es finito"):
        compiled(data, decision(SIMPLE)).decide("routing", {"amount": float("nan")}, now=NOW)


def test_without_declared_facts_the_file_says_which_it_reads() -> None:
    model = compile_decisions(file(decision(SIMPLE)), source="r.dmn", facts=None)

    assert model.decide("routing", {"kind": "request"}, now=NOW).result == {"level": 1}
    assert any(
        "no se conoce «otro»" in found
        for found in problems_of(decision(SIMPLE.replace(">1<", ">otro<")), facts=None)
    )


def test_a_dmn_js_file_is_read_whole() -> None:
    saved = """<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
        xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
        xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0"
        id="dish" name="Reparto" namespace="http://camunda.org/schema/1.0/dmn">
      <decision id="routing" name="Reparto">
        <informationRequirement id="InformationRequirement_1">
          <requiredInput href="#InputData_1" />
        </informationRequirement>
        <decisionTable id="table" hitPolicy="FIRST" biodi:annotationsWidth="400">
          <input id="input1" label="Tipo" biodi:width="192">
            <inputExpression id="inputExpression1" typeRef="string">
              <text>kind</text>
            </inputExpression>
            <inputValues id="UnaryTests_0"><text>"request","complaint"</text></inputValues>
          </input>
          <output id="output1" label="Nivel" name="level" typeRef="number" />
          <rule id="row-1">
            <description>lo común</description>
            <inputEntry id="UnaryTests_1"><text>"request","complaint"</text></inputEntry>
            <outputEntry id="LiteralExpression_1"><text>1</text></outputEntry>
          </rule>
          <rule id="row-2">
            <inputEntry id="UnaryTests_2"><text></text></inputEntry>
            <outputEntry id="LiteralExpression_2"><text>2</text></outputEntry>
          </rule>
        </decisionTable>
      </decision>
      <inputData id="InputData_1" name="kind"><variable id="v" name="kind" typeRef="string" /></inputData>
      <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="routing">
        <dc:Bounds height="80" width="180" x="160" y="80" />
      </dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
    </definitions>"""

    model = compile_decisions(saved.encode(), source="r.dmn", facts=FACTS)

    assert model.decide("routing", {"kind": "complaint"}, now=NOW).reason == "Reparto: regla 1, lo común"
    assert model.decide("routing", {}, now=NOW).reason == "Reparto: regla 2"


def test_a_file_with_thousands_of_problems_stops_at_two_hundred() -> None:
    rules = "".join(rule(["nada"], ["1"]) for _ in range(3_000))

    assert len(problems_of(decision(table(column("kind"), output("level"), rules)))) == 200


def test_a_file_with_thousands_of_decisions_is_refused() -> None:
    literal = "<literalExpression><text>1</text></literalExpression>"
    parts = [decision(literal, f"d{n}", f"D{n}") for n in range(600)]

    assert problems_of(*parts) == ["r.dmn: un archivo no puede tener más de 500 decisiones"]


@pytest.mark.parametrize(
    ("cell", "rules", "excess"),
    [("-", 11_000, "20000 celdas"), ("1" + "+1" * 5_000, 30, "200000 caracteres en sus expresiones")],
)
def test_a_file_that_would_take_seconds_is_refused_before_it_is_compiled(
    cell: str, rules: int, excess: str
) -> None:
    rows = "".join(rule([cell], ["1"]) for _ in range(rules))
    body = table(column("amount", "number"), output("level", "number"), rows)

    assert problems_of(decision(body)) == [f"r.dmn: un archivo no puede tener más de {excess}"]


def test_python_in_a_cell_is_a_problem_of_its_rule() -> None:
    body = table(column("kind"), output("level"), rule(["-"], ["__import__('os').system('true')"]))

    (problem,) = problems_of(decision(body))

    assert problem.startswith("r.dmn, decisión «Reparto», regla 1, columna «level»: carácter")


def test_an_annotation_column_is_read_where_dmn_writes_it() -> None:
    noted = rule(['"request"'], ["1"]).replace(
        "</rule>", "<annotationEntry><text>malla\n  vial</text></annotationEntry></rule>"
    )

    decided = decide(table(column("kind"), output("level", "number"), noted), kind="request")

    assert decided.reason == "Reparto: regla 1, malla vial"
