"""A petition that asks several things is separated, each thing with its kind and its date."""

from collections.abc import Callable

import pytest

from processes.directory.people import Person
from processes.petitions.office import Office
from tests.builders.office import CLERK, CONTROL, SERVICE_HEAD
from tests.builders.petitions import file_one, task_of
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]
FIRST = {"kind_1": "request", "text_1": "Que se tape el hueco."}
SECOND = {"kind_2": "document_request", "text_2": "Copia del contrato de la vía."}


@pytest.fixture
def address(office: Office) -> str:
    return f"/peticiones/{file_one(office).filing_number}/asuntos"


def test_each_matter_has_its_kind_and_date_and_the_earliest_rules(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CLERK)

    done = visitor.press(visitor.open(address), address, step="save", **FIRST, **SECOND)

    assert done.path.endswith("/actuaciones?aviso=asuntos")
    assert "Solicitud de documentos · abierto, vence el lunes 7 de diciembre de 2026" in done.text
    assert "Petición · abierto, vence el martes 15 de diciembre de 2026" in done.text
    assert "Vence lunes 7 de diciembre" in " ".join(done.of_class("facts")).replace("Vence", "Vence ")


def test_another_matter_is_added_without_losing_what_was_typed(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CLERK)

    more = visitor.press(visitor.open(address), address, step="more", **FIRST, **SECOND)

    form = more.form(address)
    assert form["text_1"].strip() == FIRST["text_1"]
    assert form["kind_2"] == SECOND["kind_2"]
    assert "text_3" in form


def test_a_blank_matter_does_not_count_and_a_half_one_is_pointed_at(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CLERK)
    three = visitor.press(visitor.open(address), address, step="more", **FIRST, text_2=SECOND["text_2"])

    wrong = visitor.press(three, address, step="save")

    assert wrong.status == 422
    assert wrong.of_id("kind_2-error") == "Error: Elija la clase de este asunto."
    assert wrong.form(address)["text_2"].strip() == SECOND["text_2"]
    assert "text_3" not in wrong.form(address)


def test_a_single_matter_is_no_separation(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CLERK)

    wrong = visitor.press(visitor.open(address), address, step="save", **FIRST)

    assert wrong.status == 422
    assert "entre 2 y 50" in wrong.of_class("note note-bad")[0]


def test_a_longer_date_is_for_the_head_of_citizen_service(signed_in: SignIn, address: str) -> None:
    longer = {"kind_2": "consultation", "text_2": "Qué norma rige la obra."}
    clerk, head = signed_in(CLERK), signed_in(SERVICE_HEAD)

    refused = clerk.press(clerk.open(address), address, step="save", **FIRST, **longer)
    done = head.press(head.open(address), address, step="save", **FIRST, **longer)

    assert refused.status == 422
    assert refused.form(address)["text_2"].strip() == longer["text_2"]
    assert done.path.endswith("aviso=asuntos")


def test_who_only_reads_may_not_separate(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CONTROL)

    refused = visitor.press(visitor.open(address), address, step="save", **FIRST, **SECOND)

    assert refused.status == 403
    assert refused.form(address)["text_1"].strip() == FIRST["text_1"]


def test_the_history_of_a_part_that_was_sent_on_speaks_of_the_matter_and_invents_no_class(
    signed_in: SignIn, address: str
) -> None:
    head = signed_in(SERVICE_HEAD)
    done = head.press(head.open(address), address, step="save", **FIRST, **SECOND)
    transfer = address.replace("/asuntos", "/actuaciones/trasladar")
    reason = "El contrato lo firmó la gobernación, que guarda su copia."
    typed = {"authority": "Gobernación", "reason": reason, "act_number": "Oficio 12", "matters": "2"}

    review = head.press(head.open(transfer), transfer, step="review", **typed)
    head.press(review, transfer, step="confirm", matters="2")

    letters = head.open("/mensajes").all("//h2/a")
    told = head.open(letters[0].get("href")).text
    assert "el asunto 2 («Copia del contrato de la vía.»)" in told
    history = head.open(address.replace("/asuntos", "")).text
    assert done.status == 200
    assert "Asunto 2. Manda ahora la fecha de un asunto de la clase «Petición»." in history
    assert "Acto firmado: Oficio 12." in history
    assert "Nueva clase" not in history
    assert "Solicitudes" not in history


def test_the_class_of_a_separated_petition_is_confirmed_as_the_page_proposes_it(
    signed_in: SignIn, address: str, office: Office
) -> None:
    number = address.split("/")[2]
    clerk = signed_in(CLERK)
    clerk.press(clerk.open(address), address, step="save", **FIRST, **SECOND)
    task = f"/tareas/{number}/{task_of(office, CLERK, number)}"

    page = clerk.open(task)
    done = clerk.press(page, task, level="3")

    assert page.form(task)["kind"] == "document_request"
    assert done.path == "/bandeja?aviso=completada"


def test_another_class_for_a_separated_petition_is_refused_with_the_one_that_it_has(
    signed_in: SignIn, address: str, office: Office
) -> None:
    number = address.split("/")[2]
    clerk = signed_in(CLERK)
    task = f"/tareas/{number}/{task_of(office, CLERK, number)}"
    stale = clerk.open(task)
    clerk.press(clerk.open(address), address, step="save", **FIRST, **SECOND)

    refused = clerk.press(stale, task, kind="request", level="3")

    assert refused.status == 422
    assert "su clase es «Solicitud de documentos»" in refused.of_id("kind-error")
    assert clerk.press(refused, task).path == "/bandeja?aviso=completada"


def test_a_task_offers_to_separate_and_then_shows_the_matters(
    signed_in: SignIn, address: str, office: Office
) -> None:
    number = address.split("/")[2]
    clerk = signed_in(CLERK)
    task = f"/tareas/{number}/{task_of(office, CLERK, number)}"
    before = clerk.open(task)

    clerk.press(clerk.open(address), address, step="save", **FIRST, **SECOND)

    assert before.all(f"//a[@href='{address}']")
    after = clerk.open(task)
    assert not after.all(f"//a[@href='{address}']")
    assert "Solicitud de documentos: Copia del contrato de la vía." in after.of_class("matters")[0]
    assert "Copia del contrato de la vía." in clerk.open(f"/peticiones/{number}").of_class("matters")[0]
