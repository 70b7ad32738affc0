"""The people of a petition: giving it back, saying that one may not judge it, naming others, helping."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from processes.common.resources import bpmn_folder
from processes.directory.people import Person
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.excluding import name_complained_of
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.answers import ANSWERED, CLASSIFIED, deliver, do, elements
from tests.builders.level_three import QUESTION, TEXT, approve, ask, drafting, send_to_review
from tests.builders.office import (
    CLERK,
    CONTROL,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
    an_office,
)
from tests.builders.petitions import file_one, task_of
from tests.pages.visitor import Visitor

SignIn = Callable[[Person], Visitor]
WHY = "La vía es del departamento: la mantiene la gobernación."


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """An office with the whole procedure."""
    with an_office(sqlite_url, tmp_path, clock, procedure=bpmn_folder()) as opened:
        yield opened
        assert violations(opened) == []


@pytest.fixture
def number(office: Office) -> str:
    return drafting(office).filing_number


@pytest.fixture
def address(number: str) -> str:
    return f"/peticiones/{number}/personas"


def test_the_petition_leads_to_its_people(signed_in: SignIn, number: str, address: str) -> None:
    page = signed_in(OFFICIAL).open(f"/peticiones/{number}")

    (link,) = page.all(f"//a[@href='{address}']")
    assert link.text_content() == "Personas: aportes, firmas, impedimentos y devolución"


def test_a_department_gives_the_petition_back_with_its_reasons(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    visitor = signed_in(OFFICIAL)
    page = visitor.open(address)
    assert "una sola vez, hasta el martes 24 de noviembre de 2026" in page.text

    done = visitor.press(page, f"{address}/devolver", return_reason=WHY)

    assert "La petición volvió a reparto, con sus razones." in done.text
    assert WHY in done.text
    assert elements(office, SERVICE_HEAD, number) == {"DecideReturn"}


def test_what_was_typed_comes_back_with_a_refusal(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(OFFICIAL)

    wrong = visitor.press(visitor.open(address), f"{address}/devolver", return_reason="No es mía")

    assert wrong.status == 422
    assert wrong.form(f"{address}/devolver")["return_reason"].strip() == "No es mía"
    assert [each.get("href") for each in wrong.all("//div[@class='error-summary']//a")] == ["#return_reason"]


@pytest.mark.parametrize("person", [CLERK, SERVICE_HEAD, CONTROL], ids=lambda person: person.username)
def test_who_may_not_give_it_back_is_not_offered_to(signed_in: SignIn, address: str, person: Person) -> None:
    page = signed_in(person).open(address)

    assert page.all(f"//form[@action='{address}/devolver']") == []
    assert page.all(f"//form[@action='{address}/impedimento']") != []


def test_whoever_declares_a_conflict_is_told_and_sees_it_no_more(
    signed_in: SignIn, number: str, address: str
) -> None:
    visitor = signed_in(OFFICIAL)

    done = visitor.press(
        visitor.open(address), f"{address}/impedimento", conflict_reason="La dueña es mi hermana."
    )

    assert "Su impedimento quedó registrado" in done.text
    assert number not in done.text
    assert visitor.open(address).status == 404
    assert visitor.open("/bandeja").status == 200


def test_the_front_desk_keeps_apart_whom_the_petition_complains_of(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    visitor = signed_in(CLERK)
    page = visitor.open(address)
    assert "Nadie está apartado de esta petición." in page.text
    assert page.all(f"//form[@action='{address}/levantar' or @action='{address}/designar']") == []

    done = visitor.press(
        page, f"{address}/apartar", exclusion_username="clara", exclusion_reason="La queja es de su trato."
    )

    assert "La persona quedó apartada" in done.text
    assert "Clara Niño · La petición trata de su conducta" in done.text
    assert elements(office, OTHER_OFFICIAL, number) == set()


def test_nobody_chosen_is_pointed_at(signed_in: SignIn, address: str) -> None:
    visitor = signed_in(CLERK)

    wrong = visitor.press(visitor.open(address), f"{address}/apartar", exclusion_reason=WHY)

    assert wrong.status == 422
    assert "Elija a la persona de la lista." in wrong.text


def test_an_ad_hoc_official_is_named_and_the_exclusion_lifted(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    name_complained_of(office, CLERK, number, username="clara", reason="La queja es de su trato.")
    visitor = signed_in(SERVICE_HEAD)

    named = visitor.press(
        visitor.open(address),
        f"{address}/designar",
        stand_in_instead_of="clara",
        stand_in_username="hugo",
    )
    assert "En su lugar: Hugo Salas." in named.text
    lifted = visitor.press(named, f"{address}/levantar", lift_username="clara", lift_reason="Es un homónimo.")

    assert "Nadie está apartado de esta petición." in lifted.text


def test_whoever_reads_without_deciding_is_not_told_who_is_apart(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    name_complained_of(office, CLERK, number, username="hugo", reason="La queja es de su trato.")

    page = signed_in(OFFICIAL).open(address)

    assert "Hugo Salas" not in page.text
    assert page.of_id("apartados") == ""


def test_what_was_asked_stands_before_whoever_contributes_and_whoever_drafts(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    ask(office, number, "HAC")
    asked = signed_in(STRANGER).open(f"/tareas/{number}/{task_of(office, STRANGER, number)}")
    assert QUESTION in asked.text
    do(office, STRANGER, number, "Contribute", contribution="Hay dinero: CDP 118.")

    drafting_again = signed_in(OFFICIAL).open(f"/tareas/{number}/{task_of(office, OFFICIAL, number)}")

    assert "Hay dinero: CDP 118." in drafting_again.text
    assert "aportó Hugo Salas" in drafting_again.text
    assert "aportó Hugo Salas" in signed_in(CLERK).open(address).text


def test_a_form_offers_departments_people_and_signatories_by_name(
    signed_in: SignIn, office: Office, number: str
) -> None:
    draft = signed_in(OFFICIAL).open(f"/tareas/{number}/{task_of(office, OFFICIAL, number)}")
    send_to_review(office, number)

    review = signed_in(DEPARTMENT_HEAD).open(f"/tareas/{number}/{task_of(office, DEPARTMENT_HEAD, number)}")

    assert "Secretaría de Hacienda" in draft.text
    assert "Elena Cruz, Cargo de elena" in review.text
    assert "Gina Mora" not in review.text
    assert TEXT in review.text
    assert "Respuesta propuesta" in review.text


def test_who_signs_reads_the_answer_before(
    signed_in: SignIn, office: Office, number: str, address: str
) -> None:
    send_to_review(office, number)
    approve(office, number, DIRECTOR)
    task = f"/tareas/{number}/{task_of(office, DIRECTOR, number)}"

    visitor = signed_in(DIRECTOR)
    page = visitor.open(task)
    assert TEXT in page.text
    done = visitor.press(page, task, signature_refused="false")

    assert done.path.startswith("/bandeja")
    assert "Elena Cruz · firmó" in visitor.open(address).text


def test_who_wrote_the_answer_is_told_that_another_verifies_it(
    signed_in: SignIn, office: Office, clock: HandClock
) -> None:
    number = file_one(office).filing_number
    do(office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    do(office, SERVICE_HEAD, number, "AnswerAtOnce", **ANSWERED)
    deliver(office)
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(office)
    address = f"/tareas/{number}/{task_of(office, SERVICE_HEAD, number)}"

    page = signed_in(SERVICE_HEAD).open(address)

    assert "Usted escribió esta respuesta: la verifica otra persona" in page.text
    assert page.all(f"//form[@action='{address}']") == []


def test_the_front_desk_notes_what_the_citizen_adds_and_whoever_works_reads_it(
    signed_in: SignIn, number: str, address: str
) -> None:
    visitor = signed_in(CLERK)
    (link,) = visitor.open(address).all("//section[@aria-labelledby='agrega']//a")
    form = visitor.open(str(link.get("href")))

    empty = visitor.press(form, f"/peticiones/{number}/agregar", text=" ")
    assert (empty.status, "Escríbalo con sus palabras" in empty.text) == (422, True)
    photo = ("files", ("hueco.pdf", b"%PDF-1.4\n%hueco", "application/pdf"))
    done = visitor.send(
        f"/peticiones/{number}/agregar",
        {**form.form(f"/peticiones/{number}/agregar"), "text": "Llamó: el hueco creció."},
        files=[photo],
    )

    assert "Quedó anotado." in done.text
    seen = signed_in(OFFICIAL).open(f"/peticiones/{number}").text
    assert "Llamó: el hueco creció." in seen
    assert "hueco.pdf" in seen


def test_what_the_citizen_adds_is_the_front_desks_to_note(
    signed_in: SignIn, number: str, address: str
) -> None:
    visitor = signed_in(OFFICIAL)

    assert visitor.open(address).all("//section[@aria-labelledby='agrega']") == []
    assert visitor.open(f"/peticiones/{number}/agregar").status == 403
