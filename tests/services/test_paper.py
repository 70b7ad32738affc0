"""What a citizen without mail is told: a letter that the front desk prints and hands over, never silence."""

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.acknowledgements import print_acknowledgement
from processes.petitions.desk import file_at_desk
from processes.petitions.excluding import name_complained_of
from processes.petitions.incidents import open_incidents
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_preview import preview_legal_act
from processes.petitions.message_acts import send_again, send_on_paper
from processes.petitions.messages import list_messages, read_message
from processes.petitions.office import Office
from processes.petitions.paper import (
    PaperRow,
    hand_over_letter,
    letter_came_back,
    list_letters,
    print_letter,
    read_letter,
)
from processes.petitions.personal_notices import list_notices
from processes.petitions.queries import read_petition
from processes.petitions.voiding import void_petition
from processes.terms.events import LegalEventKind
from tests.builders.answers import deliver
from tests.builders.calendars import close_a_day
from tests.builders.level_three import dismiss
from tests.builders.office import ADMINISTRATOR, CLERK, CUSTODIAN, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import ROSA, classify, distribute, file_one, task_of

ON_PAPER = {"email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}
RESERVED = {**ON_PAPER, "kind": "wrongdoing_report", "reserve_identity": "true"}


def _waiting(office: Office) -> list[PaperRow]:
    return list(list_letters(office, CLERK).items)


def _at_desk(office: Office, **changes: str) -> str:
    return file_at_desk(office, CLERK, {**ROSA, **ON_PAPER, "channel": "letter", **changes}).filing_number


def _history(office: Office, number: str) -> list[str]:
    return [entry.text for entry in read_petition(office, CLERK, number).timeline]


def test_a_petition_that_came_on_paper_is_acknowledged_on_paper(office: Office) -> None:
    number = _at_desk(office)

    (waiting,) = _waiting(office)
    letter = print_letter(office, CLERK, waiting.id)

    assert (waiting.filing_number, waiting.name) == (number, "Rosa Díaz")
    assert waiting.address.startswith("Calle 5 # 4-20")
    assert number in letter.text
    assert "Código de verificación" in letter.text
    assert _history(office, number)[-1] == "Abrió para imprimir la carta: acuse de recibo."


def test_whoever_filed_on_their_own_screen_has_seen_the_acknowledgement(office: Office) -> None:
    number = file_one(office, **ON_PAPER).filing_number

    assert _waiting(office) == []
    assert any("La persona lo vio en la pantalla" in line for line in _history(office, number))


def test_an_act_that_ends_a_petition_is_told_on_paper(office: Office) -> None:
    number = file_one(office, **ON_PAPER).filing_number
    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces por error de la ventanilla.")

    assert [letter.filing_number for letter in _waiting(office)] == [number]


def test_an_act_of_the_clock_is_told_on_paper(office: Office) -> None:
    number = file_one(office, **ON_PAPER).filing_number
    file_one(office, petitioner_type="anonymous", email="", reply_by="")

    assert close_a_day(office) == 2
    (letter,) = _waiting(office)
    assert letter.filing_number == number
    assert "15 de diciembre" in print_letter(office, CLERK, letter.id).text


def test_an_act_says_beforehand_that_its_notice_goes_on_paper(office: Office) -> None:
    number = file_one(office, **ON_PAPER).filing_number
    act = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Vino a la ventanilla a decir que desiste.")

    outcome = preview_legal_act(office, CLERK, number, act)

    assert (outcome.citizen_told, outcome.told_on_paper) == (False, True)
    assert _waiting(office) == []


def test_an_act_that_was_handed_over_before_it_was_noted_is_not_told_twice(
    office: Office, clock: HandClock
) -> None:
    number = file_one(office, **ON_PAPER).filing_number
    classify(office, number)
    distribute(office, number)
    act = LegalAct(
        kind=LegalEventKind.COMPLETION_REQUESTED, reason="Falta decir en qué cuadra está el hueco."
    )
    with pytest.raises(Invalid):
        record_legal_act(office, OFFICIAL, number, act)
    handed_over = LegalAct(kind=act.kind, reason=act.reason, happened_at=clock.now())
    record_legal_act(office, OFFICIAL, number, handed_over)

    assert _waiting(office) == []
    assert any("se entregó por otro medio" in line for line in _history(office, number))


def test_a_letter_that_was_handed_over_waits_no_more(office: Office, clock: HandClock) -> None:
    number = _at_desk(office)
    (letter,) = _waiting(office)
    with pytest.raises(Invalid) as refusal:
        hand_over_letter(office, CLERK, letter.id, how="paloma", proof=" ")
    clock.forward(days=1)

    hand_over_letter(office, CLERK, letter.id, how="post", proof="Guía 700123")

    assert set(refusal.value.fields) == {"how", "proof"}
    assert _waiting(office) == []
    assert _history(office, number)[-1] == (
        "Entregó la carta: acuse de recibo, por correo postal o mensajería."
    )
    kept = read_message(office, SERVICE_HEAD, letter.id)
    assert (kept.status, kept.sent_at, kept.proof) == (MessageStatus.SENT, clock.now(), "Guía 700123")
    with pytest.raises(NotFound):
        hand_over_letter(office, CLERK, letter.id, how="post", proof="Guía 700123")


def test_a_letter_that_nobody_takes_is_shown_to_those_who_watch_and_may_be_tried_again(
    office: Office,
) -> None:
    _at_desk(office)
    (letter,) = _waiting(office)
    letter_came_back(office, CLERK, letter.id, reason="La dirección no existe.")

    gone = read_message(office, SERVICE_HEAD, letter.id)
    assert (gone.status, gone.last_error) == (MessageStatus.GIVEN_UP, "La dirección no existe.")
    assert _waiting(office) == []
    send_again(office, SERVICE_HEAD, letter.id)
    assert [each.id for each in _waiting(office)] == [letter.id]


def test_the_receipt_printed_at_the_desk_is_the_letter(office: Office) -> None:
    number = _at_desk(office, channel="verbal")
    assert len(_waiting(office)) == 1

    print_acknowledgement(office, CLERK, number)

    assert _waiting(office) == []


def test_the_letter_of_a_reserved_identity_is_the_custodians_alone(office: Office) -> None:
    number = _at_desk(office, **RESERVED)
    assert _waiting(office) == []
    (letter,) = list_letters(office, CUSTODIAN).items
    with pytest.raises(NotFound):
        print_letter(office, CLERK, letter.id)

    printed = print_letter(office, CUSTODIAN, letter.id)

    assert (letter.reserved, letter.name, letter.address) == (True, "", "")
    assert (printed.row.name, printed.row.address) == ("Rosa Díaz", "Calle 5 # 4-20")
    assert any("Consultó la identidad reservada" in line for line in _history(office, number))
    with office.read() as connection:
        kept = " ".join(str(value) for row in connection.execute(sa.select(MESSAGES)) for value in row)
    assert "Rosa" not in kept
    assert "Calle 5 # 4-20" not in kept


def test_what_the_custodian_notes_of_a_letter_names_nobody_to_whoever_watches_over_messages(
    office: Office,
) -> None:
    _at_desk(office, **RESERVED)
    (letter,) = list_letters(office, CUSTODIAN).items
    letter_came_back(office, CUSTODIAN, letter.id, reason="Rosa Díaz ya no vive en la Calle 5.")

    assert "Rosa" not in str(read_message(office, SERVICE_HEAD, letter.id))
    assert "Rosa" not in str(list_messages(office, ADMINISTRATOR))
    send_again(office, SERVICE_HEAD, letter.id)
    hand_over_letter(office, CUSTODIAN, letter.id, how="in_person", proof="La recibió Rosa Díaz.")

    seen = read_message(office, SERVICE_HEAD, letter.id)
    assert (seen.status, seen.proof, seen.last_error) == (
        MessageStatus.SENT,
        "Lo lee solo el custodio de las identidades reservadas.",
        "",
    )
    assert "Rosa" not in str(seen)


def test_letters_are_for_the_desk_and_never_for_whoever_is_apart(office: Office) -> None:
    number = _at_desk(office)
    (letter,) = _waiting(office)
    with pytest.raises(Forbidden):
        list_letters(office, OFFICIAL)
    with pytest.raises(Forbidden):
        read_letter(office, OFFICIAL, letter.id)
    name_complained_of(
        office, SERVICE_HEAD, number, username=CLERK.username, reason="Es de quien se queja la persona."
    )

    assert _waiting(office) == []
    with pytest.raises(NotFound):
        read_letter(office, CLERK, letter.id)


def test_two_at_the_desk_note_one_letter_once(office: Office) -> None:
    _at_desk(office)
    (letter,) = _waiting(office)
    hand_over_letter(office, SERVICE_HEAD, letter.id, how="in_person", proof="La recibió Rosa Díaz.")

    with pytest.raises((NotFound, Conflict)):
        letter_came_back(office, CLERK, letter.id, reason="No había nadie en la casa.")


def test_a_receipt_that_is_a_task_of_the_diagram_is_no_letter_besides(whole_office: Office) -> None:
    number = _at_desk(whole_office)
    unaddressed = _at_desk(
        whole_office, insists="true", missing="No dejó dirección.", reply_by="", address=""
    )

    assert task_of(whole_office, CLERK, number)
    assert [letter.filing_number for letter in _waiting(whole_office)] == [unaddressed]
    assert any("tiene la tarea de entregarlo" in line for line in _history(whole_office, number))


def test_the_code_of_a_reserved_identity_is_its_custodians_though_the_desk_has_a_task(
    whole_office: Office,
) -> None:
    number = _at_desk(whole_office, **RESERVED)

    assert task_of(whole_office, CLERK, number)
    assert [letter.filing_number for letter in list_letters(whole_office, CUSTODIAN).items] == [number]


def _told_to_the_custodian(office: Office) -> list[tuple[str, str]]:
    """Subject and page of each notice that the custodian has not read."""
    return [(notice.subject, notice.place) for notice in list_notices(office, CUSTODIAN).items]


def test_the_custodian_is_told_of_each_reserved_letter_and_of_nobodys_name(office: Office) -> None:
    number = _at_desk(office, **RESERVED)

    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces por error de la ventanilla.")

    subject = f"Petición {number}: hay una carta de identidad reservada por entregar"
    assert _told_to_the_custodian(office) == [(subject, "/cartas")] * 2
    with office.read() as connection:
        mails = connection.execute(sa.select(MESSAGES).where(MESSAGES.c.person == CUSTODIAN.username))
        assert all("Rosa" not in str(mail) and "Calle 5" not in str(mail) for mail in mails)
    assert any("Su custodio la entrega en papel." in line for line in _history(office, number))


def test_nobody_is_told_of_a_reserved_identity_that_is_written_to_by_mail(office: Office) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")

    assert _told_to_the_custodian(office) == []


def test_a_reserved_letter_that_nobody_may_hand_over_is_an_incident(office: Office) -> None:
    dismiss(office, CUSTODIAN)

    number = _at_desk(office, **RESERVED)

    [incident] = open_incidents(office)
    assert incident.filing_number == number
    assert "nombre a un custodio de identidades reservadas" in incident.message
    assert "Rosa" not in incident.message


def test_a_reserved_letter_that_waits_again_is_told_again(office: Office) -> None:
    number = _at_desk(office, **RESERVED)
    (letter,) = list_letters(office, CUSTODIAN).items
    letter_came_back(office, CUSTODIAN, letter.id, reason="No había nadie en la casa.")

    send_again(office, SERVICE_HEAD, letter.id)

    assert len(_told_to_the_custodian(office)) == 2
    assert [each.filing_number for each in list_letters(office, CUSTODIAN).items] == [number]


def test_a_reserved_mail_that_goes_on_paper_is_told_to_the_custodian(office: Office) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    deliver(office, "rosa@correo.example")
    (mail,) = list_messages(office, SERVICE_HEAD).items

    send_on_paper(office, SERVICE_HEAD, mail.id)

    assert len(_told_to_the_custodian(office)) == 1


def test_a_reserved_mail_that_goes_on_paper_for_nobody_is_an_incident(office: Office) -> None:
    number = file_one(office, kind="wrongdoing_report", reserve_identity="true").filing_number
    deliver(office, "rosa@correo.example")
    (mail,) = list_messages(office, SERVICE_HEAD).items
    dismiss(office, CUSTODIAN)

    send_on_paper(office, SERVICE_HEAD, mail.id)

    [incident] = open_incidents(office)
    assert incident.filing_number == number
    assert "nombre a un custodio de identidades reservadas" in incident.message


def test_a_new_calendar_tells_the_custodian_once_of_all_that_it_puts_on_paper(office: Office) -> None:
    for _ in range(2):
        file_one(office, **RESERVED)
    known = len(_told_to_the_custodian(office))

    close_a_day(office)

    told = _told_to_the_custodian(office)
    assert told[: len(told) - known] == [("Hay 2 cartas de identidad reservada por entregar", "/cartas")]
