"""`ventanilla decide`: any DMN file and some facts, without an office, a database or a setting."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli import main
from tests.support.supervised import run_ventanilla
from tests.unit.decisions.boxes import asks, component, decides, item, knowledge
from tests.unit.decisions.tables import column, file, output, rule, table

ROUTING = (
    asks("Tipo", "string"),
    asks("Persona", "tPersona"),
    item("tPersona", "", component("nacida el", "date"), component("sueldos", "number", many=True)),
    knowledge("Edad", "día:date", 'years and months duration(día, date("2026-03-04")).years'),
    decides("Años", "Edad(Persona.nacida el)", "data Persona", "Edad()"),
    decides("Suma", "sum(Persona.sueldos)", "data Persona", answers="number"),
    decides("Roto", "1 +"),
    decides(
        "Reparto",
        table(
            column("Tipo"),
            output("dependencia"),
            output("plazo", "number"),
            rule(['"queja"'], ['"obras"', "15"], "malla vial"),
            rule(["-"], ['"jurídica"', "10"]),
            policy="UNIQUE",
        ),
        "data Tipo",
    ),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    saved = tmp_path / "reparto.dmn"
    saved.write_bytes(file(*ROUTING))
    return saved


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs the command in this process: its code, and what it said."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ventanilla", "decide", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, said.out, said.err

    return run


Call = Callable[..., tuple[int, str, str]]


def test_a_decision_is_told_with_its_reason(path: Path, call: Call) -> None:
    code, out, err = call(str(path), "--decision", "Reparto", "--facts", '{"Tipo": "petición"}')

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "result": {"dependencia": "jurídica", "plazo": 10},
        "reason": "Reparto: regla 2",
    }


def test_what_is_null_for_a_type_error_is_told_apart(path: Path, call: Call) -> None:
    code, out, err = call(str(path), "--decision", "Suma", "--facts", '{"Persona": {"sueldos": ["x"]}}')

    assert code == 0
    assert json.loads(out)["result"] is None
    assert err.startswith("dato «Persona»: ")


def test_every_line_of_cases_has_its_line_of_answer(path: Path, tmp_path: Path, call: Call) -> None:
    cases = tmp_path / "cases.jsonl"
    facts = '{"Persona": {"nacida el": "1990-05-06", "sueldos": [1.10, "2.20"]}}'
    lines = [
        f'{{"decision": "Años", "facts": {facts}}}',
        f'{{"decision": "Suma", "facts": {facts}}}',
        "esto no es JSON",
        "[]",
        '{"decision": "Reparto", "facts": {"Tipo": "queja"}}',
        '{"decision": "Reparto", "facts": "queja"}',
        '{"decision": "Roto", "facts": {}}',
        '{"decision": "Ninguna"}',
        "",
        '{"decision": "Años"}',
    ]
    cases.write_text("\n".join(lines), encoding="utf-8")

    code, out, _ = call(str(path), "--facts-file", str(cases))

    assert code == 0
    assert out.splitlines() == [
        '{"result": 35}',
        '{"result": 3.30}',
        '{"error": "el texto no es JSON"}',
        '{"error": "la línea debe ser un objeto JSON con «decision» y «facts»"}',
        (
            '{"error": "reparto.dmn, decisión «Reparto»: '
            'reglas 1 y 2 se cumplen a la vez y la política es UNIQUE"}'
        ),
        '{"error": "«facts» debe ser un objeto JSON"}',
        (
            '{"error": "reparto.dmn, decisión «Roto»: '
            'carácter 4: se esperaba un valor y se encontró el final"}'
        ),
        '{"error": "reparto.dmn: no existe la decisión «Ninguna»"}',
        '{"result": null}',
    ]


@pytest.mark.parametrize("content", ["", "<no es XML", "<a/>"])
def test_a_file_that_cannot_be_read_answers_each_line_with_its_error(
    content: str, path: Path, tmp_path: Path, call: Call
) -> None:
    path.write_text(content)
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"decision": "Años"}\n{"decision": "Suma"}\n')

    code, out, _ = call(str(path), "--facts-file", str(cases))

    assert code == 0
    assert [list(json.loads(line)) for line in out.splitlines()] == [["error"], ["error"]]


def test_a_file_beside_it_may_be_imported(path: Path, call: Call) -> None:
    namespace = "http://ventanilla"
    reader = path.with_name("lector.dmn")
    body = decides("Doble", "r.Suma * 2", "Suma").replace("#Suma", f"{namespace}#Suma")
    kind = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    imported = f'<import name="r" namespace="{namespace}" importType="{kind}"/>'
    data = file(imported, body).replace(f'namespace="{namespace}">'.encode(), b'namespace="http://x">')
    reader.write_bytes(data)

    code, out, _ = call(str(reader), "--decision", "Doble", "--facts", '{"Persona": {"sueldos": [1, 2]}}')

    assert (code, json.loads(out)["result"]) == (0, 6)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("falta.dmn", "--decision", "x"), "No existe «falta.dmn»."),
        (("{path}", "--decision", "Suma", "--facts", "x"), "--facts: el texto no es JSON."),
        (("{path}", "--facts-file", "falta.jsonl"), "No existe «falta.jsonl»."),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(
    arguments: tuple[str, ...], told: str, path: Path, call: Call
) -> None:
    code, out, err = call(*(each.format(path=path) if "{path}" in each else each for each in arguments))

    assert (code, out, err.strip()) == (1, "", told)


def test_an_error_ends_the_command_with_one(path: Path, call: Call) -> None:
    code, out, err = call(str(path), "--decision", "Roto")

    assert (code, err) == (1, "")
    assert list(json.loads(out)) == ["error"]


def test_it_needs_no_office(path: Path, tmp_path: Path) -> None:
    home = {"VENTANILLA_HOME": str(tmp_path / "nada"), "VENTANILLA_DATABASE_URL": "no es una dirección"}

    told = run_ventanilla(
        "decide", str(path), "--decision=Suma", '--facts={"Persona": {"sueldos": 1}}', settings=home
    )

    assert (told.returncode, json.loads(told.stdout)["result"]) == (0, 1)
    assert not (tmp_path / "nada").exists()
