"""What does not compile, and how the analyst is told."""

import pytest

from processes.decisions import FeelError, compile_expression, compile_script, compile_unary_tests
from tests.unit.decisions.feel import refusal_of


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "carácter 1: se esperaba un valor y se encontró el final"),
        ("nivel +", "carácter 8: se esperaba un valor y se encontró el final"),
        ("nivel = = 2", "carácter 9: se esperaba un valor y se encontró «=»"),
        ("(nivel", "carácter 7: se esperaba «)» o «..» y se encontró el final"),
        ("nivel)", "carácter 6: se esperaba el final o un operador y se encontró «)»"),
        ("if nivel = 1 then 2", "carácter 20: se esperaba «else» y se encontró el final"),
        ("nivel between 1 or 2", "carácter 17: se esperaba «and» y se encontró «or»"),
        ("1 < nivel < 3", "carácter 11: las comparaciones no se encadenan: use paréntesis"),
        ("[1..5", "carácter 6: se esperaba «]» o «)» o «[» y se encontró el final"),
        ("nivel == 1", "carácter 8: se esperaba un valor y se encontró «=»"),
        ("nivel & 1", "carácter 7: no se esperaba el signo «&»"),
        ("nivel = 'alto'", "carácter 9: los textos van entre comillas rectas"),
        ("nivel = “alto”", "carácter 9: los textos van entre comillas rectas"),
        ('nivel = "alto', "carácter 9: faltan las comillas que cierran el texto"),
        (r'"\d"', r"carácter 1: «\d» no es un escape"),
        (r'"\uD83D"', "carácter 1: el texto tiene un carácter \\u incompleto"),
        (r'"\u0000"', "carácter 1: un texto no puede tener el carácter nulo"),
        (r'"\UFFFFFF"', "no es un carácter"),
        ("1e7000", "carácter 1: el número es demasiado grande o no es un número"),
        ("?", "carácter 1: «?» solo se puede usar en las celdas de entrada"),
        ("nivel.", "carácter 7: se esperaba el nombre de una propiedad"),
        ("nivel.tamaño", "carácter 7: no se conoce la propiedad «tamaño»"),
        ("1.", "carácter 3: se esperaba el nombre de una propiedad"),
        ("@2026", "carácter 1: no se esperaba el signo «@»"),
    ],
)
def test_an_error_says_where_and_what_was_expected(text: str, reason: str) -> None:
    assert reason in refusal_of(text, "nivel")


def test_an_unknown_name_is_refused_with_the_one_that_was_meant() -> None:
    assert refusal_of("1 + nivle", "nivel", "tipo") == (
        "carácter 5: no se conoce «nivle»; ¿quiso decir «nivel»?"
    )
    assert refusal_of("xyz", "nivel", "tipo") == "carácter 1: no se conoce «xyz»; se conocen: nivel, tipo"
    assert refusal_of("xyz") == "carácter 1: no se conoce «xyz»; aquí no hay ningún dato declarado"


def test_a_known_name_followed_by_another_word_is_another_name() -> None:
    assert "no se conoce «nivel alto»" in refusal_of("nivel alto", "nivel")


def test_the_error_carries_its_text_and_a_position_from_zero() -> None:
    with pytest.raises(FeelError) as caught:
        compile_expression("1 + x", names=())

    assert (caught.value.position, caught.value.text) == (4, "1 + x")


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        '"".__class__',
        "().__class__",
        "nivel.__class__.__mro__",
        "nivel.__dict__",
        '"a".format(1)',
        '"a".upper()',
        "lambda: 1",
        "[x for x in [1]]",
        "nivel if nivel else 1",
        "nivel := 1",
        "print(1)",
        'open("/etc/passwd")',
        "import os",
        "True",
        "None",
    ],
)
def test_python_does_not_compile(text: str) -> None:
    assert "carácter" in refusal_of(text, "nivel")


@pytest.mark.parametrize("text", ["not(1", "not(1) and 2", "1,", ",1", "- 1,", "< ", "nivle", "not()"])
def test_a_cell_that_is_not_a_test_is_refused(text: str) -> None:
    with pytest.raises(FeelError):
        compile_unary_tests(text, names=["nivel"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nivel", "se esperaba «=» después del nombre y se encontró el final"),
        ("= 1", "se esperaba el nombre del dato que recibe el valor"),
        ("1 = 1", "se esperaba el nombre del dato que recibe el valor"),
        ("nivel = 1 +\n2", "se esperaba un valor y se encontró el final"),
        ("nivel = 1 a = 2", "se esperaba el final o un operador y se encontró «a»"),
        ("nivel = otro\notro = 1", "no se conoce «otro»"),
        ("if = 1", "se esperaba el nombre del dato que recibe el valor"),
    ],
)
def test_a_line_that_is_not_an_assignment_is_refused(text: str, reason: str) -> None:
    with pytest.raises(FeelError) as caught:
        compile_script(text, names=["nivel"])

    assert reason in str(caught.value)
