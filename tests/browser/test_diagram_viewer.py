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

DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" targetNamespace="http://ventanilla/tests">
  <process id="petition" isExecutable="true">
    <userTask id="classify" name="Clasificar la petición" />
    <userTask id="answer" name="Responder" />
  </process>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="petition">
    <bpmndi:BPMNShape bpmnElement="classify">
      <dc:Bounds x="100" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
    <bpmndi:BPMNShape bpmnElement="answer">
      <dc:Bounds x="260" y="80" width="100" height="80" />
    </bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>
"""

PAGE = """<!doctype html>
<html lang="es">
<head>
  <meta charset="utf-8"><title>Petición</title>
  <link rel="stylesheet" href="/bundle/viewer.css">
  <script type="module" src="/bundle/viewer.js"></script>
</head>
<body><main>
  <h1>Petición</h1>
  <div data-diagram-url="/{diagram}" data-current="answer unknown"
       data-diagram-label="Procedimiento de la petición">
    <p>La petición está en: Responder.</p>
  </div>
</main></body>
</html>
"""


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
    (folder / "petition.bpmn").write_text(DIAGRAM, encoding="utf-8")
    (folder / "broken.bpmn").write_text("<definitions", encoding="utf-8")
    for name in ("petition", "broken"):
        page = PAGE.format(diagram=f"{name}.bpmn")
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
def test_the_diagram_shows_where_the_petition_stands(page: Page, address: str) -> None:
    page.goto(f"{address}/petition.html")

    expect(page.locator("svg [data-element-id=answer]")).to_have_class(
        "djs-element djs-shape diagram-current"
    )
    expect(page.locator("svg [data-element-id=classify]")).to_have_class("djs-element djs-shape")
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
