"""The citizen pays for copies before they are made; the term goes on meanwhile."""

import pytest
import sqlalchemy as sa

from processes.common.errors import Invalid
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.queries import read_petition
from processes.petitions.tables import ALERTS
from tests.builders.answers import deliver, do, elements
from tests.builders.level_three import drafting
from tests.builders.office import CLERK, OFFICIAL, SERVICE_HEAD, HandClock

ASKED = {
    "work_next": "ask_payment",
    "copies": 40,
    "copies_price": 8000,
    "question": "Se consigna en la cuenta 123 del Banco Agrario, o en la caja del primer piso.",
}


def test_the_citizen_is_told_what_copies_cost_and_how_to_pay(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number

    do(whole_office, OFFICIAL, number, "Draft", **ASKED)

    letter = next(each for each in deliver(whole_office) if "8.000" in each.text)
    assert letter.to == "rosa@correo.example"
    assert "cuenta 123 del Banco Agrario" in letter.text
    assert elements(whole_office, CLERK, number) == {"NotePayment"}


def test_the_term_does_not_wait_for_the_payment(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    before = read_petition(whole_office, SERVICE_HEAD, number).row

    do(whole_office, OFFICIAL, number, "Draft", **ASKED)

    after = read_petition(whole_office, SERVICE_HEAD, number).row
    assert (after.due_on, after.term_state) == (before.due_on, before.term_state)


def test_work_goes_on_once_the_receipt_is_noted(whole_office: Office, clock: HandClock) -> None:
    number = drafting(whole_office).filing_number
    do(whole_office, OFFICIAL, number, "Draft", **ASKED)
    clock.forward(days=1)

    do(whole_office, CLERK, number, "NotePayment", receipt="  RC-2026-118 ")

    assert "Draft" in elements(whole_office, OFFICIAL, number)
    (paid,) = read_people_file(whole_office, CLERK, number).payments
    assert (paid.copies, paid.price, paid.receipt, paid.paid_at) == (40, 8000, "RC-2026-118", clock.now())


@pytest.mark.parametrize(
    "wrong", [{"copies": 0}, {"copies_price": 0}, {"copies": 2.5}, {"copies_price": None}]
)
def test_copies_and_their_price_are_whole_and_more_than_none(
    whole_office: Office, wrong: dict[str, float | None]
) -> None:
    number = drafting(whole_office).filing_number

    with pytest.raises(Invalid) as refusal:
        do(whole_office, OFFICIAL, number, "Draft", **{**ASKED, **wrong})

    assert set(refusal.value.fields) == set(wrong)
    assert read_people_file(whole_office, CLERK, number).payments == ()


def test_who_does_not_pay_is_answered_all_the_same(whole_office: Office, clock: HandClock) -> None:
    number = drafting(whole_office).filing_number
    do(whole_office, OFFICIAL, number, "Draft", **ASKED)
    with whole_office.read() as connection:
        ends_at = connection.scalar(sa.select(ALERTS.c.due_at).where(ALERTS.c.name == "payment"))
    assert ends_at is not None

    clock.to(ends_at)
    advance_due_alerts(whole_office)

    assert elements(whole_office, CLERK, number) == set()
    assert "Draft" in elements(whole_office, OFFICIAL, number)
    assert [each.paid_at for each in read_people_file(whole_office, CLERK, number).payments] == [None]
