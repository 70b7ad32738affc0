"""Files that import others: read when they stand beside it, refused by name when publishing."""

import pytest

from processes.decisions import Decision, DecisionError, Value, compile_decisions
from tests.unit.decisions.boxes import asks, component, decides, item, knowledge
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import file

RATES = "http://entidad/tarifas"
PEOPLE = "http://entidad/personas"


def named(namespace: str, *parts: str) -> bytes:
    return file(*parts).replace(b'namespace="http://ventanilla"', f'namespace="{namespace}"'.encode())


def imports(prefix: str, namespace: str) -> str:
    kind = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    return f'<import name="{prefix}" namespace="{namespace}" importType="{kind}"/>'


def elsewhere(body: str, namespace: str, *targets: str) -> str:
    """The decision, its requirements moved to another file."""
    for target in targets:
        body = body.replace(f'href="#{target}"', f'href="{namespace}#{target}"')
    return body


FILES = {
    "tarifas.dmn": named(
        RATES,
        imports("p", PEOPLE),
        knowledge("Doble", "n:number", "n * 2"),
        elsewhere(decides("Tarifa", "Doble(p.Persona.edad)", "Doble()", "data Persona"), PEOPLE, "Persona"),
    ),
    "personas.dmn": named(
        PEOPLE, item("tPersona", "", component("edad", "number")), asks("Persona", "tPersona")
    ),
    "roto.dmn": b"<no es XML",
}
TOTAL = (
    imports("t", RATES),
    imports("gente", PEOPLE),
    elsewhere(decides("Total", "t.Tarifa + t.Doble(1)", "Tarifa", "Doble()"), RATES, "Tarifa", "Doble"),
    asks("Otra", "gente.tPersona"),
    decides("Edad", "Otra.edad + 1", "data Otra"),
)


def decide(name: str, *parts: str, **facts: Value) -> Decision:
    model = compile_decisions(file(*parts), source="r.dmn", facts=None, lenient=True, siblings=FILES.items())
    return model.decide(name, facts, now=NOW)


@pytest.mark.parametrize(
    "facts",
    [{"gente": {"Persona": {"edad": 4}}}, {"gente.Persona": {"edad": 4}}, {"Persona": {"edad": "4"}}],
)
def test_elements_of_another_file_are_read_under_the_imports_name(facts: dict[str, Value]) -> None:
    assert decide("Total", *TOTAL, **facts).value == 10


def test_a_file_that_two_others_import_has_data_of_its_own_for_each() -> None:
    files = dict(FILES)
    files["otras.dmn"] = files["tarifas.dmn"].replace(RATES.encode(), b"http://entidad/otras")
    both = elsewhere(decides("Total", "[t.Tarifa, o.Tarifa]", "Tarifa"), RATES, "Tarifa")
    second = '<informationRequirement><requiredDecision href="http://entidad/otras#Tarifa"/>'
    both = both.replace(
        "<informationRequirement>", f"{second}</informationRequirement><informationRequirement>"
    )
    model = compile_decisions(
        file(imports("t", RATES), imports("o", "http://entidad/otras"), both),
        source="r.dmn",
        facts=None,
        lenient=True,
        siblings=files.items(),
    )
    facts: dict[str, Value] = {
        "t": {"p": {"Persona": {"edad": 1}}},
        "o": {"p": {"Persona": {"edad": 2}}},
    }

    assert model.decide("Total", facts, now=NOW).value == [2, 4]


def test_files_that_import_one_another_are_read_once_each() -> None:
    files = {
        "a.dmn": named("http://a", imports("b", "http://b"), decides("A", "1")),
        "b.dmn": named("http://b", imports("a", "http://a"), decides("B", "2")),
    }
    own = elsewhere(decides("Total", "a.A + 1", "A"), "http://a", "A")
    model = compile_decisions(
        file(imports("a", "http://a"), own), source="r", facts=None, lenient=True, siblings=files.items()
    )

    assert model.decide("Total", {}, now=NOW).value == 2


def test_types_of_another_file_are_read_under_the_imports_name() -> None:
    assert decide("Edad", *TOTAL, Otra={"edad": "4"}).value == 5
    assert decide("Edad", *TOTAL, Otra={"edad": "x"}).value is None


def test_an_import_without_name_adds_to_the_files_own_names() -> None:
    own = elsewhere(decides("Total", "Doble(4)", "Doble()"), RATES, "Doble")

    assert decide("Total", imports("", RATES), own).value == 8


def test_a_reference_with_the_files_own_namespace_is_its_own() -> None:
    own = elsewhere(decides("Total", "Uno + 1", "Uno"), "http://ventanilla", "Uno")

    assert decide("Total", decides("Uno", "1"), own).value == 2


def test_an_import_that_is_not_beside_the_file_is_an_error() -> None:
    with pytest.raises(DecisionError, match=r"no está junto al archivo el modelo que importa \(«x»\)$"):
        decide("Uno", imports("x", "http://falta"), decides("Uno", "1"))


def test_an_import_of_another_language_is_left_alone() -> None:
    assert (
        decide("Uno", '<import name="x" namespace="y" importType="http://xsd"/>', decides("Uno", "1")).value
        == 1
    )


def test_publishing_refuses_every_import_by_name() -> None:
    with pytest.raises(DecisionError) as caught:
        compile_decisions(file(*TOTAL), source="r.dmn", facts={})

    assert str(caught.value.problems[0]) == "r.dmn: no se admite la importación de otros modelos («t»)"
