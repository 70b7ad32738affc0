"""What a citizen without JavaScript reads and does after the answer: survey, additions, publications."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from processes.common.resources import bpmn_folder
from processes.petitions.case import read_case
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.invariants import violations
from processes.petitions.notes import read_notes
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.survey_rows import read_surveys
from tests.builders.answers import ANSWERED, answered, deliver, do
from tests.builders.office import CLERK, SERVICE_HEAD, HandClock, an_office
from tests.builders.petitions import file_one
from tests.pages.visitor import Seen, Visitor

NOBODY = {"anonymous": "true", "full_name": "", "document_type": "", "document_number": "", "email": ""}
NOTE = ("foto.txt", b"Una fotografia", "text/plain")
ADD = "/consultar/agregar"
WORDS = "El hueco creció con la lluvia: ahora mide dos metros."


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """An office with the whole procedure; whatever the test did, every invariant holds at its end."""
    with an_office(sqlite_url, tmp_path, clock, procedure=bpmn_folder()) as opened:
        yield opened
        assert violations(opened) == []


@pytest.fixture
def delivered(office: Office) -> FilingReceipt:
    """A petition whose answer has just arrived."""
    receipt = answered(office)
    deliver(office)
    return receipt


def _keys(filed: FilingReceipt) -> dict[str, str]:
    return {"filing_number": filed.filing_number, "tracking_code": filed.tracking_code}


def _questions(citizen: Visitor, filed: FilingReceipt) -> Seen:
    tracked = citizen.send("/consultar", _keys(filed))
    return citizen.press(tracked, "/encuesta")


def test_the_survey_is_reached_from_the_petition_and_thanks(
    office: Office, citizen: Visitor, delivered: FilingReceipt
) -> None:
    form = _questions(citizen, delivered)
    assert "No es obligatorio contestar." in form.text
    assert "¿Le tratamos con respeto y dignidad? (opcional)" in form.text

    done = citizen.press(form, "/encuesta", solved="no", dignified="yes", send="true")

    assert done.status == 200
    assert "Gracias por contarnos" in done.text
    with office.read() as connection:
        (survey,) = read_surveys(connection, read_case(connection, delivered.filing_number).id)
    assert survey.replies is not None
    assert (survey.replies.solved, survey.replies.rating) == ("no", None)
    again = citizen.press(done, "/consultar")
    assert "Contestar la encuesta" not in again.text


def test_the_survey_is_reached_with_number_and_code_from_the_letter(
    citizen: Visitor, delivered: FilingReceipt
) -> None:
    asked = citizen.open("/encuesta")

    form = citizen.press(asked, "/encuesta", **_keys(delivered))

    assert "¿Se resolvió lo que usted pidió?" in form.text
    assert form.path == "/encuesta"
    assert form.response.headers["cache-control"] == "no-store"


def test_what_was_written_comes_back_when_the_first_question_is_left_out(
    citizen: Visitor, delivered: FilingReceipt
) -> None:
    form = _questions(citizen, delivered)

    wrong = citizen.press(form, "/encuesta", comment="Muy amables todos.", rating="5", send="true")

    assert wrong.status == 422
    assert wrong.of_class("error") == ["Error: Díganos si la respuesta resolvió lo que pidió."]
    sent = wrong.form("/encuesta")
    assert (sent["comment"].strip(), sent["rating"]) == ("Muy amables todos.", "5")


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"tracking_code": ""}, 422, "Escriba el código de verificación."),
        ({"tracking_code": "AAAAA-AAAA-AAAA"}, 404, "No encontramos una petición"),
        ({"filing_number": "2026-999999"}, 404, "No encontramos una petición"),
    ],
)
def test_wrong_keys_open_no_survey(
    citizen: Visitor, delivered: FilingReceipt, change: dict[str, str], status: int, said: str
) -> None:
    page = citizen.send("/encuesta", {**_keys(delivered), **change})

    assert (page.status, said in page.text) == (status, True)


def test_a_survey_that_is_over_says_so(citizen: Visitor, delivered: FilingReceipt, clock: HandClock) -> None:
    form = _questions(citizen, delivered)
    clock.forward(days=15)

    late = citizen.press(form, "/encuesta", solved="yes", send="true")

    assert late.status == 409
    assert "El tiempo para contestar esta encuesta terminó." in late.text


def test_the_citizen_adds_words_and_a_file_and_the_date_stays(office: Office, citizen: Visitor) -> None:
    filed = file_one(office)
    tracked = citizen.send("/consultar", _keys(filed))
    form = citizen.press(tracked, ADD)
    assert "La fecha en que debemos responderle no cambia." in form.text

    done = citizen.send(ADD, {**form.form(ADD), "text": WORDS, "send": "true"}, files=[("files", NOTE)])

    assert "Recibimos lo que nos envió." in done.text
    assert "Usted nos envió algo más." in done.text
    petition = read_petition(office, CLERK, filed.filing_number)
    assert [each.file.name for each in petition.files if each.direction == "incoming"] == ["foto.txt"]
    assert petition.row.due_on == filed.due_on
    with office.read() as connection:
        notes = read_notes(connection, read_case(connection, filed.filing_number).id)
    assert [each.text for each in notes] == [WORDS]


def test_an_empty_addition_and_a_bad_file_come_back_with_what_was_written(
    office: Office, citizen: Visitor
) -> None:
    filed = file_one(office)
    form = citizen.send(ADD, _keys(filed))
    program = ("programa.exe", b"MZ\x90\x00", "application/octet-stream")

    empty = citizen.press(form, ADD, text="  ", send="true")
    wrong = citizen.send(ADD, {**form.form(ADD), "text": WORDS, "send": "true"}, files=[("files", program)])

    assert (empty.status, wrong.status) == (422, 422)
    assert empty.of_id("text-error")
    assert wrong.of_id("files-error")
    assert wrong.form(ADD)["text"].strip() == WORDS


def test_wrong_keys_add_nothing(office: Office, citizen: Visitor) -> None:
    filed = file_one(office)

    wrong = citizen.send(ADD, {**_keys(filed), "tracking_code": "AAAAA", "text": WORDS, "send": "true"})

    assert wrong.status == 404
    with office.read() as connection:
        assert read_notes(connection, read_case(connection, filed.filing_number).id) == ()


def test_an_anonymous_petitioner_finds_the_answer_in_public(
    office: Office, citizen: Visitor, comer: Callable[[], Visitor]
) -> None:
    filed = answered(office, **NOBODY)
    assert "Todavía no hay respuestas publicadas." in citizen.open("/publicaciones").text
    title, text = "Reparación de un hueco", "La cuadrilla tapará el hueco el martes 1 de diciembre."
    do(office, SERVICE_HEAD, filed.filing_number, "Publish", public_title=title, public_text=text)

    listed = comer().open("/publicaciones")
    whole = comer().open(f"/publicaciones/{filed.filing_number}")
    tracked = citizen.send("/consultar", _keys(filed))

    assert title in listed.text
    assert f"/publicaciones/{filed.filing_number}" in [each.get("href") for each in listed.all("//a")]
    assert text in whole.text
    assert "2026-S-000001" in whole.text
    assert "sin datos personales" in whole.text
    assert "Ver la respuesta publicada" in tracked.text
    assert "publicamos la respuesta, sin datos personales. Abajo está completa." in tracked.text
    assert "entregada" not in tracked.text


def test_a_publication_shows_nothing_of_the_person(office: Office, citizen: Visitor) -> None:
    filed = answered(office)
    deliver(office, "rosa@correo.example")
    do(office, SERVICE_HEAD, filed.filing_number, "TryAgain", reply_by="publication")
    text = "Se respondió que la cuadrilla tapará el hueco."
    do(office, SERVICE_HEAD, filed.filing_number, "Publish", public_title="Un hueco", public_text=text)

    for address in ("/publicaciones", f"/publicaciones/{filed.filing_number}"):
        page = citizen.open(address).response.text
        for datum in ("Rosa", "Díaz", "52123456", "rosa@", "Frente a mi casa", ANSWERED["answer_text"]):
            assert datum not in page


def test_what_is_answered_once_more_is_said_to_be_looked_at_again(
    office: Office, citizen: Visitor, delivered: FilingReceipt
) -> None:
    number = delivered.filing_number
    citizen.press(_questions(citizen, delivered), "/encuesta", solved="no", send="true")
    do(office, SERVICE_HEAD, number, "Verify", closing="back", not_solved="Falta decir el valor del arreglo.")

    tracked = citizen.send("/consultar", _keys(delivered))

    assert "Revisamos de nuevo su petición." in tracked.text
    assert "preparando la respuesta" not in tracked.text


@pytest.mark.parametrize("address", ["/publicaciones/2026-999999", "/publicaciones/nada"])
def test_what_was_not_published_is_not_found(citizen: Visitor, address: str) -> None:
    assert citizen.open(address).status == 404


def test_a_wrong_page_of_the_list_is_refused(citizen: Visitor) -> None:
    assert citizen.open("/publicaciones?desde=nada").status == 422
