"""dmn-js in a real browser, used as an analyst does: clicks and keys, and the file that it saves."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from playwright.sync_api import Locator, Page

from tests.support.missing import MissingPart

_FILES = Path(__file__).parents[2] / "node_modules" / "dmn-js" / "dist"
_STYLES = (
    "assets/dmn-js-shared.css",
    "assets/dmn-js-decision-table.css",
    "assets/dmn-js-decision-table-controls.css",
    "assets/dmn-font/css/dmn.css",
)
_OPEN = """async (xml) => {
  window.editor = new DmnJS({ container: '#editor' });
  await editor.importXML(xml);
  await editor.open(editor.getViews().find((view) => view.type === 'decisionTable'));
}"""
_UNTIL_IT_HOLDS = """async (text) => {
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await editor.saveXML()).xml.includes(text)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the file never held ${text}`);
}"""


class _Files(SimpleHTTPRequestHandler):
    """The editor's files and an empty page, without a line on the terminal for each."""

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        links = "".join(f'<link rel="stylesheet" href="/{style}">' for style in _STYLES)
        script = '<script src="/dmn-modeler.production.min.js"></script>'
        place = '<div id="editor" style="height: 700px"></div>'
        page = f'<!doctype html><meta charset="utf-8">{links}{script}{place}'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


class DmnEditor:
    """The table of one file, open in the editor; rules and columns count from 0."""

    def __init__(self, page: Page, xml: bytes) -> None:
        self._page = page
        page.evaluate(_OPEN, xml.decode())

    def add_rule(self) -> None:
        """Press the plus below the last rule."""
        self._page.locator(".add-rule-add button").click()

    def type_in(self, rule: int, column: int | str, text: str) -> None:
        """Write `text` over what a cell holds, key by key."""
        self._cell(rule, column).click()
        self._page.keyboard.press("Control+A")
        self._page.keyboard.type(text)
        # The editor closes a bracket by itself, which is not how `(3..5]` ends.
        self._page.keyboard.press("Shift+End")
        self._page.keyboard.press("Delete")
        self._page.evaluate(_UNTIL_IT_HOLDS, f"<text>{escape(text)}</text>")

    def annotate(self, rule: int, text: str) -> None:
        """Write a rule's annotation."""
        self._cell(rule, "annotation").click()
        self._page.keyboard.type(text)
        self._page.evaluate(_UNTIL_IT_HOLDS, escape(text))

    def choose_date(self, rule: int, column: int, how: str, *days: str) -> None:
        """Fill the date dialog of a cell: `Exactly`, `Before`, `After` or `Between`, and its days."""
        self._cell(rule, column).click()
        self._page.locator(".simple-mode-button").click()
        dialog = self._page.locator(".simple-date-edit")
        dialog.locator(".dms-input-select").click()
        self._page.locator(".options .option", has_text=how).click()
        for field, day in zip((".start-date-input", ".end-date-input"), days, strict=False):
            dialog.locator(field).click()
            self._page.keyboard.press("Control+A")
            self._page.keyboard.type(day)
        self._page.evaluate(_UNTIL_IT_HOLDS, f'date("{days[-1]}")')
        self._page.keyboard.press("Escape")

    def choose_policy(self, policy: str) -> None:
        """Choose the hit policy from its list."""
        self._page.locator(".hit-policy .dms-input-select").click()
        self._page.locator(".options .option", has_text=policy).click()

    def saved(self) -> bytes:
        """The file that the editor saves."""
        xml: str = self._page.evaluate("async () => (await editor.saveXML({ format: true })).xml")
        return xml.encode()

    def _cell(self, rule: int, column: int | str) -> Locator:
        return self._page.locator(f'td[data-coords="{rule}:{column}"]')


@contextmanager
def dmn_editor(page: Page, xml: bytes) -> Iterator[DmnEditor]:
    """The editor, with the table of a file open. Raises MissingPart where dmn-js is not installed."""
    if not _FILES.is_dir():
        raise MissingPart("dmn-js is not installed", how_to_get_it="make test")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(_FILES)))
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        yield DmnEditor(page, xml)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
