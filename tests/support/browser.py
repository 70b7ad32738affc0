"""A real browser: Debian's Chromium driven by Playwright, and axe-core to judge what it shows."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.missing import MissingPart

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MILLISECONDS = 60_000
"""Long enough for a machine that everybody uses: only what fails waits so long."""
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"

QUIET_AND_ALONE = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks another machine for anything must fail here as it would in an office
    # without internet.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@dataclass(frozen=True)
class Violation:
    """A rule of accessibility that a page breaks, and where."""

    rule: str
    help: str
    elements: tuple[str, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a headless browser with an empty profile. Raises MissingPart where there is none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise MissingPart("there is no Chromium on this machine", how_to_get_it="apt-get install chromium")
    _check_driver()
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*QUIET_AND_ALONE])
        yield browser
        browser.close()


def forget_the_visitor(page: Page) -> None:
    """Make a tab as it was when it was opened, but for what it shows: nobody is signed in any more."""
    page.unroute_all(behavior="ignoreErrors")
    page.context.clear_cookies()
    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1280, "height": 720})


def _check_driver() -> None:
    """Playwright only says that its driver hung up; its Node says which library it lacks."""
    node, _ = compute_driver_executable()
    try:
        subprocess.run([node, "--version"], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as failure:
        raise MissingPart(
            f"Playwright's driver does not start ({failure.stderr.strip()})",
            how_to_get_it="apt-get install libatomic1",
        ) from failure


def axe(page: Page) -> list[Violation]:
    """Tell what axe-core finds wrong in the page as it stands; best compared with `[]`."""
    if not AXE.exists():
        raise MissingPart("axe-core is not installed", how_to_get_it="make test")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    return [
        Violation(
            rule=each["id"],
            help=each["help"],
            elements=tuple(" ".join(node["target"]) for node in each["nodes"]),
        )
        for each in found["violations"]
    ]
