"""The calendar's pages in a real browser: nothing that axe finds, nothing wider than the screen.

With SCREENSHOTS=<folder> each page is also kept there as a picture, in both widths.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from processes.directory.people import Person
from tests.browser.conftest import Town
from tests.builders.calendars import FAIR, close_a_day, prepare
from tests.builders.office import ADMINISTRATOR, CONTROL
from tests.support.browser import axe

WIDTHS = (1280, 360)
SCREENSHOTS = os.environ.get("SCREENSHOTS")
pytestmark = [pytest.mark.browser, pytest.mark.long]


@dataclass(frozen=True)
class Visited:
    """A page of the calendar, who opens it, and whether its form is sent as it stands."""

    name: str
    address: str
    person: Person = ADMINISTRATOR
    sends: str = ""


PAGES = (
    Visited("calendar", "/calendario"),
    Visited("calendar-reader", "/calendario", CONTROL),
    Visited("calendar-closures", "/calendario/cierres"),
    Visited("calendar-closures-errors", "/calendario/cierres", sends="/calendario/cierres"),
    Visited("calendar-hours", "/calendario/horario"),
    Visited("calendar-rules", "/calendario/reglas"),
    Visited("calendar-holidays", "/calendario/festivos?anio=2026"),
    Visited("calendar-terms", "/calendario/terminos"),
    Visited("calendar-review", "/calendario/cambio"),
    Visited("calendar-review-errors", "/calendario/cambio", sends="/calendario/cambio/aplicar"),
    Visited("calendar-history", "/calendario/historia"),
    Visited("calendar-version", "/calendario/historia/2"),
)


@pytest.fixture(scope="module")
def changed_town(town: Town) -> Town:
    """A town whose calendar has changed once, and is about to change again."""
    office = town.site.office
    close_a_day(office)
    prepare(office, FAIR.__class__("2026-12-09", "Día cívico", "Decreto 014", "2026-11-21"))
    return town


@pytest.mark.parametrize("visited", PAGES, ids=lambda visited: visited.name)
def test_every_page_of_the_calendar_is_accessible_and_fits_a_telephone_and_a_desk(
    page: Page, changed_town: Town, visited: Visited
) -> None:
    changed_town.site.let_in(page.context, visited.person)
    page.goto(changed_town.site.url + visited.address)
    if visited.sends:
        with page.expect_navigation():
            page.locator(f"form[action='{visited.sends}'] button[type=submit]").click()
        expect(page.locator(".error-summary")).to_be_focused()

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"{visited.name}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
