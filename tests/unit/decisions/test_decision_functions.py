"""Business knowledge models and decision services: called from expressions, and asked by name."""

import pytest

from processes.decisions import DecisionError, FactType, compile_decisions
from tests.unit.decisions.boxes import (
    ask,
    asks,
    context,
    decides,
    entry,
    function,
    invocation,
    item,
    knowledge,
    literal,
    result,
    service,
)
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import column, file, output, rule, table

PAYMENT = knowledge(
    "Cuota",
    "capital:number,tasa:number,meses:number",
    "(capital * tasa / 12) / (1 - (1 + tasa / 12) ** -meses)",
)


def test_a_model_is_called_by_its_name() -> None:
    decided = ask("Pago", PAYMENT, decides("Pago", "decimal(Cuota(100000, 0.06, 360), 2)", "Cuota()"))

    assert str(decided.value) == "599.55"
    assert decided.reason == "Pago: según su expresión"


def test_a_model_is_called_with_its_arguments_by_name() -> None:
    called = 'Resta(b: 1, a: 10) + Resta(10, "x")'

    decided = ask(
        "Pago", knowledge("Resta", "a:number,b:number", "a - b"), decides("Pago", called, "Resta()")
    )

    assert decided.value is None
    assert decided.warnings[0] == "Pago: carácter 22: Resta: «b»: se esperaba número y es texto"


def test_a_model_requires_another_and_may_call_itself() -> None:
    parts = (
        knowledge("doble", "n:number", "n * 2"),
        knowledge("suma", "n:number", "if n = 0 then 0 else doble(n) + suma(n - 1)", "doble()"),
        decides("Total", "suma(4)", "suma()"),
    )

    assert ask("Total", *parts).value == 20


def test_models_may_call_one_another_in_turn() -> None:
    parts = (
        knowledge("par", "n:number", "if n = 0 then true else impar(n - 1)", "impar()"),
        knowledge("impar", "n:number", "if n = 0 then false else par(n - 1)", "par()"),
        decides("Es par", "par(6)", "par()"),
    )

    assert ask("Es par", *parts).value is True


def test_a_model_that_never_stops_calling_itself_is_an_error() -> None:
    parts = (knowledge("sin fin", "n", "sin fin(n + 1)"), decides("Total", "sin fin(1)", "sin fin()"))

    with pytest.raises(DecisionError, match="se llaman unas dentro de otras demasiadas veces"):
        ask("Total", *parts)


def test_a_model_sees_its_parameters_and_not_the_facts() -> None:
    parts = (
        asks("Monto", "number"),
        knowledge("f", "a", "a + Monto"),
        decides("Total", "f(1)", "f()", "data Monto"),
    )

    assert ask("Total", *parts, Monto=5).value is None


def test_a_table_may_be_the_logic_of_a_model() -> None:
    level = table(
        column("edad", "number"),
        output("", "string"),
        rule(["< 18"], ['"menor"']),
        rule([">= 18"], ['"mayor"']),
    )
    parts = (
        knowledge("Grupo", "edad:number", level),
        decides("Grupos", "for e in [3, 40] return Grupo(e)", "Grupo()"),
    )

    assert ask("Grupos", *parts).value == ["menor", "mayor"]


def test_the_hit_policy_of_a_models_table_holds_when_it_is_called() -> None:
    level = table(column("n", "number"), output("", "number"), rule(["-"], ["1"]), rule(["> 0"], ["2"]))
    parts = (knowledge("Nivel", "n:number", level), decides("Total", "Nivel(1)", "Nivel()"))

    with pytest.raises(DecisionError, match="«Total»: reglas 1 y 2 se cumplen a la vez"):
        ask("Total", *parts)


def test_a_boxed_invocation_calls_a_model() -> None:
    called = invocation("Cuota", meses="360", capital="100000", tasa="0.06")

    decided = ask("Pago", PAYMENT, decides("Pago", context(result(called)), "Cuota()"))

    assert round(float(str(decided.value)), 2) == 599.55


def test_a_model_may_answer_a_function_and_take_one() -> None:
    parts = (
        knowledge("sumar", "n:number", function("m:number", "n + m")),
        knowledge("aplicar", "f,x", "f(x)"),
        decides("Total", "aplicar(sumar(2), 40)", "sumar()", "aplicar()"),
        decides("Orden", "sort([3, 1, 2], menor)", "menor()"),
        knowledge("menor", "a,b", "a < b"),
    )

    assert ask("Total", *parts).value == 42
    assert ask("Orden", *parts).value == [1, 2, 3]


def test_what_a_model_answers_is_of_its_declared_type() -> None:
    parts = (
        knowledge("texto", "n", "n", answers="string"),
        knowledge("uno", "n", "[n]", answers="tFunción"),
        (
            '<itemDefinition name="tFunción"><functionItem outputTypeRef="number">'
            '<parameters name="n" typeRef="number"/></functionItem></itemDefinition>'
        ),
        decides("Total", "[texto(1), texto(null), uno(5)]", "texto()", "uno()"),
    )

    assert ask("Total", *parts).value == [None, None, 5]


def test_a_model_without_logic_answers_null() -> None:
    parts = ('<businessKnowledgeModel id="vacío" name="vacío"/>', decides("Total", "vacío()", "vacío()"))

    decided = ask("Total", *parts)

    assert decided.value is None
    assert decided.warnings == ("Total: carácter 1: vacío: el modelo no tiene lógica",)


def test_a_model_that_does_not_parse_leaves_the_other_decisions_usable() -> None:
    parts = (
        knowledge("malo", "n", "n +"),
        decides("Con él", "malo(1)", "malo()"),
        decides("Sin él", "1"),
    )

    assert ask("Sin él", *parts).value == 1
    with pytest.raises(DecisionError, match="«malo»: carácter 4: se esperaba un valor"):
        ask("Con él", *parts)


def test_a_model_is_asked_by_name_in_a_lenient_reading() -> None:
    assert ask("Resta", knowledge("Resta", "a:number,b:number", "a - b"), a="10", b=1).value == 9


SERVICE = (
    asks("Monto", "number"),
    asks("Descuento", "number"),
    decides("Base", "Monto * 2", "data Monto"),
    decides("Neto", "Base - Descuento", "Base", "data Descuento"),
    decides("Mensaje", '"a pagar: " + string(Neto)', "Neto"),
)


@pytest.mark.parametrize("name", ["Cobro", "Cobro-id"])
def test_a_service_is_asked_by_its_name_with_its_parameters(name: str) -> None:
    cobro = service("Cobro", "Mensaje", "Neto,Base", data="Monto,Descuento")

    decided = ask(name, *SERVICE, cobro.replace('id="Cobro"', 'id="Cobro-id"'), Monto=10, Descuento="3")

    assert decided.value == "a pagar: 17"


def test_a_service_of_several_outputs_answers_a_context() -> None:
    cobro = service("Cobro", "Mensaje,Neto", "Base", data="Monto,Descuento")

    assert ask("Cobro", *SERVICE, cobro, Monto=10, Descuento=3).value == {
        "Mensaje": "a pagar: 17",
        "Neto": 17,
    }


def test_a_service_takes_its_input_decisions_as_given() -> None:
    cobro = service("Cobro", "Mensaje", "Neto", decisions="Base", data="Descuento")

    assert ask("Cobro", *SERVICE, cobro, Base=100, Descuento=1, Monto=5).value == "a pagar: 99"


def test_a_service_is_called_with_its_data_before_its_decisions() -> None:
    cobro = service("Cobro", "Neto", decisions="Base", data="Descuento")
    called = decides("Total", "[Cobro(1, 100), Cobro(Base: 50, Descuento: 1), Cobro(1)]", "Cobro()")

    decided = ask("Total", *SERVICE, cobro, called, Monto=7, Descuento=7)

    assert decided.value == [99, 49, None]
    assert decided.warnings == ("Total: carácter 48: Cobro: el servicio tiene 2 argumentos y recibe 1",)


def test_a_service_refuses_an_argument_of_another_type() -> None:
    cobro = service("Cobro", "Neto", decisions="Base", data="Descuento")

    assert ask("Total", *SERVICE, cobro, decides("Total", 'Cobro("x", 1)', "Cobro()")).value is None


def test_a_service_that_calls_itself_for_ever_is_an_error() -> None:
    parts = (decides("A", "S()", "S()"), service("S", "A"))

    with pytest.raises(DecisionError, match="demasiadas veces"):
        ask("A", *parts)


def test_a_fact_stands_for_a_required_decision_in_a_lenient_reading() -> None:
    assert ask("Neto", *SERVICE, Base=20, Descuento=1, Monto=1).value == 19
    assert ask("Base", *SERVICE, Base=20, Monto=1).value == 2


def test_models_and_services_are_published() -> None:
    level = table(column("Cuota(amount, 0.06, 12)", "number"), output("level", "number"), rule(["-"], ["1"]))
    parts = (
        item("tNivel", "number"),
        PAYMENT,
        decides("Nivel", level, "Cuota()"),
        decides("Total", "S() + 1", "S()"),
        service("S", "Uno"),
        decides("Uno", "1"),
    )

    model = compile_decisions(file(*parts), source="r.dmn", facts={"amount": FactType.NUMBER})

    assert model.decision_ids == {"Nivel", "Total", "Uno"}
    assert model.decide("Nivel", {"amount": 5}, now=NOW).result == {"level": 1}
    assert model.decide("Total", {}, now=NOW).result == {"Total": 2}
    with pytest.raises(DecisionError, match="no existe la decisión «Cuota»"):
        model.decide("Cuota", {}, now=NOW)


def test_publishing_refuses_a_model_that_is_called_without_being_required() -> None:
    with pytest.raises(DecisionError, match="no se conoce la función «Cuota»"):
        compile_decisions(
            file(PAYMENT, decides("Total", literal("Cuota(1, 2, 3)"))), source="r.dmn", facts={}
        )


def test_publishing_refuses_a_model_that_reads_a_fact() -> None:
    parts = (knowledge("f", "a", context(entry("b", "amount"))), decides("Total", "f(1)", "f()"))

    with pytest.raises(DecisionError, match="«f», entrada «b»: carácter 1: no se conoce «amount»"):
        compile_decisions(file(*parts), source="r.dmn", facts={"amount": FactType.NUMBER})
