"""The catalogue of functions: what each answers, and what it says of arguments that do not fit."""

from decimal import Decimal

import pytest

from processes.decisions import Value
from processes.decisions.functions.catalogue import CATALOGUE
from tests.unit.decisions.feel import refusal_of, value_of, warnings_of
from tests.unit.decisions.test_functions_of_contexts import ANSWERS as CONTEXTS
from tests.unit.decisions.test_functions_of_lists import ANSWERS as LISTS
from tests.unit.decisions.test_functions_of_moments import ANSWERS as MOMENTS
from tests.unit.decisions.test_functions_of_patterns import ANSWERS as PATTERNS
from tests.unit.decisions.test_functions_of_ranges import RELATIONS
from tests.unit.decisions.test_functions_of_texts_and_numbers import ANSWERS as TEXTS

ANSWERS: list[tuple[str, Value]] = [
    ('string length("niño")', 4),
    ('substring("ventanilla", 3)', "ntanilla"),
    ('substring("ventanilla", -2)', "la"),
    ('substring("ventanilla", 2, 3)', "ent"),
    ('substring(start position: 2, string: "hola")', "ola"),
    ('upper case("ñandú")', "ÑANDÚ"),
    ('lower case("ÑANDÚ")', "ñandú"),
    ('substring before("a-b", "-")', "a"),
    ('substring before("ab", "-")', ""),
    ('substring after("a-b", "-")', "b"),
    ('contains("malla vial", "vial")', True),
    ('starts with("malla vial", "malla")', True),
    ('ends with("malla vial", "malla")', False),
    ('string join(["a", null, "b"], ", ")', "a, b"),
    ('string join(["a", "b"])', "ab"),
    ("string(1.50)", "1.50"),
    ("string(-0.0)", "0"),
    ("string(1e3)", "1000"),
    ("string(true)", "true"),
    ("string(null)", None),
    ('string([1, "a\\"b", null, [1..2)])', '[1, "a\\"b", null, [1..2)]'),
    ('string(@"2026-03-04")', "2026-03-04"),
    ('number("1.234,50", ".", ",")', Decimal("1234.50")),
    ('number("1 234.5", " ", ".")', Decimal("1234.5")),
    ('number("-3")', -3),
    ("not(true)", False),
    ("count([1, null])", 2),
    ("count([])", 0),
    ("count(5)", 1),
    ("sum([1, 2, 3])", 6),
    ("sum(1, 2, 3)", 6),
    ("min(3, 1, 2)", 1),
    ('max(["a", "b"])', "b"),
    ('max(@"2026-01-01", @"2026-02-01") = @"2026-02-01"', True),
    ("mean([1, 2])", Decimal("1.5")),
    ("product(2, 3)", 6),
    ("all([true, true])", True),
    ("all([true, null])", None),
    ("all([])", True),
    ("any([false, true])", True),
    ("any([false, null])", None),
    ("any([])", False),
    ('list contains(["a", null], null)', True),
    ('list contains([1], "1")', False),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("distinct values([1, 2, 1])", [1, 2]),
    ("concatenate([1], [2], [3])", [1, 2, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("reverse([1, 2])", [2, 1]),
    ("flatten([1, [2, [3]]])", [1, 2, 3]),
    ("sublist([1, 2, 3], 2)", [2, 3]),
    ("sublist([1, 2, 3], -2, 1)", [2]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("insert before([1], 2, 2)", [1, 2]),
    ("remove([1, 2, 3], -1)", [1, 2]),
    ("floor(-1.5)", -2),
    ("ceiling(1.2)", 2),
    ("floor(1.56, 1)", Decimal("1.5")),
    ("decimal(2.5, 0)", 2),
    ("round up(1.121, 2)", Decimal("1.13")),
    ("round down(-1.129, 2)", Decimal("-1.12")),
    ("round half up(2.345, 2)", Decimal("2.35")),
    ("round half down(2.345, 2)", Decimal("2.34")),
    ("round half up(1234, -2)", 1200),
    ("abs(-3)", 3),
    ('abs(@"-P1D") = @"P1D"', True),
    ("modulo(-5, 3)", 1),
    ("modulo(5, -3)", -1),
    ("sqrt(16)", 4),
    ("odd(-3)", True),
    ("even(2)", True),
    ("even(2.5)", False),
    ("decimal(log(exp(1)), 10) = 1", True),
    ('date("2026-03-04") = @"2026-03-04"', True),
    ('time("10:00:00") = @"10:00:00"', True),
    ('date and time("2026-03-04T10:00:00") = @"2026-03-04T10:00:00"', True),
    ('duration("P1D") = @"P1D"', True),
    ('years and months duration(@"2026-01-01", @"2025-01-01") = @"-P1Y"', True),
    ('day of week(@"2026-03-04")', "Wednesday"),
    ('month of year(@"2026-03-04")', "March"),
    ('day of year(@"2026-03-04")', 63),
    ('week of year(@"2026-03-04")', 10),
    ('now() > @"2026-01-01T00:00:00"', True),
    ('today() > @"2026-01-01"', True),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_each_function_answers(text: str, expected: Value) -> None:
    assert value_of(text) == expected


def test_every_function_of_the_catalogue_is_tried() -> None:
    elsewhere = {"working days after", "working days between"}
    tables = (ANSWERS, CONTEXTS, LISTS, MOMENTS, PATTERNS, RELATIONS, TEXTS)
    texts = [text for table in tables for text, _ in table]
    tried = {name for name in CATALOGUE if any(f"{name}(" in text for text in texts)}

    assert set(CATALOGUE) - elsewhere - {"range"} == tried


def test_arguments_by_name_come_in_any_order() -> None:
    assert value_of('substring(length: 3, start position: 2, string: "ventanilla")') == "ent"


def test_one_value_serves_as_a_list_of_one_and_the_other_way_round() -> None:
    assert value_of('list contains("a", "a")') is True
    assert value_of('upper case(["a"])') == "A"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("upper case(1)", "upper case: «string» debe ser texto y es número"),
        ("sum([1, true])", "la lista debe ser de números o duraciones y tiene verdadero o falso"),
        ("min([])", "la lista está vacía"),
        ('min([1, "a"])', "no se puede ordenar texto con número"),
        ('substring("a", 0)', "cuenta desde 1"),
        ('number("doce")', "«doce» no es un número"),
        ('number("1.2", ".", ".")', "deben ser distintos"),
        ('number("٣")', "no es un número"),
        ("sqrt(-1)", "no tiene valor para ese número"),
        ("log(0)", "mayor que cero"),
        ("floor(1, 7000)", "fuera de los límites"),
        ("not(1)", "not: «negand» debe ser nulo o verdadero o falso y es número"),
        ("remove([1], 2)", "fuera de la lista"),
        ("string join([1])", "la lista debe ser de textos y tiene número"),
        ("years and months duration(null, today())", "«from» debe ser fecha o fecha y hora y es nulo"),
    ],
)
def test_arguments_that_do_not_fit_are_null_with_a_reason_in_spanish(text: str, reason: str) -> None:
    (warning,) = warnings_of(text)

    assert reason in warning


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('substring("a")', "la función substring(string, start position, length) no recibe un argumento"),
        ("now(1)", "la función now() no recibe un argumento"),
        ("count()", "no recibe cero argumentos"),
        ("substring(texto: 1, start position: 2)", "no tiene los argumentos texto, start position"),
        ('substring("a", start position: 2)', "todos con nombre o todos sin él"),
        ('upper case(string: "a", string: "b")', "no tiene los argumentos"),
        ('upper("a")', "no se conoce la función «upper»; ¿quiso decir «upper case»?"),
        ("nivel(1)", "«nivel» es un dato y no una función"),
        ("eval(1)", "no se conoce la función «eval»"),
    ],
)
def test_a_call_that_cannot_be_made_does_not_compile(text: str, reason: str) -> None:
    assert reason in refusal_of(text, "nivel")
