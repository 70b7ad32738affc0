"""A lenient reading: each decision by itself, and only what does not parse is an error."""

import pytest

from processes.decisions import Budget, DecisionError, compile_decisions
from tests.unit.decisions.boxes import ask, asks, component, decides, item
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import column, file, output, rule, table


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("nadie", "no se conoce «nadie»"),
        ("nadie(1)", "no se conoce la función «nadie»"),
        ("abs(1, 2, 3)", "no recibe"),
        ('1 + "a"', "no se puede calcular"),
        ('floor("a")', "debe ser número"),
    ],
)
def test_what_is_not_known_is_null_with_a_warning(text: str, warning: str) -> None:
    decided = ask("Total", decides("Total", text))

    assert decided.value is None
    assert decided.warnings[0].startswith("Total: ")
    assert warning in decided.warnings[0]


def test_a_decision_that_does_not_parse_leaves_the_others_usable() -> None:
    parts = (
        decides("Buena", "1 + 1"),
        decides("Mala", "1 +"),
        decides("Apoyada", "Mala", "Mala"),
        decides("Celda mala", table(column("x"), output("a"), rule(["< "], ["1"]))),
        decides("Fila mala", table(column("x"), output("a"), rule([], ["1"]))),
    )

    assert ask("Buena", *parts).value == 2
    for name, told in (
        ("Mala", "«Mala»: carácter 4"),
        ("Apoyada", "«Mala»: carácter 4"),
        ("Celda mala", "regla 1, columna «x»: carácter 2"),
        ("Fila mala", "regla 1: la regla no tiene una celda por columna"),
    ):
        with pytest.raises(DecisionError, match=told):
            ask(name, *parts)


def test_names_are_the_same_whatever_their_spaces_and_the_form_of_their_accents() -> None:
    parts = (asks("Años  de servicio", "number"), decides("Total  de años", "Años de servicio + 1"))
    model = compile_decisions(file(*parts), source="r.dmn", facts=None, lenient=True)

    decided = model.decide("Total de  an\u0303os", {"Años de  servicio": 1}, now=NOW)

    assert decided.value == 2


def test_a_decision_without_logic_is_null_for_those_that_require_it() -> None:
    parts = (decides("Nada", ""), decides("Total", "Nada = null", "Nada"))

    assert ask("Nada", *parts).value is None
    assert ask("Total", *parts).value is True


def test_decisions_in_a_circle_are_errors_and_the_others_are_not() -> None:
    parts = (decides("A", "B", "B"), decides("B", "A", "A"), decides("C", "1"))

    assert ask("C", *parts).value == 1
    with pytest.raises(DecisionError, match="se requiere en círculo: «A», «B»"):
        ask("A", *parts)


def test_a_requirement_that_is_not_in_the_file_is_nothing() -> None:
    assert ask("Total", decides("Total", "1", "Falta", "falta()")).value == 1


def test_a_type_that_is_not_known_and_one_that_does_not_parse() -> None:
    parts = (
        asks("Dato", "tFalta"),
        decides("Eco", "Dato", "data Dato", answers="tFalta"),
        item("tMalo", "number", allowed="< "),
        decides("Mala", "1", answers="tMalo"),
    )

    assert ask("Eco", *parts, Dato="x").value == "x"
    with pytest.raises(DecisionError, match="«Mala»: carácter 2: se esperaba un valor"):
        ask("Mala", *parts)


def test_types_made_of_one_another_are_read_in_bounded_time() -> None:
    def types(allowed: str) -> str:
        levels = (item(f"t{n}", "", *(component(f"c{k}", f"t{n + 1}") for k in range(10))) for n in range(15))
        return "".join(levels) + item("t15", "number", allowed=allowed)

    parts = (asks("Dato", "t0"), decides("Eco", "Dato", "data Dato", answers="t0"))

    assert ask("Eco", types("> 1"), *parts).value is None
    with pytest.raises(DecisionError, match="«Eco»: carácter 2"):
        ask("Eco", types("> "), *parts)


def test_elements_and_cells_that_editors_leave_behind_are_nothing() -> None:
    body = table(column("Dato"), output("a"), output("b"), rule(["-"], ['"x"', "-"]))
    parts = ('<invention id="i"/>', asks("Dato"), decides("Total", body, "data Dato"))

    assert ask("Total", *parts).value == {"a": "x", "b": None}


def test_an_aggregation_of_several_outputs_answers_each() -> None:
    body = table(
        output("a", "number"),
        output("b", "number"),
        rule([], ["1", "10"]),
        rule([], ["2", "20"]),
        policy="COLLECT",
        aggregation="SUM",
    )

    assert ask("Total", decides("Total", body)).value == {"a": 3, "b": 30}


def test_a_priority_without_allowed_values_is_the_first_rule() -> None:
    body = table(output("a", "number"), rule([], ["1"]), rule([], ["2"]), policy="PRIORITY")

    assert ask("Total", decides("Total", body)).value == 1


def test_the_allowed_values_of_a_type_give_an_outputs_priority() -> None:
    own = item("tUrgencia", "string", allowed='"alta","media","baja"')
    rules = (rule([], ['"baja"']), rule([], ['"alta"']), rule([], ['"media"']))

    one = table(output("u", "tUrgencia"), *rules, policy="PRIORITY")
    every = table(output("u", "tUrgencia"), *rules, policy="OUTPUT ORDER")

    assert ask("U", own, decides("U", one)).value == "alta"
    assert ask("U", own, decides("U", every)).value == ["alta", "media", "baja"]


def test_a_budget_bounds_a_lenient_reading_too() -> None:
    body = "count(for i in 1..9000 return for j in 1..9000 return i)"
    model = compile_decisions(file(decides("Mucho", body)), source="r.dmn", facts=None, lenient=True)

    with pytest.raises(DecisionError, match="más de 20000 operaciones"):
        model.decide("Mucho", {}, now=NOW, budget=Budget(20_000))


def test_a_file_of_another_language_is_an_error_of_the_whole() -> None:
    data = file(decides("Total", "1")).replace(b'name="d"', b'name="d" expressionLanguage="python"', 1)

    with pytest.raises(DecisionError, match="«python» no se admite"):
        compile_decisions(data, source="r.dmn", facts=None, lenient=True)
