"""A citizen files at the page: what is kept, what is refused, what never leaks."""

import re
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from processes.petitions.office import Office
from processes.petitions.tables import ATTACHMENTS, PETITIONS, RESERVED_IDENTITIES
from tests.builders.office import HandClock
from tests.builders.petitions import ROSA
from tests.pages.visitor import Seen, Visitor

NOTE = ("nota.txt", "Está en la esquina.".encode(), "text/plain")
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% raw %} \u202eotxet\u202c " + "ñ" * 90


def _file(citizen: Visitor, **changes: str) -> Seen:
    return citizen.press(citizen.open("/radicar"), "/radicar", **{**ROSA, **changes})


def _count(office: Office) -> int:
    with office.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(PETITIONS)) or 0


def test_filing_leads_to_a_receipt_with_number_code_and_both_dates(citizen: Visitor) -> None:
    receipt = _file(citizen)

    assert receipt.path == "/radicada"
    number, code = receipt.of_class("code")
    assert number == "2026-000001"
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    assert "lunes 23 de noviembre de 2026 a las 10:00 a. m." in receipt.text
    assert "martes 15 de diciembre de 2026" in receipt.text
    assert "Ley 1437 de 2011, artículo 14" in receipt.text
    assert "Día hábil 15 de 15" in receipt.text


def test_dates_are_written_for_machines_too(citizen: Visitor) -> None:
    receipt = _file(citizen)

    instants = [each.get("datetime") for each in receipt.all("//dl//time")]
    assert instants == ["2026-11-23T10:00:00-05:00", "2026-11-23", "2026-12-15"]


def test_what_arrives_after_hours_says_why_it_counts_from_another_day(
    citizen: Visitor, clock: HandClock
) -> None:
    clock.forward(hours=12)

    receipt = _file(citizen)

    assert "lunes 23 de noviembre de 2026 a las 10:00 p. m." in receipt.text
    assert "martes 24 de noviembre de 2026" in receipt.text
    assert "fuera del horario de atención" in receipt.text


def test_number_and_code_stand_in_no_address_and_no_shared_copy(citizen: Visitor) -> None:
    receipt = _file(citizen)
    number, code = receipt.of_class("code")

    addresses = [str(each.url) for each in (*receipt.response.history, receipt.response)]
    assert not any(number in each or code in each for each in addresses)
    assert receipt.response.headers["cache-control"] == "no-store"
    cookie = receipt.response.history[0].headers["set-cookie"]
    assert re.search(r"Max-Age=600; Path=/radicada; SameSite=strict", cookie)
    assert "HttpOnly" in cookie


def test_the_receipt_survives_a_reload_and_goes_when_the_citizen_says_so(citizen: Visitor) -> None:
    first = _file(citizen)
    again = citizen.open("/radicada")
    assert again.of_class("code") == first.of_class("code")

    citizen.press(again, "/radicada")

    gone = citizen.open("/radicada")
    assert (gone.status, gone.of_class("code")) == (404, [])


def test_another_browser_sees_no_receipt(comer: Callable[[], Visitor]) -> None:
    _file(comer())

    assert comer().open("/radicada").status == 404


def test_a_made_up_receipt_cookie_opens_nothing(citizen: Visitor) -> None:
    _file(citizen)
    citizen.client.cookies.clear()
    citizen.client.cookies.set("constancia", "2026-000001.AAAAA-AAAA-AAAA", path="/radicada")

    assert citizen.open("/radicada").status == 404


def test_a_double_click_files_once(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/radicar")

    first = citizen.press(page, "/radicar", **ROSA)
    second = citizen.press(page, "/radicar", **ROSA)

    assert first.of_class("code") == second.of_class("code")
    assert _count(office) == 1


def test_another_petition_from_the_same_form_is_asked_about_first(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/radicar")
    citizen.press(page, "/radicar", **ROSA)

    asked = citizen.press(page, "/radicar", **ROSA | {"subject": "Otro asunto"})
    assert asked.status == 422
    assert "ya radicó una petición" in asked.text
    assert _count(office) == 1

    assert citizen.press(asked, "/radicar").path == "/radicada"
    assert _count(office) == 2


def test_errors_stand_beside_their_fields_and_in_a_summary_that_links_to_them(citizen: Visitor) -> None:
    page = citizen.press(citizen.open("/radicar"), "/radicar")

    assert page.status == 422
    assert page.all("//title")[0].text_content().startswith("Error: ")
    links = [each.get("href") for each in page.all("//div[@class='error-summary']//a")]
    assert links[0] == "#kind"
    assert {"#full_name", "#reply_by", "#email", "#subject", "#body", "#privacy_notice"} <= set(links)
    for link in links:
        assert page.root.get_element_by_id(link[1:]).tag in {"input", "select", "textarea"}
        assert page.of_id(f"{link[1:]}-error").startswith("Error: ")
    assert page.root.find_class("error-summary")[0].get("autofocus") is not None


def test_what_was_typed_is_kept_when_something_is_wrong(citizen: Visitor) -> None:
    typed = ROSA | {
        "body": "  Dos líneas\ny una más.",
        "kind": "wrongdoing_report",
        "reserve_identity": "true",
    }
    page = citizen.press(citizen.open("/radicar"), "/radicar", **typed | {"privacy_notice": ""})

    kept = page.form("/radicar")
    assert page.status == 422
    for name in ("kind", "reserve_identity", "full_name", "document_type", "email", "subject"):
        assert kept[name] == typed[name]
    assert kept["body"].replace("\r\n", "\n").strip() == typed["body"].strip()


def test_files_of_a_form_that_came_back_are_not_chosen_twice(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/radicar")
    wrong = page.form("/radicar") | ROSA | {"subject": ""}
    back = citizen.send("/radicar", wrong, files=[("files", NOTE)])
    assert back.status == 422
    assert [each.text_content() for each in back.all("//div[@class='kept']//label")] == [
        "nota.txt (20 bytes)"
    ]

    assert citizen.press(back, "/radicar", subject="Un hueco").path == "/radicada"

    with office.read() as connection:
        assert list(connection.scalars(sa.select(ATTACHMENTS.c.name))) == ["nota.txt"]


def test_a_kept_file_that_was_not_sent_by_this_office_is_left_out(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/radicar")

    receipt = citizen.press(page, "/radicar", **ROSA, kept_files=["AAAA", "no es un sello", "ñ"])

    assert receipt.path == "/radicada"
    with office.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ATTACHMENTS)) == 0


def test_one_bad_file_costs_no_other_and_is_named(citizen: Visitor) -> None:
    page = citizen.open("/radicar")
    program = ("programa.pdf", b"MZ\x90\x00\x03", "application/pdf")

    back = citizen.send("/radicar", page.form("/radicar") | ROSA, files=[("files", NOTE), ("files", program)])

    assert back.status == 422
    assert "«programa.pdf» no es de un tipo admitido" in back.of_id("files-error")
    assert [each.text_content() for each in back.all("//div[@class='kept']//label")] == [
        "nota.txt (20 bytes)"
    ]


def test_the_form_says_before_it_is_filled_which_files_it_takes(citizen: Visitor) -> None:
    hint = citizen.open("/radicar").of_id("files-hint")

    assert "10 archivos" in hint
    assert "20 MB" in hint
    assert "PDF" in hint


def test_a_program_that_fills_in_everything_files_nothing_and_a_person_can_go_on(
    citizen: Visitor, office: Office
) -> None:
    page = citizen.press(citizen.open("/radicar"), "/radicar", **ROSA, website="http://spam.example")
    assert page.status == 422
    assert _count(office) == 0

    assert citizen.press(page, "/radicar").path == "/radicada"


def test_a_reserved_identity_is_for_wrongdoing_reports(citizen: Visitor) -> None:
    page = _file(citizen, reserve_identity="true")

    assert page.of_id("reserve_identity-error")
    assert page.of_class("reserve-shown")


def test_a_reported_wrongdoing_keeps_its_reporter_apart(citizen: Visitor, office: Office) -> None:
    _file(citizen, kind="wrongdoing_report", reserve_identity="true")

    with office.read() as connection:
        assert list(connection.scalars(sa.select(RESERVED_IDENTITIES.c.full_name))) == ["Rosa Díaz"]


def test_an_anonymous_petition_needs_no_name(citizen: Visitor) -> None:
    receipt = _file(
        citizen,
        petitioner_type="anonymous",
        full_name="",
        document_type="",
        document_number="",
        email="",
        reply_by="",
    )

    assert receipt.path == "/radicada"


def test_what_looks_like_markup_or_a_template_is_shown_as_it_was_written(citizen: Visitor) -> None:
    receipt = _file(citizen, subject=HOSTILE)

    assert [each.text_content() for each in receipt.all("//dd[@class='written']/bdi")] == [
        " ".join(HOSTILE.split())
    ]
    assert receipt.all("//script") == []


@pytest.mark.parametrize("field", ["subject", "body", "full_name", "email", "address", "document_number"])
def test_hostile_text_comes_back_literally_in_every_field(citizen: Visitor, field: str) -> None:
    page = _file(citizen, **{field: f"{HOSTILE} \"' </textarea>", "privacy_notice": ""})

    assert page.form("/radicar")[field].strip() == f"{HOSTILE} \"' </textarea>"
    assert page.all("//script") == []


def test_a_megabyte_of_text_is_refused_beside_its_field_and_kept(citizen: Visitor) -> None:
    long_text = "a" * 950_000

    page = _file(citizen, body=long_text)

    assert page.status == 422
    assert "el máximo es 20000" in page.of_id("body-error")
    assert page.form("/radicar")["body"].strip() == long_text


def test_control_characters_are_refused_in_words(citizen: Visitor) -> None:
    page = _file(citizen, subject="con \x00 nulo")

    assert page.status == 422
    assert "caracteres de control" in page.of_id("subject-error")


def test_a_form_that_anybody_fills_in_may_be_gone_back_to(citizen: Visitor) -> None:
    assert citizen.open("/radicar").response.headers["cache-control"] == "private, no-cache"
