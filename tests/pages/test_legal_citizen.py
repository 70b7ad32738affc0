"""Citizens act on the tracking page with number and code: complete, ask for more time, withdraw."""

from collections.abc import Callable
from datetime import datetime

import pytest

from processes.common.calendar import BOGOTA
from processes.directory.people import Person
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.matters import NewMatter, register_matters
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from tests.builders.office import CLERK, OFFICIAL, HandClock
from tests.builders.petitions import classify, distribute, file_one, task_of
from tests.pages.visitor import Seen, Visitor

MISSING = "Falta la dirección exacta y una fotografía del hueco."
WORDS = "La dirección es calle 5 # 4-21, frente a la panadería."
NOTE = ("foto.txt", b"Una fotografia", "text/plain")
ACT = "/consultar/actuar"


@pytest.fixture
def filed(office: Office) -> FilingReceipt:
    """A petition that its department answers."""
    receipt = file_one(office)
    classify(office, receipt.filing_number)
    distribute(office, receipt.filing_number)
    return receipt


@pytest.fixture
def asked(office: Office, filed: FilingReceipt) -> FilingReceipt:
    """A petition that waits for its citizen to complete it."""
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=MISSING)
    record_legal_act(office, OFFICIAL, filed.filing_number, act)
    return filed


def _keys(filed: FilingReceipt) -> dict[str, str]:
    return {"filing_number": filed.filing_number, "tracking_code": filed.tracking_code}


def _choices(page: Seen) -> list[str]:
    return [str(each.get("value")) for each in page.all("//button[@name='act']")]


def _open(citizen: Visitor, filed: FilingReceipt, act: str) -> Seen:
    return citizen.send(ACT, {**_keys(filed), "act": act})


def _send(citizen: Visitor, page: Seen, text: str) -> Seen:
    return citizen.press(page, ACT, text=text, send="true")


def test_the_citizen_is_told_what_is_asked_until_when_and_what_can_be_done(
    citizen: Visitor, asked: FilingReceipt
) -> None:
    page = citizen.send("/consultar", _keys(asked))

    assert MISSING in page.text
    (waiting,) = page.of_class("note-wait")
    assert "El plazo para responderle no corre" in waiting
    assert "Estado: Requerida (término suspendido)" in page.text
    assert "Esperamos lo que le pedimos." in page.text
    assert "Su último día para completar: miércoles 23 de diciembre de 2026" in page.text
    assert _choices(page) == ["completar", "pedir-mas-tiempo", "desistir"]


def test_whoever_works_on_it_reads_what_was_asked_and_what_the_citizen_answered(
    office: Office, citizen: Visitor, signed_in: Callable[[Person], Visitor], asked: FilingReceipt
) -> None:
    number = asked.filing_number
    official, task = signed_in(OFFICIAL), task_of(office, OFFICIAL, number)
    _send(citizen, _open(citizen, asked, "completar"), WORDS)

    for address in (f"/tareas/{number}/{task}", f"/peticiones/{number}"):
        page = official.open(address)

        assert MISSING in page.text
        assert WORDS in page.text


def test_the_citizen_completes_and_the_term_runs_again(
    office: Office, citizen: Visitor, asked: FilingReceipt, clock: HandClock
) -> None:
    clock.forward(days=7)
    form = _open(citizen, asked, "completar")
    done = citizen.send(ACT, {**form.form(ACT), "text": WORDS, "send": "true"}, files=[("files", NOTE)])

    assert (done.status, done.path) == (200, ACT)
    assert "Recibimos lo que nos envió" in done.text
    assert _choices(done) == ["desistir"]
    petition = read_petition(office, OFFICIAL, asked.filing_number)
    assert petition.row.due_on.isoformat() > "2026-12-15"
    assert [each.file.name for each in petition.files if each.direction == "incoming"] == ["foto.txt"]


def test_the_citizen_asks_for_an_equal_extension_once(citizen: Visitor, asked: FilingReceipt) -> None:
    form = _open(citizen, asked, "pedir-mas-tiempo")

    done = _send(citizen, form, "Estoy fuera del municipio hasta enero.")

    assert "con el tiempo que pidió" in done.text
    again = _send(citizen, form, "Necesito todavía más tiempo del que pedí.")
    assert again.status == 422
    assert again.form(ACT)["text"].strip() == "Necesito todavía más tiempo del que pedí."


def test_the_citizen_withdraws_and_may_do_no_more(
    office: Office, citizen: Visitor, filed: FilingReceipt
) -> None:
    form = _open(citizen, filed, "desistir")
    assert "dejamos de tramitarla" in form.text
    assert "Por qué desiste (opcional)" in form.text
    assert [each.text_content() for each in form.all("//button[@name='send']")] == [
        "Sí, desisto de mi petición"
    ]

    done = _send(citizen, form, "Ya taparon el hueco; no necesito respuesta.")

    assert "Quedó registrado su desistimiento." in done.text
    assert "Estado: Desistida" in done.text
    assert "completar" not in _choices(done)
    assert read_petition(office, OFFICIAL, filed.filing_number).row.status is PetitionStatus.WITHDRAWN


def test_what_was_written_and_the_good_file_come_back_with_a_refusal(
    citizen: Visitor, asked: FilingReceipt
) -> None:
    form = _open(citizen, asked, "completar")
    program = ("programa.exe", b"MZ\x90\x00", "application/octet-stream")

    empty = _send(citizen, form, "  ")
    wrong = citizen.send(
        ACT,
        {**form.form(ACT), "text": WORDS, "send": "true"},
        files=[("files", NOTE), ("files", program)],
    )
    done = citizen.press(wrong, ACT, send="true")

    assert (empty.status, wrong.status, done.status) == (422, 422, 200)
    assert empty.of_id("text-error")
    assert wrong.of_id("files-error")
    assert wrong.form(ACT)["text"].strip() == WORDS
    assert "Recibimos lo que nos envió" in done.text


@pytest.mark.parametrize("act", ["completar", "prorrogar", "", "../salir"])
def test_a_wrong_code_and_an_unknown_act_open_nothing(
    citizen: Visitor, filed: FilingReceipt, act: str
) -> None:
    wrong_code = citizen.send(ACT, {**_keys(filed), "tracking_code": "AAAAA-AAAA-AAAA", "act": act})

    assert wrong_code.status == 404


def test_number_and_code_stand_in_no_address(citizen: Visitor, asked: FilingReceipt) -> None:
    form = _open(citizen, asked, "completar")
    done = _send(citizen, form, WORDS)

    for page in (form, done):
        assert page.path == ACT
        assert page.response.headers["cache-control"] == "no-store"


def test_before_the_day_of_filing_both_sides_read_when_the_term_begins(
    office: Office, citizen: Visitor, comer: Callable[[], Visitor], clock: HandClock
) -> None:
    clock.to(datetime(2026, 11, 28, 12, tzinfo=BOGOTA))  # a Saturday
    receipt = file_one(office)
    clerk = comer()
    clerk.sign_in(CLERK)

    tracked = citizen.send("/consultar", _keys(receipt))
    file = clerk.open(f"/peticiones/{receipt.filing_number}")

    for page in (tracked, file):
        assert "el plazo empieza a contar después del lunes 30 de noviembre de 2026" in page.text
        assert "faltan" not in page.text


def test_the_citizen_sees_what_became_of_each_thing_that_they_asked(
    office: Office, citizen: Visitor, filed: FilingReceipt
) -> None:
    asked = [
        NewMatter(PetitionKind.REQUEST, "Que se tape el hueco."),
        NewMatter(PetitionKind.DOCUMENT_REQUEST, "Copia del contrato de la vía."),
    ]
    register_matters(office, CLERK, filed.filing_number, asked)
    sent_on = LegalAct(
        kind=LegalEventKind.TRANSFERRED_OUT,
        matters=frozenset({2}),
        authority="Gobernación de Bolívar",
        reason="El contrato es de la gobernación.",
    )
    record_legal_act(office, OFFICIAL, filed.filing_number, sent_on)

    tracked = citizen.send("/consultar", _keys(filed))

    first, second = tracked.of_class("matters")[0].split("Copia del contrato")
    assert "Petición: Que se tape el hueco. Se le responde a más tardar el martes 15 de diciembre" in first
    assert "Se envió a la entidad que debe responderlo" in second


def test_nobody_is_offered_an_appeal_against_what_they_gave_up(
    citizen: Visitor, filed: FilingReceipt
) -> None:
    done = _send(citizen, _open(citizen, filed, "desistir"), "Ya taparon el hueco.")

    assert "Quedó registrado su desistimiento" in done.text
    assert "recurrir" not in _choices(citizen.send("/consultar", _keys(filed)))
