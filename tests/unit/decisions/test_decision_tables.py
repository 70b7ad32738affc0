"""Decision tables: cells as dmn-js writes them, every hit policy, and the reason in words."""

from datetime import date
from decimal import Decimal

import pytest

from processes.decisions import Budget, DecisionError, Value, compile_decisions
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import (
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


def routing(policy: str = "UNIQUE", aggregation: str = "") -> str:
    return table(
        column("kind", label="Tipo"),
        column("amount", "number", label="Monto"),
        output("department"),
        output("level", "number"),
        rule(['"request","complaint"', "< 10"], ['"obras"', "amount + 1"], "malla vial"),
        rule(['not("request","complaint")', "[10..20]"], ['"salud"', "2"]),
        rule(["-", "> 20"], ['"hacienda"', "3"], "cuantía alta"),
        policy=policy,
        aggregation=aggregation,
    )


@pytest.mark.parametrize(
    ("kind", "amount", "department", "level"),
    [
        ("request", 5, "obras", 6),
        ("complaint", 9.5, "obras", Decimal("10.5")),
        ("suggestion", 10, "salud", 2),
        ("request", 21, "hacienda", 3),
        ("request", 15, None, None),
        ("suggestion", 5, None, None),
    ],
)
def test_a_table_reads_as_it_is_written(
    kind: str, amount: float, department: str | None, level: Value
) -> None:
    assert decide(routing(), kind=kind, amount=amount).result == {
        "department": department,
        "level": level,
    }


def test_the_reason_names_the_table_the_rule_and_its_annotation() -> None:
    decided = decide(routing(), kind="request", amount=5)

    assert decided.reason == "Reparto: regla 1, malla vial"
    assert decided.rules == ("routing#1",)


def test_the_reason_of_a_rule_without_annotation_is_its_number() -> None:
    assert decide(routing(), kind="suggestion", amount=10).reason == "Reparto: regla 2"


def test_no_rule_is_a_reason_too() -> None:
    decided = decide(routing(), kind="request", amount=15)

    assert decided.reason == "Reparto: ninguna regla se cumple"
    assert decided.rules == ()


def test_a_single_output_without_name_answers_by_the_decisions_name() -> None:
    body = table(column("kind"), output("", "number"), rule(['"request"'], ["1"]))

    assert decide(body, kind="request").result == {"Reparto": 1}


def overlapping(policy: str, aggregation: str = "", first: str = "1", second: str = "2") -> str:
    return table(
        column("amount", "number"),
        output("level", "number", allowed="3,2,1,5"),
        rule(["> 0"], [first], "uno"),
        rule(["> 1"], [second], "dos"),
        rule(["> 100"], ["5"]),
        policy=policy,
        aggregation=aggregation,
    )


@pytest.mark.parametrize(
    ("policy", "aggregation", "level", "reason"),
    [
        ("FIRST", "", 1, "regla 1, uno"),
        ("PRIORITY", "", 2, "regla 2, dos"),
        ("RULE ORDER", "", [1, 2], "reglas 1 y 2 (uno; dos)"),
        ("OUTPUT ORDER", "", [2, 1], "reglas 2 y 1 (dos; uno)"),
        ("COLLECT", "", [1, 2], "reglas 1 y 2 (uno; dos)"),
        ("COLLECT", "SUM", 3, "reglas 1 y 2 (uno; dos)"),
        ("COLLECT", "MIN", 1, "reglas 1 y 2 (uno; dos)"),
        ("COLLECT", "MAX", 2, "reglas 1 y 2 (uno; dos)"),
        ("COLLECT", "COUNT", 2, "reglas 1 y 2 (uno; dos)"),
    ],
)
def test_hit_policies_when_two_rules_hold(policy: str, aggregation: str, level: Value, reason: str) -> None:
    decided = decide(overlapping(policy, aggregation), amount=5)

    assert decided.result == {"level": level}
    assert decided.reason == f"Reparto: {reason}"


@pytest.mark.parametrize(
    ("policy", "aggregation", "level"),
    [
        ("UNIQUE", "", None),
        ("ANY", "", None),
        ("FIRST", "", None),
        ("PRIORITY", "", None),
        ("RULE ORDER", "", None),
        ("OUTPUT ORDER", "", None),
        ("COLLECT", "", None),
        ("COLLECT", "SUM", None),
        ("COLLECT", "COUNT", 0),
    ],
)
def test_hit_policies_when_no_rule_holds(policy: str, aggregation: str, level: Value) -> None:
    assert decide(overlapping(policy, aggregation), amount=0).result == {"level": level}


def test_two_rules_of_a_unique_table_are_an_error_that_names_them() -> None:
    with pytest.raises(DecisionError) as caught:
        decide(overlapping("UNIQUE"), amount=5)

    assert str(caught.value) == (
        "decisions/routing.dmn, decisión «Reparto»: reglas 1 y 2 se cumplen a la vez y la política es UNIQUE"
    )


def test_any_allows_several_rules_that_say_the_same() -> None:
    decided = decide(overlapping("ANY", first="2", second="2.0"), amount=5)

    assert decided.result == {"level": 2}
    assert decided.rules == ("routing#1", "routing#2")


def test_any_refuses_rules_that_say_different_things() -> None:
    with pytest.raises(DecisionError, match="reglas 1 y 2 se cumplen a la vez con salidas distintas"):
        decide(overlapping("ANY"), amount=5)


def test_several_outputs_in_order_are_lists_by_name() -> None:
    body = table(
        column("amount", "number"),
        output("level", "number"),
        output("department"),
        rule(["> 0"], ["1", '"a"']),
        rule(["> 1"], ["2", '"b"']),
        policy="COLLECT",
    )

    assert decide(body, amount=5).result == {"level": [1, 2], "department": ["a", "b"]}


def test_priority_looks_at_the_outputs_from_the_left() -> None:
    body = table(
        column("amount", "number"),
        output("urgency", allowed='"alta","baja"'),
        output("level", "number", allowed="3,2,1"),
        rule(["-"], ['"baja"', "3"]),
        rule(["-"], ['"alta"', "1"]),
        rule(["-"], ['"alta"', "2"]),
        policy="PRIORITY",
    )

    assert decide(body, amount=5).result == {"urgency": "alta", "level": 2}


def test_default_outputs_answer_when_no_rule_holds() -> None:
    body = table(
        column("kind"),
        output("department", default='"ventanilla"'),
        output("urgent", "boolean", default="false"),
        rule(['"request"'], ['"obras"', "true"]),
    )

    decided = decide(body, kind="complaint")

    assert decided.result == {"department": "ventanilla", "urgent": False}
    assert decided.reason == "Reparto: ninguna regla se cumple; valen los valores por defecto"


def test_an_input_that_is_not_allowed_decides_nothing_and_says_so() -> None:
    body = table(
        column("kind", allowed='"request","complaint"', label="Tipo"),
        output("level", "number"),
        rule(["-"], ["1"]),
    )

    assert decide(body, kind="request").result == {"level": 1}
    decided = decide(body, kind="otra")
    assert decided.result == {"level": None}
    assert decided.reason == "Reparto: «Tipo» tiene un valor que no está entre los permitidos"
    assert decided.warnings == ("Reparto: «Tipo» tiene un valor que no está entre los permitidos",)


def test_a_computed_output_that_is_not_allowed_is_null_with_a_warning() -> None:
    body = table(
        column("amount", "number"),
        output("level", "number", allowed="1,2"),
        rule(["-"], ["amount"]),
    )

    assert decide(body, amount=2).result == {"level": 2}
    decided = decide(body, amount=3)
    assert decided.result == {"level": None}
    assert decided.warnings == ("Reparto: regla 1: columna «level»: el valor no está entre los permitidos",)


def test_inputs_are_read_as_their_declared_type() -> None:
    body = table(
        column("received", "date"),
        column("urgent", "boolean"),
        output("late", "boolean"),
        rule(['< date("2026-03-01")', "true"], ["true"]),
        rule(['>= date("2026-03-01")', "-"], ["false"]),
    )

    assert decide(body, received=date(2026, 2, 1), urgent=True).result == {"late": True}
    assert decide(body, received=date(2026, 3, 1)).result == {"late": False}


def test_an_input_of_another_type_is_null_with_a_warning() -> None:
    decided = decide(routing(), kind="request", amount="mucho")

    assert decided.result == {"department": None, "level": None}
    assert decided.warnings == ("Reparto: columna «Monto»: se esperaba número y es texto",)


def test_an_output_of_another_type_is_null_with_a_warning() -> None:
    body = table(column("amount", "number"), output("level", "number"), rule(["-"], ["string(amount)"]))

    decided = decide(body, amount=1)

    assert decided.result == {"level": None}
    assert decided.warnings == ("Reparto: regla 1: columna «level»: se esperaba número y es texto",)


def test_an_empty_output_cell_is_null() -> None:
    body = table(column("amount", "number"), output("level", "number"), rule(["-"], [""]))

    assert decide(body, amount=1).result == {"level": None}


def test_a_cell_may_speak_of_its_input_and_of_other_facts() -> None:
    body = table(
        column("amount", "number"),
        output("ok", "boolean"),
        rule(['? > 5 and kind = "request"'], ["true"]),
        rule(['not(? > 5 and kind = "request")'], ["false"]),
    )

    assert decide(body, amount=6, kind="request").result == {"ok": True}
    assert decide(body, amount=6, kind="complaint").result == {"ok": False}


def test_a_table_without_inputs_answers_always() -> None:
    assert decide(table(output("level", "number"), rule([], ["1"]))).result == {"level": 1}


def test_decisions_use_what_they_require() -> None:
    model = compiled(
        decision("<literalExpression><text>amount * 2</text></literalExpression>", "double", "Doble monto"),
        decision(
            table(
                column("Doble monto", "number"),
                output("level", "number"),
                output("note"),
                rule(["> 10"], ["2", '"alto"'], "doble"),
                rule(["<= 10"], ["1", '"bajo"']),
            ),
            "level",
            "Nivel",
            requires=requires_decision("double"),
        ),
        decision(
            '<variable name="priority" typeRef="number"/>'
            "<literalExpression><text>Nivel.level * 10</text></literalExpression>",
            "priority",
            "Prioridad",
            requires=requires_decision("level"),
        ),
    )

    decided = model.decide("priority", {"amount": 6}, now=NOW)

    assert decided.result == {"priority": 20}
    assert decided.reason == (
        "Doble monto: según su expresión; Nivel: regla 1, doble; Prioridad: según su expresión"
    )
    assert decided.rules == ("level#1",)
    assert model.decision_ids == {"double", "level", "priority"}
    assert model.decide("Nivel", {"amount": 1}, now=NOW).result == {"level": 1, "note": "bajo"}


def test_without_declared_facts_a_decision_is_read_by_its_identifier_and_its_outputs_too() -> None:
    season = table(
        column("mes", "number"),
        output("clima"),
        output("frío", "boolean"),
        rule(["<= 6"], ['"lluvia"', "true"]),
        rule(["-"], ['"sol"', "false"]),
        policy="FIRST",
    )
    dish = table(
        column("clima"),
        column("season.frío", "boolean"),
        column("huéspedes", "number"),
        output("plato"),
        rule(['"lluvia"', "true", "> 4"], ['"ajiaco"']),
    )
    guests = table(column("mes", "number"), output("huéspedes", "number"), rule(["-"], ["mes + 4"]))
    requires = requires_decision("season") + requires_decision("guests")
    data = file(
        decision(season, "season", "Estación"),
        decision(guests, "guests", "Invitados"),
        decision(dish, "dish", "Plato", requires=requires),
    )
    model = compile_decisions(data, source="r.dmn", facts=None)

    assert model.decide("dish", {"mes": 3}, now=NOW).value == "ajiaco"
    assert model.decide("dish", {"mes": 3, "huéspedes": 1}, now=NOW).value is None


def test_a_decision_that_is_not_in_the_file_is_an_error() -> None:
    with pytest.raises(DecisionError, match="no existe la decisión «otra»"):
        compiled(decision(routing())).decide("otra", {}, now=NOW)


def test_a_decision_stops_at_its_budget() -> None:
    model = compiled(decision(routing()))

    with pytest.raises(DecisionError, match="más de 5 operaciones"):
        model.decide("routing", {"kind": "request", "amount": 5}, now=NOW, budget=Budget(5))


def test_deciding_changes_neither_the_facts_nor_the_model() -> None:
    model = compiled(decision(routing()))
    facts: dict[str, Value] = {"kind": "request", "amount": 5}

    assert model.decide("routing", facts, now=NOW) == model.decide("routing", facts, now=NOW)
    assert facts == {"kind": "request", "amount": 5}
