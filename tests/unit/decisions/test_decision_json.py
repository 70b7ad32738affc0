"""Values as JSON text, and facts from it."""

from decimal import Decimal

import pytest

from processes.decisions import Budget, BudgetExceeded, FeelError, Value, facts_of, json_text
from tests.unit.decisions.feel import value_of


@pytest.mark.parametrize(
    ("text", "json"),
    [
        ("null", "null"),
        ("true", "true"),
        ('"á \\"b\\""', '"á \\"b\\""'),
        ("1.50 + 1.50", "3"),
        ("1.10", "1.10"),
        ("10 ** 20", "100000000000000000000"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("10 ** 300", "1E+300"),
        ("-2.5 * 10 ** -60", "-2.5E-60"),
        ("0.0000001", "0.0000001"),
        ('date("2026-03-04")', '"2026-03-04"'),
        ('time("08:30:00Z")', '"08:30:00Z"'),
        ('date and time("2026-03-04T08:30:00-05:00")', '"2026-03-04T08:30:00-05:00"'),
        ('duration("P1DT2H")', '"P1DT2H"'),
        ('duration("P14M")', '"P1Y2M"'),
        ("[1..3)", '"[1..3)"'),
        ('[1, "a", [null]]', '[1, "a", [null]]'),
        ('{"a b": 1, c: {d: []}}', '{"a b": 1, "c": {"d": []}}'),
    ],
)
def test_a_value_as_json(text: str, json: str) -> None:
    assert json_text(value_of(text), Budget()) == json


def test_numbers_of_facts_keep_their_digits() -> None:
    assert facts_of('{"a": 0.10000000000000000001, "b": [1]}') == {
        "a": Decimal("0.10000000000000000001"),
        "b": [1],
    }


@pytest.mark.parametrize("text", ["", "{", "[1]", "1", '{"a": NaN}', "[" * 100_000, '{"a": Infinity}'])
def test_what_is_no_json_object_is_no_facts(text: str) -> None:
    with pytest.raises(FeelError, match="JSON"):
        facts_of(text)


def test_a_value_that_is_too_large_is_not_written() -> None:
    value: Value = [[Decimal(1)] * 100] * 100

    with pytest.raises(BudgetExceeded):
        json_text(value, Budget(5_000))
