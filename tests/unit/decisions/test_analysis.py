"""What a file's tables are told at publish: rules that overlap, inputs that no rule covers."""

from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from processes.decisions import (
    Budget,
    DecisionError,
    Examination,
    FactType,
    compile_decisions,
    examine_decisions,
)
from tests.unit.decisions.feel import NOW
from tests.unit.decisions.tables import (
    FACTS,
    column,
    compiled,
    decision,
    file,
    output,
    requires_decision,
    rule,
    table,
)

KIND = column("kind", label="tipo")
AMOUNT = column("amount", "number", label="monto")
ANSWER = output("department")


def examined(*parts: str, policy: str = "UNIQUE", aggregation: str = "") -> Examination:
    """What the table of these columns and rules is told, when nothing keeps it from being compiled."""
    data = file(decision(table(*parts, policy=policy, aggregation=aggregation)))
    return examine_decisions(data, source="r.dmn", facts=FACTS)


def problems(*parts: str, policy: str = "UNIQUE") -> list[str]:
    return [problem.message for problem in examined(*parts, policy=policy).problems]


def warnings(*parts: str, policy: str = "UNIQUE", aggregation: str = "") -> list[str]:
    found = examined(*parts, policy=policy, aggregation=aggregation)
    return [warning.message for warning in found.warnings]


def test_overlapping_rules_are_told_with_an_example() -> None:
    rules = [rule(['"queja"', "> 3"], ['"a"']), rule(['"queja","reclamo"', "[1..5]"], ['"b"'])]

    found = examined(KIND, AMOUNT, ANSWER, *rules).problems

    assert str(found[0]) == (
        "r.dmn, decisión «Reparto»: las reglas 1 y 2 se cumplen a la vez, por ejemplo con tipo = «queja» "
        "y monto = 5, y la política es UNIQUE"
    )


@pytest.mark.parametrize(
    ("one", "other", "example"),
    [
        ("5", "[1..9]", "5"),
        ("< 5", "> 3", "4"),
        ("<= 5", ">= 5", "5"),
        ("(1..2)", "(1..2]", "1.5"),
        ("-", "7", "7"),
        ("", "-7", "-7"),
        ("not(1)", "not(2)", "0"),
        ("not([1..5])", "6", "6"),
        ("1,2,3", "3,4,5", "3"),
        ("[1..3],[7..9]", "8", "8"),
        ("null", "not(5)", "null"),
        ("2 + 3", "5", "5"),
        ("> 3", "? > 4 and ? < 9", "5"),
        ("even(?)", "4", "4"),
    ],
)
def test_numbers_that_pass_two_cells_are_found(one: str, other: str, example: str) -> None:
    [problem] = problems(AMOUNT, ANSWER, rule([one], ['"a"']), rule([other], ['"b"']))

    assert f"con monto = {example}, y" in problem


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5", "6"),
        ("< 5", ">= 5"),
        ("[1..2)", "[2..3]"),
        ("not(5)", "5"),
        ("1,2", "3,4"),
        ("null", "5"),
        ("[5..1]", "3"),
        ("> amount", "5"),
        ("? > amount", "? < amount"),
    ],
)
def test_cells_that_no_number_passes_together_are_not_an_overlap(one: str, other: str) -> None:
    assert problems(AMOUNT, ANSWER, rule([one], ['"a"']), rule([other], ['"b"'])) == []


@pytest.mark.parametrize(
    ("asked", "one", "other", "example"),
    [
        (column("urgent", "boolean"), "true", "not(false)", "urgent = true"),
        (
            column("received", "date"),
            '< date("2026-03-01")',
            '[date("2026-01-01")..date("2026-12-31")]',
            "received = 2026-01-01",
        ),
        (
            column("received", "date"),
            '> date("2026-03-01")',
            '< date("2026-03-10")',
            "received = 2026-03-02",
        ),
        (KIND, 'starts with(?, "q")', '"queja"', "tipo = «queja»"),
        (KIND, 'not("a")', 'not("b")', "tipo = «otro»"),
    ],
)
def test_other_kinds_of_values_are_found_too(asked: str, one: str, other: str, example: str) -> None:
    [problem] = problems(asked, ANSWER, rule([one], ['"a"']), rule([other], ['"b"']))

    assert f"por ejemplo con {example}, y" in problem


def test_two_rules_that_ask_nothing_always_overlap() -> None:
    [problem] = problems(KIND, ANSWER, rule(["-"], ['"a"']), rule(["-"], ['"b"']))

    assert problem == "las reglas 1 y 2 se cumplen a la vez, con cualquier dato, y la política es UNIQUE"


def test_an_any_table_overlaps_only_where_its_answers_differ() -> None:
    rules = [rule(["> 1"], ['"a"']), rule(["> 2"], ['"a"']), rule(["> 3"], ['"b"']), rule(["> 4"], ["kind"])]

    found = problems(AMOUNT, ANSWER, *rules, policy="ANY")

    assert [problem[:62] for problem in found] == [
        "las reglas 1 y 3 se cumplen a la vez con salidas distintas, po",
        "las reglas 2 y 3 se cumplen a la vez con salidas distintas, po",
    ]


@pytest.mark.parametrize("policy", ["FIRST", "RULE ORDER", "COLLECT"])
def test_rules_of_other_policies_may_overlap(policy: str) -> None:
    assert problems(AMOUNT, ANSWER, rule(["> 1"], ['"a"']), rule(["-"], ['"b"']), policy=policy) == []


def test_an_example_is_among_the_allowed_values() -> None:
    asked = column("kind", allowed='"a","b","c"')

    found = examined(asked, ANSWER, rule(['not("a")'], ['"x"']), rule(['not("b")'], ['"y"']))

    assert "por ejemplo con kind = «c», y" in found.problems[0].message
    assert found.warnings == []


def test_inputs_without_a_rule_are_told_with_an_example() -> None:
    rules = [rule(["true", "-"], ['"a"']), rule(["false", '< date("2026-01-01")'], ['"b"'])]

    found = warnings(column("urgent", "boolean"), column("received", "date"), ANSWER, *rules)

    [told] = found
    assert told.startswith(
        "ninguna regla cubre, por ejemplo, urgent = false y received = 2026-01-01, y no hay"
    )


@pytest.mark.parametrize(
    ("asked", "cells", "example"),
    [
        (AMOUNT, ["< 5", "> 5"], "monto = 5"),
        (AMOUNT, ["[1..3]", "[4..6]"], "monto = 0"),
        (AMOUNT, ["< 3", "[3..4]", ">= 5"], "monto = 4.5"),
        (KIND, ['"a"', '"b"'], "tipo = «otro»"),
        (KIND, ['"a"', 'not("a", "b")'], "tipo = «b»"),
        (column("urgent", "boolean"), ["true"], "urgent = false"),
        (column("kind", allowed='"a","b"'), ['"a"'], "kind = «b»"),
        (AMOUNT, ["? > 5", "? < 5"], "monto = 5"),
    ],
)
def test_a_gap_of_one_column_is_found(asked: str, cells: list[str], example: str) -> None:
    found = warnings(asked, ANSWER, *[rule([cell], ['"x"']) for cell in cells])

    assert f"ninguna regla cubre, por ejemplo, {example}, y" in found[0]


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        (AMOUNT, ["< 5", ">= 5"]),
        (column("amount", "integer"), ["<= 4", ">= 5"]),
        (column("urgent", "boolean"), ["true", "false"]),
        (column("kind", allowed='"a","b"'), ['"a"', '"b"']),
        (KIND, ['"a"', 'not("a")']),
        (KIND, ['"a"', "? != kind"]),
        (column("received", "date"), ["< today()", ">= today()"]),
        (column("if urgent then 1 else 2", "number"), ["1", "2"]),
    ],
)
def test_a_table_that_covers_everything_is_told_nothing(asked: str, cells: list[str]) -> None:
    found = examined(asked, ANSWER, *[rule([cell], ['"x"']) for cell in cells])

    assert (found.problems, found.warnings) == ([], [])


def test_an_absent_datum_is_a_gap_only_in_a_column_that_speaks_of_null() -> None:
    yes, no = rule(["true", '"a"'], ['"x"']), rule(["false", '"a"'], ['"x"'])
    unnamed = rule(["-", 'not("a", null)'], ['"x"'])

    found = warnings(column("urgent", "boolean"), KIND, ANSWER, yes, no, unnamed)

    assert found == ["ninguna regla cubre, por ejemplo, tipo = null, y no hay valores de salida por defecto"]


def test_a_table_with_a_default_answer_has_no_gaps() -> None:
    assert warnings(KIND, output("department", default='"x"'), rule(['"a"'], ['"y"'])) == []


@pytest.mark.parametrize(
    ("policy", "aggregation"), [("COLLECT", ""), ("COLLECT", "COUNT"), ("RULE ORDER", "")]
)
def test_a_list_may_be_empty(policy: str, aggregation: str) -> None:
    found = warnings(
        KIND, output("n", "number"), rule(['"a"'], ["1"]), policy=policy, aggregation=aggregation
    )

    assert found == []


def test_a_table_without_rules_is_told_so() -> None:
    assert warnings(KIND, ANSWER)[0].startswith("la tabla no tiene reglas")


def test_columns_of_the_same_fact_are_not_taken_as_free_of_one_another() -> None:
    large = column("amount > 100", "boolean")
    rules = [rule(["true", "-"], ['"a"']), rule(["false", "-"], ['"b"']), rule(["-", "< 50"], ['"c"'])]

    found = examined(large, AMOUNT, ANSWER, *rules)

    assert found.problems == []
    assert found.warnings == []


def test_facts_are_followed_through_the_decisions_that_a_column_reads() -> None:
    risk = decision(
        table(AMOUNT, output("risk"), rule(["> 100"], ['"alto"']), rule(["<= 100"], ['"bajo"'])), "r", "risk"
    )
    rules = [rule(['"alto"', "-"], ['"a"']), rule(['"bajo"', "-"], ['"b"']), rule(["-", "> 500"], ['"c"'])]
    routing = decision(table(column("risk"), AMOUNT, ANSWER, *rules), requires=requires_decision("r"))

    found = examine_decisions(file(risk, routing), source="r.dmn", facts=FACTS)

    assert found.problems == []


def test_a_cell_that_calls_a_model_of_the_file_is_not_spoken_of() -> None:
    large = "<literalExpression><text>n &gt; 100</text></literalExpression>"
    model = (
        '<businessKnowledgeModel id="m" name="large"><encapsulatedLogic><formalParameter name="n"/>'
        f"{large}</encapsulatedLogic></businessKnowledgeModel>"
    )
    requires = '<knowledgeRequirement><requiredKnowledge href="#m"/></knowledgeRequirement>'
    rules = [rule(["large(?)"], ['"a"']), rule(["> 50"], ['"b"'])]

    data = file(model, decision(table(AMOUNT, ANSWER, *rules), requires=requires))
    compile_decisions(data, source="r.dmn", facts=FACTS)
    found = examine_decisions(data, source="r.dmn", facts=FACTS)

    assert (found.problems, found.warnings) == ([], [])


def test_columns_of_different_parts_of_dates_are_told_apart() -> None:
    columns = [column("received.month", "number"), column("urgent", "boolean"), ANSWER]
    rules = [rule(["3", "-"], ['"a"']), rule(["-", "true"], ['"b"'])]

    found = examined(*columns, *rules).problems

    assert "por ejemplo con received.month = 3 y urgent = true, y" in found[0].message


def test_no_more_than_ten_overlaps_and_three_gaps_are_told() -> None:
    rules = [rule([f"> {number}"], ['"a"']) for number in range(30)]

    assert len(problems(AMOUNT, ANSWER, *rules)) == 10
    rules = [rule([f'"{number}"', str(number)], ['"a"']) for number in range(30)]
    assert len(warnings(KIND, AMOUNT, ANSWER, *rules)) == 3


def test_two_hundred_rules_of_eight_columns_are_examined_in_little_work() -> None:
    facts = {f"n{number}": FactType.NUMBER for number in range(8)}
    columns = [column(name, "number") for name in facts]
    rules = [
        rule([f"[{place}..{place + 1})", *[f">= {(place * other) % 7}" for other in range(1, 8)]], ['"a"'])
        for place in range(200)
    ]
    data = file(decision(table(*columns, ANSWER, *rules)))
    begun = process_time()

    found = examine_decisions(data, source="r.dmn", facts=facts)

    assert process_time() - begun < 2
    assert found.problems == []
    assert "ninguna regla cubre" in found.warnings[0].message


def test_a_table_that_asks_for_too_much_work_is_told_that_it_was_not_examined() -> None:
    rules = [rule([f"[{number}..{number + 1})"], ['"a"']) for number in range(200)]
    data = file(decision(table(AMOUNT, ANSWER, *rules)))

    found = examine_decisions(data, source="r.dmn", facts=FACTS, budget=Budget(5_000))

    assert found.problems == []
    assert found.warnings[0].message == (
        "es demasiado grande: no se revisó si sus reglas se solapan o dejan casos sin cubrir"
    )


CELLS = {
    "kind": some.sampled_from(["-", '"a"', '"b"', '"a","b"', 'not("a")', "null", "not(null)"]),
    "amount": some.sampled_from(["-", "1", "3", "< 2", ">= 2", "[1..3]", "(1..3)", "not(1)", "1,3", "> 3"]),
    "urgent": some.sampled_from(["-", "true", "false", "not(true)"]),
    "received": some.sampled_from(["-", 'date("2026-01-01")', '< date("2026-01-02")', '> @"2026-01-01"']),
}
FACT_VALUES: dict[str, list[Any]] = {
    "kind": ["a", "b", "c", None],
    "amount": [0, 1, 1.5, 2, 2.5, 3, 4],
    "urgent": [True, False],
    "received": [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)],
}
ROWS = some.lists(some.tuples(*CELLS.values()), min_size=2, max_size=5)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_every_overlap_told_is_met_and_every_overlap_met_is_told(rows: list[tuple[str, ...]]) -> None:
    columns = [column("kind"), column("amount", "number"), column("urgent", "boolean")]
    columns += [column("received", "date"), output("n", "number")]
    body = table(*columns, *[rule(row, [str(number)]) for number, row in enumerate(rows)])
    model = compiled(decision(body))

    found = examine_decisions(file(decision(body)), source="r.dmn", facts=FACTS)

    met = covered = True
    for facts in _every_combination():
        try:
            covered &= bool(model.decide("routing", facts, now=NOW).rules)
        except DecisionError:
            met = False
    assert bool(found.problems) is not met
    if found.warnings:
        assert not covered


def _every_combination() -> list[dict[str, Any]]:
    combined: list[dict[str, Any]] = [{}]
    for name, values in FACT_VALUES.items():
        combined = [known | {name: value} for known in combined for value in values]
    return combined
