from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from processes.common.outbox import MESSAGES
from processes.directory.tables import PEOPLE
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.incidents import open_incidents
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.tables import ALERTS, PETITIONS
from tests.builders.office import SERVICE_HEAD, HandClock
from tests.builders.petitions import answer, classify, distribute, file_one, verify

FIVE_DAYS_BEFORE = datetime(2026, 12, 7, 13, 0, tzinfo=UTC)


def _escalations(office: Office) -> list[str]:
    with office.read() as connection:
        query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == "escalation")
        return list(connection.scalars(query.order_by(MESSAGES.c.id)))


def _a_petition_at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def test_an_alert_fires_at_its_instant_and_not_a_second_before(office: Office, clock: HandClock) -> None:
    _a_petition_at_work(office)
    clock.to(FIVE_DAYS_BEFORE - timedelta(seconds=1))
    assert advance_due_alerts(office) == 0
    clock.to(FIVE_DAYS_BEFORE)
    assert advance_due_alerts(office) == 1
    assert _escalations(office) == ["diana@puertoclaro.example"]


def test_the_ladder_climbs_to_the_director_and_ends(office: Office, clock: HandClock) -> None:
    _a_petition_at_work(office)
    for _ in range(30):
        clock.forward(days=1)
        advance_due_alerts(office)
    assert [recipient.partition("@")[0] for recipient in _escalations(office)] == ["diana", "bea", "elena"]


def test_a_sweep_that_runs_twice_at_once_escalates_once(office: Office, clock: HandClock) -> None:
    for _ in range(6):
        _a_petition_at_work(office)
    clock.to(FIVE_DAYS_BEFORE)
    with ThreadPoolExecutor(4) as pool:
        advanced = list(pool.map(lambda _: advance_due_alerts(office), range(4)))
    assert sum(advanced) == 6
    assert len(_escalations(office)) == 6


def test_moving_an_alert_is_an_update_of_its_row(office: Office, clock: HandClock) -> None:
    _a_petition_at_work(office)
    later = FIVE_DAYS_BEFORE + timedelta(days=2)
    with office.write() as connection:
        connection.execute(sa.update(ALERTS).values(due_at=later))
        connection.execute(sa.update(PETITIONS).values(next_wake_at=later))
    clock.to(FIVE_DAYS_BEFORE)
    assert advance_due_alerts(office) == 0
    clock.to(later)
    assert advance_due_alerts(office) == 1


def test_an_answered_petition_escalates_no_more(office: Office, clock: HandClock) -> None:
    number = _a_petition_at_work(office)
    answer(office, number)
    clock.forward(days=60)
    assert advance_due_alerts(office) == 0
    verify(office, number)
    assert _escalations(office) == []


def test_a_case_whose_state_cannot_be_read_becomes_an_incident_and_holds_up_no_other(
    office: Office, clock: HandClock
) -> None:
    broken, sound = _a_petition_at_work(office), _a_petition_at_work(office)
    with office.write() as connection:
        kept = connection.scalar(sa.text("SELECT state FROM case_state WHERE petition_id = 1"))
        connection.execute(
            sa.text("UPDATE case_state SET state = :junk WHERE petition_id = 1"), {"junk": b"junk"}
        )
    clock.to(FIVE_DAYS_BEFORE)
    assert advance_due_alerts(office) == 1
    assert advance_due_alerts(office) == 0
    assert len(read_petition(office, SERVICE_HEAD, broken).incidents) == 1
    assert read_petition(office, SERVICE_HEAD, sound).incidents == ()
    with office.write() as connection:
        connection.execute(
            sa.text("UPDATE case_state SET state = :kept WHERE petition_id = 1"), {"kept": kept}
        )
    assert advance_due_alerts(office) == 1
    assert read_petition(office, SERVICE_HEAD, broken).incidents == ()


def test_broken_cases_hold_up_no_sound_ones_however_many_they_are(office: Office, clock: HandClock) -> None:
    for _ in range(5):
        _a_petition_at_work(office)
    with office.write() as connection:
        kept = sa.text("SELECT petition_id, state FROM case_state WHERE petition_id <= 3")
        states = connection.execute(kept).all()
        broken = sa.text("UPDATE case_state SET state = :junk WHERE petition_id <= 3")
        connection.execute(broken, {"junk": b"junk"})
    clock.to(FIVE_DAYS_BEFORE)
    assert advance_due_alerts(office, batch=2) == 2
    assert advance_due_alerts(office, batch=2) == 0
    incidents = open_incidents(office)
    assert [incident.attempts for incident in incidents] == [2, 2, 2]
    with office.write() as connection:
        mend = sa.text("UPDATE case_state SET state = :state WHERE petition_id = :id")
        connection.execute(
            mend, [{"id": petition_id, "state": bytes(state)} for petition_id, state in states]
        )
    assert advance_due_alerts(office, batch=2) == 3


def test_an_escalation_that_nobody_can_receive_is_an_incident(office: Office, clock: HandClock) -> None:
    number = _a_petition_at_work(office)
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).values(active=False))
    clock.to(FIVE_DAYS_BEFORE)
    assert advance_due_alerts(office) == 1
    view = read_petition(office, SERVICE_HEAD, number)
    assert _escalations(office) == []
    assert view.incidents == (
        "Nadie recibió el mensaje: nadie activo con correo tiene el cargo «Jefe de dependencia».",
    )
    assert any("Nadie recibió: aviso de vencimiento" in entry.text for entry in view.timeline)
