"""Every due date can be explained: whoever sees one reaches the days that led to it."""

from collections.abc import Callable

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD, STRANGER, HandClock
from tests.builders.petitions import ROSA, classify, distribute, file_one, task_of
from tests.pages.visitor import Seen, Visitor

SignIn = Callable[[Person], Visitor]


def _months(page: Seen) -> list[str]:
    return page.of_class("days-month")


def _days(page: Seen, name: str) -> list[str]:
    return page.of_class(name)


def test_the_days_are_listed_by_month_each_counted_or_skipped_with_its_reason(
    office: Office, signed_in: SignIn
) -> None:
    number = file_one(office).filing_number

    page = signed_in(SERVICE_HEAD).open(f"/peticiones/{number}/vencimiento")

    assert _months(page) == [
        "Noviembre de 2026 (5 días cuentan, 3 no)",
        "Diciembre de 2026 (10 días cuentan, 5 no)",
    ]
    assert len(_days(page, "counted")) == 15
    assert "sábado 28 Sábado: no es día hábil (Ley 4 de 1913, artículo 62)" in _days(page, "skipped")
    assert any(day.startswith("martes 8 ") and "Inmaculada" in day for day in _days(page, "skipped"))
    assert _days(page, "days-last") == ["martes 15 Día hábil 15 de 15. Último día"]


def test_each_day_is_written_for_machines_too(office: Office, signed_in: SignIn) -> None:
    number = file_one(office).filing_number

    page = signed_in(SERVICE_HEAD).open(f"/peticiones/{number}/vencimiento")

    written = [each.get("datetime") for each in page.all("//ol//time")]
    assert (written[0], written[-1], len(written)) == ("2026-11-23", "2026-12-15", 23)


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (CLERK, "/bandeja"),
        (CLERK, "/tareas/{number}/{task}"),
        (SERVICE_HEAD, "/peticiones"),
        (SERVICE_HEAD, "/peticiones/{number}/actuaciones/reclasificar"),
    ],
)
def test_wherever_officials_see_a_due_date_a_link_leads_to_its_days(
    office: Office, signed_in: SignIn, person: Person, address: str
) -> None:
    number = file_one(office).filing_number
    visitor = signed_in(person)

    page = visitor.open(address.format(number=number, task=task_of(office, CLERK, number)))

    (link,) = page.all(f"//a[@href='/peticiones/{number}/vencimiento']")
    assert " ".join(link.text_content().split()) == f"Cómo se contó la fecha de la petición {number}"
    assert visitor.open(str(link.get("href"))).status == 200


def test_the_case_file_and_the_citizen_find_the_days_on_the_page_itself(
    signed_in: SignIn, citizen: Visitor
) -> None:
    receipt = citizen.press(citizen.open("/radicar"), "/radicar", **ROSA)
    number, code = receipt.of_class("code")
    tracked = citizen.send("/consultar", {"filing_number": number, "tracking_code": code})
    case_file = signed_in(SERVICE_HEAD).open(f"/peticiones/{number}")

    for page in (receipt, tracked, case_file):
        assert page.all("//details[@class='term']/summary")
        assert len(_days(page, "counted")) == 15


def test_reception_and_filing_are_both_shown_with_the_reason_when_they_differ(
    office: Office, signed_in: SignIn, citizen: Visitor, clock: HandClock
) -> None:
    clock.forward(hours=12)
    receipt = file_one(office)
    keys = {"filing_number": receipt.filing_number, "tracking_code": receipt.tracking_code}
    tracked = citizen.send("/consultar", keys)
    visitor = signed_in(SERVICE_HEAD)
    case_file = visitor.open(f"/peticiones/{receipt.filing_number}")
    explained = visitor.open(f"/peticiones/{receipt.filing_number}/vencimiento")

    for page in (tracked, case_file, explained):
        assert "lunes 23 de noviembre de 2026 a las 10:00 p. m." in page.text
        assert "martes 24 de noviembre de 2026" in page.text
        assert "fuera del horario de atención" in page.text


def test_another_department_s_date_stays_closed_and_an_unknown_number_is_not_found(
    office: Office, signed_in: SignIn
) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)

    assert signed_in(OFFICIAL).open(f"/peticiones/{number}/vencimiento").status == 200
    assert signed_in(STRANGER).open(f"/peticiones/{number}/vencimiento").status == 403
    assert signed_in(OFFICIAL).open("/peticiones/2026-999999/vencimiento").status == 404
