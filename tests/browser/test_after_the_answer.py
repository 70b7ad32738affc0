"""The citizen's pages after the answer in a real browser: axe finds nothing, and all fit a telephone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from processes.common.resources import bpmn_folder
from processes.petitions.idempotency import FilingReceipt
from tests.builders.answers import answered, deliver, do
from tests.builders.office import SERVICE_HEAD, HandClock, an_office
from tests.support.browser import axe
from tests.support.site import Site, serve

pytestmark = pytest.mark.browser
NOBODY = {"anonymous": "true", "full_name": "", "document_type": "", "document_number": "", "email": ""}


@dataclass(frozen=True)
class Answered:
    """The site, a petition whose survey is open and one that was answered in public."""

    site: Site
    delivered: FilingReceipt
    published: FilingReceipt


@pytest.fixture(scope="module")
def town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answered]:
    home = tmp_path_factory.mktemp("answered")
    database = home / "ventanilla.sqlite3"
    database.write_bytes(sqlite_template.read_bytes())
    address = f"sqlite:///{database}"
    with (
        an_office(address, home, HandClock(), procedure=bpmn_folder()) as office,
        serve(office) as site,
    ):
        delivered = answered(office)
        deliver(office)
        published = answered(office, **NOBODY)
        words = {
            "public_title": "Reparación de un hueco",
            "public_text": "Se tapará el martes 1 de diciembre.",
        }
        do(office, SERVICE_HEAD, published.filing_number, "Publish", **words)
        yield Answered(site, delivered, published)


def _track(page: Page, town: Answered, receipt: FilingReceipt) -> None:
    page.goto(f"{town.site.url}/consultar")
    page.fill("#filing_number", receipt.filing_number)
    page.fill("#tracking_code", receipt.tracking_code)
    _press(page, "main button[type=submit]")


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).last.click()


def _tracked(page: Page, town: Answered) -> None:
    _track(page, town, town.delivered)


def _survey(page: Page, town: Answered) -> None:
    _tracked(page, town)
    _press(page, "form[action='/encuesta'] button")


def _survey_in_error(page: Page, town: Answered) -> None:
    _survey(page, town)
    _press(page, "button[name=send]")


def _adding(page: Page, town: Answered) -> None:
    _tracked(page, town)
    _press(page, "form[action='/consultar/agregar'] button")


def _keys(page: Page, town: Answered) -> None:
    page.goto(f"{town.site.url}/encuesta")


def _publications(page: Page, town: Answered) -> None:
    page.goto(f"{town.site.url}/publicaciones")


def _publication(page: Page, town: Answered) -> None:
    page.goto(f"{town.site.url}/publicaciones/{town.published.filing_number}")


def _tracked_in_public(page: Page, town: Answered) -> None:
    _track(page, town, town.published)


@pytest.mark.parametrize(
    "visit",
    [
        _tracked,
        _survey,
        _survey_in_error,
        _adding,
        _keys,
        _publications,
        _publication,
        _tracked_in_public,
    ],
)
def test_a_page_after_the_answer_is_accessible_and_fits_a_telephone(
    page: Page, town: Answered, visit: Callable[[Page, Answered], None]
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})

    visit(page, town)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
