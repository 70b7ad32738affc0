"""The diagrams of the whole procedure on the page of a petition, under the page's own policy."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from processes.samples.acts import as_person
from tests.builders.samples import SAN_JACINTO, a_short_sample
from tests.support.browser import axe
from tests.support.site import Site, serve

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Shown:
    """The page of a petition whose answer is being written."""

    site: Site
    address: str


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    with a_short_sample(tmp_path_factory.mktemp("home")) as made, serve(made.office) as site:
        yield Shown(site, f"{site.url}/peticiones/{made.number_of('potholes')}")


@pytest.fixture
def opened(page: Page, shown: Shown) -> Page:
    shown.site.let_in(page.context, as_person(SAN_JACINTO.cast.service_head))
    page.goto(shown.address)
    return page


def test_the_main_diagram_is_drawn_where_the_petition_stands(opened: Page) -> None:
    opened.locator(".diagram-canvas").scroll_into_view_if_needed()
    here = opened.locator("svg [data-element-id=CallWork].diagram-current")

    expect(here).to_be_visible()
    expect(here).to_be_in_viewport()
    expect(opened.locator("svg [data-element-id=CallEscalate]")).to_have_class(
        "djs-element djs-shape diagram-waiting diagram-opens"
    )
    assert axe(opened) == []


def test_the_called_diagram_is_chosen_and_shows_the_task(opened: Page) -> None:
    chooser = opened.get_by_label("Diagrama", exact=True)
    expect(chooser.locator("option", has_text="(aquí está)")).to_have_text(
        [
            "Derecho de petición (aquí está)",
            "Trabajar la respuesta (aquí está)",
            "Vigilar el término (aquí está)",
        ],
        use_inner_text=True,
    )

    chooser.scroll_into_view_if_needed()
    chooser.select_option("Trabajar la respuesta (aquí está)")

    opened.locator("[data-diagram-process=work] .diagram-canvas").scroll_into_view_if_needed()
    task = opened.locator("svg [data-element-id=Draft].diagram-current")
    expect(task).to_be_in_viewport()
    expect(task.get_by_text("Proyectar la")).to_be_visible()
    assert axe(opened) == []
