"""A clock that jumps, backwards and forwards: numbers in order, a journal that verifies, nothing twice."""

import random
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.send import OutgoingMessage, TemporaryFailure
from processes.common.audit import SYSTEM
from processes.common.calendar import BOGOTA
from processes.common.delivery import deliver_pending
from processes.common.outbox import MESSAGES
from processes.directory.accounts import session_person, set_password, sign_in
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from processes.petitions.tracking import track_petition
from processes.petitions.verification import anchor_audit, verify_audit
from tests.builders.office import CLERK, MONDAY_MORNING, HandClock, an_office
from tests.builders.petitions import answer, classify, distribute, file_one, verify
from tests.faults.worker import MAIL_DOMAIN

AN_HOUR_BACK = timedelta(hours=-1)
A_DAY_ON = timedelta(days=1)
THE_LADDER = ["diana", "bea", "elena"]
LAST_SECOND_OF_2026 = datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC)
PASSWORD = "una clave bien larga"

jumps = pytest.mark.parametrize("jump", [AN_HOUR_BACK, A_DAY_ON], ids=["an-hour-back", "a-day-on"])


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A furnished office; whatever the clock did, every invariant holds at its end."""
    with an_office(database_url, tmp_path, clock) as opened:
        yield opened
        assert violations(opened) == []


@jumps
def test_numbers_stay_in_order_when_the_clock_jumps_between_filings(
    office: Office, clock: HandClock, jump: timedelta
) -> None:
    numbers = []
    for _ in range(4):
        numbers.append(file_one(office).filing_number)
        clock.at += jump
    assert numbers == [f"2026-{number:06d}" for number in range(1, 5)]


@jumps
def test_a_petition_lives_its_life_and_its_journal_verifies_when_the_clock_jumps_between_acts(
    office: Office, clock: HandClock, jump: timedelta
) -> None:
    receipt = file_one(office)
    for act in (classify, distribute, answer, verify):
        clock.at += jump
        act(office, receipt.filing_number)
        anchor_audit(office)
    assert track_petition(office, receipt.filing_number, receipt.tracking_code).answer is not None
    assert verify_audit(office.engine) == []


def test_an_alert_fires_once_though_the_clock_passes_its_instant_again_and_again(
    office: Office, clock: HandClock
) -> None:
    _a_petition_at_work(office)
    for _ in range(30):
        clock.at += A_DAY_ON
        advance_due_alerts(office)
        clock.at += AN_HOUR_BACK
        advance_due_alerts(office)
        clock.at -= AN_HOUR_BACK
        advance_due_alerts(office)
    assert _escalated(office) == THE_LADDER


def test_a_leap_over_the_whole_ladder_tells_each_of_them_once(office: Office, clock: HandClock) -> None:
    _a_petition_at_work(office)
    clock.forward(days=60)
    while advance_due_alerts(office):
        pass
    assert _escalated(office) == THE_LADDER


def test_a_session_ends_when_its_time_is_over_wherever_the_clock_went_meanwhile(office: Office) -> None:
    set_password(office.engine, CLERK.username, password=PASSWORD, by=SYSTEM, now=office.now())
    signed_in = sign_in(
        office.engine, CLERK.username, PASSWORD, real_now=MONDAY_MORNING, lasting=timedelta(hours=10)
    )

    def who(real_now: datetime) -> str | None:
        person = session_person(office.engine, signed_in.token, real_now=real_now)
        return person.username if person else None

    assert who(MONDAY_MORNING + AN_HOUR_BACK) == CLERK.username
    assert who(MONDAY_MORNING + A_DAY_ON) is None
    assert who(MONDAY_MORNING) == CLERK.username


def test_a_message_leaves_once_though_the_clock_goes_back_before_it_is_tried_again(office: Office) -> None:
    file_one(office)
    sender = _RefusesFirst()
    for instant in (
        MONDAY_MORNING,
        MONDAY_MORNING + AN_HOUR_BACK,
        MONDAY_MORNING + timedelta(minutes=2),
        MONDAY_MORNING + AN_HOUR_BACK,
        MONDAY_MORNING + A_DAY_ON,
    ):
        real = HandClock(instant)
        deliver_pending(office.engine, sender, now=office.now(), real_clock=real.now, mail_domain=MAIL_DOMAIN)
    assert sender.attempts == 2
    assert len(sender.accepted) == 1


def test_each_year_has_its_own_numbers_without_gaps_when_many_file_across_midnight(
    office: Office, clock: HandClock
) -> None:
    dice = random.Random(2027)

    def file_around_midnight(_: int) -> FilingReceipt:
        clock.to(LAST_SECOND_OF_2026 + timedelta(seconds=dice.randint(0, 1)))
        return file_one(office)

    with ThreadPoolExecutor(6) as pool:
        receipts = list(pool.map(file_around_midnight, range(40)))

    by_year: dict[int, list[str]] = defaultdict(list)
    for receipt in receipts:
        by_year[receipt.received_at.astimezone(BOGOTA).year].append(receipt.filing_number)
    assert by_year.keys() == {2026, 2027}
    for year, numbers in by_year.items():
        assert sorted(numbers) == [f"{year}-{number:06d}" for number in range(1, len(numbers) + 1)]


class _RefusesFirst:
    """A mail server that is busy the first time."""

    def __init__(self) -> None:
        self.attempts = 0
        self.accepted: list[str] = []

    def send(self, message: OutgoingMessage) -> None:
        self.attempts += 1
        if self.attempts == 1:
            raise TemporaryFailure("Vuelva luego.")
        self.accepted.append(message.message_id)


def _a_petition_at_work(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)


def _escalated(office: Office) -> list[str]:
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == "escalation")
    with office.read() as connection:
        recipients = list(connection.scalars(query.order_by(MESSAGES.c.id)))
    return [recipient.partition("@")[0] for recipient in recipients]
