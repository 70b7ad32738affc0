import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import orjson
import pytest
import sqlalchemy as sa

from processes.common.errors import Invalid, NotFound
from processes.common.outbox import MESSAGES, SEALED, SEALED_RECIPIENTS
from processes.petitions.filing import file_petition
from processes.petitions.filing_tables import IDEMPOTENCY_KEYS
from processes.petitions.idempotency import KeyReused, body_hash
from processes.petitions.messages import read_message
from processes.petitions.office import Office
from processes.petitions.queries import list_petitions, read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONERS, PETITIONS, RESERVED_IDENTITIES
from processes.petitions.tracking import track_petition
from tests.builders.office import CLERK, SERVICE_HEAD, HandClock
from tests.builders.petitions import a_form, file_one


def test_a_petition_gets_a_number_a_code_and_a_date(office: Office) -> None:
    receipt = file_one(office)
    assert receipt.filing_number == "2026-000001"
    assert receipt.filed_on == date(2026, 11, 23)
    assert receipt.due_on == date(2026, 12, 15)
    assert len(receipt.tracking_code.replace("-", "")) == 13


def test_numbers_follow_each_other_without_gaps_when_many_file_at_once(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: file_one(office), range(40)))
    assert sorted(r.filing_number for r in receipts) == [f"2026-{n:06d}" for n in range(1, 41)]


def test_the_same_filing_ten_times_at_once_is_one_petition(office: Office) -> None:
    form = a_form()
    with ThreadPoolExecutor(10) as pool:
        receipts = list(
            pool.map(lambda _: file_petition(office, form, idempotency_key="doble clic"), range(10))
        )
    assert {receipt.filing_number for receipt in receipts} == {"2026-000001"}
    assert len({receipt.tracking_code for receipt in receipts}) == 1
    assert sum(not receipt.repeated for receipt in receipts) == 1
    assert len(list_petitions(office, CLERK).items) == 1


def test_a_key_that_comes_back_with_another_petition_is_refused(office: Office) -> None:
    file_petition(office, a_form(), idempotency_key="una")
    with pytest.raises(KeyReused):
        file_petition(office, a_form(subject="Otro asunto"), idempotency_key="una")
    assert len(list_petitions(office, CLERK).items) == 1


def test_nobody_who_knows_a_form_can_find_it_among_the_keys(office: Office) -> None:
    form = a_form(kind="wrongdoing_report", reserve_identity="true")
    file_petition(office, form, idempotency_key="una")
    guess = orjson.dumps(form)
    with office.read() as connection:
        kept = bytes(connection.execute(sa.select(IDEMPOTENCY_KEYS.c.body_hash)).scalar_one())

    assert kept != hashlib.sha256(guess).digest()
    assert kept != body_hash(form, b"another installation's secret")
    assert kept == body_hash(form, office.settings.secret("idempotency").encode())


def test_the_year_of_a_number_turns_at_midnight_in_bogota(office: Office, clock: HandClock) -> None:
    clock.to(datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC))
    last = file_one(office)
    clock.to(datetime(2027, 1, 1, 5, 0, 0, tzinfo=UTC))
    first = file_one(office)
    assert (last.filing_number, first.filing_number) == ("2026-000001", "2027-000001")


def test_mail_entered_late_keeps_its_true_time_of_reception(office: Office, clock: HandClock) -> None:
    clock.to(datetime(2027, 1, 4, 15, 0, tzinfo=UTC))
    received_at = datetime(2026, 12, 30, 20, 0, tzinfo=UTC)
    receipt = file_petition(office, a_form(), received_at=received_at, actor=CLERK.actor)
    assert receipt.received_at == received_at
    assert receipt.filing_number == "2026-000001"


def test_what_arrives_after_closing_is_filed_the_next_working_day(office: Office, clock: HandClock) -> None:
    clock.to(datetime(2026, 11, 27, 23, 0, tzinfo=UTC))  # Friday, 18:00 in Bogotá
    receipt = file_one(office)
    assert receipt.received_at == clock.now()
    assert receipt.filed_on == date(2026, 11, 30)
    assert receipt.due_on == date(2026, 12, 22)


def test_an_anonymous_petition_leaves_no_identity(office: Office) -> None:
    receipt = file_one(office, anonymous="true")
    with office.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(PETITIONERS)) == 0
    assert read_petition(office, CLERK, receipt.filing_number).identity is None


def test_a_reserved_identity_lies_in_its_own_table_and_nowhere_else(office: Office) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    with office.read() as connection:
        tables = [table for table in PETITIONS.metadata.sorted_tables if table is not RESERVED_IDENTITIES]
        everything = [
            str(value)
            for table in tables
            if table is not SEALED_RECIPIENTS
            for row in connection.execute(sa.select(table))
            for value in row
        ]
        kept = connection.execute(sa.select(RESERVED_IDENTITIES)).mappings().one()
        recipient = connection.scalar(sa.select(MESSAGES.c.recipient))
    assert kept["full_name"] == "Rosa Díaz"
    assert recipient == SEALED
    found = [text for text in everything if "Rosa D" in text or "rosa@" in text or "52123456" in text]
    assert found == []


def test_only_a_wrongdoing_report_may_reserve_an_identity() -> None:
    with pytest.raises(Invalid) as refused:
        a_form(reserve_identity="true")
    assert "reserve_identity" in refused.value.fields


def test_every_wrong_field_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        a_form(
            kind="cualquiera", subject="", body="\x00", document_number="", email="rosa", privacy_notice=""
        )
    assert set(refused.value.fields) == {
        "kind",
        "subject",
        "body",
        "document_number",
        "email",
        "privacy_notice",
    }


def test_markup_and_template_syntax_are_kept_as_they_were_written(office: Office) -> None:
    written = "<script>alert(1)</script> {{ 7*7 }} {% for %} ${x} '; DROP TABLE petition; --"
    receipt = file_one(office, subject=written, body=written)
    view = read_petition(office, CLERK, receipt.filing_number)
    assert (view.row.subject, view.body) == (written, written)


def test_the_citizen_follows_with_number_and_code(office: Office) -> None:
    receipt = file_one(office)
    typed = receipt.tracking_code.lower().replace("-", " ")
    tracked = track_petition(office, receipt.filing_number, typed)
    assert tracked.status is PetitionStatus.FILED
    assert [step.text for step in tracked.steps] == ["Recibimos y radicamos lo que nos envió."]
    assert tracked.explanation.due_on == tracked.due_on


def test_a_wrong_number_and_a_wrong_code_are_told_in_the_same_words(office: Office) -> None:
    receipt = file_one(office)
    with pytest.raises(NotFound) as wrong_code:
        track_petition(office, receipt.filing_number, "AAAAA-AAAA-AAAA")
    with pytest.raises(NotFound) as wrong_number:
        track_petition(office, "2026-999999", receipt.tracking_code)
    assert wrong_code.value.message == wrong_number.value.message


def test_the_acknowledgement_waits_in_the_outbox_without_showing_the_code_to_the_office(
    office: Office,
) -> None:
    receipt = file_one(office)
    message = read_message(office, SERVICE_HEAD, 1)
    assert receipt.filing_number in message.text
    assert receipt.tracking_code not in message.text
    assert message.recipient == "rosa@correo.example"


def test_a_petition_that_cannot_be_kept_whole_is_not_kept_at_all(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.text("DROP TABLE outbox_sealed_recipient"))
    with pytest.raises(sa.exc.SQLAlchemyError):
        file_one(office, kind="wrongdoing_report", reserve_identity="true")
    assert list_petitions(office, SERVICE_HEAD).items == ()
    assert file_one(office).filing_number == "2026-000001"
