"""Every page in a real browser: nothing that axe finds, nothing wider than the screen.

The diagram is drawn on one of the petitions' pages; on the others the words stand alone, as they do
without JavaScript.

With SCREENSHOTS=<folder> each page is also kept there as a picture, in both widths.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from processes.directory.people import Person
from tests.browser.conftest import HOSTILE, Town
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
)
from tests.builders.petitions import task_of
from tests.support.browser import axe

WIDTHS = (1280, 360)
SCREENSHOTS = os.environ.get("SCREENSHOTS")
pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Visited:
    """A page: who opens it, where it is, and what to do there before looking."""

    name: str
    address: Callable[[Town], str]
    person: Person | None = None
    act: Callable[[Page, Town], None] = lambda _page, _town: None


def _at(address: str) -> Callable[[Town], str]:
    return lambda _: address


def _submit(page: Page, _town: Town) -> None:
    # A click alone does not wait for the page that it leads to.
    with page.expect_navigation():
        page.locator("main button[type=submit]").last.click()


def _open_the_letter(page: Page, _town: Town) -> None:
    with page.expect_navigation():
        page.locator("main form[action$=imprimir] button").click()


def _track(number: str, code: str) -> Callable[[Page, Town], None]:
    def act(page: Page, town: Town) -> None:
        page.fill("#filing_number", str(getattr(town, number)))
        page.fill("#tracking_code", str(getattr(town, code)))
        _submit(page, town)

    return act


def _open_the_days(page: Page, town: Town) -> None:
    _track("hostile", "hostile_code")(page, town)
    page.locator(".term > summary").click()


def _file(page: Page, town: Town) -> None:
    page.check("#kind")
    page.check("#petitioner-anonymous")
    page.fill("#subject", "Alumbrado del parque")
    page.fill("#body", "El parque está a oscuras desde el lunes.")
    page.check("#privacy_notice")
    _submit(page, town)


def _submit_a_topic(page: Page, _town: Town) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar el tema").click()


def _draw(page: Page, _town: Town) -> None:
    page.locator("[data-drawn=yes]").wait_for()


def _task(person: Person, number: str) -> Callable[[Town], str]:
    def address(town: Town) -> str:
        filing_number = str(getattr(town, number))
        return f"/tareas/{filing_number}/{task_of(town.site.office, person, filing_number)}"

    return address


PAGES = (
    Visited("home", _at("/")),
    Visited("filing", _at("/radicar")),
    Visited("filing-errors", _at("/radicar"), act=_submit),
    Visited("receipt", _at("/radicar"), act=_file),
    Visited("receipt-gone", _at("/radicada")),
    Visited("tracking", _at("/consultar")),
    Visited("tracking-errors", _at("/consultar"), act=_submit),
    Visited("tracked-hostile", _at("/consultar"), act=_track("hostile", "hostile_code")),
    Visited("tracked-days", _at("/consultar"), act=_open_the_days),
    Visited("sign-in", _at("/ingresar")),
    Visited("sign-in-wrong", _at("/ingresar"), act=_submit),
    Visited("not-found", _at("/nada")),
    Visited("forbidden", _at("/incidentes"), OFFICIAL),
    Visited("inbox", _at("/bandeja"), SERVICE_HEAD),
    Visited("inbox-empty", _at("/bandeja?ver=mias"), CLERK),
    Visited("classify", _task(CLERK, "filed"), CLERK),
    Visited("classify-hostile", _task(CLERK, "hostile"), CLERK),
    Visited("answer", _task(OFFICIAL, "assigned"), OFFICIAL),
    Visited("answer-errors", _task(OFFICIAL, "assigned"), OFFICIAL, _submit),
    Visited("verify", _task(SERVICE_HEAD, "answered"), SERVICE_HEAD),
    Visited("petitions", _at("/peticiones"), SERVICE_HEAD),
    Visited("petition-assigned", lambda town: f"/peticiones/{town.assigned}", OFFICIAL, _draw),
    Visited("petition-told", lambda town: f"/peticiones/{town.assigned}", DEPARTMENT_HEAD),
    Visited("petition-incident", lambda town: f"/peticiones/{town.filed}", SERVICE_HEAD),
    Visited("petition-closed", lambda town: f"/peticiones/{town.closed}", SERVICE_HEAD),
    Visited("petition-voided", lambda town: f"/peticiones/{town.voided}", SERVICE_HEAD),
    Visited("petition-hostile", lambda town: f"/peticiones/{town.hostile}", SERVICE_HEAD),
    Visited("petition-reserved", lambda town: f"/peticiones/{town.reserved}", CUSTODIAN),
    Visited("due-date", lambda town: f"/peticiones/{town.filed}/vencimiento", SERVICE_HEAD),
    Visited("desk-errors", _at("/ventanilla"), CLERK, _submit),
    Visited("acknowledgement", lambda town: f"/peticiones/{town.hostile}/constancia", CLERK),
    Visited("danger", lambda town: f"/peticiones/{town.hostile}/riesgo", SERVICE_HEAD),
    Visited("form-lists-errors", _at("/formulario"), ADMINISTRATOR, _submit_a_topic),
    Visited("on-call-errors", _at("/turnos"), ADMINISTRATOR, _submit),
    Visited("absences-errors", _at("/ausencias"), ADMINISTRATOR, _submit),
    Visited("inbox-in-place-of-another", _at("/bandeja"), STRANGER),
    Visited("messages", _at("/mensajes"), SERVICE_HEAD),
    Visited("message", _at("/mensajes/1"), ADMINISTRATOR),
    Visited("letters", _at("/cartas"), CLERK),
    Visited("letter", lambda town: f"/cartas/{town.letter}", CLERK),
    Visited("letter-errors", lambda town: f"/cartas/{town.letter}", CLERK, _submit),
    Visited("letter-on-paper", lambda town: f"/cartas/{town.letter}", CLERK, _open_the_letter),
    Visited("duties", _at("/deberes"), SERVICE_HEAD),
    Visited("duty-errors", lambda town: f"/deberes/{town.closed}/respuesta-devuelta", CLERK, _submit),
    Visited("notices", _at("/avisos"), DEPARTMENT_HEAD),
    Visited("account", _at("/mi-cuenta"), DEPARTMENT_HEAD),
    Visited("incidents", _at("/incidentes"), ADMINISTRATOR),
)


@pytest.mark.parametrize("visited", PAGES, ids=lambda visited: visited.name)
def test_every_page_is_accessible_and_fits_a_telephone_and_a_desk(
    page: Page, town: Town, visited: Visited
) -> None:
    if visited.person is not None:
        town.site.let_in(page.context, visited.person)
    if visited.act is not _draw:
        page.route("**/bundle/viewer.js*", lambda route: route.abort())
    page.goto(town.site.url + visited.address(town))
    visited.act(page, town)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"{visited.name}-{width}.png", full_page=True)
        assert _overflow(page) == 0
    assert axe(page) == []


@pytest.mark.parametrize(
    ("person", "address"),
    [(CLERK, "/bandeja"), (SERVICE_HEAD, "/peticiones"), (SERVICE_HEAD, "/peticiones/{hostile}")],
)
def test_hostile_text_stands_there_letter_by_letter(
    page: Page, town: Town, person: Person, address: str
) -> None:
    town.site.let_in(page.context, person)

    page.goto(town.site.url + address.format(hostile=town.hostile))

    assert HOSTILE[:200] in page.locator("bdi").all_text_contents()
    assert page.locator("main img").count() == 0


def test_the_receipt_prints_its_data_and_nothing_of_the_screen(page: Page, town: Town) -> None:
    page.goto(f"{town.site.url}/radicar")
    _file(page, town)
    page.emulate_media(media="print")

    on_paper = (
        ".receipt-entity",
        ".code >> nth=0",
        ".code >> nth=1",
        "text=Día hábil 15 de 15",
        "text=en http",
    )
    for shown in on_paper:
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("header", "footer", "button >> nth=0", ".skip"):
        expect(page.locator(hidden)).to_be_hidden()


def test_the_petitions_place_is_drawn_under_the_pages_own_policy(page: Page, town: Town) -> None:
    town.site.let_in(page.context, OFFICIAL)

    page.goto(f"{town.site.url}/peticiones/{town.assigned}")

    expect(page.locator("svg [data-element-id=Answer].diagram-current")).to_be_visible()
    expect(page.get_by_text("Está en: Proyectar y enviar la respuesta (Dependencia)")).to_be_visible()


def test_the_longest_menu_takes_one_line_and_opens_by_the_keyboard(page: Page, town: Town) -> None:
    town.site.let_in(page.context, SERVICE_HEAD)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{town.site.url}/bandeja")

    tops = page.locator(".menu > li").evaluate_all("all => all.map(each => each.offsetTop)")
    page.get_by_text("Correspondencia").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert len(set(tops)) == 1
    expect(page.get_by_text("Correspondencia")).to_have_css("color", "rgb(255, 255, 255)")
    expect(page.get_by_role("link", name="Cartas", exact=True)).to_be_focused()
    assert axe(page) == []


def _overflow(page: Page) -> int:
    """How many pixels of the page lie beyond the screen's edge."""
    root = "document.documentElement"
    beyond: int = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return beyond
