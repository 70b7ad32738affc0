"""A citizen follows a petition with its number and code."""

from collections.abc import Callable

import pytest

from processes.petitions.attachments import store_file
from processes.petitions.desk import file_at_desk
from processes.petitions.inbox import list_work_items
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.office import Office
from processes.petitions.work import claim, complete
from processes.terms.events import LegalEventKind
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import ROSA
from tests.pages.visitor import Seen, Visitor

ANSWER = "Señora Rosa: el hueco se tapará el lunes.\n\nGracias por avisar <b>pronto</b>."


@pytest.fixture
def keys(citizen: Visitor) -> dict[str, str]:
    receipt = citizen.press(citizen.open("/radicar"), "/radicar", **ROSA)
    number, code = receipt.of_class("code")
    return {"filing_number": number, "tracking_code": code}


def _track(visitor: Visitor, keys: dict[str, str]) -> Seen:
    return visitor.press(visitor.open("/consultar"), "/consultar", **keys)


def _answer(office: Office, number: str) -> None:
    note = store_file(office.settings.files_folder, "plano.txt", b"Plano", max_bytes=1000)
    steps = (
        (CLERK, {"kind": "request", "level": 3, "priority": False}, ()),
        (SERVICE_HEAD, {"department": "INF"}, ()),
        (OFFICIAL, {"answer_text": ANSWER, "outcome": "granted"}, (note,)),
    )
    for person, values, files in steps:
        (item,) = list_work_items(office, person).items
        claim(office, person, number, item.task)
        complete(office, person, number, item.task, values, files=files)


def test_the_state_is_told_in_words_with_its_steps_and_the_count_of_days(
    citizen: Visitor, keys: dict[str, str]
) -> None:
    page = _track(citizen, keys)

    assert page.status == 200
    assert "Estado: Radicada" in page.text
    assert "estamos revisando de qué trata" in page.text
    assert "Recibimos y radicamos lo que nos envió." in page.text
    assert "faltan 15 días hábiles" in page.text
    assert "Día hábil 15 de 15" in page.text


def test_the_answer_and_its_files_are_there_as_they_were_written(
    citizen: Visitor, keys: dict[str, str], office: Office
) -> None:
    _answer(office, keys["filing_number"])

    page = _track(citizen, keys)

    assert "Estado: Respuesta enviada" in page.text
    assert "Gracias por avisar <b>pronto</b>." in page.text
    assert "faltan" not in page.text
    button = page.all("//button[@name='seq']")[0]
    file = citizen.send("/consultar/archivo", {**keys, "seq": str(button.get("value"))})
    assert file.response.content == b"Plano"
    assert file.response.headers["content-disposition"].startswith("attachment; ")


@pytest.mark.parametrize("seq", ["0", "2", "99999999999999", "-1", "x", ""])
def test_a_file_that_is_not_of_the_answer_is_not_found(
    citizen: Visitor, keys: dict[str, str], seq: str
) -> None:
    assert citizen.send("/consultar/archivo", {**keys, "seq": seq}).status == 404


def test_a_wrong_code_and_a_wrong_number_are_told_the_same_and_kept(
    citizen: Visitor, keys: dict[str, str]
) -> None:
    wrong_code = _track(citizen, keys | {"tracking_code": "AAAAA-AAAA-AAAA"})
    wrong_number = _track(citizen, keys | {"filing_number": "2026-999999"})

    assert (wrong_code.status, wrong_number.status) == (404, 404)
    assert wrong_code.of_class("note note-bad") == wrong_number.of_class("note note-bad")
    assert wrong_code.form("/consultar")["filing_number"] == keys["filing_number"]


def test_empty_fields_are_pointed_at(citizen: Visitor) -> None:
    page = citizen.press(citizen.open("/consultar"), "/consultar")

    assert page.status == 422
    assert page.of_id("filing_number-error")
    assert page.of_id("tracking_code-error")


def test_number_and_code_stand_in_no_address_and_leave_no_copy(
    citizen: Visitor, keys: dict[str, str]
) -> None:
    page = _track(citizen, keys)

    assert page.path == "/consultar"
    assert page.response.headers["cache-control"] == "no-store"


def test_guessing_codes_is_slowed_down(comer: Callable[[], Visitor], keys: dict[str, str]) -> None:
    visitor = comer()
    wrong = keys | {"tracking_code": "AAAAA-AAAA-AAAA"}

    answers = [visitor.send("/consultar", wrong) for _ in range(70)]

    assert answers[-1].status == 429
    assert "Espere" in answers[-1].text
    assert int(answers[-1].response.headers["retry-after"]) > 0


def test_what_is_no_petition_is_followed_without_a_date_to_answer(citizen: Visitor, office: Office) -> None:
    sent = {"nature": "judicial_notice", "channel": "email", "subject": "Auto 12", "full_name": "Juzgado"}
    order = file_at_desk(office, CLERK, sent)

    page = _track(citizen, {"filing_number": order.filing_number, "tracking_code": order.tracking_code})

    assert page.status == 200
    assert page.all("//h1")[0].text_content() == f"Comunicación {order.filing_number}"
    assert "Fecha máxima de respuesta" not in page.text
    assert "días hábiles" not in page.text
    assert "Desistir" not in page.text


def test_a_petition_that_was_given_up_promises_no_answer(
    citizen: Visitor, office: Office, keys: dict[str, str]
) -> None:
    number, code = keys["filing_number"], keys["tracking_code"]
    record_citizen_act(office, number, code, kind=LegalEventKind.WITHDRAWN, text="Ya no hace falta.")

    page = _track(citizen, keys)

    assert "Estado: Desistida" in page.text
    assert "Fecha máxima de respuesta" not in page.text
