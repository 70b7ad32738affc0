"""A notice that the mail gives back moved no clock."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from notifications.send import OutgoingMessage, PermanentFailure
from processes.common.delivery import deliver_pending
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.office import Office
from processes.petitions.returned_notices import record_returned_notices
from processes.petitions.status import TermState
from processes.petitions.tables import ALERTS
from processes.terms.events import LegalEventKind
from tests.builders.office import MONDAY_MORNING, OFFICIAL, HandClock
from tests.builders.petitions import classify, distribute, file_one

REASONS = "Falta la dirección exacta del hueco y una fotografía."


class _Refuses:
    def send(self, message: OutgoingMessage) -> None:
        raise PermanentFailure(f"No existe {message.to}")


def _give_up_all(office: Office) -> None:
    deliver_pending(
        office.engine,
        _Refuses(),
        now=office.now(),
        real_clock=lambda: MONDAY_MORNING,
        mail_domain="prueba.example",
    )


def _at_work(office: Office) -> tuple[str, str]:
    receipt = file_one(office)
    classify(office, receipt.filing_number)
    distribute(office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def _ask(office: Office, number: str, at: datetime | None = None) -> None:
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=REASONS, happened_at=at)
    record_legal_act(office, OFFICIAL, number, act)


def test_a_request_that_the_mail_gives_back_lets_the_term_run_on(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    _ask(office, number)
    assert record_returned_notices(office) == 0  # it may still arrive
    _give_up_all(office)
    clock.forward(days=1)

    assert record_returned_notices(office) == 1
    assert record_returned_notices(office) == 0

    file = read_legal_file(office, OFFICIAL, number)
    assert (file.term_state, file.due_on) == (TermState.RUNNING, date(2026, 12, 15))
    assert file.events[-1].recorded_by == "Reloj"
    with office.read() as connection:
        instants = list(connection.scalars(sa.select(ALERTS.c.due_at)))
    assert instants == [datetime(2026, 12, 7, 13, 0, tzinfo=UTC)]


def test_a_request_that_was_handed_over_stands_though_its_copy_comes_back(
    office: Office, clock: HandClock
) -> None:
    number, _ = _at_work(office)
    _ask(office, number, at=clock.now())
    _give_up_all(office)

    assert record_returned_notices(office) == 0
    assert read_legal_file(office, OFFICIAL, number).term_state is TermState.SUSPENDED


def test_a_citizen_who_completed_all_the_same_was_told(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)
    _ask(office, number)
    _give_up_all(office)
    clock.forward(days=2)
    record_citizen_act(office, number, code, kind=LegalEventKind.COMPLETED, text="Es en la calle 5.")

    assert record_returned_notices(office) == 0


def test_an_extension_that_was_not_told_is_none(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    record_legal_act(office, OFFICIAL, number, LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS))
    _give_up_all(office)
    clock.forward(days=1)

    assert record_returned_notices(office) == 1
    file = read_legal_file(office, OFFICIAL, number)
    assert (file.term_state, file.due_on) == (TermState.RUNNING, date(2026, 12, 15))
