"""Hostile files: a clear problem in Spanish within 5 s and 300 MB, and never a trace."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from processes.engine.bundle import check_bundle
from tests.engine import drawing as draw
from tests.engine.cases import CATALOGUE

_MEGABYTE = 1_000_000
_ROOT = Path(__file__).parents[2]
_GOOD = draw.diagram(
    draw.process(draw.start(), draw.user("T"), draw.end(), flows="Begin -> T, T -> Finish"),
    declared=draw.DECLARED,
)


@pytest.fixture(autouse=True)
def _within_five_seconds(request: pytest.FixtureRequest) -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < 5, request.node.name


def _messages(files: Mapping[str, bytes] | bytes) -> str:
    found = check_bundle({"case.bpmn": files} if isinstance(files, bytes) else files, CATALOGUE)
    assert found
    assert all(problem.message and "Traceback" not in problem.message for problem in found)
    return "\n".join(map(str, found))


def _declaring(doctype: bytes) -> bytes:
    return _GOOD.replace(b"?>\n", b"?>\n" + doctype + b"\n", 1)


@pytest.mark.parametrize(
    "doctype",
    [
        b"<!DOCTYPE definitions>",
        b'<!DOCTYPE definitions SYSTEM "http://127.0.0.1:1/x.dtd">',
        b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        b'<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>',
    ],
)
def test_a_doctype_is_refused(doctype: bytes) -> None:
    assert "DOCTYPE" in _messages(_declaring(doctype))


def test_an_entity_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE d [<!ENTITY e0 "ja">{entities}]>'.encode()
    assert "case.bpmn" in _messages(_declaring(bomb).replace(b'id="T"', b'id="T" name="&e11;"'))


def test_an_entity_that_nobody_declared_is_refused() -> None:
    assert "no es XML bien formado" in _messages(_GOOD.replace(b"Tarea T", b"&ghost;"))


@pytest.mark.parametrize("name", ["case.bpmn", "decisions/case.dmn", "forms/case.json"])
def test_twenty_megabytes_are_refused(name: str) -> None:
    assert "máximo" in _messages({name: b"<a>" + b"x" * (20 * _MEGABYTE) + b"</a>", "good.bpmn": _GOOD})


def test_three_megabytes_of_one_file_are_refused() -> None:
    assert "el máximo es" in _messages(b"<a>" + b" " * (3 * _MEGABYTE) + b"</a>")


def test_two_thousand_levels_are_refused() -> None:
    assert "niveles" in _messages(b"<a>" * 2000 + b"</a>" * 2000)


def test_two_thousand_nested_subprocesses_are_refused() -> None:
    nested = "".join(f'<bpmn:subProcess id="S{n}">' for n in range(2000)) + "</bpmn:subProcess>" * 2000
    assert "niveles" in _messages(draw.diagram(f'<bpmn:process id="case">{nested}</bpmn:process>'))


def test_a_hundred_nested_subprocesses_are_refused() -> None:
    inside = draw.user("T")
    flows = "Begin -> T, T -> Finish"
    for n in range(100):
        nodes = (draw.start(f"B{n}"), inside, draw.end(f"E{n}"))
        target = "T" if n == 0 else f"S{n - 1}"
        inside = draw.subprocess(f"S{n}", *nodes, flows=f"B{n} -> {target}, {target} -> E{n}")
        flows = f"Begin -> S{n}, S{n} -> Finish"
    drawn = draw.diagram(draw.process(draw.start(), inside, draw.end(), flows=flows))
    assert "subprocesos" in _messages(drawn)


def test_two_thousand_nested_objects_in_a_form_are_refused() -> None:
    form = b'{"components":' + b"[" * 200_000 + b"]" * 200_000 + b"}"
    assert "JSON" in _messages({"case.bpmn": _GOOD, "forms/a.json": form})


@pytest.mark.parametrize(
    "data",
    [
        _GOOD.decode().encode("utf-16"),
        _GOOD.replace(b"Ventanilla \xc3\xbanica", b"Ventanilla \xfanica"),
        _GOOD.replace(b'encoding="UTF-8"', b'encoding="UTF-7"'),
        _GOOD.replace(b'encoding="UTF-8"', b'encoding="EBCDIC-CP-ES"'),
        _GOOD.replace(b"Tarea T", b"Tarea \x00"),
        b"\xff\xfe\x00\x00",
        b"",
        b"   ",
        b"{}",
        b"PK\x03\x04",
        b"<a/>",
        b'<definitions xmlns="urn:other"/>',
    ],
)
def test_what_is_not_a_diagram_in_utf_8_is_refused(data: bytes) -> None:
    assert "case.bpmn" in _messages(data)


@pytest.mark.parametrize(
    "name",
    [
        "../case.bpmn",
        "/etc/passwd",
        "forms/../../case.json",
        "C:\\case.bpmn",
        "case.bpmn\x00.json",
        "case.exe",
        "forms/a/b.json",
        "decisions/a.bpmn.",
        "x" * 300 + ".bpmn",
        "\ud800.bpmn",
        "",
        "caso número 1.bpmn",
    ],
)
def test_a_file_name_that_leaves_its_folder_is_refused(name: str) -> None:
    assert "no puede llamarse así" in _messages({name: b"x", "case.bpmn": _GOOD})


def test_thousands_of_files_are_refused() -> None:
    assert "archivos" in _messages({f"forms/f{n}.json": b"{}" for n in range(5000)})


def test_no_files_at_all_are_refused() -> None:
    assert "ningún proceso" in _messages({})


def test_thousands_of_elements_in_a_row_are_refused() -> None:
    count = 3000
    nodes = [draw.user(f"T{n}") for n in range(count)]
    flows = "Begin -> T0, " + ", ".join(f"T{n} -> T{n + 1}" for n in range(count - 1))
    drawn = draw.diagram(
        draw.process(draw.start(), *nodes, draw.end(), flows=f"{flows}, T{count - 1} -> Finish")
    )
    assert "el máximo es" in _messages(drawn)


def test_a_long_row_that_is_allowed_is_published() -> None:
    count = 148
    nodes = [draw.user(f"T{n}") for n in range(count)]
    flows = "Begin -> T0, " + ", ".join(f"T{n} -> T{n + 1}" for n in range(count - 1))
    drawn = draw.diagram(
        draw.process(draw.start(), *nodes, draw.end(), flows=f"{flows}, T{count - 1} -> Finish")
    )
    assert check_bundle({"case.bpmn": drawn}, CATALOGUE) == []


def test_thousands_of_flows_between_few_elements_are_told_within_bounds() -> None:
    flows = "Begin -> T, T -> Finish" + ", T -> Finish" * 6000
    drawn = draw.diagram(draw.process(draw.start(), draw.user("T"), draw.end(), flows=flows))
    assert "salen" in _messages(drawn)


def test_thousands_of_problems_are_told_within_bounds() -> None:
    ghosts = ", ".join(f"Ghost{n} -> Finish" for n in range(4000))
    drawn = draw.diagram(
        draw.process(draw.start(), draw.user("T"), draw.end(), flows=f"Begin -> T, T -> Finish, {ghosts}")
    )
    found = check_bundle({"case.bpmn": drawn}, CATALOGUE)
    assert len(found) == 201
    assert "problemas más" in found[-1].message


@pytest.mark.parametrize(
    "hostile",
    [
        b'id="T"><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        b'id="T"><bpmn:sendTask id="Z"/>',
        b'id="T"><?php system("id") ?><bpmn:task/>',
        b'id="T"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>',
    ],
)
def test_foreign_markup_in_an_element_is_refused(hostile: bytes) -> None:
    assert "no se admite" in _messages(_GOOD.replace(b'id="T" name="Tarea T">', hostile))


def test_positions_that_are_no_numbers_are_refused() -> None:
    drawing = (
        b'<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane>'
        b'<bpmndi:BPMNShape bpmnElement="T"><dc:Bounds xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
        b'x="a" y="1"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>'
    )
    assert "no es un número" in _messages(_GOOD.replace(b"</bpmn:definitions>", drawing))


_IN_A_SCRIPT = (
    "9**9**9**9",
    "[" * 5000 + "]" * 5000,
    "(" * 5000 + "1" + ")" * 5000,
    "1" + "+1" * 50_000,
    '"' + "x" * 100_000 + '"',
    "-" * 50_000 + "1",
    "not(" * 3000,
    "if " * 3000,
)


@pytest.mark.parametrize("expression", _IN_A_SCRIPT, ids=range(len(_IN_A_SCRIPT)))
def test_a_monstrous_expression_is_refused_or_never_run(expression: str) -> None:
    text = f"count = {expression}\nghost = 1"
    drawn = draw.diagram(
        draw.process(draw.start(), draw.script("T", text), draw.end(), flows="Begin -> T, T -> Finish")
    )
    assert "T" in _messages(drawn)


@pytest.mark.parametrize(
    "form",
    [
        b"[]",
        b"null",
        b'{"components": {}}',
        b'{"components": [null, 5, "x", []]}',
        b'{"components": [{"type": "html"}]}',
        b'{"components": [{"type": ["textfield"]}]}',
        b'{"components": [{"type": "textfield", "key": {"a": 1}, "label": "x"}]}',
        b'{"components": [{"type": "textfield", "key": "note", "label": "x", "validate": []}]}',
        b'{"components": [{"type": "textfield", "key": "note", "label": "x", "ventanilla": {"to": [1]}}]}',
        b'{"components": [{"type": "select", "key": "note", "label": "x", "optionsFrom": {"a": 1}}]}',
        b'{"components": [{"type": "select", "key": "note", "label": "x", "values": [[1]]}]}',
        b'{"components": [{"type": "number", "key": "note", "label": "x", "ventanilla": {"suggest": []}}]}',
        b'{"components": [{"type": "textfield", "key": "note", "label": "x", "validate": {"pattern": "a"}}]}',
        b'{"components": [{"type": "number", "key": "level", "label": "x", "validate": {"max": NaN}}]}',
        b"\xff",
        b"",
    ],
)
def test_a_hostile_form_is_refused(form: bytes) -> None:
    assert "forms/a.json" in _messages({"case.bpmn": _GOOD, "forms/a.json": form})


def test_thousands_of_subprocesses_side_by_side_are_refused() -> None:
    nodes = [
        draw.subprocess(f"S{n}", draw.start(f"B{n}"), draw.end(f"E{n}"), flows=f"B{n} -> E{n}")
        for n in range(1500)
    ]
    drawn = draw.diagram(draw.process(draw.start(), *nodes, draw.end(), flows="Begin -> Finish"))
    assert "el máximo es 1000" in _messages(drawn)


def test_thousands_of_signals_are_looked_up_within_bounds() -> None:
    signals = "".join(f'<bpmn:signal id="S{n}" name="s{n}"/>' for n in range(30_000))
    waits = [draw.catch(f"W{n}", draw.event("signal", "S29999")) for n in range(900)]
    drawn = draw.diagram(draw.process(draw.start(), *waits, flows="Begin -> W0"), declared=signals)
    assert "problemas más" in _messages(drawn)


def test_a_chain_of_calls_that_comes_back_is_refused() -> None:
    count = 200
    drawn = draw.diagram(
        *(
            draw.process(
                draw.start(f"B{n}"),
                draw.node("callActivity", f"C{n}", calledElement=f"p{(n + 1) % count}"),
                draw.end(f"E{n}"),
                flows=f"B{n} -> C{n}, C{n} -> E{n}",
                name=f"p{n}",
            )
            for n in range(count)
        )
    )
    assert "se llama a sí mismo" in _messages(drawn)


@pytest.mark.parametrize("attribute", ["id", "name", "sourceRef"])
def test_a_megabyte_in_an_attribute_is_told_in_few_words(attribute: str) -> None:
    old = {"id": b'id="T"', "name": b'name="Tarea T"', "sourceRef": b'sourceRef="T"'}[attribute]
    monstrous = _GOOD.replace(old, f'{attribute}="{"x" * _MEGABYTE}"'.encode())
    assert len(_messages(monstrous)) < 5000


def test_a_million_small_elements_are_refused() -> None:
    assert "marcas" in _messages(b"<a>" + b"<b/>" * 490_000 + b"</a>")


def test_thousands_of_fields_are_refused() -> None:
    fields = [{"type": "textfield", "key": f"k{n}", "label": "x"} for n in range(20_000)]
    form = json.dumps({"components": fields}).encode()
    assert "campos" in _messages({"case.bpmn": _GOOD, "forms/a.json": form})


def _with_conditions(count: int, condition: str) -> bytes:
    nodes = [draw.node("exclusiveGateway", f"G{n}", default=f"p_f{3 * n + 3}") for n in range(count)]
    tasks = [draw.user(f"U{n}") for n in range(count)]
    flows = ["Begin -> G0"]
    for n in range(count):
        onward = f"G{n + 1}" if n + 1 < count else "Finish"
        flows += [f"G{n} -> U{n} [{condition}]", f"G{n} -> {onward}", f"U{n} -> Finish"]
    drawn = draw.process(draw.start(), *nodes, *tasks, draw.end(), flows=", ".join(flows), name="p")
    return draw.diagram(drawn)


def test_megabytes_of_expressions_are_refused_before_they_are_compiled() -> None:
    drawn = _with_conditions(70, "+".join(["level"] * 3000) + " = 1")
    assert "Las expresiones suman" in _messages(drawn)


def test_as_many_expressions_as_are_allowed_are_compiled() -> None:
    drawn = _with_conditions(70, "+".join(["level"] * 470) + " = 1")
    assert check_bundle({"case.bpmn": drawn}, CATALOGUE) == []


def test_megabytes_of_tables_are_refused_before_they_are_compiled() -> None:
    text = "level+" * 3000 + "1"
    tables = {
        f"decisions/d{n}.dmn": f"<definitions><text>{text}</text></definitions>".encode() for n in range(20)
    }
    assert "Las expresiones suman" in _messages({"case.bpmn": _GOOD, **tables})


# The kernel's own high-water mark: what getrusage tells begins with the memory of whoever started it.
_PROBE = """
from pathlib import Path
from tests.engine.test_hostile_bundles import greatest_bundles
from processes.engine.bundle import check_bundle
from tests.engine.cases import CATALOGUE
for files in greatest_bundles():
    assert check_bundle(files, CATALOGUE)
status = Path("/proc/self/status").read_text().splitlines()
print(next(line.split()[1] for line in status if line.startswith("VmHWM")))
"""


def greatest_bundles() -> Iterator[Mapping[str, bytes]]:
    """The bundles that ask for the most memory."""
    yield {"a.bpmn": b"<a>" + b"x" * (20 * _MEGABYTE) + b"</a>"}
    yield {f"a{n}.bpmn": b"<a>" + b"<b/>" * 390_000 + b"</a>" for n in range(5)}
    flows = "Begin -> T, T -> Finish" + ", T -> Finish" * 9000
    yield {"a.bpmn": draw.diagram(draw.process(draw.start(), draw.user("T"), draw.end(), flows=flows))}


def test_the_greatest_bundles_stay_within_300_megabytes() -> None:
    probe = subprocess.run(
        [sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True, timeout=300, cwd=_ROOT
    )
    assert int(probe.stdout) < 300_000
