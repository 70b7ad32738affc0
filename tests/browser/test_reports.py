"""The reports and the visits in a real browser: accessible, and no wider than a telephone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from processes.reports.making import make_due_reports
from processes.reports.office_tasks import plan_visits
from tests.builders.office import SERVICE_HEAD, HandClock, an_office
from tests.builders.petitions import classify, distribute, file_one
from tests.support.browser import axe
from tests.support.site import Site, serve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reported(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office with an overdue petition, on the day of its fortnightly report."""
    home = tmp_path_factory.mktemp("reported")
    database = home / "ventanilla.sqlite3"
    database.write_bytes(sqlite_template.read_bytes())
    clock = HandClock()
    with an_office(f"sqlite:///{database}", home, clock) as office, serve(office) as site:
        number = file_one(office).filing_number
        classify(office, number)
        distribute(office, number)
        clock.to(datetime(2026, 12, 16, 12, 30, tzinfo=UTC))
        make_due_reports(office)
        plan_visits(office)
        yield site


def _open_the_query(page: Page) -> None:
    page.locator("details > summary").first.click()


def _look(_page: Page) -> None:
    pass


@pytest.mark.parametrize(
    ("address", "act"),
    [
        ("/informes", _look),
        ("/informes/1", _open_the_query),
        ("/informes/1/cifras/overdue", _look),
        ("/tareas-de-la-oficina/1", _look),
    ],
)
def test_a_page_of_the_reports_is_accessible_and_fits_a_telephone(
    page: Page, reported: Site, address: str, act: Callable[[Page], None]
) -> None:
    reported.let_in(page.context, SERVICE_HEAD)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(reported.url + address)
    act(page)

    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
    assert axe(page) == []
