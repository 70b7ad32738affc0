"""Boxed expressions: each answers as the same words in FEEL would."""

from datetime import date
from decimal import Decimal

import pytest

from processes.decisions import DecisionError, FactType, Value, compile_decisions
from tests.unit.decisions.boxes import (
    ask,
    asks,
    boxed_list,
    context,
    decides,
    entry,
    function,
    invocation,
    item,
    literal,
    relation,
    result,
)
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import column, file, output, rule, table

RENTS = relation("Plan,Cuota:number,Meses:number", '"corto"|300|12', '"medio"|200|24', '"largo"|120|48')


def value_of(body: str, *parts: str, **facts: Value) -> Value:
    requires = (f"data {name.replace('_', ' ')}" for name in facts)
    return ask("Respuesta", decides("Respuesta", body, *requires), *parts, **facts).value


def boxed(tag: str, **parts: str) -> str:
    inside = "".join(f"<{name}>{literal(text)}</{name}>" for name, text in parts.items())
    return f"<{tag}>{inside}</{tag}>"


def repeated(tag: str, variable: str, domain: str, body: str) -> str:
    end = "return" if tag == "for" else "satisfies"
    return boxed(tag, **{"in": domain, end: body}).replace(
        f"<{tag}>", f'<{tag} iteratorVariable="{variable}">', 1
    )


def test_each_entry_of_a_context_sees_those_before_it() -> None:
    body = context(
        entry("Ingreso mensual", "4000", "number"),
        entry("Cuota máxima", "Ingreso mensual * 0.3"),
        entry("Detalle", context(entry("mitad", "Cuota máxima / 2"))),
    )

    assert value_of(body) == {"Ingreso mensual": 4000, "Cuota máxima": 1200, "Detalle": {"mitad": 600}}


def test_a_context_with_a_last_entry_without_name_is_worth_that_entry() -> None:
    body = context(entry("a", "2"), entry("b", "a + 1"), result("a * b"))

    assert value_of(body) == 6


def test_an_entry_that_is_not_of_its_type_is_null_with_a_warning() -> None:
    decided = ask("Respuesta", decides("Respuesta", context(entry("a", '"x"', "number"), entry("b", "1"))))

    assert decided.value == {"a": None, "b": 1}
    assert decided.warnings == ("Respuesta: «a»: se esperaba número y es texto",)


def test_an_entry_shadows_a_datum_of_the_same_name() -> None:
    body = context(entry("Monto", "Monto + 1"), result("Monto"))

    assert value_of(body, asks("Monto", "number"), Monto=1) == 2


def test_a_relation_is_a_list_of_contexts() -> None:
    assert value_of(RENTS) == [
        {"Plan": "corto", "Cuota": 300, "Meses": 12},
        {"Plan": "medio", "Cuota": 200, "Meses": 24},
        {"Plan": "largo", "Cuota": 120, "Meses": 48},
    ]


def test_a_list_has_what_its_items_say() -> None:
    items = boxed_list("1", '"a"', context(entry("x", "date(2026, 3, 4)")), boxed_list())

    assert value_of(items) == [1, "a", {"x": date(2026, 3, 4)}, []]


def test_a_table_stands_inside_a_context_and_sees_its_entries() -> None:
    level = table(
        column("total", "number"),
        output("", "string"),
        rule(["> 100"], ['"alto"']),
        rule(["<= 100"], ['"bajo"']),
    )

    assert value_of(context(entry("total", "60 + 50"), entry("nivel", level), result("nivel"))) == "alto"


def test_a_conditional_answers_one_of_its_branches() -> None:
    body = "<conditional>{}</conditional>".format(
        "".join(f"<{tag}>{literal(text)}</{tag}>" for tag, text in _branches("Monto > 5").items())
    )

    assert value_of(body, asks("Monto", "number"), Monto=6) == "sí"
    assert value_of(body, asks("Monto", "number"), Monto=5) == "no"
    assert value_of(body, asks("Monto", "number"), Monto=None) == "no"


def _branches(condition: str) -> dict[str, str]:
    return {"if": condition, "then": '"sí"', "else": '"no"'}


@pytest.mark.parametrize(
    ("match", "kept"),
    [
        ("Cuota >= 200", ["corto", "medio"]),
        ("item.Meses > 12 and Cuota < límite", ["largo"]),
        ("true", ["corto", "medio", "largo"]),
        ('Plan = "otro"', []),
        ("null", []),
    ],
)
def test_a_filter_keeps_the_items_for_which_it_holds(match: str, kept: list[str]) -> None:
    body = context(
        entry("planes", RENTS),
        entry("límite", "200"),
        entry("quedan", boxed("filter", **{"in": "planes", "match": match})),
        result("quedan.Plan"),
    )

    assert value_of(body) == kept


def test_a_filter_of_a_number_is_an_item() -> None:
    assert value_of(boxed("filter", **{"in": "[5, 6, 7]", "match": "2"})) == 6


def test_a_for_answers_once_an_item_and_sees_the_answers_so_far() -> None:
    assert value_of(repeated("for", "n", "[1, 2, 3]", "n * n")) == [1, 4, 9]
    assert value_of(repeated("for", "n", "1..4", "if n = 1 then 1 else n * partial[-1]")) == [1, 2, 6, 24]
    assert value_of(repeated("for", "n", "null", "n")) is None


def test_some_and_every_ask_their_items() -> None:
    assert value_of(repeated("some", "n", "[1, 2]", "n > 1")) is True
    assert value_of(repeated("every", "n", "[1, 2]", "n > 1")) is False
    assert value_of(repeated("every", "n", "[]", "n > 1")) is True
    assert value_of(repeated("some", "n", "[]", "n > 1")) is False


def test_a_function_of_an_entry_is_called_by_its_name() -> None:
    body = context(
        entry("tasa", "0.5"),
        entry("con tasa", function("base:number,años:number", "base * (1 + tasa) ** años")),
        result("con tasa(100, 2)"),
    )

    assert value_of(body) == 225


def test_a_function_of_an_entry_may_call_itself() -> None:
    body = context(
        entry("factorial", function("n:number", "if n < 2 then 1 else n * factorial(n - 1)")),
        result("factorial(12)"),
    )

    assert value_of(body) == 479001600


def test_an_invocation_binds_its_arguments_by_name() -> None:
    minus = entry("resta", function("a:number,b:number", "a - b"))

    assert value_of(context(minus, result(invocation("resta", b="1", a="10")))) == 9
    assert value_of(context(minus, result(invocation("resta", a="10")))) is None
    assert value_of(context(minus, result(invocation("resta", a="10", b="1", c="2")))) is None
    assert value_of(context(entry("f", "2"), result(invocation("f", a="1")))) is None


def test_an_invocation_may_call_a_function_of_the_catalogue() -> None:
    assert value_of(invocation("string length", string='"hola"')) == 4


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_a_function_in_another_language_is_null_with_a_warning(kind: str) -> None:
    body = context(entry("f", function("a", context(entry("class", '"x"')), kind=kind)), result("f(1)"))

    decided = ask("Respuesta", decides("Respuesta", body))

    assert decided.value is None
    assert decided.warnings == ("Respuesta: carácter 1: función: las funciones externas no se ejecutan",)


def test_a_literal_without_text_is_null() -> None:
    assert value_of(literal("")) is None
    assert value_of(context(entry("a", ""), entry("b", "1"))) == {"a": None, "b": 1}


def test_a_box_in_a_box_names_its_way_when_it_does_not_parse() -> None:
    body = context(entry("a", context(entry("b", boxed_list("1", "2 +")))))

    with pytest.raises(DecisionError) as caught:
        compile_decisions(file(decides("Reparto", body)), source="r.dmn", facts={})

    assert str(caught.value) == (
        "r.dmn, decisión «Reparto», entrada «a», entrada «b», elemento 2: "
        "carácter 4: se esperaba un valor y se encontró el final"
    )


def test_publishing_refuses_a_name_that_no_box_knows() -> None:
    with pytest.raises(DecisionError, match="entrada «b»: carácter 1: no se conoce «c»"):
        compile_decisions(
            file(decides("Reparto", context(entry("a", "1"), entry("b", "c")))), source="r.dmn", facts={}
        )


def test_publishing_knows_the_fields_of_the_files_own_contexts() -> None:
    parts = (
        item("tPlan", "", '<itemComponent name="Tope"><typeRef>number</typeRef></itemComponent>'),
        decides("Planes", RENTS),
        decides("Cuotas", "sum(Planes[Meses > 12].Cuota) + kind.Tope", "Planes"),
    )

    model = compile_decisions(file(*parts), source="r.dmn", facts={"kind": FactType.STRING})

    assert model.decide("Planes", {}, now=NOW).result["Planes"] == value_of(RENTS)
    assert model.decide("Cuotas", {}, now=NOW).value is None


def test_a_box_that_is_nested_too_deep_is_refused() -> None:
    body = "1"
    for _ in range(70):
        body = context(entry("a", body))

    with pytest.raises(DecisionError, match="niveles de anidamiento"):
        ask("Hondo", decides("Hondo", body))


def test_numbers_keep_their_digits_through_boxes() -> None:
    assert value_of(boxed_list("1 / 3")) == [Decimal("0.3333333333333333333333333333333333")]
