"""Sent is not answered: an answer is followed until it arrives, comes back or is published."""

from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.common.outbox import MESSAGES
from processes.petitions.answer_delivery import ARRIVED_OR_BACK, record_deliveries
from processes.petitions.answer_tables import DeliveredHow, SurveyReply
from processes.petitions.case import read_case
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.notes import read_notes
from processes.petitions.office import Office
from processes.petitions.sent_answers import SentAnswer, read_answers
from processes.petitions.status import PetitionStatus
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from processes.petitions.tables import PETITIONERS
from processes.petitions.tracking import track_petition
from processes.terms.events import LegalEventKind
from tests.builders.answers import answered, deliver, do, elements
from tests.builders.office import CLERK, SERVICE_HEAD, HandClock, an_office
from tests.builders.petitions import file_one, live_whole_life

ROSAS_MAIL = "rosa@correo.example"
ON_PAPER = {"reply_by": "letter", "address": "Calle 5 # 4-21", "municipality": "Puerto Claro", "email": ""}


def _answer(office: Office, number: str) -> SentAnswer:
    with office.read() as connection:
        return read_answers(connection, read_case(connection, number).id)[-1]


def _status(office: Office, number: str) -> PetitionStatus:
    with office.read() as connection:
        return read_case(connection, number).status


def test_an_answer_that_the_mail_takes_is_delivered_then(whole_office: Office, clock: HandClock) -> None:
    number = answered(whole_office).filing_number
    sent_at = clock.now()
    assert _status(whole_office, number) is PetitionStatus.SENT
    clock.forward(minutes=7)

    deliver(whole_office)

    answer = _answer(whole_office, number)
    assert (answer.sent_at, answer.delivered_at) == (sent_at, clock.now())
    assert answer.delivered_how is DeliveredHow.EMAIL
    assert _status(whole_office, number) is PetitionStatus.NOTIFIED


def test_a_sweep_that_finds_nothing_new_asks_the_database_once(whole_office: Office) -> None:
    answered(whole_office)
    deliver(whole_office)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(whole_office.engine, "before_cursor_execute", note)
    try:
        noted = record_deliveries(whole_office)
    finally:
        sa.event.remove(whole_office.engine, "before_cursor_execute", note)

    assert noted == 0
    assert len([each for each in asked if each.startswith("SELECT")]) == 1


def test_the_sweep_looks_at_the_answers_that_travel_and_at_no_other(sqlite_url: str, tmp_path: Path) -> None:
    with an_office(sqlite_url, tmp_path) as office, office.read() as connection:
        asked = ARRIVED_OR_BACK.compile(dialect=office.engine.dialect, compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")]

    assert plan[0].startswith("SEARCH sent_answer USING INDEX ix_sent_answer_travels")
    assert not [step for step in plan if step.startswith("SCAN")]


def test_an_answer_that_comes_back_opens_a_task_and_the_case_cannot_close(whole_office: Office) -> None:
    number = answered(whole_office).filing_number

    deliver(whole_office, ROSAS_MAIL)

    assert _answer(whole_office, number).is_back
    assert _status(whole_office, number) is PetitionStatus.RETURNED_BY_MAIL
    assert elements(whole_office, SERVICE_HEAD, number) == {"TryAgain"}


def test_a_second_attempt_goes_to_the_new_address_under_the_same_number(whole_office: Office) -> None:
    number = answered(whole_office).filing_number
    deliver(whole_office, ROSAS_MAIL)
    first = _answer(whole_office, number)

    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="email", new_email="rosa.diaz@nueva.example")
    letters = deliver(whole_office)

    (letter,) = [
        each for each in letters if each.to == "rosa.diaz@nueva.example" and "Respuesta" in each.subject
    ]
    assert first.outgoing_number in letter.text
    assert "Ana Ruiz" in letter.text  # who answered, not who tried again
    assert "Beatriz" not in letter.text
    again = _answer(whole_office, number)
    assert (again.seq, again.outgoing_number, again.is_back) == (1, first.outgoing_number, False)
    assert _status(whole_office, number) is PetitionStatus.NOTIFIED


def test_a_second_attempt_needs_an_address(whole_office: Office) -> None:
    number = answered(whole_office).filing_number
    deliver(whole_office, ROSAS_MAIL)

    with pytest.raises(Invalid) as wrong:
        do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="letter", new_address="")
    with pytest.raises(Invalid) as no_mail:
        do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="email", new_email="no es un correo")

    assert set(wrong.value.fields) == {"new_address"}
    assert set(no_mail.value.fields) == {"new_email"}


def test_an_answer_on_paper_waits_until_somebody_notes_its_delivery(
    whole_office: Office, clock: HandClock
) -> None:
    number = answered(whole_office, **ON_PAPER).filing_number
    deliver(whole_office)
    assert _answer(whole_office, number).delivered_at is None
    clock.forward(days=2)

    do(
        whole_office,
        CLERK,
        number,
        "DeliverLetter",
        delivery="delivered",
        delivered_how="in_person",
        delivered_at="2026-11-24",
        delivered_to="Guía 12345, recibió su hermana",
    )

    answer = _answer(whole_office, number)
    assert answer.delivered_at == datetime(2026, 11, 24, 12, tzinfo=BOGOTA)
    assert (answer.delivered_how, answer.delivered_to) == (
        DeliveredHow.IN_PERSON,
        "Guía 12345, recibió su hermana",
    )
    assert _status(whole_office, number) is PetitionStatus.NOTIFIED


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-24"])
def test_no_letter_is_delivered_before_it_left_or_tomorrow(whole_office: Office, day: str) -> None:
    number = answered(whole_office, **ON_PAPER).filing_number

    with pytest.raises(Invalid) as wrong:
        do(
            whole_office,
            CLERK,
            number,
            "DeliverLetter",
            delivery="delivered",
            delivered_how="letter",
            delivered_at=day,
        )

    assert set(wrong.value.fields) == {"delivered_at"}


def test_a_letter_that_comes_back_says_why_to_the_office_alone(whole_office: Office) -> None:
    receipt = answered(whole_office, **ON_PAPER)
    number = receipt.filing_number
    why = "La casa está desocupada desde octubre."

    do(whole_office, CLERK, number, "DeliverLetter", delivery="returned", undelivered_reason=why)

    assert _status(whole_office, number) is PetitionStatus.RETURNED_BY_MAIL
    with whole_office.read() as connection:
        notes = read_notes(connection, read_case(connection, number).id)
    assert why in [each.text for each in notes]
    tracked = track_petition(whole_office, number, receipt.tracking_code)
    assert "Buscamos otra forma" in " ".join(step.text for step in tracked.steps)
    assert why not in str(tracked)


def test_the_front_desk_learns_later_that_the_mail_came_back(whole_office: Office, clock: HandClock) -> None:
    number = answered(whole_office).filing_number
    deliver(whole_office)
    clock.forward(days=1)
    act = LegalAct(
        kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Llegó un aviso de rebote."
    )

    record_legal_act(whole_office, CLERK, number, act)

    assert _answer(whole_office, number).is_back
    assert _status(whole_office, number) is PetitionStatus.RETURNED_BY_MAIL
    assert elements(whole_office, SERVICE_HEAD, number) == {"TryAgain"}


def test_the_term_counts_the_day_on_which_the_answer_left(whole_office: Office, clock: HandClock) -> None:
    receipt = answered(whole_office)
    number = receipt.filing_number
    before = track_petition(whole_office, number, receipt.tracking_code)
    deliver(whole_office, ROSAS_MAIL)
    clock.forward(days=40)

    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="letter", new_address="Carrera 2 # 3-4")
    do(whole_office, CLERK, number, "DeliverLetter", delivery="delivered", delivered_how="letter")

    tracked = track_petition(whole_office, number, receipt.tracking_code)
    assert before.answer is not None
    assert tracked.answer is not None
    assert tracked.due_on == before.due_on
    assert tracked.answer.sent_at == before.answer.sent_at
    assert tracked.answer.delivered_at == clock.now()


def test_a_sealed_address_can_be_corrected_and_is_shown_nowhere(whole_office: Office) -> None:
    number = answered(whole_office, kind="wrongdoing_report", reserve_identity="true").filing_number
    deliver(whole_office, ROSAS_MAIL)

    do(whole_office, SERVICE_HEAD, number, "TryAgain", reply_by="email", new_email="otra@correo.example")
    letters = deliver(whole_office)

    assert "otra@correo.example" in {each.to for each in letters}
    with whole_office.read() as connection:
        recipients = set(connection.scalars(sa.select(MESSAGES.c.recipient)))
        petitioners = list(connection.execute(sa.select(PETITIONERS)))
    assert "otra@correo.example" not in recipients
    assert petitioners == []


def test_an_answer_that_comes_back_after_the_close_is_noted_and_reopens_nothing(
    whole_office: Office, clock: HandClock
) -> None:
    receipt = answered(whole_office)
    number = receipt.filing_number
    deliver(whole_office)
    answer_survey(whole_office, number, receipt.tracking_code, SurveyReplies(SurveyReply.YES))
    do(whole_office, SERVICE_HEAD, number, "Verify", closing="close", closing_checks=["substantive"])
    clock.forward(days=1)
    act = LegalAct(
        kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Llegó un aviso de rebote."
    )

    record_legal_act(whole_office, CLERK, number, act)

    assert _answer(whole_office, number).is_back
    assert _status(whole_office, number) is PetitionStatus.CLOSED


def test_mail_that_comes_back_after_an_early_close_is_noted_too(office: Office) -> None:
    number = file_one(office).filing_number
    live_whole_life(office, number)

    deliver(office, ROSAS_MAIL)

    assert _answer(office, number).is_back
    assert _status(office, number) is PetitionStatus.CLOSED
