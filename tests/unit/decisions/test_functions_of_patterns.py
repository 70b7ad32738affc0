"""`matches`, `replace` and `split`: XPath's regular expressions, and the time that they may take."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from processes.decisions import BudgetExceeded, Value, compile_expression
from tests.unit.decisions.feel import NOW, value_of, warnings_of

COMPLAINT = "Hace un mes se dañó la vía,\ny sigue sin arreglo:\nUrgente, muy URGENTE.\n"

ANSWERS: list[tuple[str, Value]] = [
    ('matches("ventanilla", "ani")', True),
    ('matches("ventanilla", "^v.*a$")', True),
    ('matches("ventanilla", "^ani")', False),
    ('matches("", "")', True),
    ('matches(input: "malla", pattern: "l{2}")', True),
    ('matches(pattern: "L+", flags: "i", input: "malla")', True),
    ('matches("malla", "malla", null)', True),
    ('matches("malla", "malla", "")', True),
    ('replace("ventanilla", "n", "*")', "ve*ta*illa"),
    ('replace("ventanilla", "n.*n", "*")', "ve*illa"),
    ('replace("banana", "a.*?a", "*")', "b*na"),
    ('replace("banana", "a", "")', "bnn"),
    ('replace("banana", "a(.)", "$1a$1")', "bnannana"),
    ('replace("AAAA", "A+", "b")', "b"),
    ('replace("AAAA", "A+?", "b")', "bbbb"),
    ('replace("dardo", "^(.*?)d(.*)$", "$1c$2")', "cardo"),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
    ('replace("3001234567", "(\\\\d{3})(\\\\d{3})(\\\\d{4})", "($1) $2-$3")', "(300) 123-4567"),
    ('replace("abc", "b", "$0$0")', "abbc"),
    ('replace("abc", "(b)", "$12")', "ab2c"),
    ('replace("abc", "(b)", "$2")', "ac"),
    ('replace("abc", "b", "\\\\$")', "a$c"),
    ('replace("abc", "b", "\\\\\\\\")', "a\\c"),
    ('replace("abc", "z", "y")', "abc"),
    ('replace("a.b", ".", "$1", "q")', "a$1b"),
    ('replace("aXbx", "x", "-", "i")', "a-b-"),
    ('replace("áéí", "é", "e")', "áeí"),
    ('replace(input: "a", pattern: "a", replacement: "b")', "b"),
    ('replace(input: "A", pattern: "a", replacement: "b", flags: "i")', "b"),
    ('split("calle 12", "\\\\s")', ["calle", "12"]),
    ('split("a;b;c;;", ";")', ["a", "b", "c", "", ""]),
    ('split("a", ";")', ["a"]),
    ('split("", ";")', [""]),
    ('split("a1b22c", "[0-9]+")', ["a", "b", "c"]),
    ('split(string: "a,b", delimiter: ",")', ["a", "b"]),
]


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_each_function_answers(text: str, expected: Value) -> None:
    assert value_of(text) == expected


@pytest.mark.parametrize(
    ("subject", "pattern", "flags", "expected"),
    [
        (COMPLAINT, "Hace.*arreglo", "", False),
        (COMPLAINT, "Hace.*arreglo", "s", True),
        (COMPLAINT, "^Hace.*vía,$", "", False),
        (COMPLAINT, "Hace.*vía,$", "m", True),
        (COMPLAINT, "muy urgente", "", False),
        (COMPLAINT, "muy urgente", "i", True),
        ("a\n", "a$", "", False),
        ("a\nb", "^b", "", False),
        ("a\nb", "^b", "m", True),
        ("a\n", "a\n^", "m", False),
        ("a\rb", "a.b", "", False),
        ("a\u2028b", "a.b", "", True),
        ("holamundo", "hola mundo", "x", True),
        ("hola mundo", "hola[ ]mundo", "x", True),
        ("hola mundo", "hola\\ smundo", "x", True),
        ("a b", "a\\[ ]b", "x", None),
        ("a[]b", "a\\[ \\]b", "x", True),
        ("a.b", "a.b", "q", True),
        ("axb", "a.b", "q", False),
        ("A.B", "a.b", "qi", True),
        ("ñ", "\\p{Lu}", "i", False),
        ("Ñ", "\\p{Lu}+", "i", True),
        ("ñ", "[Ñ]", "i", True),
        ("x", "x", "g", None),
    ],
)
def test_flags_are_those_of_xpath(subject: str, pattern: str, flags: str, expected: bool | None) -> None:  # noqa: FBT001  # a row of the table
    assert value_of("matches(s, p, f)", s=subject, p=pattern, f=flags) is expected


@pytest.mark.parametrize(
    ("subject", "pattern", "expected"),
    [
        ("e", "^[a-z-[aeiou]]$", False),
        ("d", "^[a-z-[aeiou]]$", True),
        ("e", "^[^a-z-[A]]$", False),
        ("A", "^[^a-z-[A]]$", False),
        ("B", "^[^a-z-[A]]$", True),
        ("b", "^[a-z-[a-m-[b]]]$", True),
        ("-", "^[a-]$", True),
        ("-", "^[-a]$", True),
        ("-", "^[a-z0-9-_]$", True),
        ("_", "^[a-z0-9-_]$", True),
        ("d", "^[a-c-e]$", False),
        (",", "^[+--]$", True),
        ("-", "^[a--[b]]$", True),
        ("]", "^[\\]]$", True),
        ("^", "^[a^]$", True),
        ("&", "^[&&a]$", True),
        ("\u0664", "^\\d$", True),
        ("a", "^\\D$", True),
        ("é", "^\\w$", True),
        ("_", "^\\w$", False),
        ("$", "^\\w$", True),
        ("-", "^\\W$", True),
        ("\u00a0", "^\\s$", False),
        ("\t", "^[\\s]$", True),
        ("a", "^[\\S]$", True),
        ("ñ1", "^\\i\\c$", True),
        ("1", "^\\i$", False),
        (":_", "^[\\i][\\c]$", True),
        ("-", "^[\\i]$", False),
        ("1", "^[\\I\\C]$", True),
        ("ñ", "^\\p{Ll}$", True),
        ("Ñ", "^\\p{Ll}$", False),
        ("Ñ", "^\\P{Ll}$", True),
        ("\u03b1", "^\\p{IsGreek}$", True),
        ("a", "^\\P{IsBasicLatin}$", False),
        ("é", "^[\\p{IsLatin-1Supplement}]$", True),
        ("mum", "([md])[aeiou]\\1", True),
        ("mud", "([md])[aeiou]\\1", False),
        ("aa0", "^(a)\\10$", True),
        ("b", "^(?:(a)|b)\\1$", True),
        ("aba", "^(?:a|b)+$", True),
        ("aaa", "^a{2,3}$", True),
        ("a", "^a{2,}$", False),
        ("a\t", "a\\t", True),
    ],
)
def test_patterns_are_those_of_xpath(subject: str, pattern: str, expected: bool) -> None:  # noqa: FBT001  # a row of the table
    assert value_of("matches(s, p)", s=subject, p=pattern) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(a",
        "a)",
        "[a",
        "[]",
        "[z-a]",
        "[a-[b]c]",
        "[\\d-z",
        "[a-\\d]",
        "*a",
        "a**",
        "a*+",
        "a{2,1}",
        "a{,2}",
        "a{10001}",
        "a}",
        "(?i)a",
        "(?=a)",
        "(?<n>a)",
        "\\b",
        "\\1",
        "(a\\1)",
        "\\p{Xx}",
        "\\p{L",
        "\\p{IsMarte}",
        "\\",
        "a" * 1_001,
        "(" * 31 + "a" + ")" * 31,
        "[a-[b-[" * 12 + "c" + "]]]" * 12,
    ],
)
def test_what_is_no_pattern_of_xpath_is_null_with_one_warning(pattern: str) -> None:
    assert len(warnings_of("matches(s, p)", s="a", p=pattern)) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('matches(1, "a")', "«input» debe ser texto y es número"),
        ('matches(null, "a")', "«input» debe ser texto y es nulo"),
        ('matches("a", null)', "«pattern» debe ser texto y es nulo"),
        ('matches("a", "a", 1)', "«flags» debe ser nulo o texto y es número"),
        ('replace("a", "a", null)', "«replacement» debe ser texto y es nulo"),
        ('replace("abc", ".*?", "x")', "donde no hay texto"),
        ('replace("abc", "^", "x")', "donde no hay texto"),
        ('replace("abc", "b", "$")', "«$» va con el número"),
        ('replace("abc", "b", "$x")', "«$» va con el número"),
        ('replace("abc", "b", "\\\\n")', "«\\» delante de «$» o de «\\»"),
        ('split(null, ",")', "«string» debe ser texto y es nulo"),
        ('split("a", null)', "«delimiter» debe ser texto y es nulo"),
        ('split("abc", "")', "donde no hay texto"),
    ],
)
def test_arguments_that_do_not_fit_are_null_with_a_reason(text: str, reason: str) -> None:
    (warning,) = warnings_of(text)

    assert reason in warning


@pytest.mark.parametrize(
    ("pattern", "subject"),
    [
        ("(x+x+)+y", "x" * 5_000),
        ("(?:x|xx)*[yz]", "x" * 10_000),
        ("(x*)\\1[yz]", "x" * 10_000),
        ("x*?[yz]", "x" * 10_000),
        ("^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 10_000),
    ],
)
def test_a_pattern_that_explodes_is_stopped(pattern: str, subject: str) -> None:
    facts: dict[str, Value] = {"s": subject, "p": pattern}
    start = process_time()

    with pytest.raises(BudgetExceeded, match="la expresión regular tarda demasiado"):
        compile_expression("matches(s, p)", names=facts).evaluate(facts, now=NOW)

    assert process_time() - start < 1


@pytest.mark.parametrize(
    "pattern",
    ["((a{100}){100}){100}", "(" * 25 + "a" + ")+" * 25, "((((a{1,9}){9,}){9}){9}){9}"],
)
def test_repeats_inside_repeats_are_refused_before_the_engine_writes_them_out(pattern: str) -> None:
    (warning,) = warnings_of("matches(s, p)", s="b", p=pattern)

    assert "repite demasiado" in warning


def test_a_text_too_long_to_search_ends_the_step() -> None:
    facts: dict[str, Value] = {"s": "x" * 10_001}

    with pytest.raises(BudgetExceeded, match="no busca en más de 10000 caracteres"):
        compile_expression('matches(s, "y")', names=facts).evaluate(facts, now=NOW)


def test_a_replacement_cannot_make_a_text_without_end() -> None:
    facts: dict[str, Value] = {"s": "x" * 10_000, "r": "y" * 2_000}

    with pytest.raises(BudgetExceeded, match="un texto no puede pasar de 100000 caracteres"):
        compile_expression('replace(s, "x", r)', names=facts).evaluate(facts, now=NOW)


def test_many_slow_searches_spend_the_budget_of_one_step() -> None:
    facts: dict[str, Value] = {"s": "x" * 1_500, "p": "x*[yz]"}
    text = " or ".join(["matches(s, p)"] * 400)
    start = process_time()

    with pytest.raises(BudgetExceeded):
        compile_expression(text, names=facts).evaluate(facts, now=NOW)

    assert process_time() - start < 2


SIGNS = [
    *"ab-^$.|()[]{}?*+\\,19 \n",
    "(?:",
    "\\d",
    "\\p{L}",
    "\\1",
    "-[",
    "{2}",
    "\\i",
    "\\C",
    "[^",
    "&&",
    "~~",
    "||",
]


@settings(deadline=None)
@given(
    some.lists(some.sampled_from(SIGNS), max_size=14).map("".join), some.sampled_from(["", "s", "mx", "i"])
)
def test_any_pattern_has_an_answer_or_a_warning(pattern: str, flags: str) -> None:
    warnings: list[str] = []
    facts: dict[str, Value] = {"p": pattern, "f": flags}
    expression = compile_expression('matches("aab\\nb12--", p, f)', names=facts)

    answer = expression.evaluate(facts, now=NOW, warnings=warnings)

    assert isinstance(answer, bool) is (warnings == [])
