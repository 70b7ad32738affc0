"""What publishing says of tables: overlaps keep a bundle back, gaps are told and let it through."""

from collections.abc import Sequence

import pytest

from processes.engine.bundle import check_bundle, compile_bundle, load_bundle
from processes.engine.problems import Problem
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE
from tests.unit.decisions.tables import column, decision, file, output, rule, table

ROUTED = draw.diagram(
    draw.process(
        draw.start(),
        draw.rule("Route", "routing"),
        draw.end(),
        flows="Begin -> Route, Route -> Finish",
    ),
    declared=draw.DECLARED,
)


def bundle(cells: Sequence[str], policy: str = "UNIQUE") -> dict[str, bytes]:
    """A procedure whose table asks for the level in these cells."""
    rules = [rule([cell], [str(number)]) for number, cell in enumerate(cells)]
    columns = (column("level", "number", label="Nivel"), output("count", "number"))
    body = table(*columns, *rules, policy=policy)
    return {"case.bpmn": ROUTED, "decisions/routing.dmn": file(decision(body))}


def test_rules_of_a_unique_table_that_overlap_keep_the_bundle_back() -> None:
    [problem] = check_bundle(bundle(["<= 3", ">= 3"]), CATALOGUE)

    assert str(problem) == (
        "decisions/routing.dmn: decisión «Reparto»: las reglas 1 y 2 se cumplen a la vez, por ejemplo con "
        "Nivel = 3, y la política es UNIQUE"
    )
    assert problem.element == "Reparto"


def test_inputs_without_a_rule_are_told_and_the_bundle_is_published() -> None:
    warnings: list[Problem] = []

    definition = compile_bundle(bundle(["< 3", "> 3"]), CATALOGUE, warnings=warnings)

    assert definition.facts
    [warning] = warnings
    assert "ninguna regla cubre, por ejemplo, Nivel = 3, y no hay valores de salida por defecto" in str(
        warning
    )


def test_a_bundle_without_gaps_is_told_nothing() -> None:
    warnings: list[Problem] = []

    assert check_bundle(bundle(["< 3", ">= 3"]), CATALOGUE, warnings=warnings) == []
    assert warnings == []


def test_a_bundle_that_was_published_before_overlaps_were_refused_still_loads() -> None:
    assert load_bundle(bundle(["<= 3", ">= 3"]), CATALOGUE).facts


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            ["> levl", "<= 3"],
            "regla 1, columna «Nivel»: carácter 3: no se conoce «levl»; ¿quiso decir «level»?",
        ),
        (["< 3", ">= limit"], "regla 2, columna «Nivel»: carácter 4: no se conoce «limit»"),
        (["< 3", "? > amount"], "regla 2, columna «Nivel»: carácter 5: no se conoce «amount»"),
    ],
)
def test_a_name_that_the_process_does_not_declare_is_told_with_its_cell(cells: list[str], told: str) -> None:
    first, *_ = check_bundle(bundle(cells), CATALOGUE)

    assert f"decisión «Reparto», {told}" in str(first)


def test_a_column_that_asks_for_an_unknown_datum_is_told() -> None:
    files = bundle(["< 3", ">= 3"])
    renamed = files["decisions/routing.dmn"].replace(b"<text>level</text>", b"<text>lebel</text>")

    first, *_ = check_bundle(files | {"decisions/routing.dmn": renamed}, CATALOGUE)

    assert "columna «Nivel»: carácter 1: no se conoce «lebel»; ¿quiso decir «level»?" in str(first)
