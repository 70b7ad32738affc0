"""Contexts: their entries, their keys, and what they see."""

import pytest

from processes.decisions import Value, compile_expression
from tests.unit.decisions.feel import NOW, read_leniently, refusal_of, value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", {}),
        ("{a: 1}", {"a": 1}),
        ('{a: 1, b: "x", c: null}', {"a": 1, "b": "x", "c": None}),
        ("{a: 1, b: a + 1, c: a + b}", {"a": 1, "b": 2, "c": 3}),
        ('{"a": 1, "b c": 2}', {"a": 1, "b c": 2}),
        ('{"a+b": 1}', {"a+b": 1}),
        ('{"": 1}', {"": 1}),
        ("{nivel de vida: 1}", {"nivel de vida": 1}),
        ("{tarifa + impuesto: 10, total: tarifa + impuesto * 2}", {"tarifa + impuesto": 10, "total": 20}),
        ("{a-b: 1}.a-b + 1", 2),
        ("{if: 1}", {"if": 1}),
        ("{date and time: 1}.date and time", 1),
        ("{año: 1}.año", 1),
        ("{a: {b: {c: 3}}}.a.b.c", 3),
        ("{a: {b: 1, c: b}, d: a.c}", {"a": {"b": 1, "c": 1}, "d": 1}),
        ("{n: 5, m: n}.m", 5),
        ("{m: n}.m", 1),
        ("{a: [1, 2], b: a[item > 1]}.b", [2]),
        ("{a: 1}.a = 1 and {a: 2}.a = 2", True),
        ("[{a: 1}, {a: 2}][2].a", 2),
        ('{"a" : 1}.a', 1),
        ("{a: 1,\n // un comentario: no es una entrada\n b: 2}", {"a": 1, "b": 2}),
        ("{a: 1, /* b: 2, */ c: 3}", {"a": 1, "c": 3}),
        ("{time: 1}.time", 1),
        ("{a: 1} = {a: 1}", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("{a: 1} = {a: 2}", False),
        ("{a: 1} = {b: 1}", False),
        ("{a: 1} = {a: 1, b: 1}", False),
        ("{a: [1, {b: 2}]} = {a: [1, {b: 2}]}", True),
        ("{} = {}", True),
        ("{} = null", False),
        ("{a: null} = {}", False),
        ("{a: 1} = [1]", None),
        ('{a: 1} = "a"', None),
        ("{a: 1}.a in [1, 2]", True),
        ("string({a: 1})", "{a: 1}"),
    ],
)
def test_a_context_is_its_entries(text: str, expected: Value) -> None:
    assert value_of(text, n=1) == expected


def test_an_entry_does_not_see_those_after_it() -> None:
    assert "no se conoce «b»" in refusal_of("{a: b, b: 1}")
    assert read_leniently("{a: b, b: 1}") == ({"a": None, "b": 1}, ["carácter 5: no se conoce «b»"])


def test_an_entry_is_not_seen_outside_its_context() -> None:
    assert "no se conoce «a»" in refusal_of("{a: 1}.a + a")


def test_an_entry_hides_the_fact_of_its_name_and_what_it_reads_is_a_fact() -> None:
    expression = compile_expression("{n: n + 1, m: n}", names=["n"])

    assert expression.names == {"n"}
    assert expression.evaluate({"n": 1}, now=NOW) == {"n": 2, "m": 2}


def test_a_key_that_comes_twice_is_refused_strictly_and_null_leniently() -> None:
    assert "dos veces «a»" in refusal_of("{a: 1, a: 2}")
    assert read_leniently("{a: 1, a: 2}") == (None, ["carácter 1: el contexto tiene dos veces «a»"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{a}", "se esperaba «:» y se encontró «}»"),
        ("{a: }", "se esperaba un valor y se encontró «}»"),
        ("{a: 1", "se esperaba «}» y se encontró el final"),
        ("{1: 1}", "se esperaba el nombre de una entrada y se encontró «1»"),
        ("{a: 1 b: 2}", "se esperaba «}»"),
        ("{a: 1,, b: 2}", "se esperaba el nombre de una entrada y se encontró «,»"),
    ],
)
def test_a_context_that_is_not_one_is_refused(text: str, reason: str) -> None:
    assert reason in refusal_of(text)
