"""A change of the calendar and a petition's legal acts: what was done stands, the days are counted anew."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from processes.petitions.filing import file_petition
from processes.petitions.form import NewPetition
from processes.petitions.invariants import violations
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.matters import NewMatter, register_matters
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.recalculation_preview import preview_change
from processes.petitions.status import TermState
from processes.petitions.tables import ALERTS, Channel
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.calendars import FAIR, close_a_day, prepare, undo
from tests.builders.office import ADMINISTRATOR, MONDAY_MORNING, OFFICIAL, SERVICE_HEAD, HandClock
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


def test_the_request_that_comes_to_be_the_earliest_gives_the_petition_its_kind(office: Office) -> None:
    form = NewPetition(
        PetitionKind.CONTROL_BODY_REQUEST,
        "Informe",
        "Se pide un informe y que se tape el hueco.",
        Channel.LETTER,
        fixed=Length(23, TermUnit.CALENDAR_DAYS),
    )
    number = file_petition(office, form).filing_number
    matters = [
        NewMatter(PetitionKind.CONTROL_BODY_REQUEST, "Un informe."),
        NewMatter(PetitionKind.REQUEST, "Que se tape el hueco."),
    ]
    assert register_matters(office, SERVICE_HEAD, number, matters) == date(2026, 12, 15)

    close_a_day(office)
    close_a_day(office, FAIR.__class__("2026-12-09", "Día cívico", "Decreto 14", "2026-11-21"))

    row = read_petition(office, SERVICE_HEAD, number).row
    assert (row.due_on, row.kind) == (date(2026, 12, 16), PetitionKind.CONTROL_BODY_REQUEST)
    assert violations(office) == []
    undo(office)
    assert read_petition(office, SERVICE_HEAD, number).row.kind is PetitionKind.CONTROL_BODY_REQUEST


@pytest.mark.parametrize(
    ("kind", "fixed"),
    [
        (PetitionKind.JUDGE_REQUEST, Length(48, TermUnit.HOURS)),
        (PetitionKind.HEALTH_SIMPLE_RISK, None),
    ],
)
def test_terms_in_hours_filed_on_one_day_keep_each_its_own_instant(
    office: Office, clock: HandClock, kind: PetitionKind, fixed: Length | None
) -> None:
    def filed_at(moment: datetime) -> str:
        clock.to(moment)
        form = NewPetition(kind, "Urgente", "Rinda informe.", Channel.LETTER, fixed=fixed)
        return file_petition(office, form).filing_number

    numbers = [filed_at(datetime(2026, 11, 23, 14, 0, tzinfo=UTC)), filed_at(MONDAY_MORNING)]
    before = [read_legal_file(office, SERVICE_HEAD, number).due_at for number in numbers]

    close_a_day(office)

    after = [read_legal_file(office, SERVICE_HEAD, number).due_at for number in numbers]
    assert after == before
    assert before[0] != before[1]
    assert violations(office) == []
