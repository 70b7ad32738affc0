import pytest
import sqlalchemy as sa

from notifications.send import OutgoingMessage, PermanentFailure, Sender
from processes.common.audit import EVENTS, OFFICE
from processes.common.delivery import DeliveryReport, deliver_pending
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES, MessageStatus, post
from processes.directory.people import Contact
from processes.directory.people_mail import to_person
from processes.petitions.message_acts import note_bounce, send_again, send_on_paper
from processes.petitions.messages import list_messages, read_message
from processes.petitions.office import Office
from processes.petitions.paper import list_letters, print_letter
from processes.petitions.queries import read_petition
from processes.petitions.tables import PETITIONS
from processes.petitions.verification import verify_audit
from tests.builders.office import ADMINISTRATOR, CLERK, MONDAY_MORNING, SERVICE_HEAD
from tests.builders.petitions import file_one, live_whole_life
from tests.support.letters import CIRCULAR

FIRST = 1


class _Refuses:
    def send(self, message: OutgoingMessage) -> None:
        raise PermanentFailure(f"No existe {message.to}")


class _Accepts:
    def __init__(self) -> None:
        self.identities: list[str] = []

    def send(self, message: OutgoingMessage) -> None:
        self.identities.append(message.message_id)


def _deliver(office: Office, sender: Sender) -> DeliveryReport:
    return deliver_pending(
        office.engine,
        sender,
        now=office.now(),
        real_clock=lambda: MONDAY_MORNING,
        mail_domain="prueba.example",
    )


@pytest.fixture
def given_up(office: Office) -> str:
    """The number of a petition whose acknowledgement could not be sent."""
    number = file_one(office).filing_number
    assert _deliver(office, _Refuses()) == DeliveryReport(given_up=1)
    return number


def _spoil(office: Office, **values: str) -> None:
    with office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(values))


def test_a_message_that_was_given_up_can_be_sent_again_and_the_journal_says_who_did(
    office: Office, given_up: str
) -> None:
    send_again(office, SERVICE_HEAD, FIRST)

    waiting = read_message(office, SERVICE_HEAD, FIRST)
    assert (waiting.status, waiting.attempts) == (MessageStatus.PENDING, 0)
    courier = _Accepts()
    assert _deliver(office, courier) == DeliveryReport(sent=1)
    assert len(courier.identities) == 1
    last = read_petition(office, SERVICE_HEAD, given_up).timeline[-1]
    assert (last.actor, last.text) == ("Beatriz Lozano", "Volvió a enviar: acuse de recibo, mensaje 1.")
    assert verify_audit(office.engine) == []


@pytest.mark.usefixtures("given_up")
def test_a_message_that_waits_or_was_sent_is_not_sent_again(office: Office) -> None:
    send_again(office, ADMINISTRATOR, FIRST)
    with pytest.raises(Conflict):
        send_again(office, ADMINISTRATOR, FIRST)
    _deliver(office, _Accepts())
    with pytest.raises(Conflict):
        send_again(office, ADMINISTRATOR, FIRST)
    assert read_message(office, ADMINISTRATOR, FIRST).status is MessageStatus.SENT


@pytest.mark.usefixtures("given_up")
def test_only_those_who_watch_over_messages_send_them_again(office: Office) -> None:
    with pytest.raises(Forbidden):
        send_again(office, CLERK, FIRST)
    assert read_message(office, ADMINISTRATOR, FIRST).status is MessageStatus.GIVEN_UP


@pytest.mark.parametrize("number", [0, 999, 2**70, -(2**70)])
def test_a_message_that_does_not_exist_is_told(office: Office, number: int) -> None:
    for act in (read_message, send_again):
        with pytest.raises(NotFound):
            act(office, ADMINISTRATOR, number)


@pytest.mark.parametrize(
    "spoilt", [{"context": "{}"}, {"context": "no es JSON"}, {"template": "de_otra_versión"}]
)
def test_a_message_that_cannot_be_written_is_shown_by_its_template_and_its_error(
    office: Office, spoilt: dict[str, str]
) -> None:
    file_one(office)
    file_one(office)
    _spoil(office, **spoilt)
    _deliver(office, _Accepts())

    template = spoilt.get("template", "acknowledgement")
    shown = read_message(office, ADMINISTRATOR, FIRST)
    assert shown.subject == f"Mensaje que no se pudo escribir (plantilla «{template}»)"
    assert "No se pudo preparar el mensaje: RenderError" in shown.text
    assert [row.subject for row in list_messages(office, ADMINISTRATOR).items] == [shown.subject] * 2


def test_the_text_is_shown_to_whoever_may_read_the_petition_and_not_to_the_administrator(
    office: Office,
) -> None:
    file_one(office)

    assert "quedó radicada" in read_message(office, SERVICE_HEAD, FIRST).text
    assert read_message(office, ADMINISTRATOR, FIRST).text == "El texto lo lee quien puede abrir la petición."


@pytest.mark.usefixtures("given_up")
def test_what_could_not_be_mailed_to_a_citizen_is_handed_over_on_paper(office: Office) -> None:
    assert read_message(office, SERVICE_HEAD, FIRST).on_paper
    send_on_paper(office, SERVICE_HEAD, FIRST)

    (letter,) = list_letters(office, CLERK).items
    assert (letter.id, letter.name) == (FIRST, "Rosa Díaz")
    assert _deliver(office, _Accepts()) == DeliveryReport()
    with pytest.raises(Conflict):
        send_on_paper(office, SERVICE_HEAD, FIRST)
    with pytest.raises(Forbidden):
        send_on_paper(office, CLERK, FIRST)


@pytest.mark.usefixtures("given_up")
def test_a_code_that_somebody_took_from_their_own_screen_is_not_printed_at_the_desk(office: Office) -> None:
    send_on_paper(office, SERVICE_HEAD, FIRST)
    with office.read() as connection:
        code = connection.scalars(sa.select(PETITIONS.c.tracking_code)).one()

    printed = print_letter(office, CLERK, FIRST).text

    assert code not in printed
    assert "Código de verificación: el que usted tomó de su pantalla al radicar" in printed


def test_what_tells_people_of_the_entity_or_carries_an_answer_is_not_handed_over_so(office: Office) -> None:
    live_whole_life(office, file_one(office).filing_number)
    _deliver(office, _Refuses())
    mailed = {each.template: each for each in list_messages(office, SERVICE_HEAD).items}

    assert {name for name, each in mailed.items() if each.on_paper} == {"acknowledgement"}
    for template in ("assigned", "answer"):
        with pytest.raises(Conflict):
            send_on_paper(office, SERVICE_HEAD, mailed[template].id)


def test_a_letter_of_the_office_is_sent_again_and_its_journal_says_so(office: Office) -> None:
    contact = Contact("diana", "Diana Páez", "diana@puertoclaro.example")
    letter = to_person(contact, CIRCULAR, cause="prueba", stream=OFFICE, not_before=None)
    with office.write() as connection:
        post(connection, [letter], now=office.now())
    _deliver(office, _Refuses())
    gone = read_message(office, SERVICE_HEAD, FIRST)

    send_again(office, SERVICE_HEAD, FIRST)

    assert gone.to_name == "Diana Páez, Cargo de diana"
    assert read_message(office, SERVICE_HEAD, FIRST).status is MessageStatus.PENDING
    query = sa.select(EVENTS.c.actor).where(EVENTS.c.stream == OFFICE, EVENTS.c.act == "message_sent_again")
    with office.read() as connection:
        assert connection.scalars(query).all() == ["person:bea"]
    assert verify_audit(office.engine) == []


def test_a_mail_that_came_back_is_noted_and_goes_on_paper(office: Office) -> None:
    number = file_one(office).filing_number
    _deliver(office, _Accepts())
    with pytest.raises(Invalid):
        note_bounce(office, SERVICE_HEAD, FIRST, reason=" ")

    note_bounce(office, SERVICE_HEAD, FIRST, reason="El buzón no existe.")

    back = read_message(office, SERVICE_HEAD, FIRST)
    assert (back.status, back.last_error) == (MessageStatus.GIVEN_UP, "Volvió: El buzón no existe.")
    assert (back.may_bounce, back.on_paper) == (False, True)
    history = [entry.text for entry in read_petition(office, SERVICE_HEAD, number).timeline]
    assert history[-1] == "El correo volvió: acuse de recibo no llegó."
    with pytest.raises(Conflict):
        note_bounce(office, SERVICE_HEAD, FIRST, reason="Otra vez.")


def test_that_an_answer_came_back_is_noted_as_an_act(office: Office) -> None:
    live_whole_life(office, file_one(office).filing_number)
    _deliver(office, _Accepts())
    (answered,) = (each for each in list_messages(office, SERVICE_HEAD).items if each.template == "answer")

    with pytest.raises(Conflict):
        note_bounce(office, SERVICE_HEAD, answered.id, reason="El buzón no existe.")
