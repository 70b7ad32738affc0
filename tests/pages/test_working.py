"""The entity's people at their pages: signing in, the inbox, tasks, petitions."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from processes.common.errors import Unavailable
from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.accounts import sign_out
from processes.directory.people import Person
from processes.petitions.filing import file_petition
from processes.petitions.form import new_petition
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.inbox import list_work_items
from processes.petitions.office import Office
from processes.petitions.work import claim, complete
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CONTROL,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import CLASSIFIED, ROSA, answer, classify, distribute
from tests.pages.visitor import Seen, Visitor

Enter = Callable[[Person], Visitor]
ANSWER = "Señora Rosa: el hueco se tapará el lunes próximo, según el plan de obras."


@pytest.fixture
def filed(office: Office) -> FilingReceipt:
    return file_petition(office, new_petition(ROSA))


@pytest.fixture
def assigned(office: Office, filed: FilingReceipt) -> FilingReceipt:
    (classify,) = _open_tasks(office, CLERK)
    complete(office, CLERK, filed.filing_number, classify, CLASSIFIED)
    (assign,) = _open_tasks(office, SERVICE_HEAD)
    complete(office, SERVICE_HEAD, filed.filing_number, assign, {"department": "INF"})
    return filed


def _open_tasks(office: Office, person: Person) -> list[int]:
    return [item.task for item in list_work_items(office, person).items]


def _first_task(visitor: Visitor) -> tuple[Seen, str]:
    inbox = visitor.open("/bandeja")
    address = inbox.all("//ol[@class='rows']//h2/a")[0].get("href")
    return visitor.open(address), address


def test_a_page_that_needs_somebody_leads_to_signing_in_and_back(citizen: Visitor, office: Office) -> None:
    asked = citizen.open("/peticiones?estado=filed")
    assert asked.path == "/ingresar?volver=%2Fpeticiones%3Festado%3Dfiled"

    assert Visitor(citizen.client, office).sign_in(CLERK).path == "/bandeja"
    assert citizen.open("/ingresar?volver=%2Fpeticiones%3Festado%3Dfiled").path == "/peticiones?estado=filed"


@pytest.mark.parametrize(
    "elsewhere",
    ["//malo.example", "https://malo.example", "/\\malo.example", "\\\\malo.example", "javascript:x"],
)
def test_signing_in_never_leads_to_another_site(signed_in: Enter, elsewhere: str) -> None:
    page = signed_in(CLERK).open(f"/ingresar?volver={elsewhere}")

    assert page.path == "/bandeja"


def test_a_wrong_password_is_told_without_saying_what_was_wrong(citizen: Visitor) -> None:
    page = citizen.send("/ingresar", {"username": "ana", "password": "no es esta"})

    assert page.status == 401
    assert page.of_class("note note-bad") == ["El usuario o la contraseña no son correctos."]
    assert page.form("/ingresar")["username"] == "ana"


def test_a_task_says_who_asks_and_where_to_reach_them_unless_it_is_reserved(
    signed_in: Enter, office: Office
) -> None:
    file_petition(office, new_petition(ROSA | {"address": "Calle 5 # 4-20", "phone": "3001234567"}))
    report = ROSA | {"kind": "wrongdoing_report", "reserve_identity": "true", "subject": "Contrato"}
    file_petition(office, new_petition(report))
    visitor = signed_in(CLERK)
    links = [each.get("href") for each in visitor.open("/bandeja").all("//ol[@class='rows']//h2/a")]
    known, reserved = (visitor.open(link).text for link in sorted(links))

    for datum in ("Rosa Díaz", "Calle 5 # 4-20", "rosa@correo.example", "3001234567"):
        assert datum in known
        assert datum not in reserved


def test_leaving_ends_the_session(signed_in: Enter) -> None:
    visitor = signed_in(CLERK)

    left = visitor.press(visitor.open("/bandeja"), "/salir")

    assert "Hasta pronto" in left.text
    assert visitor.open("/bandeja").path.startswith("/ingresar")


def test_the_head_of_the_page_says_who_is_in_and_as_what(signed_in: Enter) -> None:
    page = signed_in(CLERK).open("/bandeja")

    assert page.of_class("who") == ["Ana Ruiz Auxiliar de ventanilla única Avisos · Mi cuenta Salir"]


@pytest.mark.parametrize(
    ("person", "menu"),
    [
        (CLERK, ["Bandeja", "Peticiones", "Radicar", "Deberes", "Cartas"]),
        (
            SERVICE_HEAD,
            [
                "Bandeja",
                "Peticiones",
                "Radicar",
                "Deberes",
                "Aprobaciones",
                "Visitas",
                "Incidentes",
                "Cartas",
                "Mensajes",
                "Informes",
                "Calendario",
                "Ausencias",
                "Formulario",
            ],
        ),
        (CONTROL, ["Peticiones", "Deberes", "Visitas", "Informes", "Calendario"]),
        (
            ADMINISTRATOR,
            [
                "Incidentes",
                "Mensajes",
                "Informes",
                "Calendario",
                "Ausencias",
                "Programación",
                "Formulario",
            ],
        ),
    ],
)
def test_the_menu_offers_only_what_the_role_opens(signed_in: Enter, person: Person, menu: list[str]) -> None:
    visitor = signed_in(person)
    page = visitor.open("/")

    links = page.all("//ul[@class='menu']//a")
    assert [link.text_content() for link in links] == menu
    assert [visitor.open(link.get("href")).status for link in links] == [200] * len(menu)


@pytest.mark.parametrize(
    ("person", "work"),
    [(CLERK, "/bandeja"), (SERVICE_HEAD, "/bandeja"), (ADMINISTRATOR, "/incidentes")],
    ids=lambda value: getattr(value, "username", None),
)
def test_the_first_page_leads_people_to_their_work(signed_in: Enter, person: Person, work: str) -> None:
    page = signed_in(person).open("/")

    assert page.status == 200
    assert [link.get("href") for link in page.all("//h2/a[text()='Ir a mi trabajo']")] == [work]


def test_a_menu_too_long_for_a_line_keeps_what_belongs_together_in_parts(signed_in: Enter) -> None:
    page = signed_in(SERVICE_HEAD).open("/calendario")

    line = [" ".join(each.text_content().split()) for each in page.all("//ul[@class='menu']/li/a|//summary")]
    closed = page.all("//ul[@class='menu']//details[not(@open)]")
    assert line == [
        *("Bandeja", "Peticiones", "Radicar"),
        *("Pendientes", "Correspondencia", "Informes", "Oficina (aquí está)"),
    ]
    assert [len(part.findall(".//a")) for part in closed] == [4, 2, 3]
    assert page.all("//ul[@class='menu']//*[@aria-current='page']")[0].text_content() == "Calendario"


def test_a_menu_that_fits_a_line_hides_nothing(signed_in: Enter) -> None:
    assert signed_in(CLERK).open("/bandeja").all("//ul[@class='menu']//details") == []


def test_the_inbox_tells_dates_and_the_light_in_words(signed_in: Enter, filed: FilingReceipt) -> None:
    page = signed_in(CLERK).open("/bandeja")

    assert filed.filing_number in page.text
    assert "En término" in page.text
    assert "Faltan 15 días hábiles: martes 15 de diciembre de 2026" in page.text
    assert "Disponible" in page.text


def test_the_inbox_says_when_a_petition_is_due_soon_and_overdue(
    signed_in: Enter, filed: FilingReceipt, clock: HandClock
) -> None:
    visitor = signed_in(CLERK)

    clock.to(filed.received_at.replace(month=12, day=14))
    assert "Por vencer" in visitor.open("/bandeja").text
    clock.to(filed.received_at.replace(month=12, day=16))
    overdue = visitor.open("/bandeja")
    assert "Vencida" in overdue.text
    assert "Venció hace 1 día hábil" in overdue.text


def test_a_task_is_taken_drafted_and_completed(signed_in: Enter, assigned: FilingReceipt) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)

    page = visitor.send(f"{address}/tomar", page.form(address))
    assert "La tarea quedó a su nombre." in page.text
    page = visitor.send(f"{address}/borrador", {**page.form(address), "answer_text": "A medias"})
    assert "Guardamos el borrador." in page.text
    assert page.form(address)["answer_text"].strip() == "A medias"

    done = visitor.press(page, address, answer_text=ANSWER, outcome="granted")
    assert done.path == "/bandeja?aviso=completada"
    assert ANSWER in visitor.open(f"/peticiones/{assigned.filing_number}").text


@pytest.mark.usefixtures("assigned")
def test_what_was_typed_before_taking_a_task_becomes_its_draft(signed_in: Enter) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)

    taken = visitor.send(f"{address}/tomar", {**page.form(address), "answer_text": "Ya iba escribiendo"})

    assert taken.form(address)["answer_text"].strip() == "Ya iba escribiendo"


@pytest.mark.usefixtures("assigned")
def test_a_draft_stays_for_whoever_takes_the_task_next(signed_in: Enter) -> None:
    first, second = signed_in(OFFICIAL), signed_in(OTHER_OFFICIAL)
    page, address = _first_task(first)
    taken = first.send(f"{address}/tomar", {**page.form(address), "answer_text": "Va por aquí"})
    first.press(taken, f"{address}/devolver")

    assert second.open(address).form(address)["answer_text"].strip() == "Va por aquí"


@pytest.mark.usefixtures("assigned")
def test_wrong_fields_come_back_with_their_reasons_and_what_was_typed(signed_in: Enter) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)

    back = visitor.press(page, address, answer_text="Corta")

    assert back.status == 422
    assert "Escriba al menos 20 caracteres." in back.of_id("answer_text-error")
    assert back.of_id("outcome-error")
    assert "Sentido de la respuesta: " in back.of_class("error-summary")[0]
    assert back.form(address)["answer_text"].strip() == "Corta"


@pytest.mark.usefixtures("assigned")
def test_a_file_of_a_wrong_type_is_named_beside_its_field(signed_in: Enter) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)
    program = ("anexo.pdf", b"MZ\x90\x00\x03", "application/pdf")

    sent = {**page.form(address), "answer_text": ANSWER, "outcome": "granted"}
    back = visitor.send(address, sent, files=[("files", program)])

    assert back.status == 422
    assert "no es de un tipo admitido" in back.of_id("files-error")


def test_the_files_of_an_answer_go_with_it(signed_in: Enter, assigned: FilingReceipt) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)
    plan = ("plan.txt", b"Plan de obras", "text/plain")

    visitor.send(
        address, {**page.form(address), "answer_text": ANSWER, "outcome": "granted"}, files=[("files", plan)]
    )

    petition = visitor.open(f"/peticiones/{assigned.filing_number}")
    (link,) = petition.all("//ul[@class='files']//a")
    assert visitor.open(link.get("href")).response.content == b"Plan de obras"


def test_whoever_comes_second_learns_who_was_first_and_keeps_the_text(
    signed_in: Enter, assigned: FilingReceipt, office: Office
) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)
    task = int(address.rsplit("/", 1)[1])
    complete(
        office, OTHER_OFFICIAL, assigned.filing_number, task, {"answer_text": ANSWER, "outcome": "granted"}
    )

    late = visitor.press(page, address, answer_text="Mi respuesta, larga y cuidada.", outcome="denied")

    assert late.status == 409
    assert "Clara Niño ya completó esta tarea el 23/11/2026 a las 10:00" in late.text
    kept = [each.text_content().strip() for each in late.all("//textarea[@readonly]")]
    assert kept == ["Mi respuesta, larga y cuidada.", "Se niega, con las razones"]


def test_a_task_that_another_took_shows_by_whom_and_offers_no_form(
    signed_in: Enter, assigned: FilingReceipt, office: Office
) -> None:
    visitor = signed_in(OFFICIAL)
    _, address = _first_task(visitor)
    claim(office, OTHER_OFFICIAL, assigned.filing_number, int(address.rsplit("/", 1)[1]))

    page = visitor.open(address)

    assert "La tiene Clara Niño." in page.text
    assert address not in [form.action for form in page.root.forms]


def test_the_head_of_the_department_gives_back_the_task_of_somebody_who_is_away(
    signed_in: Enter, assigned: FilingReceipt, office: Office
) -> None:
    number = assigned.filing_number
    task = _open_tasks(office, OFFICIAL)[0]
    claim(office, OFFICIAL, number, task)
    head = signed_in(DEPARTMENT_HEAD)

    page = head.open(f"/peticiones/{number}")
    assert "la tiene Carlos Mejía" in page.text
    head.press(page, f"/tareas/{number}/{task}/devolver")

    assert "disponible" in head.open(f"/peticiones/{number}").text


@pytest.mark.usefixtures("assigned")
def test_whoever_writes_while_the_session_ends_gets_the_text_back(signed_in: Enter, office: Office) -> None:
    visitor = signed_in(OFFICIAL)
    page, address = _first_task(visitor)
    sign_out(office.engine, visitor.client.cookies["ventanilla"])

    refused = visitor.press(page, address, answer_text="Una tarde entera de trabajo")

    assert refused.status == 401
    assert "Una tarde entera de trabajo" in [
        each.text_content().strip() for each in refused.all("//textarea[@readonly]")
    ]


@pytest.mark.usefixtures("assigned")
def test_an_act_without_its_pages_proof_is_refused(signed_in: Enter) -> None:
    visitor = signed_in(OFFICIAL)
    _, address = _first_task(visitor)

    assert visitor.send(f"{address}/tomar", {}).status == 403
    assert "Disponible" in visitor.open("/bandeja").text


def test_another_departments_task_and_petition_stay_closed(signed_in: Enter, assigned: FilingReceipt) -> None:
    _, address = _first_task(signed_in(OFFICIAL))
    stranger = signed_in(STRANGER)

    assert stranger.open(address).status == 403
    assert stranger.open(f"/peticiones/{assigned.filing_number}").status == 403
    assert assigned.filing_number not in stranger.open("/peticiones").text


@pytest.mark.parametrize(
    "address",
    [
        "/peticiones/2026-999999",
        "/peticiones/xx",
        "/tareas/2026-000001/99",
        "/mensajes/999",
        "/nada",
        "/static/no",
    ],
)
def test_what_does_not_exist_is_told_on_a_page(signed_in: Enter, address: str) -> None:
    page = signed_in(SERVICE_HEAD).open(address)

    assert page.status == 404
    assert page.all("//main//h1")[0].text_content() == "No encontramos lo que busca"


def test_the_petitions_page_tells_the_whole_story(signed_in: Enter, assigned: FilingReceipt) -> None:
    page = signed_in(SERVICE_HEAD).open(f"/peticiones/{assigned.filing_number}")

    assert "Está en: Proyectar y enviar la respuesta (Dependencia)" in page.text
    assert "Rosa Díaz" in page.text
    assert "Completó la tarea «Confirmar clasificación»." in page.text
    place = page.root.find_class("diagram")[0]
    assert place.get("data-current") == "Answer"
    diagram = signed_in(CLERK).open(str(place.get("data-diagram-url"))).response
    assert diagram.headers["content-type"].startswith("application/xml")
    assert b"Answer" in diagram.content


def test_a_reserved_identity_is_shown_to_its_custodian_who_says_why(signed_in: Enter, office: Office) -> None:
    report = ROSA | {"kind": "wrongdoing_report", "reserve_identity": "true"}
    address = f"/peticiones/{file_petition(office, new_petition(report)).filing_number}"
    head, custodian = signed_in(SERVICE_HEAD), signed_in(CUSTODIAN)
    assert "Rosa Díaz" not in head.open(address).text
    assert f"{address}/identidad" not in [form.action for form in head.open(address).root.forms]

    page = custodian.open(address)
    assert "Rosa Díaz" not in page.text
    unexplained = custodian.press(page, f"{address}/identidad")
    assert unexplained.status == 422
    assert unexplained.of_id("identity_reason-error")

    shown = custodian.press(page, f"{address}/identidad", identity_reason="Orden del juez 4")
    assert "Rosa Díaz" in shown.text
    assert shown.response.headers["cache-control"] == "no-store"
    assert "Motivo: Orden del juez 4" in head.open(address).text
    assert "Rosa Díaz" not in custodian.open(address).text


def test_only_the_head_of_citizen_service_is_offered_to_void_a_number(
    signed_in: Enter, filed: FilingReceipt
) -> None:
    address = f"/peticiones/{filed.filing_number}"
    head, clerk = signed_in(SERVICE_HEAD), signed_in(CLERK)
    assert f"{address}/anular" not in [form.action for form in clerk.open(address).root.forms]

    page = head.open(address)
    short = head.press(page, f"{address}/anular", void_reason="Error")
    assert (short.status, short.form(f"{address}/anular")["void_reason"].strip()) == (422, "Error")

    voided = head.press(page, f"{address}/anular", void_reason="Se radicó dos veces la misma carta.")
    assert "Anulada" in voided.text
    assert "Se radicó dos veces la misma carta." in voided.text


def test_messages_are_shown_as_they_were_sent_but_for_the_citizens_code(
    signed_in: Enter, filed: FilingReceipt
) -> None:
    visitor = signed_in(SERVICE_HEAD)
    (link,) = visitor.open("/mensajes").all("//ol[@class='rows']//h2/a")

    page = visitor.open(link.get("href"))

    assert filed.filing_number in page.text
    assert "rosa@correo.example" in page.text
    assert filed.tracking_code not in page.text


def test_a_message_that_could_not_be_sent_has_a_button_that_sends_it_again(
    signed_in: Enter, office: Office, filed: FilingReceipt
) -> None:
    head = signed_in(SERVICE_HEAD)
    assert "/mensajes/1" not in [form.action for form in head.open("/mensajes/1").root.forms]
    _give_up_everything(office)

    page = head.open("/mensajes/1")
    assert "No se pudo enviar" in page.text
    again = head.press(page, "/mensajes/1")

    assert "El mensaje volvió a la lista de envío." in again.text
    assert "Por enviar" in again.text
    assert head.press(page, "/mensajes/1").status == 409
    assert "Volvió a enviar: acuse de recibo" in head.open(f"/peticiones/{filed.filing_number}").text


def test_the_button_that_sends_again_needs_the_page_that_offered_it(
    signed_in: Enter, office: Office, filed: FilingReceipt
) -> None:
    head = signed_in(SERVICE_HEAD)
    _give_up_everything(office)

    assert head.send("/mensajes/1", {}).status == 403
    assert "Volvió a enviar" not in head.open(f"/peticiones/{filed.filing_number}").text


def test_a_message_that_cannot_be_written_does_not_close_the_page_of_messages(
    signed_in: Enter, office: Office, filed: FilingReceipt
) -> None:
    with office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(context="{}"))
    head = signed_in(SERVICE_HEAD)

    assert filed.filing_number in head.open("/mensajes").text
    assert "plantilla «acknowledgement»" in head.open("/mensajes/1").text


def _give_up_everything(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(status=MessageStatus.GIVEN_UP.value))


def test_lists_go_on_where_they_stopped(signed_in: Enter, office: Office) -> None:
    for number in range(27):
        file_petition(office, new_petition(ROSA | {"subject": f"Asunto {number}"}))
    visitor = signed_in(CLERK)

    for place in ("/bandeja", "/peticiones"):
        first = visitor.open(place)
        (more,) = first.all("//nav[@class='pager']//a[@rel='next']")
        second = visitor.open(more.get("href"))
        assert (len(first.of_class("row")), len(second.of_class("row"))) == (25, 2)
        assert "Volver al comienzo" in second.text


def test_without_a_database_the_page_still_says_what_to_do(
    citizen: Visitor, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise Unavailable("La base de datos no responde en este momento.")

    monkeypatch.setattr(office.entities, "current", gone)

    page = citizen.open("/")

    assert page.status == 503
    assert "En este momento no podemos atenderle" in page.text


def test_a_task_of_an_answered_petition_says_so_instead_of_counting_days(
    signed_in: Enter, office: Office, filed: FilingReceipt
) -> None:
    number = filed.filing_number
    classify(office, number)
    distribute(office, number)
    answer(office, number)

    page, _ = _first_task(signed_in(SERVICE_HEAD))

    assert "(ya se respondió)" in page.text
    assert "En término" not in page.text
