"""Values, operators and constructs, one by one."""

import decimal
from decimal import Decimal
from enum import StrEnum

import pytest

from processes.decisions import Value, compile_expression
from tests.unit.decisions.feel import NOW, value_of, warnings_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("8 / 4 / 2", 1),
        ("2 ** 3 ** 2", 64),
        ("-5 ** 2", 25),
        ("- - 5", 5),
        ("2 - -3", 5),
        (".5 + 1.5", 2),
        ("1e3", 1000),
        ("1.5E-1", Decimal("0.15")),
        ("10 // un comentario\n / 4", Decimal("2.5")),
        ("1 /* otro */ + 1", 2),
    ],
)
def test_arithmetic_follows_the_order_of_feel(text: str, expected: Value) -> None:
    assert value_of(text) == expected


def test_numbers_are_decimal_and_keep_34_digits() -> None:
    assert value_of("0.1 + 0.2 = 0.3") is True
    assert value_of("1 / 3") == Decimal("0." + "3" * 34)


def test_the_callers_decimal_context_is_neither_used_nor_changed() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        assert value_of("-(1 / 3)") == Decimal("-0." + "3" * 34)
        assert decimal.getcontext().prec == 3


@pytest.mark.parametrize("text", ["1 / 0", "10 ** 9999", "0 ** -1", "(-8) ** 0.5", "modulo(1, 0)"])
def test_arithmetic_without_a_result_is_null_with_a_warning(text: str) -> None:
    assert len(warnings_of(text)) == 1


def test_a_warning_says_where_and_why() -> None:
    assert warnings_of("nivel + 1", nivel="alto") == ["carácter 7: no se puede calcular texto + número"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"l\u00ednea\nnueva"', "línea\nnueva"),
        (r'"dijo \"no\""', 'dijo "no"'),
        (r'"\\ y \t y \'"', "\\ y \t y '"),
        (r'"\U01F600"', "😀"),
        (r'"\uD83D\uDE00"', "😀"),
        ('"a" + "b"', "ab"),
        ('"niño" = "nin\u0303o"', True),
        ('"// no es un comentario"', "// no es un comentario"),
    ],
)
def test_texts_and_their_escapes(text: str, expected: Value) -> None:
    assert value_of(text) == expected


_TRUTH: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_AND = {
    (a, b): False if "false" in (a, b) else None if "null" in (a, b) else True for a in _TRUTH for b in _TRUTH
}
_OR = {
    (a, b): True if "true" in (a, b) else None if "null" in (a, b) else False for a in _TRUTH for b in _TRUTH
}


@pytest.mark.parametrize(("operands", "expected"), _AND.items())
def test_and_has_three_values(operands: tuple[str, str], *, expected: bool | None) -> None:
    assert value_of(f"{operands[0]} and {operands[1]}") is expected


@pytest.mark.parametrize(("operands", "expected"), _OR.items())
def test_or_has_three_values(operands: tuple[str, str], *, expected: bool | None) -> None:
    assert value_of(f"{operands[0]} or {operands[1]}") is expected


@pytest.mark.parametrize(("operand", "expected"), [("true", False), ("false", True), ("null", None)])
def test_not_has_three_values(operand: str, *, expected: bool | None) -> None:
    assert value_of(f"not({operand})") is expected


def test_a_number_is_not_a_truth() -> None:
    assert value_of("1 and true") is None
    assert value_of("1 and false") is False
    assert value_of("1 or true") is True
    assert value_of('if 1 then "sí" else "no"') == "no"


def test_a_truth_is_not_a_number() -> None:
    assert value_of("true = 1") is None
    assert value_of("true + 1") is None
    assert value_of("x = 1", x=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 = 1.0", True),
        ("1 != 2", True),
        ('1 = "1"', None),
        ('1 != "1"', None),
        ("null = null", True),
        ("1 = null", False),
        ("1 != null", True),
        ("1 < null", None),
        ('"a" < "b"', True),
        ('"a" < 1', None),
        ("true < false", None),
        ("[1, 2] = [1, 2]", True),
        ("[1, 2] = [2, 1]", False),
        ("[1, [2]] = [1, [2]]", True),
        ('[1] = ["1"]', False),
        ("[1..3] = [1..3]", True),
        ("[1..3] = [1..3)", False),
    ],
)
def test_comparison_does_not_cross_kinds(text: str, *, expected: bool | None) -> None:
    assert value_of(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 between 1 and 5", True),
        ("5 between 1 and 4 or true", True),
        ("5 between 1 and 9 and false", False),
        ('"b" between "a" and "c"', True),
        ("5 between 1 and null", None),
        ("5 in [1..5]", True),
        ("5 in [1..5)", False),
        ("5 in [1..5[", False),
        ("1 in ]1..5]", False),
        ("1 in (1..5]", False),
        ("2 in (1..5)", True),
        ("5 in (1, 3, 5)", True),
        ("5 in [1, 3, 5]", True),
        ("5 in 5", True),
        ("5 in < 6", True),
        ("5 in (< 3, > 4)", True),
        ("5 in ([1..3], [5..6])", True),
        ("5 in [[1..3], [5..6]]", True),
        ("5 in null", False),
        ('"a" in [1..3]', None),
        ("not(5 in [1..3])", True),
    ],
)
def test_belonging(text: str, *, expected: bool | None) -> None:
    assert value_of(text) is expected


def test_if_chooses_and_chains() -> None:
    text = 'if n < 2 then "bajo" else if n < 5 then "medio" else "alto"'

    assert [value_of(text, n=n) for n in (1, 3, 9)] == ["bajo", "medio", "alto"]


def test_a_null_condition_takes_the_else_branch_and_is_recorded() -> None:
    warnings: list[str] = []
    expression = compile_expression("if n < 2 then 1 else 2", names=["n"])

    assert expression.evaluate({}, now=NOW, warnings=warnings) == 2
    assert warnings[-1] == "carácter 6: la condición es nulo, y no verdadera"


@pytest.mark.parametrize(
    "name",
    [
        "días_hábiles",
        "Días hábiles para responder",
        "fecha de radicación",
        "nivel 2",
        "in and out",
        "a-b",
        "petición (género)",
        "date",
        "_interno",
    ],
)
def test_names_may_hold_accents_spaces_keywords_and_signs(name: str) -> None:
    expression = compile_expression(f"{name} + 1 = 2 and {name} in [1..2]", names=[name, "a", "b"])

    assert expression.evaluate({name: 1}, now=NOW) is True
    assert expression.names == {name}


def test_a_name_of_a_fact_may_be_that_of_a_function() -> None:
    assert value_of("count + count([1, 2])", count=3) == 5


def test_a_fact_that_was_not_given_is_null() -> None:
    assert compile_expression("n = null", names=["n"]).evaluate({}, now=NOW) is True


def test_facts_come_as_python_has_them() -> None:
    class Kind(StrEnum):
        REQUEST = "request"

    assert value_of('kind = "request" and n = 0.1 and i = 3', kind=Kind.REQUEST, n=0.1, i=3) is True
    assert value_of("sum(amounts)", amounts=(1, 2.5)) == Decimal("3.5")


def test_an_expression_keeps_nothing_between_evaluations() -> None:
    expression = compile_expression("n + 1", names=["n"])

    assert [expression.evaluate({"n": n}, now=NOW) for n in (1, 2)] == [2, 3]
