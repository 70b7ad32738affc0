"""A task's form in a real browser: it shows what the chosen answer asks for, and nothing more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from processes.common.resources import bpmn_folder
from processes.petitions.inbox import list_work_items
from tests.builders.level_three import drafting
from tests.builders.office import OFFICIAL, HandClock, an_office
from tests.support.browser import axe
from tests.support.site import Site, serve

pytestmark = pytest.mark.browser
READY, HELP = "La respuesta está lista: pasa a revisión", "Faltan aportes de otras dependencias"


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("forms")
    database = home / "ventanilla.sqlite3"
    database.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{database}"
    with an_office(url, home, HandClock(), procedure=bpmn_folder()) as office, serve(office) as running:
        yield running


@pytest.fixture
def draft(page: Page, site: Site) -> Page:
    """The page on which an answer is drafted."""
    number = drafting(site.office).filing_number
    items = list_work_items(site.office, OFFICIAL, limit=200).items
    task = next(item.task for item in items if item.filing_number == number)
    site.let_in(page.context, OFFICIAL)
    page.goto(f"{site.url}/tareas/{number}/{task}")
    return page


def test_only_what_the_chosen_answer_asks_for_is_shown(draft: Page) -> None:
    asked, sense = (
        draft.get_by_role("group", name="Dependencias que deben aportar"),
        draft.locator("#outcome"),
    )
    expect(asked).to_be_hidden()
    expect(sense).to_be_hidden()

    draft.get_by_label(HELP).check()
    expect(asked).to_be_visible()
    expect(sense).to_be_hidden()

    draft.get_by_label(READY).check()
    expect(asked).to_be_hidden()
    expect(sense).to_be_visible()
    assert axe(draft) == []


def test_what_is_wrong_is_shown_with_what_was_chosen(draft: Page) -> None:
    draft.get_by_label(HELP).check()
    draft.get_by_role("button", name="Completar la tarea").click()

    expect(draft.get_by_label(HELP)).to_be_checked()
    expect(draft.locator("#question")).to_be_visible()
    expect(draft.locator("#question-error")).to_be_visible()
