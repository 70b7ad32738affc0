import traceback
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.settings import Settings
from processes.directory.accounts import NewPerson, create_person, session_person, sign_in
from processes.directory.roles import Role
from processes.flows import sweeps
from processes.petitions.filing import file_petition
from processes.petitions.office import Office
from processes.petitions.sweep_tables import SWEEP_RUNS
from processes.reports.jobs import Job
from tests.builders.office import ADMINISTRATOR, HandClock
from tests.builders.petitions import a_form, classify, distribute, file_one


def _a_petition_at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def _messages(office: Office, template: str) -> list[str]:
    query = sa.select(MESSAGES.c.status).where(MESSAGES.c.template == template).order_by(MESSAGES.c.id)
    with office.read() as connection:
        return list(connection.scalars(query))


def _finished(office: Office) -> dict[str, int]:
    with office.read() as connection:
        rows = connection.execute(sa.select(SWEEP_RUNS.c.name, SWEEP_RUNS.c.count, SWEEP_RUNS.c.finished_at))
        return {name: count for name, count, at in rows if real_now() - at < timedelta(hours=1)}


def test_a_sweep_fires_what_is_due_and_sends_the_notice_in_the_same_run(
    office: Office, clock: HandClock
) -> None:
    _a_petition_at_work(office)
    clock.forward(days=20)

    sweeps.sweep(office)

    assert _messages(office, "escalation") == [MessageStatus.SENT.value] * 2
    # Two of the alerts were due, one after the other; the notices of the days before waited too.
    with office.read() as connection:
        written = connection.execute(sa.select(sa.func.count()).select_from(MESSAGES)).scalar_one()
    assert _finished(office) == {Job.ADVANCE_ALERTS: 2, Job.DELIVER_MESSAGES: written}


def test_a_sweep_with_nothing_due_says_that_it_ran(office: Office) -> None:
    sweeps.sweep(office)

    assert _finished(office) == {Job.ADVANCE_ALERTS: 0, Job.DELIVER_MESSAGES: 0}


def test_messages_leave_even_when_no_alert_can_fire(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_office: Office) -> int:
        raise RuntimeError

    file_one(office)
    monkeypatch.setattr(sweeps, "advance_due_alerts", fail)

    with pytest.raises(RuntimeError):
        sweeps.sweep(office)

    assert _messages(office, "acknowledgement") == [MessageStatus.SENT.value]
    assert _finished(office) == {Job.DELIVER_MESSAGES: 1}


def test_what_a_failed_run_leaves_names_nobody(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, database_url=sqlite_url)

    with (
        pytest.raises(sweeps.RunFailed) as failed,
        sweeps.office_at_work(settings) as office,
        office.write() as rows,
    ):
        rows.execute(sa.insert(SWEEP_RUNS), {"name": "rosa@correo.example"})

    told = "".join(traceback.format_exception(failed.value))
    assert "IntegrityError" in told
    assert "rosa@correo.example" not in told


def test_a_real_office_is_not_swept_again_within_a_run(office: Office) -> None:
    def rest() -> bool:
        raise AssertionError

    sweeps.keep_demonstrating(office, rest=rest)

    assert not _finished(office)


def test_a_demonstration_sweeps_again_after_each_rest(demonstration: Office, clock: HandClock) -> None:
    rests = iter([True, False])

    def rest() -> bool:
        clock.forward(days=20)
        return next(rests)

    _a_petition_at_work(demonstration)
    sweeps.do_everything(demonstration)
    sweeps.keep_demonstrating(demonstration, rest=rest)

    assert _messages(demonstration, "escalation") == [MessageStatus.SENT.value] * 2


def test_the_nightly_run_seals_the_journal_and_forgets_ended_sessions(
    office: Office, clock: HandClock
) -> None:
    file_one(office)
    password = "una clave de muestra"
    guest = NewPerson("invitada", "Invitada", frozenset({Role.ADMINISTRATOR}))
    create_person(office.engine, guest, password=password, by=ADMINISTRATOR.actor, now=clock.now())
    an_hour = timedelta(hours=1)
    long_ago = real_now() - timedelta(days=2)
    ended = sign_in(office.engine, "invitada", password, real_now=long_ago, lasting=an_hour)

    # The petition's chain and the office's own.
    assert sweeps.do(office, Job.SEAL_JOURNAL) == 2
    assert sweeps.do(office, Job.SEAL_JOURNAL) == 0

    assert session_person(office.engine, ended.token, real_now=long_ago) is None


def test_the_nightly_run_forgets_a_filing_key_after_seven_days_and_not_before(
    office: Office, clock: HandClock
) -> None:
    first = file_petition(office, a_form(), idempotency_key="una")
    clock.forward(days=7)
    sweeps.do(office, Job.SEAL_JOURNAL)
    assert file_petition(office, a_form(), idempotency_key="una") == replace(first, repeated=True)

    clock.forward(seconds=1)
    sweeps.do(office, Job.SEAL_JOURNAL)
    assert file_petition(office, a_form(), idempotency_key="una").filing_number != first.filing_number


def test_what_somebody_switched_off_is_not_made_up_for(office: Office) -> None:
    sweeps.do_everything(office, but=[Job.CIRCULAR])

    assert _finished(office).keys() == set(Job) - {Job.CIRCULAR}
