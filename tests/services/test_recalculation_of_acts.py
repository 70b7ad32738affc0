"""A change of the calendar and a petition's legal acts: what was done stands, the days are counted anew."""

from datetime import date

import pytest
import sqlalchemy as sa

from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.office import Office
from processes.petitions.recalculation_preview import preview_change
from processes.petitions.status import TermState
from processes.petitions.tables import ALERTS
from processes.terms.events import LegalEventKind
from tests.builders.calendars import FAIR, close_a_day, prepare, undo
from tests.builders.office import ADMINISTRATOR, OFFICIAL, HandClock
from tests.builders.petitions import classify, distribute, file_one

REASONS = "La cuadrilla necesita un estudio de suelos que toma dos semanas."


@pytest.fixture
def at_work(office: Office) -> tuple[str, str]:
    """Number and code of a petition that waits for its answer until 15 December."""
    receipt = file_one(office)
    classify(office, receipt.filing_number)
    distribute(office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def _extend(office: Office, number: str) -> date:
    act = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS)
    return record_legal_act(office, OFFICIAL, number, act).due_on


def _ask_to_complete(office: Office, number: str) -> None:
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason="Falta la dirección exacta del hueco.")
    record_legal_act(office, OFFICIAL, number, act)


def test_an_extended_term_moves_by_the_same_day_and_stays_extended(
    office: Office, at_work: tuple[str, str]
) -> None:
    number, _ = at_work
    due_on = _extend(office, number)
    prepare(office)
    (foreseen,) = preview_change(office, ADMINISTRATOR).page.items

    assert close_a_day(office, FAIR.__class__("2026-12-09", "Día cívico", "Decreto 14", "2026-11-21")) == 1

    stands = read_legal_file(office, OFFICIAL, number)
    assert foreseen.due_before == due_on
    assert stands.due_on == office.entity().calendar.add_working_days(date(2026, 11, 23), 30)
    assert stands.due_on > due_on
    assert stands.term_state is TermState.EXTENDED


def test_a_suspended_term_wakes_nobody_and_is_counted_when_it_goes_on(
    office: Office, clock: HandClock, at_work: tuple[str, str]
) -> None:
    number, code = at_work
    _ask_to_complete(office, number)

    close_a_day(office)

    with office.read() as connection:
        assert connection.scalar(sa.select(ALERTS.c.due_at)) is None
    clock.forward(days=2)
    text = "Es en la calle 5 con carrera 7."
    outcome = record_citizen_act(office, number, code, kind=LegalEventKind.COMPLETED, text=text)
    calendar = office.entity().calendar
    assert outcome.due_on == calendar.add_working_days(date(2026, 11, 25), 15)


def test_a_change_taken_back_brings_an_extended_term_back_too(
    office: Office, at_work: tuple[str, str]
) -> None:
    number, _ = at_work
    due_on = _extend(office, number)
    close_a_day(office)

    assert undo(office) == 1

    assert read_legal_file(office, OFFICIAL, number).due_on == due_on
