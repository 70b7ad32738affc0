"""Unary tests as dmn-js writes them, and scripts of lines."""

from datetime import date

import pytest

from processes.decisions import Value, compile_script, compile_unary_tests
from tests.unit.decisions.feel import NOW, passes


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("", "cualquiera", True),
        ("-", None, True),
        ('"a","b"', "b", True),
        ('"a","b"', "c", False),
        ('"a"', None, False),
        ("null", None, True),
        ("null", 1, False),
        ('not("a","b")', "c", True),
        ('not("a","b")', "b", False),
        ('not("a")', None, True),
        ("not(null)", 1, True),
        ("not(null)", None, False),
        ("not(< 5)", 7, True),
        ("< 5", 4, True),
        ("< 5", 5, False),
        ("< 5", None, None),
        ("not(< 5)", None, None),
        (">= 5, < 0", -1, True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
        ("5", 5, True),
        ("-5", -5, True),
        ("- 5", -5, True),
        ("[1..5]", 5, True),
        ("[1..5[", 5, False),
        ("]1..5]", 1, False),
        ("(1..5)", 1, False),
        ("[1..5], [8..9]", 8, True),
        ("not([1..5])", 6, True),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ('"5"', 5, None),
        ("5", True, None),
        ("limite + 1", 4, True),
        ("<= limite", 3, True),
        ("[limite..10]", 5, True),
        ("? > 5", 6, True),
        ("? > 5 and ? < 10", 12, False),
        ("even(?)", 6, True),
        ("not(even(?))", 6, False),
        ("? + 1", 6, False),
        ("?", 6, True),
        ("[? - 1..? + 1]", 6, True),
        ("> ? - 1", 6, True),
        ("> ?", 6, False),
        ('? + "a"', 6, None),
        ("? in [1..3]", 2, True),
        ("limite > 2", "texto", True),
        ("limite > 5", "texto", False),
        ("[1, 2, 3]", 2, True),
        ('date("2026-03-04")', date(2026, 3, 4), True),
        ('< date("2026-03-04")', date(2026, 3, 3), True),
        ('[date("2026-01-01")..date("2026-12-31")]', date(2026, 3, 3), True),
        ('contains(?, "vial")', "malla vial", True),
        ("(<5)", 4, True),
        ("(<5), (>9)", 10, True),
        ("[<5, >9]", 7, False),
        ("[[1..3], [7..9]]", 8, True),
        ("[1, 2]", [1, 2], True),
        ("[1, 2], [3]", [3], True),
        ("not([1, 2])", [1, 2], False),
        ("count(?) > 1", [1, 2], True),
        ("list contains(?, 2)", [1, 2], True),
        ("some x in ? satisfies x > 1", [1, 2], True),
        ("every x in ? satisfies x > ?[1] - 1", [1, 2], True),
        ("?[item > 1] = [2]", [1, 2], True),
        ("{x: ?}.x = 3", 3, True),
        ("(function(n) n = ?)(3)", 3, True),
        ("for x in 1..3 return x", 2, True),
        ("? instance of string", "a", True),
        ("? instance of string", 1, False),
        ("{a: 1}", {"a": 1}, True),
        ("limite", 3, True),
        ("if limite = 3 then 7 else 8", 7, True),
    ],
)
def test_a_cell_tests_a_value(test: str, value: Value, *, expected: bool | None) -> None:
    assert passes(test, value, limite=3) is expected


def test_a_cell_that_compares_across_kinds_leaves_a_warning() -> None:
    warnings: list[str] = []

    compile_unary_tests('"5"', names=()).matches(5, {}, now=NOW, warnings=warnings)

    assert warnings == ["carácter 1: no se puede comparar número con texto"]


def test_an_absent_value_leaves_no_warning() -> None:
    warnings: list[str] = []

    compile_unary_tests("< 5, [7..9], 6", names=()).matches(None, {}, now=NOW, warnings=warnings)

    assert warnings == []


def test_a_script_assigns_line_by_line() -> None:
    script = compile_script(
        """
        // el nivel manda
        level = 2
        priority = level * 10 + base
        urgente = priority = 25
        """,
        names=["base"],
    )

    assert script.execute({"base": 5}, now=NOW) == {"level": 2, "priority": 25, "urgente": True}
    assert script.assigns == {"level", "priority", "urgente"}
    assert script.names == {"base"}


def test_a_line_goes_on_while_a_bracket_or_an_if_is_open() -> None:
    script = compile_script(
        "total = sum(\n 1,\n 2\n)\n"
        'nivel = if total > 2\n then "alto"\n else\n "bajo"\n'
        "en rango = total in [\n1..3\n]\n"
        "suma = (1\n + 2)\n",
        names=(),
    )

    assert script.execute({}, now=NOW) == {"total": 3, "nivel": "alto", "en rango": True, "suma": 3}


def test_a_line_goes_on_after_return_and_within_a_context() -> None:
    script = compile_script(
        "doble = for x in 1..2 return\n x * 2\n"
        "hay = some x in [1,\n 2] satisfies\n x > 1\n"
        "dato = {a: 1,\n b: a + 1}.b\n"
        "abierto = 3 in [1..3[\nlibre = [1, 2][item > 1]\n",
        names=(),
    )

    assert script.execute({}, now=NOW) == {
        "doble": [2, 4],
        "hay": True,
        "dato": 2,
        "abierto": False,
        "libre": [2],
    }


def test_a_new_line_is_not_part_of_a_name() -> None:
    script = compile_script("a = nivel\nb = nivel", names=["nivel", "nivel b"])

    assert script.execute({"nivel": 1}, now=NOW) == {"a": 1, "b": 1}


def test_a_line_sees_what_the_lines_before_it_assigned() -> None:
    script = compile_script("n = n + 1\nn = n * 2", names=["n"])
    facts: dict[str, Value] = {"n": 1}

    assert script.execute(facts, now=NOW) == {"n": 4}
    assert facts == {"n": 1}


def test_an_empty_script_assigns_nothing() -> None:
    assert compile_script("\n // nada\n", names=()).execute({}, now=NOW) == {}
