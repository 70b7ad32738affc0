"""The pages of the legal acts in a real browser: accessible, on a telephone and at a desk, by keyboard.

With SCREENSHOTS=<folder> each page is also kept there as a picture, in both widths.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from processes.directory.people import Person
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.matters import NewMatter, register_matters
from processes.petitions.proposals import propose_reclassification
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from tests.browser.conftest import Town
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import classify, distribute, file_one
from tests.support.browser import axe

WIDTHS = (1280, 360)
SCREENSHOTS = os.environ.get("SCREENSHOTS")
REASONS = "La cuadrilla debe hacer un estudio del suelo que tarda dos semanas."
MISSING = "Falta la dirección exacta y una fotografía del hueco."
MOST_STOPS = 80
pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def number(town: Town) -> str:
    return _at_work(town)[0]


def _at_work(town: Town) -> tuple[str, str]:
    receipt = file_one(town.site.office, subject="Hueco frente a la escuela")
    classify(town.site.office, receipt.filing_number)
    distribute(town.site.office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def _ask_to_complete(town: Town, number: str) -> None:
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=MISSING)
    record_legal_act(town.site.office, OFFICIAL, number, act)


def _enter(page: Page, town: Town, person: Person, address: str) -> None:
    town.site.let_in(page.context, person)
    page.route("**/bundle/viewer.js*", lambda route: route.abort())
    page.goto(town.site.url + address)


def _judge(page: Page, name: str) -> None:
    """Nothing that axe finds, nothing wider than the screen, at a desk and on a telephone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if SCREENSHOTS:
            page.screenshot(path=Path(SCREENSHOTS) / f"{name}-{width}.png", full_page=True)
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") == 0
        assert axe(page) == []


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def _open_everything(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()


def _track(page: Page, town: Town, number: str, code: str) -> None:
    page.goto(f"{town.site.url}/consultar")
    page.fill("#filing_number", number)
    page.fill("#tracking_code", code)
    _press(page, "Consultar")


def test_the_page_of_the_acts(page: Page, town: Town, number: str) -> None:
    _ask_to_complete(town, number)
    _enter(page, town, OFFICIAL, f"/peticiones/{number}/actuaciones")
    _open_everything(page)

    _judge(page, "acts")


def test_the_page_of_the_acts_of_a_petition_with_matters(page: Page, town: Town) -> None:
    number = file_one(town.site.office).filing_number
    matters = [
        NewMatter(PetitionKind.REQUEST, "Que se tape el hueco."),
        NewMatter(PetitionKind.DOCUMENT_REQUEST, "Copia del contrato de la vía. " + "x" * 300),
    ]
    register_matters(town.site.office, CLERK, number, matters)
    _enter(page, town, SERVICE_HEAD, f"/peticiones/{number}/actuaciones")

    _judge(page, "acts-matters")


@pytest.mark.parametrize(
    "slug", ["prorrogar", "requerir", "trasladar", "reclasificar", "notificada", "reasignar"]
)
def test_the_form_of_an_act(page: Page, town: Town, number: str, slug: str) -> None:
    _enter(page, town, SERVICE_HEAD, f"/peticiones/{number}/actuaciones/{slug}")

    _judge(page, f"act-{slug}")


def test_the_form_of_an_act_with_errors_gives_them_the_focus(page: Page, town: Town, number: str) -> None:
    _enter(page, town, OFFICIAL, f"/peticiones/{number}/actuaciones/prorrogar")
    page.fill("#happened_time", "10:30")
    _press(page, "Revisar cómo queda la fecha")

    expect(page.locator(".error-summary")).to_be_focused()
    _judge(page, "act-errors")


def test_the_confirmation_of_an_act(page: Page, town: Town, number: str) -> None:
    _enter(page, town, OFFICIAL, f"/peticiones/{number}/actuaciones/prorrogar")
    page.fill("#reason", REASONS)
    _press(page, "Revisar cómo queda la fecha")
    _open_everything(page)

    _judge(page, "act-confirm")


def test_the_page_that_separates_matters(page: Page, town: Town) -> None:
    number = file_one(town.site.office).filing_number
    _enter(page, town, CLERK, f"/peticiones/{number}/asuntos")
    _judge(page, "matters")

    _press(page, "Separar los asuntos")
    _judge(page, "matters-errors")


def test_the_citizen_s_petition_that_waits_for_the_citizen(page: Page, town: Town) -> None:
    number, code = _at_work(town)
    _ask_to_complete(town, number)

    _track(page, town, number, code)
    _judge(page, "tracked-waiting")
    _press(page, "Completar mi petición")
    _judge(page, "citizen-act")
    _press(page, "Completar mi petición")
    expect(page.locator(".error-summary")).to_be_focused()
    _judge(page, "citizen-act-errors")


def test_the_pages_of_an_approval(page: Page, town: Town, number: str) -> None:
    act = LegalAct(
        kind=LegalEventKind.RECLASSIFIED, new_kind=PetitionKind.CONSULTATION, reason=f"{REASONS} {'y' * 300}"
    )
    propose_reclassification(town.site.office, OFFICIAL, number, act)
    _enter(page, town, SERVICE_HEAD, "/aprobaciones")
    _judge(page, "approvals")

    with page.expect_navigation():
        page.get_by_role("link", name=number, exact=True).click()
    _judge(page, "approval")


def test_lists_say_that_a_term_is_suspended(page: Page, town: Town, number: str) -> None:
    _ask_to_complete(town, number)
    _enter(page, town, OFFICIAL, "/bandeja")

    expect(page.locator(".light-suspended").first).to_have_text("Suspendida")
    _judge(page, "inbox-suspended")


def test_an_extension_is_told_with_the_keyboard_alone(page: Page, town: Town, number: str) -> None:
    _enter(page, town, OFFICIAL, f"/peticiones/{number}/actuaciones")

    _tab_to(page, "Prorrogar el término")
    page.keyboard.press("Enter")
    page.wait_for_url("**/prorrogar")
    _tab_to(page, "reason")
    page.keyboard.type(REASONS)
    _tab_to(page, "length_amount")
    page.keyboard.type("25")
    _tab_to(page, "Revisar cómo queda la fecha")
    _enter_key(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _tab_to(page, "Confirmar")
    _enter_key(page)

    expect(page.get_by_role("status")).to_have_text("La actuación quedó en el expediente.")
    expect(page.get_by_role("status")).to_be_focused()


def _enter_key(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until `name` has the focus; each stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused: str = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", f"nobody sees that the focus is on {focused}"
        if focused == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")
