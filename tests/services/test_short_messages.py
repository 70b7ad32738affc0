"""Short messages: what presses reaches a telephone too, under the rules of every message."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from processes.common.mail import deliver_outbox
from processes.common.outbox import MESSAGES, MessageChannel, MessageStatus
from processes.directory.on_call import international_phone
from processes.petitions import roster
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.messages import read_message
from processes.petitions.office import Office, open_office
from processes.terms.events import LegalEventKind
from tests.builders.office import ADMINISTRATOR, CLERK, DEPARTMENT_HEAD, DIRECTOR, SERVICE_HEAD
from tests.builders.petitions import file_one
from tests.support.gateway import SECRET, Gateway, a_gateway


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with a_gateway() as running:
        yield running


@pytest.fixture
def reaching(whole_office: Office, gateway: Gateway) -> Office:
    """An office with a gateway; of the two on call one has a mobile."""
    roster.add_to_roster(whole_office, ADMINISTRATOR, DEPARTMENT_HEAD.username, phone="300 123 4567")
    roster.add_to_roster(whole_office, ADMINISTRATOR, DIRECTOR.username, phone="ext. 204")
    settings = whole_office.settings.model_copy(
        update={"gateway_url": gateway.url, "gateway_secret": SecretStr(SECRET)}
    )
    opened = open_office(settings, clock=whole_office.clock, engine=whole_office.engine)
    return replace(opened, definitions=whole_office.definitions)


def _deliver(office: Office) -> None:
    deliver_outbox(office.engine, office.settings, now=office.now())


def _short(office: Office) -> sa.RowMapping:
    query = sa.select(MESSAGES).where(MESSAGES.c.channel == MessageChannel.SHORT.value)
    with office.read() as connection:
        return connection.execute(query).mappings().one()


def test_a_danger_reaches_the_mobile_of_whoever_is_on_call_in_one_line(
    reaching: Office, gateway: Gateway
) -> None:
    number = file_one(reaching, urgent="true").filing_number
    _deliver(reaching)

    (asked,) = gateway.asked
    assert asked["to"] == "+573001234567"
    assert asked["text"].endswith(f"/peticiones/{number}/riesgo")
    assert "\n" not in asked["text"]
    assert read_message(reaching, SERVICE_HEAD, _short(reaching)["id"]).text == asked["text"]


def test_a_danger_that_a_petition_leaves_behind_reaches_the_mobile_too(
    reaching: Office, gateway: Gateway
) -> None:
    number = file_one(reaching, urgent="true").filing_number
    given_up = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
    record_legal_act(reaching, CLERK, number, given_up)
    _deliver(reaching)

    texts = [asked["text"] for asked in gateway.asked]
    assert len(texts) == 2
    assert "sin atender" in texts[1]
    assert texts[1].endswith(f"/peticiones/{number}/riesgo")


def test_what_does_not_press_and_an_office_without_a_gateway_write_no_short_message(
    reaching: Office, whole_office: Office, gateway: Gateway
) -> None:
    file_one(reaching)
    file_one(whole_office, urgent="true")
    _deliver(reaching)

    assert gateway.asked == []


def test_a_gateway_in_trouble_is_asked_again_under_the_same_identity(
    reaching: Office, gateway: Gateway
) -> None:
    gateway.answer = 503
    file_one(reaching, urgent="true")
    _deliver(reaching)
    assert _short(reaching)["status"] == MessageStatus.PENDING.value
    assert "503" in _short(reaching)["last_error"]

    gateway.answer = 202
    _past_its_wait(reaching)
    _deliver(reaching)

    assert _short(reaching)["status"] == MessageStatus.SENT.value
    assert len(gateway.identities) == 2
    assert len(set(gateway.identities)) == 1


def test_a_telephone_that_the_gateway_refuses_is_given_up_and_holds_up_no_mail(
    reaching: Office, gateway: Gateway
) -> None:
    gateway.answer = 422
    file_one(reaching, urgent="true")
    _deliver(reaching)

    query = sa.select(MESSAGES.c.status, MESSAGES.c.channel)
    with reaching.read() as connection:
        rows = connection.execute(query).tuples().all()
    assert {status for status, channel in rows if channel == "short"} == {MessageStatus.GIVEN_UP.value}
    assert {status for status, channel in rows if channel == "email"} == {MessageStatus.SENT.value}


def test_a_gateway_without_its_secret_keeps_the_message_and_says_what_to_mend(
    reaching: Office, gateway: Gateway
) -> None:
    file_one(reaching, urgent="true")
    wrong = reaching.settings.model_copy(update={"gateway_secret": SecretStr("")})
    deliver_outbox(reaching.engine, wrong, now=reaching.now())

    assert _short(reaching)["status"] == MessageStatus.PENDING.value
    assert "VENTANILLA_GATEWAY_SECRET" in _short(reaching)["last_error"]
    assert gateway.asked == []


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("300 123 4567", "+573001234567"),
        ("(300) 123-4567", "+573001234567"),
        ("+57 300 123 4567", "+573001234567"),
        ("+34 600.123.456", "+34600123456"),
        ("608 261 1000", ""),
        ("ext. 204", ""),
        ("", ""),
    ],
)
def test_a_telephone_is_read_as_people_write_it(written: str, phone: str) -> None:
    assert international_phone(written) == phone


def _past_its_wait(office: Office) -> None:
    waited = _short(office)["next_attempt_at"] - timedelta(hours=1)
    with office.write() as connection:
        connection.execute(sa.update(MESSAGES).values(next_attempt_at=waited))
