"""The front desk at its pages: the same form for every channel, its proof on paper, its lists, a danger."""

from collections.abc import Callable

import pytest

from processes.common.resources import bpmn_folder
from processes.directory.people import Person
from processes.petitions import form_lists, roster
from processes.petitions.desk import file_at_desk
from processes.petitions.office import Office
from processes.petitions.queries import list_petitions
from processes.petitions.reception import SpecialCare
from processes.petitions.receptions import read_reception
from processes.petitions.tables import Channel
from tests.builders.level_three import LAWYER, hire
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    publish_procedure,
)
from tests.builders.petitions import ROSA, file_one, task_of
from tests.pages.visitor import Seen, Visitor

IN_PERSON = ROSA | {"channel": "verbal", "email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}
SignedIn = Callable[[Person], Visitor]


def _file_at_desk(clerk: Visitor, **changes: str) -> Seen:
    return clerk.press(clerk.open("/ventanilla"), "/ventanilla", **{**IN_PERSON, **changes})


def _only(office: Office) -> str:
    (row,) = list_petitions(office, SERVICE_HEAD).items
    return row.filing_number


def test_the_desk_files_what_was_spoken_and_hands_over_its_proof(signed_in: SignedIn) -> None:
    proof = _file_at_desk(signed_in(CLERK), paper_annexes="2 folios")

    assert proof.path == "/radicada"
    assert len(proof.of_class("code")) == 2
    for words in ("De viva voz, en persona", "Rosa Díaz", "Ana Ruiz", "2 folios", "Decreto 1166 de 2016"):
        assert words in proof.text
    assert ROSA["body"] in proof.text


def test_the_form_of_the_desk_begins_with_now_and_with_whoever_receives(signed_in: SignedIn) -> None:
    form = signed_in(CLERK).open("/ventanilla").form("/ventanilla")

    assert form["received_at"] == "2026-11-23T10:00"
    assert (form["received_by"], form["channel"], form["nature"]) == ("Ana Ruiz", "desk", "petition")


def test_everything_that_is_wrong_at_the_desk_is_told_at_once(signed_in: SignedIn, office: Office) -> None:
    page = _file_at_desk(signed_in(CLERK), channel="", received_at="ayer", reply_by="", subject="", kind="")

    links = {each.get("href") for each in page.all("//div[@class='error-summary']//a")}
    assert page.status == 422
    assert links == {"#channel", "#received_at", "#reply_by", "#subject", "#kind"}
    for link in links:
        assert page.root.get_element_by_id(link[1:]).tag in {"input", "select", "textarea"}
    assert list_petitions(office, SERVICE_HEAD).items == ()


def test_what_was_typed_at_the_desk_stays_when_something_is_wrong(signed_in: SignedIn) -> None:
    typed = {"missing": "No trae el poder.", "insists": "true", "special_care": "elderly", "verbal": "true"}
    page = _file_at_desk(signed_in(CLERK), subject="", **typed)

    kept = page.form("/ventanilla")
    assert {name: kept[name].strip() for name in typed} == typed


def test_whoever_insists_leaves_with_the_note_on_the_proof(signed_in: SignedIn) -> None:
    nothing = dict.fromkeys(("document_type", "document_number", "address", "reply_by"), "")

    proof = _file_at_desk(signed_in(CLERK), **nothing, insists="true", missing="No trae documento.")

    assert proof.path == "/radicada"
    assert "Radicada porque la persona insistió" in proof.text
    assert "No trae documento." in proof.text


def test_what_is_no_petition_gets_a_number_and_no_date_to_answer(signed_in: SignedIn) -> None:
    sent = {"nature": "judicial_notice", "channel": "email", "subject": "Auto 12", "full_name": "Juzgado"}
    empty = dict.fromkeys(IN_PERSON, "")

    proof = _file_at_desk(signed_in(CLERK), **empty | sent)

    assert proof.path == "/radicada"
    assert "Notificación judicial" in proof.text
    assert "Debemos responderle" not in proof.text


def test_a_judicial_notice_shows_its_people_no_term_of_a_petition(
    signed_in: SignedIn, office: Office
) -> None:
    publish_procedure(office, bpmn_folder())
    sent = {"nature": "judicial_notice", "channel": "email", "subject": "Auto 12", "full_name": "Juzgado"}
    number = file_at_desk(office, CLERK, sent).filing_number
    lawyer = signed_in(hire(office, LAWYER))
    task = f"/tareas/{number}/{task_of(office, LAWYER, number)}"

    for address in ("/bandeja", task, "/peticiones", f"/peticiones/{number}"):
        page = lawyer.open(address)

        assert "Notificación judicial" in page.text
        assert "días hábiles" not in page.text
        assert "diciembre" not in page.text


@pytest.mark.parametrize("person", [OFFICIAL, DIRECTOR])
def test_the_desk_is_for_those_who_receive(signed_in: SignedIn, person: Person) -> None:
    assert signed_in(person).open("/ventanilla").status == 403


def test_the_paper_shows_its_code_when_it_is_asked_for(signed_in: SignedIn, office: Office) -> None:
    filed = file_at_desk(office, CLERK, IN_PERSON)
    clerk, address = signed_in(CLERK), f"/peticiones/{filed.filing_number}/constancia"

    page = clerk.open(address)
    assert filed.tracking_code not in page.text

    assert filed.tracking_code in clerk.press(page, address).text


def test_the_code_that_went_by_mail_is_not_printed(signed_in: SignedIn, office: Office) -> None:
    filed = file_one(office)
    clerk, address = signed_in(CLERK), f"/peticiones/{filed.filing_number}/constancia"

    page = clerk.press(clerk.open(address), address)

    assert page.status == 409
    assert "ya lo tiene" in page.text
    assert filed.tracking_code not in page.response.text


def test_topics_and_territories_of_the_entity_are_asked_in_the_form(
    signed_in: SignedIn, citizen: Visitor, office: Office
) -> None:
    keeper = signed_in(ADMINISTRATOR)
    assert citizen.open("/radicar").all("//select[@name='topic']") == []

    keeper.press(
        keeper.open("/formulario"),
        "/formulario/temas",
        topic_name="Alumbrado público",
        topic_department="INF",
    )
    listed = keeper.press(keeper.open("/formulario"), "/formulario/territorios", territory_name="Comuna 3")
    assert "Secretaría de Infraestructura" in listed.text
    office.entities.forget_current()
    page = citizen.open("/radicar")
    filed = citizen.press(page, "/radicar", **ROSA, topic="alumbrado_publico", territory="comuna_3")

    assert filed.path == "/radicada"
    told = read_reception(office, CLERK, _only(office))
    assert (told.topic_name, told.territory_name) == ("Alumbrado público", "Comuna 3")


def test_a_topic_that_was_withdrawn_meanwhile_is_told_beside_its_field(
    citizen: Visitor, office: Office
) -> None:
    form_lists.save_topic(office, SERVICE_HEAD, name="Alumbrado")
    page = citizen.open("/radicar")
    form_lists.withdraw_topic(office, SERVICE_HEAD, "alumbrado")
    form_lists.save_topic(office, SERVICE_HEAD, name="Predial")

    back = citizen.press(page, "/radicar", **ROSA, topic="alumbrado")

    assert back.status == 422
    assert back.of_id("topic-error")


def test_the_form_is_kept_in_order_by_its_keepers(signed_in: SignedIn, office: Office) -> None:
    head = signed_in(SERVICE_HEAD)
    wrong = head.press(head.open("/formulario"), "/formulario/temas", topic_name="")
    assert (wrong.status, bool(wrong.of_id("topic_name-error"))) == (422, True)
    no_mail = head.press(head.open("/formulario"), "/formulario/contactos", invoice_email="facturas")
    assert no_mail.of_id("invoice_email-error")

    form_lists.save_territory(office, SERVICE_HEAD, name="Comuna 7")
    gone = head.press(head.open("/formulario"), "/formulario/territorios/comuna_7/quitar")

    assert "Ya no se ofrece" in gone.text
    assert "Comuna 7" not in gone.text
    assert signed_in(CLERK).open("/formulario").status == 403


def test_a_topic_and_a_territory_change_their_names_and_keep_their_codes(
    signed_in: SignedIn, office: Office
) -> None:
    head = signed_in(SERVICE_HEAD)
    form_lists.save_topic(office, SERVICE_HEAD, name="Vías", department="INF")
    form_lists.save_topic(office, SERVICE_HEAD, name="Árboles")
    form_lists.save_territory(office, SERVICE_HEAD, name="Comuna 10")
    form_lists.save_territory(office, SERVICE_HEAD, name="Comuna 9")

    topic = head.open("/formulario?tema=vias")
    head.press(topic, "/formulario/temas", topic_name="Vías y andenes")
    territory = head.open("/formulario?territorio=comuna_9")
    head.press(territory, "/formulario/territorios", territory_name="Comuna 9, La Enea")

    entity = office.entity()
    assert [(each.code, each.name, each.department) for each in entity.topics] == [
        ("arboles", "Árboles", None),
        ("vias", "Vías y andenes", "INF"),
    ]
    assert [(each.code, each.name) for each in entity.territories] == [
        ("comuna_9", "Comuna 9, La Enea"),
        ("comuna_10", "Comuna 10"),
    ]


def test_whoever_marks_a_danger_sees_whom_to_call(citizen: Visitor, office: Office) -> None:
    form_lists.save_contacts(office, SERVICE_HEAD, emergency_phone="119", invoice_email="")

    page = citizen.open("/radicar")
    assert "123 o 119" in page.of_id("urgent-hint")
    receipt = citizen.press(page, "/radicar", **ROSA, urgent="true")

    assert [" ".join(each.split()) for each in receipt.of_class("emergency")] == [
        "Ya avisamos a la persona de turno. Si el peligro es ahora, llame: 123 o 119"
    ]
    assert citizen.press(citizen.open("/radicar"), "/radicar", **ROSA).of_class("emergency") == []


def test_a_danger_is_taken_in_hand_with_a_button(signed_in: SignedIn, office: Office) -> None:
    number = file_one(office, urgent="true", phone="311 222 3344").filing_number
    roster.add_to_roster(office, ADMINISTRATOR, STRANGER.username, phone="300 123 4567")
    on_call, late, address = signed_in(STRANGER), signed_in(CLERK), f"/peticiones/{number}/riesgo"
    seen_before = late.open(address)

    page = on_call.open(address)
    assert "311 222 3344" in page.text
    assert "300 123 4567" in page.text
    taken = on_call.press(page, f"{address}/atender", note="Voy para allá.")

    assert "Hugo Salas, desde el" in taken.text
    refused = late.press(seen_before, f"{address}/atender")
    assert (refused.status, "Ya lo atiende Hugo Salas" in refused.text) == (409, True)


def test_a_danger_found_later_needs_to_be_described(signed_in: SignedIn, office: Office) -> None:
    number = file_one(office).filing_number
    clerk, address = signed_in(CLERK), f"/peticiones/{number}/riesgo"

    wrong = clerk.press(clerk.open(address), f"{address}/avisar", reason="")
    assert (wrong.status, bool(wrong.of_id("reason-error"))) == (422, True)
    done = clerk.press(wrong, f"{address}/avisar", reason="Amenazan a quien firma.")

    assert "Se avisó a las personas de turno." in done.text


def test_the_roster_is_kept_at_its_page(signed_in: SignedIn) -> None:
    keeper = signed_in(ADMINISTRATOR)
    keeper.press(keeper.open("/turnos"), "/turnos", username="diana", phone="300 123 4567")
    keeper.press(keeper.open("/turnos"), "/turnos", username="elena")
    first = keeper.press(keeper.open("/turnos"), "/turnos/elena/primero")
    assert [each.text_content() for each in first.all("//ol//h3")] == ["1. Elena Cruz", "2. Diana Páez"]

    left = keeper.press(first, "/turnos/elena/quitar")
    assert [each.text_content() for each in left.all("//ol//h3")] == ["1. Diana Páez"]
    wrong = keeper.press(left, "/turnos", username="")
    assert (wrong.status, bool(wrong.of_id("username-error"))) == (422, True)


def test_preferential_attention_is_folded_and_kept_apart(citizen: Visitor, office: Office) -> None:
    page = citizen.open("/radicar")
    assert page.all("//details[@class='care' and not(@open)]")

    citizen.send("/radicar", page.form("/radicar") | ROSA | {"special_care": ["elderly", "victim"]})

    told = read_reception(office, CLERK, _only(office))
    assert told.special_care == (SpecialCare.ELDERLY, SpecialCare.VICTIM)


def test_the_page_asks_how_the_answer_is_wanted_unless_nobody_is_known(citizen: Visitor) -> None:
    page = citizen.press(citizen.open("/radicar"), "/radicar", **ROSA | {"reply_by": ""})
    assert page.of_id("reply_by-error")

    anonymous = {"petitioner_type": "anonymous", "reply_by": ""}
    assert citizen.press(page, "/radicar", **ROSA | anonymous).path == "/radicada"


def test_the_desk_offers_every_channel_but_the_citizens_own(signed_in: SignedIn) -> None:
    page = signed_in(CLERK).open("/ventanilla")

    offered = {each.get("value") for each in page.all("//select[@name='channel']/option")} - {""}
    assert offered == set(Channel) - {Channel.WEB, Channel.API}


def test_the_desk_finds_its_paper_and_the_danger_from_the_petition_and_from_its_task(
    signed_in: SignedIn, office: Office
) -> None:
    publish_procedure(office, bpmn_folder())
    number = file_at_desk(office, CLERK, {**IN_PERSON, "urgent": "true"}).filing_number
    clerk, base = signed_in(CLERK), f"/peticiones/{number}"

    pages = clerk.open(base), clerk.open(f"/tareas/{number}/{task_of(office, CLERK, number)}")

    for page in pages:
        links = {each.get("href") for each in page.all("//main//a")}
        assert {f"{base}/constancia", f"{base}/riesgo"} <= links
