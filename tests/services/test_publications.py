"""Anonymous petitions, and answers that reach nobody, are answered in public and without personal data."""

import pytest

from processes.common.errors import Invalid, NotFound
from processes.petitions.answer_tables import DeliveredHow
from processes.petitions.case import read_case
from processes.petitions.office import Office
from processes.petitions.publications import list_publications, read_publications
from processes.petitions.queries import read_petition
from processes.petitions.sent_answers import read_answers
from processes.petitions.status import PetitionStatus
from processes.petitions.tracking import track_petition
from tests.builders.answers import ANSWERED, answered, deliver, do, elements
from tests.builders.office import CLERK, SERVICE_HEAD, HandClock

ROSAS_MAIL = "rosa@correo.example"
NOBODY = {"anonymous": "true", "full_name": "", "document_type": "", "document_number": "", "email": ""}
PUBLIC = {
    "public_title": "Reparación de un hueco en la calle 5",
    "public_text": "La cuadrilla tapará el hueco el martes 1 de diciembre.",
}


def _publish(office: Office, number: str, **changes: object) -> None:
    do(office, SERVICE_HEAD, number, "Publish", **{**PUBLIC, **changes})


def _came_back_twice(office: Office) -> str:
    """Rosa's petition, whose answer reached her neither by mail nor at another address."""
    number = answered(office).filing_number
    deliver(office, ROSAS_MAIL)
    do(office, SERVICE_HEAD, number, "TryAgain", reply_by="publication")
    return number


def test_an_anonymous_petition_is_answered_by_publication(whole_office: Office, clock: HandClock) -> None:
    receipt = answered(whole_office, **NOBODY)
    number = receipt.filing_number
    assert elements(whole_office, SERVICE_HEAD, number) == {"Publish"}
    clock.forward(minutes=30)

    _publish(whole_office, number)

    (published,) = read_publications(whole_office, number)
    assert (published.title, published.text) == (PUBLIC["public_title"], PUBLIC["public_text"])
    assert published.published_at == clock.now()
    with whole_office.read() as connection:
        case = read_case(connection, number)
        (answer,) = read_answers(connection, case.id)
    assert case.status is PetitionStatus.NOTIFIED
    assert (answer.delivered_how, answer.delivered_at) == (DeliveredHow.PUBLICATION, clock.now())
    tracked = track_petition(whole_office, number, receipt.tracking_code)
    assert tracked.answer is not None
    assert tracked.answer.published


def test_an_answer_that_reaches_nobody_is_published_in_other_words(whole_office: Office) -> None:
    number = _came_back_twice(whole_office)

    _publish(whole_office, number)

    (published,) = read_publications(whole_office, number)
    assert published.outgoing_number == "2026-S-000001"
    assert ANSWERED["answer_text"] == published.text


def _mailed(office: Office, number: str) -> set[str]:
    """What leaves once the answer is published: to whom, and under which subject."""
    _publish(office, number)
    return {f"{letter.to}: {letter.subject}" for letter in deliver(office)}


def test_nothing_more_is_mailed_to_the_address_from_which_the_answer_came_back(whole_office: Office) -> None:
    number = _came_back_twice(whole_office)

    mailed = _mailed(whole_office, number)

    assert not [each for each in mailed if each.startswith(ROSAS_MAIL)]
    history = read_petition(whole_office, SERVICE_HEAD, number).timeline
    assert any("aviso de la publicación. La respuesta volvió" in entry.text for entry in history)


def test_whose_letter_came_back_is_told_by_mail_that_it_was_published(whole_office: Office) -> None:
    number = answered(whole_office, reply_by="letter", address="Calle 5 # 4-20").filing_number
    why = "La casa está desocupada desde octubre."
    do(whole_office, CLERK, number, "DeliverLetter", delivery="returned", undelivered_reason=why)
    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="publication")

    mailed = _mailed(whole_office, number)

    assert f"{ROSAS_MAIL}: Petición {number}: publicamos la respuesta" in mailed


@pytest.mark.parametrize("reserved", ["true", "false"])
def test_a_sealed_address_from_which_the_answer_came_back_is_left_alone_too(
    whole_office: Office, reserved: str
) -> None:
    number = answered(whole_office, kind="wrongdoing_report", reserve_identity=reserved).filing_number
    deliver(whole_office, ROSAS_MAIL)
    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="publication")

    do(whole_office, SERVICE_HEAD, number, "Publish", **PUBLIC, public_confirmed=True)

    assert [letter for letter in deliver(whole_office) if letter.to == ROSAS_MAIL] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Señora Rosa Díaz: la cuadrilla tapará el hueco.", "el nombre de quien la presentó"),
        ("A la cédula 52123456 se le responde que sí.", "su número de documento"),
        ("Le escribimos a rosa@correo.example sin éxito.", "su correo"),
    ],
)
def test_a_text_that_still_names_the_petitioner_is_not_published(
    whole_office: Office, text: str, shown: str
) -> None:
    number = _came_back_twice(whole_office)

    with pytest.raises(Invalid) as warned:
        _publish(whole_office, number, public_text=text)

    assert shown in warned.value.fields["public_text"]
    with pytest.raises(NotFound):
        read_publications(whole_office, number)


def test_a_title_is_looked_at_too(whole_office: Office) -> None:
    number = _came_back_twice(whole_office)

    with pytest.raises(Invalid, match="el nombre de quien la presentó"):
        _publish(whole_office, number, public_title="Hueco frente a la casa de Rosa Díaz")


def test_whoever_looked_at_it_may_publish_what_only_seems_personal(whole_office: Office) -> None:
    number = _came_back_twice(whole_office)
    text = "La obra del parque Rosa Elvira Díaz empieza el lunes; pregunte en obras@puertoclaro.example."

    _publish(whole_office, number, public_text=text, public_confirmed=True)

    assert read_publications(whole_office, number)[0].text == text


def test_a_reserved_identity_is_compared_with_nothing(whole_office: Office) -> None:
    number = answered(whole_office, kind="wrongdoing_report", reserve_identity="true").filing_number
    deliver(whole_office, ROSAS_MAIL)
    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="publication")
    refusals = []
    for text in ("Señora Rosa Díaz: ya se abrió la investigación.", "Ya se abrió la investigación pedida."):
        with pytest.raises(Invalid) as refused:
            _publish(whole_office, number, public_text=text)
        refusals.append(refused.value.fields)

    assert refusals[0] == refusals[1]
    assert set(refusals[0]) == {"public_confirmed"}


def test_the_list_shows_the_newest_first_in_pages(whole_office: Office, clock: HandClock) -> None:
    numbers = []
    for _ in range(3):
        number = answered(whole_office, **NOBODY).filing_number
        clock.forward(hours=1)
        _publish(whole_office, number)
        numbers.append(number)

    first = list_publications(whole_office, limit=2)
    rest = list_publications(whole_office, cursor=first.next_cursor, limit=2)

    assert [each.filing_number for each in (*first.items, *rest.items)] == numbers[::-1]
    assert rest.next_cursor is None


def test_what_was_not_published_is_not_found(whole_office: Office) -> None:
    number = answered(whole_office).filing_number

    for each in (number, "2026-999999", "no es un número"):
        with pytest.raises(NotFound):
            read_publications(whole_office, each)
