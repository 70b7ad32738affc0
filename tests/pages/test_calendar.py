"""The calendar's pages, as whoever keeps it uses them."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from processes.directory.people import Person
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from tests.builders.calendars import FAIR, close_a_day, prepare
from tests.builders.office import ADMINISTRATOR, CONTROL, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import file_one
from tests.pages.visitor import Seen, Visitor

Enter = Callable[[Person], Visitor]
CLOSURE = {
    "on": "2026-12-07",
    "name": "Feria de Puerto Claro",
    "effect": "suspends",
    "act_number": "Decreto 012",
    "act_date": "2026-11-20",
}
MEMORIAL = {"reason": "Lo ordena el Decreto 012."}


def _add(visitor: Visitor, **changes: str) -> Seen:
    page = visitor.open("/calendario/cierres")
    return visitor.press(page, "/calendario/cierres", **{**CLOSURE, **changes})


def test_an_administrator_closes_a_day_from_the_form_to_the_moved_date(
    office: Office, signed_in: Enter
) -> None:
    number = file_one(office).filing_number
    gina = signed_in(ADMINISTRATOR)

    prepared = _add(gina)
    review = gina.open("/calendario/cambio")
    applied = gina.press(review, "/calendario/cambio/aplicar", **MEMORIAL)

    assert "quedó en preparación" in prepared.text
    assert [total.text_content() for total in review.all("//dl[@class='totals']//dd")] == ["1", "1"]
    assert f"{number} Petición Sin asignar 15 de diciembre de 2026" in review.text.replace("martes ", "")
    assert "1 día después" in review.text
    assert applied.path == "/calendario/historia/2?aviso=aplicado"
    moved = gina.open("/calendario/historia/2")
    assert number in moved.text
    with office.read() as connection:
        assert str(connection.scalar(sa.select(PETITIONS.c.due_on))) == "2026-12-16"


def test_a_wrong_closure_comes_back_with_what_was_typed_and_what_to_do(signed_in: Enter) -> None:
    page = _add(signed_in(ADMINISTRATOR), act_number="", on="")

    assert page.status == 422
    assert "Escriba el día." in page.of_id("on-error")
    assert "Solo un acto suspende los términos" in page.of_id("act_number-error")
    assert page.form("/calendario/cierres")["name"] == "Feria de Puerto Claro"


def test_a_day_that_is_a_holiday_already_is_refused_beside_its_field(signed_in: Enter) -> None:
    page = _add(signed_in(SERVICE_HEAD), on="2026-12-08")

    assert (page.status, "ya es festivo nacional" in page.of_id("on-error")) == (409, True)


def test_a_closure_is_taken_out_of_the_draft(office: Office, signed_in: Enter) -> None:
    prepare(office)
    gina = signed_in(ADMINISTRATOR)
    page = gina.open("/calendario/cierres")

    after = gina.press(page, "/calendario/cierres/2026-12-07/quitar")

    assert "No quedó ningún cambio en preparación." in after.text
    assert "La entidad no tiene cierres." in after.text


def test_a_day_that_is_none_has_no_closure(signed_in: Enter) -> None:
    gina = signed_in(ADMINISTRATOR)
    page = gina.open("/calendario/cierres")
    sent = {"csrf": page.form("/calendario/cierres").get("csrf", ""), **page.form("/calendario/cierres")}

    assert gina.send("/calendario/cierres/2026-13-99/quitar", sent).status == 404


def test_hours_with_a_noon_pause_and_a_saturday_are_prepared(signed_in: Enter) -> None:
    gina = signed_in(ADMINISTRATOR)
    page = gina.open("/calendario/horario")
    typed = {"hours_4": "07:00-12:00, 13:00-15:00", "hours_5": "08:00-12:00"}

    after = gina.press(page, "/calendario/horario", **typed)

    assert "Horario del viernes: de «08:00-17:00» a «07:00-12:00, 13:00-15:00»." in after.text
    assert "Horario del sábado: de «cerrado» a «08:00-12:00»." in after.text
    assert after.form("/calendario/horario")["hours_5"] == "08:00-12:00"


def test_hours_that_nobody_understands_come_back_as_typed(signed_in: Enter) -> None:
    gina = signed_in(ADMINISTRATOR)
    page = gina.press(gina.open("/calendario/horario"), "/calendario/horario", hours_2="de ocho a cinco")

    assert page.status == 422
    assert "No se entiende el horario del miércoles" in page.of_id("hours_2-error")
    assert page.form("/calendario/horario")["hours_2"] == "de ocho a cinco"


def test_the_reading_the_packs_and_the_traffic_light_are_prepared(signed_in: Enter) -> None:
    gina = signed_in(ADMINISTRATOR)
    page = gina.open("/calendario/reglas")
    typed = {
        "after_hours": "as_received",
        "packs": ["health", "disciplinary"],
        "target_consultation": "5",
        "due_soon_consultation": "8",
    }

    after = gina.press(page, "/calendario/reglas", **typed)

    assert "Lo que llega fuera del horario se radica el mismo día en que llega." in after.text
    assert "Se activa: Salud." in after.text
    assert "Semáforo, Consulta: la meta interna va 5 días hábiles antes del vencimiento" in after.text
    assert after.form("/calendario/reglas")["due_soon_consultation"] == "8"


def test_a_threshold_that_is_no_number_is_refused_in_its_cell(signed_in: Enter) -> None:
    gina = signed_in(ADMINISTRATOR)
    page = gina.press(gina.open("/calendario/reglas"), "/calendario/reglas", target_general="pronto")

    assert (page.status, "Escriba un número de 0 a 30." in page.of_id("target_general-error")) == (422, True)


def test_a_review_without_a_draft_leads_back(signed_in: Enter) -> None:
    assert signed_in(ADMINISTRATOR).open("/calendario/cambio").path == "/calendario?aviso=sin-cambios"


def test_applying_without_a_reason_asks_for_it(office: Office, signed_in: Enter) -> None:
    prepare(office)
    gina = signed_in(ADMINISTRATOR)
    page = gina.press(gina.open("/calendario/cambio"), "/calendario/cambio/aplicar", reason=" ")

    assert (page.status, "Escriba por qué" in page.of_id("reason-error")) == (422, True)


def test_a_change_is_discarded(office: Office, signed_in: Enter) -> None:
    prepare(office)
    gina = signed_in(ADMINISTRATOR)

    after = gina.press(gina.open("/calendario/cambio"), "/calendario/cambio/descartar")

    assert "El cambio en preparación se descartó." in after.text


def test_a_change_is_taken_back_after_seeing_what_returns(office: Office, signed_in: Enter) -> None:
    file_one(office)
    close_a_day(office)
    gina = signed_in(ADMINISTRATOR)

    review = gina.press(gina.open("/calendario/historia/2"), "/calendario/cambio/deshacer")
    gina.press(review, "/calendario/cambio/aplicar", reason="Se derogó.")

    assert "1 día antes" in review.text
    assert "deshace la versión 2" in gina.open("/calendario/historia").text
    with office.read() as connection:
        assert str(connection.scalar(sa.select(PETITIONS.c.due_on))) == "2026-12-15"


def test_the_holidays_of_a_year_stand_with_their_law(office: Office, signed_in: Enter) -> None:
    close_a_day(office, FAIR)
    page = signed_in(CONTROL).open("/calendario/festivos?anio=2026")

    assert "19 festivos nacionales" in page.text
    (july,) = [row for row in page.all("//tbody/tr") if "13 de julio" in str(row.text_content())]
    assert " ".join(str(july.text_content()).split()).endswith("(Ley 2578 de 2026, artículo 6)")
    assert "Feria de Puerto Claro (Decreto 012 del 20/11/2026)" in page.text
    assert "18 festivos nacionales" in signed_in(CONTROL).open("/calendario/festivos?anio=2024").text


def test_a_year_that_is_none_shows_this_one(signed_in: Enter) -> None:
    assert "Festivos de 2026" in signed_in(CONTROL).open("/calendario/festivos?anio=nada").text


def test_every_fact_that_nobody_verified_is_shown_as_such(signed_in: Enter) -> None:
    page = signed_in(CONTROL).open("/calendario/terminos")

    assert "Por verificar (B) · Fuente: enlegislacion.com" in page.text
    assert "Por verificar (C)" in page.text
    assert "15 días hábiles vigente" in page.text


def test_readers_see_and_do_not_change(office: Office, signed_in: Enter) -> None:
    prepare(office)
    ines = signed_in(CONTROL)

    page = ines.open("/calendario")

    assert "Hay un cambio en preparación" in page.text
    assert not page.all("//main//form")
    assert not page.all("//a[@href='/calendario/cambio']")
    assert ines.open("/calendario/cierres").status == 403
    assert signed_in(OFFICIAL).open("/calendario").status == 403


@pytest.mark.parametrize("sent", ["9" * 5000, "-1", "²", "", "0"])
def test_a_number_that_no_page_wrote_applies_nothing(office: Office, signed_in: Enter, sent: str) -> None:
    prepare(office)
    gina = signed_in(ADMINISTRATOR)

    applied = gina.press(
        gina.open("/calendario/cambio"), "/calendario/cambio/aplicar", **MEMORIAL, revision=sent
    )

    assert applied.status == 409
    assert "Revíselo otra vez" in applied.text
    assert gina.open(f"/calendario/historia/{sent or 'x'}").status == 404


def test_of_two_who_edit_the_hours_the_second_is_told_and_keeps_what_was_typed(signed_in: Enter) -> None:
    gina, bea, address = signed_in(ADMINISTRATOR), signed_in(SERVICE_HEAD), "/calendario/horario"
    opened = gina.open(address)
    bea.press(bea.open(address), address, hours_0="09:00-12:00")

    wrong = gina.press(opened, address, hours_4="de ocho a tres")
    told = gina.press(wrong, address, hours_4="08:00-15:00")
    saved = gina.press(told, address, hours_0="09:00-12:00")

    assert told.status == 409
    assert "Otra persona cambió el calendario" in told.text
    assert told.form(address)["hours_4"] == "08:00-15:00"
    assert saved.status == 200
    assert saved.form(address)["hours_4"] == "08:00-15:00"


def test_of_two_who_edit_the_rules_the_second_is_told(signed_in: Enter) -> None:
    gina, bea, address = signed_in(ADMINISTRATOR), signed_in(SERVICE_HEAD), "/calendario/reglas"
    opened = gina.open(address)
    bea.press(bea.open(address), address, target_general="2")

    told = gina.press(opened, address, due_soon_general="5")

    assert told.status == 409
    assert "Otra persona cambió el calendario" in told.text
    assert told.form(address)["due_soon_general"] == "5"
