"""Legal acts on real petitions: the clock, the alerts, the journal and the letters move together."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from processes.common.errors import Forbidden, Invalid
from processes.common.outbox import MESSAGES
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file, read_tracked_clock
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.tables import ALERTS
from processes.petitions.tracking import track_petition
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length
from processes.terms.refusals import RefusedAct
from tests.builders.office import (
    DEPARTMENT_HEAD,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import answer, classify, distribute, file_one

WHAT_IS_MISSING = "Falta la dirección exacta del hueco y una fotografía."
REASONS = "La cuadrilla necesita un estudio de suelos que toma dos semanas."


def _at_work(office: Office, **changes: str) -> tuple[str, str]:
    receipt = file_one(office, **changes)
    classify(office, receipt.filing_number, kind=receipt.kind.value)
    distribute(office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def _ask_to_complete(office: Office, number: str) -> None:
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=WHAT_IS_MISSING)
    record_legal_act(office, OFFICIAL, number, act)


def _letters(office: Office, event: str) -> int:
    with office.read() as connection:
        query = sa.select(MESSAGES.c.context).where(MESSAGES.c.template == "legal_notice")
        return sum(f'"event":"{event}"' in context for context in connection.scalars(query))


def _alert_instants(office: Office) -> list[datetime | None]:
    with office.read() as connection:
        return list(connection.scalars(sa.select(ALERTS.c.due_at)))


def test_a_completion_request_suspends_the_term_and_holds_its_alerts(office: Office) -> None:
    number, code = _at_work(office)

    _ask_to_complete(office, number)

    assert read_legal_file(office, OFFICIAL, number).term_state is TermState.SUSPENDED
    assert _alert_instants(office) == [None]
    assert _letters(office, "completion_requested") == 1
    assert any("Le pedimos completarla" in step.text for step in track_petition(office, number, code).steps)


def test_a_completed_petition_gets_back_the_days_that_were_left(office: Office, clock: HandClock) -> None:
    number, code = _at_work(office)  # filed on Monday 23 November, due on 15 December
    clock.forward(days=3)
    _ask_to_complete(office, number)
    clock.forward(days=11)

    outcome = record_citizen_act(
        office, number, code, kind=LegalEventKind.COMPLETED, text="Es en la calle 5 con carrera 7."
    )

    assert outcome.term_state is TermState.RUNNING
    assert outcome.due_on == date(2026, 12, 24)
    assert _alert_instants(office) == [datetime(2026, 12, 17, 13, 0, tzinfo=UTC)]
    assert outcome.explanation is not None
    assert outcome.explanation.due_on == outcome.due_on
    assert _letters(office, "completed") == 1


def test_a_suspended_petition_escalates_to_nobody(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    _ask_to_complete(office, number)
    clock.forward(days=25)

    assert advance_due_alerts(office) == 0
    assert read_petition(office, OFFICIAL, number).row.status is PetitionStatus.ASSIGNED


def test_a_completion_request_after_the_tenth_day_is_refused_with_its_rule(
    office: Office, clock: HandClock
) -> None:
    number, _ = _at_work(office)
    clock.forward(days=20)

    with pytest.raises(RefusedAct, match="artículo 17"):
        _ask_to_complete(office, number)

    assert read_legal_file(office, OFFICIAL, number).term_state is TermState.RUNNING


def test_a_request_that_came_back_moves_nothing(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    _ask_to_complete(office, number)
    clock.forward(days=1)

    outcome = record_legal_act(
        office,
        OFFICIAL,
        number,
        LegalAct(kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.COMPLETION_REQUESTED),
    )

    assert outcome.term_state is TermState.RUNNING
    assert outcome.due_on == date(2026, 12, 15)
    assert _alert_instants(office) == [datetime(2026, 12, 7, 13, 0, tzinfo=UTC)]


def test_without_an_address_the_act_needs_the_day_it_was_handed_over(
    office: Office, clock: HandClock
) -> None:
    number, _ = _at_work(office, email="", address="Calle 5 # 4-20", reply_by="letter")
    clock.forward(days=1)
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason=WHAT_IS_MISSING)

    with pytest.raises(Invalid) as refusal:
        record_legal_act(office, OFFICIAL, number, act)
    assert "happened_at" in refusal.value.fields

    handed_over = LegalAct(kind=act.kind, reason=act.reason, happened_at=clock.now() - timedelta(hours=2))
    assert record_legal_act(office, OFFICIAL, number, handed_over).term_state is TermState.SUSPENDED


def test_an_extension_told_in_time_moves_date_and_alerts_and_tells_the_citizen(office: Office) -> None:
    number, _ = _at_work(office)

    outcome = record_legal_act(
        office,
        OFFICIAL,
        number,
        LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS, length=Length(22)),
    )

    assert outcome.term_state is TermState.EXTENDED
    assert outcome.due_on == date(2026, 12, 24)
    assert outcome.due_on_before == date(2026, 12, 15)
    assert _alert_instants(office) == [datetime(2026, 12, 17, 13, 0, tzinfo=UTC)]
    assert _letters(office, "extension_told") == 1


def test_a_second_extension_and_one_that_is_too_long_are_refused(office: Office) -> None:
    number, _ = _at_work(office)
    too_long = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS, length=Length(31))
    with pytest.raises(RefusedAct):
        record_legal_act(office, OFFICIAL, number, too_long)
    once = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS)
    assert record_legal_act(office, OFFICIAL, number, once).due_on == date(2027, 1, 7)

    with pytest.raises(RefusedAct):
        record_legal_act(office, OFFICIAL, number, once)


def test_an_extension_after_the_last_rung_starts_the_ladder_again(office: Office, clock: HandClock) -> None:
    number, _ = _at_work(office)
    for _ in range(22):
        clock.forward(days=1)
        advance_due_alerts(office)
    assert _alert_instants(office) == []

    record_legal_act(office, OFFICIAL, number, LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS))

    assert _alert_instants(office) == [datetime(2026, 12, 30, 13, 0, tzinfo=UTC)]


def test_a_transfer_ends_the_petition_and_tells_where_it_went(office: Office) -> None:
    number, code = _at_work(office)

    outcome = record_legal_act(
        office,
        OFFICIAL,
        number,
        LegalAct(kind=LegalEventKind.TRANSFERRED_OUT, reason=REASONS, authority="Gobernación del Norte"),
    )

    assert outcome.status is PetitionStatus.TRANSFERRED
    assert outcome.explanation is None
    view = read_petition(office, SERVICE_HEAD, number)
    assert view.alerts == ()
    assert any("Gobernación del Norte" in entry.text for entry in view.timeline)
    assert _letters(office, "transferred_out") == 1
    assert read_tracked_clock(office, number, code).status is PetitionStatus.TRANSFERRED


def test_an_express_withdrawal_may_be_continued_by_a_reasoned_resolution(
    office: Office, clock: HandClock
) -> None:
    number, code = _at_work(office)
    clock.forward(days=1)
    withdrawn = record_citizen_act(
        office, number, code, kind=LegalEventKind.WITHDRAWN, text="Ya taparon el hueco, gracias."
    )
    assert withdrawn.status is PetitionStatus.WITHDRAWN
    clock.forward(days=1)

    act = LegalAct(
        kind=LegalEventKind.CONTINUED_EX_OFFICIO, reason=REASONS, act_number="Resolución 9 de 2026"
    )
    outcome = record_legal_act(office, DEPARTMENT_HEAD, number, act)

    assert outcome.status is PetitionStatus.ASSIGNED
    assert outcome.due_on == date(2026, 12, 15)
    assert _alert_instants(office) == [datetime(2026, 12, 7, 13, 0, tzinfo=UTC)]
    assert answer(office, number).status is PetitionStatus.SENT


def test_another_departments_official_may_not_act(office: Office) -> None:
    number, _ = _at_work(office)
    act = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS)

    with pytest.raises(Forbidden):
        record_legal_act(office, STRANGER, number, act)
