"""The browser bundle draws a diagram under the strictest policy that a page of ours may have."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe
from tests.support.missing import MissingPart, skip_without

BUNDLE = Path(__file__).parents[2] / "api" / "static" / "bundle"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" targetNamespace="http://ventanilla/tests">
"""
MAIN = f"""{HEAD}
  <process id="petition" isExecutable="true">
    <callActivity id="work" name="Trabajar la petición" calledElement="work_on_it" />
    <userTask id="close" name="Verificar y cerrar" />
  </process>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="petition">
    <bpmndi:BPMNShape bpmnElement="work">
      <dc:Bounds x="100" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNShape bpmnElement="close">
      <dc:Bounds x="260" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""
CALLED = f"""{HEAD}
  <process id="work_on_it" isExecutable="true">
    <userTask id="answer" name="Responder" />
    <userTask id="wait" name="Esperar" />
  </process>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="work_on_it">
    <bpmndi:BPMNShape bpmnElement="answer">
      <dc:Bounds x="100" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNShape bpmnElement="wait">
      <dc:Bounds x="260" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""
FILES = {"petition": MAIN, "work": CALLED, "broken": "<definitions"}

PAGE = """<!doctype html>
<html lang="es">
<head>
  <meta charset="utf-8"><title>Petición</title>
  <link rel="stylesheet" href="/bundle/viewer.css">
  <script type="module" src="/bundle/viewer.js"></script>
</head>
<body><main>
  <h1>Petición</h1>
  <p>La petición está en: Responder.</p>
  <div data-diagrams data-choose="Diagrama" data-here="aquí está">{diagrams}</div>
</main></body>
</html>
"""
MAIN_PLACE = """<div data-diagram-url="/petition.bpmn" data-diagram-process="petition"
  data-diagram-title="La petición" data-diagram-label="Diagrama: La petición"
  data-current="work unknown"></div>"""
CALLED_PLACE = """<div data-diagram-url="/work.bpmn" data-diagram-process="work_on_it"
  data-diagram-title="Trabajar la petición" data-diagram-label="Diagrama: Trabajar la petición"
  data-current="answer" data-waiting="wait"></div>"""
PAGES = {
    "petition": MAIN_PLACE,
    "several": MAIN_PLACE + CALLED_PLACE,
    "broken": MAIN_PLACE.replace("petition.bpmn", "broken.bpmn"),
}


class StrictHandler(SimpleHTTPRequestHandler):
    """Static files under the strict policy, without a line on the terminal for each."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not BUNDLE.exists():
        skip_without(MissingPart("the browser bundle is not built", how_to_get_it="make bundle"))
    folder = tmp_path_factory.mktemp("site")
    (folder / "bundle").symlink_to(BUNDLE)
    for name, text in FILES.items():
        (folder / f"{name}.bpmn").write_text(text, encoding="utf-8")
    for name, places in PAGES.items():
        (folder / f"{name}.html").write_text(PAGE.format(diagrams=places), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _open_drawn(page: Page, address: str) -> None:
    """What is pressed or measured before the drawing is done is lost, or moves."""
    page.goto(address)
    page.locator("[data-drawn=yes]").wait_for()


@pytest.mark.browser
def test_the_diagram_shows_where_the_petition_stands(page: Page, address: str) -> None:
    page.goto(f"{address}/petition.html")

    expect(page.locator("svg [data-element-id=work]")).to_have_class("djs-element djs-shape diagram-current")
    expect(page.locator("svg [data-element-id=close]")).to_have_class("djs-element djs-shape")
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.get_by_text("La petición está en: Responder.")).to_be_visible()
    assert axe(page) == []


@pytest.mark.browser
def test_the_authors_watermark_stays_in_sight(page: Page, address: str) -> None:
    page.goto(f"{address}/petition.html")

    mark = page.locator(".bjs-powered-by")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport(ratio=1)
    mark.click(trial=True)


@pytest.mark.browser
def test_a_diagram_that_cannot_be_drawn_leaves_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}/broken.html")

    expect(page.get_by_text("No se pudo dibujar el diagrama")).to_be_visible()
    expect(page.get_by_text("La petición está en: Responder.")).to_be_visible()
    expect(page.locator(".diagram-canvas")).to_have_count(0)
    assert axe(page) == []


@pytest.mark.browser
def test_of_several_diagrams_the_one_that_is_chosen_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}/several.html")
    chooser = page.get_by_label("Diagrama", exact=True)
    expect(chooser.locator("option")).to_have_text(
        ["La petición (aquí está)", "Trabajar la petición (aquí está)"]
    )
    expect(page.get_by_role("img", name="Diagrama: La petición")).to_be_visible()

    chooser.select_option("Trabajar la petición (aquí está)")

    expect(page.get_by_role("img", name="Diagrama: Trabajar la petición")).to_be_visible()
    expect(page.get_by_role("img", name="Diagrama: La petición")).to_have_count(0)
    expect(page.locator("svg [data-element-id=answer].diagram-current")).to_be_visible()
    expect(page.locator("svg [data-element-id=wait].diagram-waiting")).to_be_visible()
    assert axe(page) == []


@pytest.mark.browser
def test_pressing_a_call_shows_the_diagram_that_it_calls(page: Page, address: str) -> None:
    _open_drawn(page, f"{address}/several.html")

    page.locator("svg [data-element-id=work] .djs-hit").first.click()

    expect(page.get_by_role("img", name="Diagrama: Trabajar la petición")).to_be_visible()
    expect(page.get_by_label("Diagrama", exact=True)).to_have_value("1")


@pytest.mark.browser
def test_a_diagram_is_drawn_larger_and_whole_again_by_its_buttons(page: Page, address: str) -> None:
    _open_drawn(page, f"{address}/petition.html")
    drawn = page.locator("svg [data-element-id=work]")
    whole = drawn.bounding_box()
    assert whole is not None

    page.get_by_role("button", name="Acercar").click()

    larger = drawn.bounding_box()
    assert larger is not None
    assert larger["width"] > whole["width"]
    page.get_by_role("button", name="Ver todo").click()
    assert drawn.bounding_box() == whole
