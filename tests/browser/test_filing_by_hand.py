"""Filing with the keyboard alone, without JavaScript, with a nervous finger."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Town

MOST_STOPS = 60
pytestmark = pytest.mark.browser


def _focused(page: Page) -> str:
    """The id, or else the text, of what has the focus."""
    name: str = page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    return name


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until `name` has the focus; each stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", f"nobody sees that the focus is on {_focused(page)}"
        if _focused(page) == name:
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_a_petition_is_filed_with_the_keyboard_alone(page: Page, town: Town) -> None:
    page.goto(f"{town.site.url}/radicar")

    page.keyboard.press("Tab")
    assert _focused(page) == "Ir al contenido"
    page.keyboard.press("Enter")
    _tab_to(page, "kind")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    for field, text in (
        ("full_name", "Rosa Díaz"),
        ("document_type", "Cédula de c"),
        ("document_number", "52123456"),
        ("reply_by", " "),
        ("email", "rosa@correo.example"),
        ("subject", "Trato en la ventanilla"),
        ("body", "El viernes no me atendieron."),
    ):
        _tab_to(page, field)
        page.keyboard.type(text)
    _tab_to(page, "privacy_notice")
    page.keyboard.press("Space")
    _tab_to(page, "Radicar")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Su petición quedó radicada")
    expect(page.locator("dl.facts")).to_contain_text("Queja")


def test_the_summary_of_errors_has_the_focus_and_leads_to_each_field(page: Page, town: Town) -> None:
    page.goto(f"{town.site.url}/radicar")
    page.get_by_role("button", name="Radicar").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#kind")).to_be_focused()


def test_the_trap_for_programs_is_out_of_sight_and_out_of_reach(page: Page, town: Town) -> None:
    page.goto(f"{town.site.url}/radicar")

    expect(page.locator("#website")).not_to_be_in_viewport()
    assert page.locator("#website").get_attribute("tabindex") == "-1"
    assert page.locator(".trap").get_attribute("aria-hidden") == "true"


def test_what_does_not_apply_steps_aside(page: Page, town: Town) -> None:
    page.goto(f"{town.site.url}/radicar")
    expect(page.locator("#full_name")).to_be_visible()
    for aside in ("#reserve_identity", "#address", "#representative_name"):
        expect(page.locator(aside)).to_be_hidden()

    page.get_by_label("En papel").check()
    expect(page.locator("#address")).to_be_visible()
    page.get_by_label("En nombre de otra persona").check()
    expect(page.locator("#representative_name")).to_be_visible()

    page.get_by_label("Denuncia", exact=True).check()
    expect(page.locator("#reserve_identity")).to_be_visible()
    page.locator("#petitioner-anonymous").check()
    expect(page.locator("#full_name")).to_be_hidden()
    expect(page.locator("#reserve_identity")).to_be_hidden()


def test_a_double_click_files_once(page: Page, town: Town) -> None:
    def filed() -> int:
        with town.site.office.read() as connection:
            return connection.exec_driver_sql("select count(*) from petition").scalar_one()  # type: ignore[no-any-return]  # a count

    before = filed()
    page.goto(f"{town.site.url}/radicar")
    _fill_in(page)
    page.get_by_role("button", name="Radicar").dblclick()

    expect(page.get_by_role("heading", level=1)).to_have_text("Su petición quedó radicada")
    assert filed() == before + 1


def test_without_javascript_a_petition_is_filed_and_followed(browser: Browser, town: Town) -> None:
    with browser.new_context(java_script_enabled=False, locale="es-CO") as context:
        page = context.new_page()
        page.goto(f"{town.site.url}/radicar")
        _fill_in(page)
        page.get_by_role("button", name="Radicar").click()
        expect(page.locator(".code")).to_have_count(2)
        number, code = page.locator(".code").all_text_contents()

        page.goto(f"{town.site.url}/consultar")
        page.fill("#filing_number", number)
        page.fill("#tracking_code", code.lower().replace("-", " "))
        page.get_by_role("button", name="Consultar").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(f"Petición {number}")
        expect(page.locator(".state")).to_have_text("Estado: Radicada")


def _fill_in(page: Page) -> None:
    page.check("#kind")
    page.check("#petitioner-anonymous")
    page.fill("#subject", "Alumbrado del parque")
    page.fill("#body", "El parque está a oscuras desde el lunes.")
    page.check("#privacy_notice")
