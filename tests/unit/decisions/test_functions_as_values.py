"""Functions that are written, kept and called as values."""

import pytest

from processes.decisions import BudgetExceeded, Value, compile_expression
from processes.decisions.values import FunctionValue
from tests.unit.decisions.feel import NOW, read_leniently, refusal_of, value_of, warnings_of

_FACTORIAL = "{f: function(n: number) if n < 2 then 1 else n * f(n - 1), answer: f(NUMBER)}.answer"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(function(a, b) a + b)(1, 2)", 3),
        ("(function() 7)()", 7),
        ("(function(a: number, b: number) a - b)(b: 1, a: 5)", 4),
        ("(function(a) function(b) a + b)(1)(2)", 3),
        ("{f: function(a) a * 2, r: f(4)}.r", 8),
        ("{f: function(a) a * 2}.f(4)", 8),
        ("{f: function(a, b) a - b}.f(b: 1, a: 3)", 2),
        ("{m: {f: function(a) a + 1}}.m.f(1)", 2),
        ("[function(a) a + 1, function(a) a * 10][2](5)", 50),
        ("for f in [abs, floor] return f(-1.5)", [value_of("1.5"), -2]),
        ("{f: abs}.f(-3)", 3),
        ("{f: abs, r: f(-3)}.r", 3),
        ("{f: function(g, x) g(g(x)), r: f(function(y) y * 3, 2)}.r", 18),
        ('(function(x) if x > 0 then "+" else "-")(1)', "+"),
        ("(function(n) n)(5) + n", 6),
        ("(function(x) x + n)(5)", 6),
        ("{n: 10, f: function(x) x + n}.f(5)", 15),
        ("(function(count) count + 1)(5)", 6),
        ('{abs: function(x) "mía", r: abs(-1)}.r', "mía"),
        ("{abs: 3, r: abs(-1)}.r", 1),
        ("(function(x: list<number>) count(x))(5)", 1),
        ("(function(x: number) x)([5])", 5),
        ("(function(x: number) x = null)(null)", True),
        ("(function(x: string) x)(5)", None),
        ("(function(a-b: number) a-b + 1)(1)", 2),
        ("(function(x) x)(x: 3)", 3),
        ("{par: function(n) n = 0 or not(par(n - 1)), r: par(4)}.r", True),
    ],
)
def test_a_function_is_called_with_its_arguments(text: str, expected: Value) -> None:
    assert value_of(text, n=1) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(function(a) a)()", "la función tiene un argumento y recibe 0"),
        ("(function(a) a)(1, 2)", "la función tiene un argumento y recibe 2"),
        ("(function(a) a)(b: 1)", "los argumentos son a"),
        ("(function(a) a)(a: 1, a: 2)", "los argumentos son a"),
        ('(function(a: number) a)("x")', "«a»: se esperaba number y es texto"),
        ("5(1)", "no se puede llamar a un valor que es número"),
        ("{f: 1}.f(1)", "no se puede llamar a un valor que es número"),
        ("{f: abs}.f(1, 2)", "la función abs(n) no recibe 2 argumentos"),
        ('(function(a) external {java: {class: "java.lang.Math", method signature: "cos(double)"}})(0)',
         "las funciones externas no se ejecutan"),
    ],
)  # fmt: skip
def test_a_call_without_an_answer_is_null_with_a_warning(text: str, reason: str) -> None:
    (warning,) = warnings_of(text)
    assert reason in warning


def test_functions_are_never_equal() -> None:
    assert value_of("{f: function(a) a, r: f = f}.r") is False
    assert value_of("(function(a) a) = 1") is None
    assert value_of("(function(a) a) = null") is False


def test_a_function_may_call_itself() -> None:
    assert value_of(_FACTORIAL.replace("NUMBER", "20")) == 2432902008176640000


@pytest.mark.parametrize(
    "text",
    [
        _FACTORIAL.replace("NUMBER", "1e6"),
        "{f: function(n) f(n), r: f(1)}.r",
        "{f: function(n) [f(n)], r: f(1)}.r",
        "{f: function(n) for x in [1, 2] return f(n), r: f(1)}.r",
        "{f: function(n) (some x in [1] satisfies f(n)), r: f(1)}.r",
        "{f: function(n) [1][f(n)], r: f(1)}.r",
        "{f: function(n) {a: f(n)}, r: f(1)}.r",
        "{f: function(a, b) sort([2, 1], f), r: f(1, 2)}.r",
        "(function(f) f(f))(function(f) f(f))",
    ],
)
def test_a_recursion_without_end_is_stopped(text: str) -> None:
    with pytest.raises(BudgetExceeded):
        read_leniently(text)


def test_a_recursion_ends_well_with_little_stack_left() -> None:
    def at_depth(frames: int) -> None:
        if frames:
            at_depth(frames - 1)
        else:
            read_leniently("{f: function(n) f(n), r: f(1)}.r")

    with pytest.raises(BudgetExceeded):
        at_depth(700)


def test_a_function_of_one_evaluation_can_be_called_in_another() -> None:
    made = value_of("function(x) x + 1")
    assert isinstance(made, FunctionValue)

    answer = compile_expression("f(2)", names=["f"], lenient=True).evaluate({"f": made}, now=NOW)

    assert answer == 3


@pytest.mark.parametrize("text", ["count > 3", "1 + count", "if mode then 1 else 2", "count", "count.year"])
def test_a_function_that_is_not_handed_on_is_taken_for_an_unknown_fact(text: str) -> None:
    assert "no se conoce «" in refusal_of(text)
    assert read_leniently("count = 3")[0] is None


def test_an_unknown_function_is_refused_strictly_and_null_leniently() -> None:
    assert "no se conoce la función «invento»" in refusal_of("invento(1)")
    assert read_leniently("invento(1)") == (None, ["carácter 1: no se conoce la función «invento»"])
    assert read_leniently("abs(1, 2)")[0] is None
    assert read_leniently("abs(m: 1)")[0] is None
    assert read_leniently("[abs(1, 2), 3]")[0] == [None, 3]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("function(1) 1", "se esperaba el nombre de un parámetro"),
        ("function(a", "se esperaba «)» y se encontró el final"),
        ("function(a, a) a", "dos parámetros con el mismo nombre"),
        ("function(a: lista) a", "no se conoce el tipo «lista»; ¿quiso decir «list»?"),
        ("function(a) external {", "se esperaba «}» y se encontró el final"),
        ("(function(a) a)(1, a: 1)", "todos con nombre o todos sin él"),
        ("function(a) b", "no se conoce «b»"),
    ],
)
def test_a_function_that_is_not_one_is_refused(text: str, reason: str) -> None:
    assert reason in refusal_of(text)
