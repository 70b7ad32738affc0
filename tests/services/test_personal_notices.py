"""«Avisos»: whom the office tells reads it in Ventanilla, and by mail unless they chose not to."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.send import OutgoingMessage
from processes.common.delivery import deliver_pending
from processes.common.errors import Invalid, NotFound
from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.preferences import MailGroup, group_of, read_mail_off, save_mail_off
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.excluding import name_complained_of
from processes.petitions.office import Office
from processes.petitions.personal_notices import (
    count_unread,
    list_notices,
    read_all_notices,
    read_notice,
)
from tests.builders.office import (
    DEPARTMENT_HEAD,
    DIRECTOR,
    MONDAY_MORNING,
    SERVICE_HEAD,
    HandClock,
    an_office,
)
from tests.builders.petitions import classify, distribute, file_one
from tests.support.letters import ESCALATION, EVERY_LETTER, NOTICES

MUST_LEAVE = {
    "citizen_acted",
    "circular",
    "danger",
    "danger_unattended",
    "delivery_due",
    "escalation",
    "judge_ordered",
    "judge_report_due",
    "judicial_notice",
    "answer_returned",
}


class _Courier:
    """Notes to whom it was asked to send."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def send(self, message: OutgoingMessage) -> None:
        self.told.append(message.to)


def _mailed(office: Office) -> list[str]:
    courier = _Courier()
    deliver_pending(
        office.engine,
        courier,
        now=office.now(),
        real_clock=lambda: MONDAY_MORNING,
        mail_domain="prueba.example",
    )
    return [to for to in courier.told if to.endswith("@puertoclaro.example")]


def _assigned(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def test_whoever_is_told_finds_it_here_and_by_mail(office: Office) -> None:
    number = _assigned(office)

    (notice,) = list_notices(office, DEPARTMENT_HEAD).items

    assert (notice.filing_number, notice.place) == (number, f"/peticiones/{number}")
    assert number in notice.subject
    assert notice.read_at is None
    assert count_unread(office, DEPARTMENT_HEAD) == 1
    assert count_unread(office, DIRECTOR) == 0
    assert _mailed(office) == ["diana@puertoclaro.example"]


def test_a_notice_that_was_opened_is_read_since_then(office: Office, clock: HandClock) -> None:
    _assigned(office)
    (notice,) = list_notices(office, DEPARTMENT_HEAD).items
    opened = clock.now()
    read_notice(office, DEPARTMENT_HEAD, notice.id)
    clock.forward(hours=1)

    assert read_notice(office, DEPARTMENT_HEAD, notice.id).read_at == opened
    assert count_unread(office, DEPARTMENT_HEAD) == 0
    _assigned(office)
    assert read_all_notices(office, DEPARTMENT_HEAD) == 1
    assert read_all_notices(office, DEPARTMENT_HEAD) == 0


def test_nobody_reads_the_notice_of_another(office: Office) -> None:
    _assigned(office)
    (notice,) = list_notices(office, DEPARTMENT_HEAD).items

    for number in (notice.id, notice.id + 1, 0, 2**70):
        with pytest.raises(NotFound):
            read_notice(office, SERVICE_HEAD, number)


def test_whoever_is_kept_apart_since_finds_no_notice_of_it(office: Office) -> None:
    number = _assigned(office)
    name_complained_of(
        office, SERVICE_HEAD, number, username=DEPARTMENT_HEAD.username, reason="La queja es de su trato."
    )

    assert list_notices(office, DEPARTMENT_HEAD).items == ()
    assert count_unread(office, DEPARTMENT_HEAD) == 0


def test_what_somebody_reads_here_alone_leaves_by_no_mail_and_the_ladder_does(
    office: Office, clock: HandClock
) -> None:
    save_mail_off(office.engine, DEPARTMENT_HEAD, [*MailGroup], now=clock.now())
    _assigned(office)

    assert read_mail_off(office.engine, DEPARTMENT_HEAD) == set(MailGroup)
    assert count_unread(office, DEPARTMENT_HEAD) == 1
    assert _mailed(office) == []
    clock.forward(days=14, hours=-1)
    assert advance_due_alerts(office) == 1
    assert _mailed(office) == ["diana@puertoclaro.example"]
    with office.read() as connection:
        here = connection.execute(sa.select(MESSAGES).where(MESSAGES.c.channel == "in_app")).mappings().one()
    assert (here["status"], here["recipient"]) == (MessageStatus.SENT, "Diana Páez")


def test_what_the_law_needs_is_in_no_group(office: Office) -> None:
    named = {
        getattr(letter, "notice", letter.template): group_of(letter) for letter in (*EVERY_LETTER, *NOTICES)
    }

    assert {name for name in MUST_LEAVE if named[name] is not None} == set()
    assert group_of(ESCALATION) is None
    with pytest.raises(Invalid):
        save_mail_off(office.engine, DEPARTMENT_HEAD, ["escalation"], now=MONDAY_MORNING)
    assert read_mail_off(office.engine, DEPARTMENT_HEAD) == set()


def test_counting_what_is_new_does_not_walk_through_all_that_was_read(
    sqlite_url: str, tmp_path: Path
) -> None:
    seen: list[tuple[str, tuple[object, ...]]] = []

    def note(_c: object, _cursor: object, statement: str, values: tuple[object, ...], *_: object) -> None:
        seen.append((statement, values))

    with an_office(sqlite_url, tmp_path) as office:
        sa.event.listen(office.engine, "before_cursor_execute", note)
        count_unread(office, DEPARTMENT_HEAD)
        sa.event.remove(office.engine, "before_cursor_execute", note)
        ((statement, values),) = (each for each in seen if "count(" in each[0])
        with office.read() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    assert "ix_outbox_message_unread" in str(plan)
