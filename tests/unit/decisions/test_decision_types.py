"""Declared types: how facts from JSON become values, and what a value of another type is worth."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from processes.decisions import FactType, Value, YearsMonths, compile_decisions
from tests.unit.decisions.boxes import ask, asks, component, context, decides, entry, item
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import column, file, output, rule, table

PERSON = item(
    "tPersona",
    "",
    component("nombre", "string"),
    component("nacido el", "date"),
    component("sueldos", "tSueldo", many=True),
    component("casa", "", component("calle", "string"), component("número", "number")),
)
WAGE = item("tSueldo", "number", allowed=">= 0")


def read(type_name: str, fact: Value, *types: str) -> Value:
    return ask("Eco", *types, asks("Dato", type_name), decides("Eco", "Dato", "data Dato"), Dato=fact).value


def answered(type_name: str, text: str, *types: str) -> Value:
    return ask("Eco", *types, decides("Eco", text, answers=type_name)).value


@pytest.mark.parametrize(
    ("type_name", "fact", "value"),
    [
        ("string", "2026-03-04", "2026-03-04"),
        ("number", 5, Decimal(5)),
        ("number", Decimal("0.10"), Decimal("0.10")),
        ("number", "12.50", Decimal("12.50")),
        ("number", "-1e3", Decimal(-1000)),
        ("feel:number", 5, Decimal(5)),
        ("boolean", True, True),
        ("date", "2026-03-04", date(2026, 3, 4)),
        ("time", "08:30:00", time(8, 30)),
        ("time", "08:30:00Z", time(8, 30, tzinfo=UTC)),
        ("date and time", "2026-03-04T08:30:00Z", datetime(2026, 3, 4, 8, 30, tzinfo=UTC)),
        ("dateTime", "2026-03-04T08:30:00Z", datetime(2026, 3, 4, 8, 30, tzinfo=UTC)),
        ("days and time duration", "P1DT2H", timedelta(days=1, hours=2)),
        ("dayTimeDuration", "-PT5M", timedelta(minutes=-5)),
        ("years and months duration", "P1Y2M", YearsMonths(14)),
        ("yearMonthDuration", "P3M", YearsMonths(3)),
        ("number", [7], Decimal(7)),
        ("number", None, None),
        ("Any", {"a": [1, "x"]}, {"a": [Decimal(1), "x"]}),
        ("", {"a": 1}, {"a": Decimal(1)}),
    ],
)
def test_a_fact_is_read_as_its_declared_type(type_name: str, fact: Value, value: Value) -> None:
    assert read(type_name, fact) == value


@pytest.mark.parametrize(
    ("type_name", "fact"),
    [
        ("string", 5),
        ("number", "doce"),
        ("number", True),
        ("number", [1, 2]),
        ("boolean", "true"),
        ("date", "mañana"),
        ("date", "2026-02-30"),
        ("date", 20260304),
        ("time", "25:00:00"),
        ("days and time duration", "P1Y"),
        ("number", {"a": 1}),
    ],
)
def test_a_fact_of_another_type_is_null_with_a_warning(type_name: str, fact: Value) -> None:
    parts = (asks("Dato", type_name), decides("Eco", "Dato", "data Dato"))

    decided = ask("Eco", *parts, Dato=fact)

    assert decided.value is None
    assert len(decided.warnings) == 1
    assert decided.warnings[0].startswith("dato «Dato»: ")


def test_a_context_is_read_by_its_components() -> None:
    fact: Value = {
        "nombre": "Ana",
        "nacido el": "1990-05-06",
        "sueldos": ["100.5", 200],
        "casa": {"calle": "Séptima", "número": "12"},
    }

    assert read("tPersona", fact, PERSON, WAGE) == {
        "nombre": "Ana",
        "nacido el": date(1990, 5, 6),
        "sueldos": [Decimal("100.5"), 200],
        "casa": {"calle": "Séptima", "número": 12},
    }


def test_components_that_a_fact_lacks_are_null_and_others_are_kept() -> None:
    known = read("tPersona", {"nombre": "Ana", "apodo": "A"}, PERSON, WAGE)

    assert known == {"nombre": "Ana", "apodo": "A", "nacido el": None, "sueldos": None, "casa": None}


@pytest.mark.parametrize("fact", [{"nombre": 5}, {"sueldos": [-1]}, {"sueldos": ["x"]}, "Ana", {"casa": "x"}])
def test_a_context_with_a_component_of_another_type_is_null(fact: Value) -> None:
    assert read("tPersona", fact, PERSON, WAGE) is None


def test_a_list_is_read_item_by_item() -> None:
    days = item("tDías", "date", many=True)

    assert read("tDías", ["2026-03-04", "2026-03-05"], days) == [date(2026, 3, 4), date(2026, 3, 5)]
    assert read("tDías", "2026-03-04", days) == [date(2026, 3, 4)]
    assert read("tDías", ["x"], days) is None


@pytest.mark.parametrize(
    ("own", "fact", "allowed"),
    [
        (item("t", "string", allowed='"a","b"'), "a", True),
        (item("t", "string", allowed='"a","b"'), "c", False),
        (item("t", "number", allowed="[1..5]"), 5, True),
        (item("t", "number", allowed="[1..5]"), 6, False),
        (item("t", "string", many=True, allowed='"a","b"'), ["a", "b"], True),
        (item("t", "string", many=True, allowed='"a","b"'), ["a", "c"], False),
        (item("t", "number", many=True, asked="count(?) < 3"), [1, 2], True),
        (item("t", "number", many=True, asked="count(?) < 3"), [1, 2, 3], False),
        (item("t", "string", asked='starts with(?, "a")'), "ab", True),
        (item("t", "string", asked='starts with(?, "a")'), "b", False),
        (item("t", "", component("x", "number"), asked="?.x > 1"), {"x": 2}, True),
        (item("t", "", component("x", "number"), asked="?.x > 1"), {"x": 1}, False),
        (item("t", "u") + item("u", "number", allowed="> 0"), 1, True),
        (item("t", "u") + item("u", "number", allowed="> 0"), 0, False),
        (item("t", "u", allowed="< 9") + item("u", "number", allowed="> 0"), 0, False),
    ],
)
def test_a_value_outside_the_allowed_ones_is_null(own: str, fact: Value, *, allowed: bool) -> None:
    assert read("t", fact, own) == (fact if allowed else None)
    assert read("t", None, own) is None


@pytest.mark.parametrize(
    ("type_name", "text", "value"),
    [
        ("string", '"a"', "a"),
        ("string", "1", None),
        ("number", '"1"', None),
        ("number", "[1]", 1),
        ("number", "[1, 2]", None),
        ("tNúmeros", "1", [1]),
        ("tNúmeros", "[1, 2]", [1, 2]),
        ("tNúmeros", '[1, "a"]', None),
        ("tNúmeros", '"a"', None),
        ("date", '"2026-03-04"', None),
        ("date and time", "date(2026, 3, 4)", datetime(2026, 3, 4, tzinfo=UTC)),
        ("tPunto", "{x: 1, y: 2}", {"x": 1, "y": 2}),
        ("tPunto", "{x: 1, y: 2, z: 3}", {"x": 1, "y": 2, "z": 3}),
        ("tPunto", '{x: 1, y: "a"}', None),
        ("tPunto", "{x: 1}", None),
        ("tPunto", "{x: 1, y: null}", {"x": 1, "y": None}),
        ("Any", "[1]", [1]),
        ("tDesconocido", "[1]", [1]),
    ],
)
def test_a_decision_answers_its_declared_type(type_name: str, text: str, value: Value) -> None:
    point = item("tPunto", "", component("x", "number"), component("y", "number"))

    assert answered(type_name, text, point, item("tNúmeros", "number", many=True)) == value


def test_a_table_answers_the_type_of_its_decision() -> None:
    body = table(output("nivel", "number"), output("nota", "string"), rule([], ["1", '"a"']))
    own = item("tNivel", "", component("nivel", "number"), component("nota", "tNota"))

    fits = ask("N", own, item("tNota", "string"), decides("N", body, answers="tNivel"))
    differs = ask("N", own, item("tNota", "number"), decides("N", body, answers="tNivel"))

    assert fits.value == {"nivel": 1, "nota": "a"}
    assert differs.value is None
    assert differs.result == {"nivel": None, "nota": None}


def test_a_type_that_is_made_of_itself_is_read() -> None:
    tree = item("tÁrbol", "", component("hoja", "number"), component("ramas", "tÁrbol", many=True))

    assert read("tÁrbol", {"hoja": 1, "ramas": [{"hoja": "2"}]}, tree) == {
        "hoja": 1,
        "ramas": [{"hoja": "2"}],
    }


def test_a_type_of_the_file_is_asked_with_instance_of() -> None:
    parts = (
        item("tPunto", "", component("x", "number")),
        decides("Eco", "[{x: 1} instance of tPunto, 5 instance of tPunto]"),
    )

    assert ask("Eco", *parts).value == [True, False]


def test_an_input_without_a_declared_type_takes_that_of_the_column_that_asks_for_it() -> None:
    body = table(
        column("recibido", "date"), output("tarde", "boolean"), rule(['> date("2026-03-01")'], ["true"])
    )

    assert ask("Tarde", decides("Tarde", body), recibido="2026-03-02").value is True


def test_the_allowed_values_of_a_column_of_lists_are_those_of_their_items() -> None:
    body = table(
        column("Dato", "tTextos", allowed='"a","b"'),
        output("n", "number"),
        rule(["count(?) > 1"], ["2"]),
        rule(["-"], ["1"]),
        policy="FIRST",
    )
    parts = (item("tTextos", "string", many=True), asks("Dato", "tTextos"), decides("N", body, "data Dato"))

    assert ask("N", *parts, Dato=["a", "b"]).value == 2
    assert ask("N", *parts, Dato=["b"]).value == 1
    assert ask("N", *parts, Dato=["a", "c"]).value is None


def test_publishing_reads_facts_by_their_types_too() -> None:
    parts = (
        item("tCaso", "", component("tipo", "string")),
        decides("Eco", context(entry("tipo", "kind"), entry("n", "amount", "string"))),
        asks("kind", "string"),
    )
    facts = {"kind": FactType.STRING, "amount": FactType.NUMBER}

    decided = compile_decisions(file(*parts), source="r.dmn", facts=facts).decide(
        "Eco", {"kind": "queja", "amount": 5}, now=NOW
    )

    assert decided.value == {"tipo": "queja", "n": None}
    assert decided.warnings == ("Eco: «n»: se esperaba texto y es número",)
