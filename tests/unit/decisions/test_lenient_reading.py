"""What is only tried is read leniently: only a text that does not parse is an error."""

import pytest

from processes.decisions import FeelError, Value, compile_expression, compile_unary_tests
from tests.unit.decisions.feel import NOW, read_leniently, refusal_of


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("desconocido", "carácter 1: no se conoce «desconocido»"),
        ("1 + desconocido", "carácter 5: no se conoce «desconocido»"),
        ("invento(1)", "carácter 1: no se conoce la función «invento»"),
        ("abs()", "carácter 1: la función abs(n) no recibe cero argumentos"),
        ("abs(m: 1)", "carácter 1: la función abs(n) no tiene los argumentos m"),
        ("n.tamaño", "carácter 1: número no tiene la propiedad «tamaño»"),
        ("n(1)", "carácter 1: no se puede llamar a un valor que es número"),
        ('@"mañana"', "carácter 1: «mañana» no es una fecha: se esperaba AAAA-MM-DD"),
        ('@"2026-02-30"', "carácter 1: «2026-02-30» no es un día del calendario"),
        ("1 instance of numero", "carácter 3: no se conoce el tipo «numero»"),
    ],
)
def test_what_is_not_known_is_null_with_its_reason(text: str, reason: str) -> None:
    answer, warnings = read_leniently(text, n=1)

    assert answer is None
    assert warnings[0] == reason
    assert refusal_of(text, "n") if "n." not in text else True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if desconocido then 1 else 2", 2),
        ("[1, desconocido, 3]", [1, None, 3]),
        ("count([desconocido])", 1),
        ("false and desconocido", False),
        ("{a: b, b: 1}", {"a": None, "b": 1}),
        ("1 < 2 = true", True),
        (r'"\d+"', r"\d+"),
        ('"dos\nlíneas"', "dos\nlíneas"),
        ("persona.nombre", "Ana"),
        ("personas[edad > 20].nombre", ["Ana"]),
        ("personas[edad > 20][1].nombre = persona.nombre", True),
        ("(function(x: tPersona) x.nombre)(persona)", "Ana"),
        ("abs(-1)", 1),
    ],
)
def test_the_rest_goes_on(text: str, expected: Value) -> None:
    person: Value = {"nombre": "Ana", "edad": 30}
    people: Value = [person, {"nombre": "Luz", "edad": 10}]

    assert read_leniently(text, persona=person, personas=people)[0] == expected


@pytest.mark.parametrize("text", ["1 +", "(1", "if 1 then 2", "f(", "{a 1}", "for x in", '"a', "1 2", ""])
def test_what_does_not_parse_is_an_error(text: str) -> None:
    with pytest.raises(FeelError):
        compile_expression(text, names=(), lenient=True)


def test_a_cell_that_speaks_of_what_is_not_known_does_not_pass() -> None:
    warnings: list[str] = []
    cell = compile_unary_tests("> desconocido, invento(?)", names=(), lenient=True)

    assert cell.matches(1, {}, now=NOW, warnings=warnings) is None
    assert [reason.partition(": ")[2] for reason in warnings][:1] == ["no se conoce «desconocido»"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{🐎: 1}.🐎", 1),
        ("🐎 veloz + 1", 3),
        ("{\u2f81a: 1, b: \u2f81a + 1}.b", 2),
        ("1\u00a0+\u30001\ufeff", 2),
        ('string length("🐎")', 1),
        (r'"\uD83D\uDC0E" = "🐎"', True),
    ],
)
def test_names_and_blanks_of_every_script(text: str, expected: Value) -> None:
    assert read_leniently(text, **{"🐎 veloz": 2})[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Monthly Fee + tax * 2", 6),
        ("Monthly Fee + tax + tax", 103),
        ("a-b + a - b", 9),
        ("a-b-b", 6),
        ("if-name and true", True),
        ("not(if-name)", False),
        ("applicant's age", 40),
        ("x.y", 5),
        ("Pre-bureau risk(3)", 3),
        ("in and out in [8]", True),
    ],
)
def test_names_with_signs_and_reserved_words_are_matched_the_longest_first(
    text: str, expected: Value
) -> None:
    identity = read_leniently("function(a) a")[0]
    facts: dict[str, Value] = {
        "Monthly Fee + tax": 3,
        "Monthly Fee": 0,
        "tax": 100,
        "a": 3,
        "b": 2,
        "a-b": 8,
        "if-name": True,
        "applicant's age": 40,
        "x.y": 5,
        "Pre-bureau risk": identity,
        "in and out": 8,
    }

    assert read_leniently(text, **facts)[0] == expected
