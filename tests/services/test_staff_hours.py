"""Letters to people of the entity outside its hours: they wait for the opening, and none is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from notifications.messages import Escalation
from notifications.send import OutgoingMessage
from processes.common.delivery import deliver_pending
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.resources import bpmn_folder
from processes.directory.calendar_checks import WrittenClosure
from processes.petitions import roster
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.messages import list_messages
from processes.petitions.office import Office
from processes.petitions.publishing import read_bundle_folder
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.bundles import publish_once_compiled
from tests.builders.calendars import apply
from tests.builders.level_three import LAWYER, drafting, hire
from tests.builders.office import ADMINISTRATOR, DEPARTMENT_HEAD, MONDAY_MORNING, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one

NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""21:00 in Bogota on a working Monday."""
OPENING = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""7:00 in Bogota on the Tuesday."""
HEAD = "diana@puertoclaro.example"
FAIR = WrittenClosure("2026-11-24", "Feria de Puerto Claro", "Decreto 012", "2026-11-20")
"""The Tuesday."""


class _Taker:
    """Takes what it is given."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def send(self, message: OutgoingMessage) -> None:
        self.told.append(message.to)


def _delivered(office: Office) -> list[str]:
    """Who is written to now, besides citizens."""
    taker = _Taker()
    deliver_pending(
        office.engine,
        taker,
        now=office.now(),
        real_clock=lambda: MONDAY_MORNING,
        mail_domain="prueba.example",
    )
    return [address for address in taker.told if address.endswith("@puertoclaro.example")]


def _distributed(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)


def _pending(office: Office) -> int:
    query = sa.select(sa.func.count()).where(MESSAGES.c.status == MessageStatus.PENDING.value)
    with office.read() as connection:
        return connection.scalar(query) or 0


def test_a_letter_of_the_night_waits_for_the_opening_and_leaves_then_once(
    office: Office, clock: HandClock
) -> None:
    clock.to(NIGHT)
    _distributed(office)

    assert _delivered(office) == []
    clock.to(OPENING - timedelta(seconds=1))
    assert _delivered(office) == []
    clock.to(OPENING)
    assert _delivered(office) == [HEAD]
    assert _delivered(office) == []


def test_a_letter_in_office_hours_and_one_to_the_citizen_leave_at_once(
    office: Office, clock: HandClock
) -> None:
    _distributed(office)
    assert _delivered(office) == [HEAD]

    clock.to(NIGHT)
    file_one(office)
    _delivered(office)

    assert _pending(office) == 0


def test_the_list_of_messages_says_when_a_letter_leaves(office: Office, clock: HandClock) -> None:
    clock.to(NIGHT)
    _distributed(office)

    newest, *_ = list_messages(office, SERVICE_HEAD).items
    assert newest.not_before == OPENING


def test_what_a_judge_orders_does_not_wait(whole_office: Office, clock: HandClock) -> None:
    hire(whole_office, LAWYER)
    number = file_one(whole_office).filing_number
    _delivered(whole_office)
    clock.to(NIGHT)
    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED,
        reason="Tutela 2026-055",
        length=Length(3, TermUnit.WORKING_DAYS),
        authority="Juzgado Segundo Civil Municipal",
    )
    record_legal_act(whole_office, LAWYER, number, order)

    assert _delivered(whole_office) != []
    assert _pending(whole_office) == 0


def test_a_danger_does_not_wait(whole_office: Office, clock: HandClock) -> None:
    roster.add_to_roster(whole_office, ADMINISTRATOR, DEPARTMENT_HEAD.username)
    clock.to(NIGHT)
    file_one(whole_office, urgent="true")

    assert HEAD in _delivered(whole_office)


@pytest.mark.parametrize(("how", "waits_until"), [("in_office_hours", OPENING), ("at_once", None)])
def test_a_rung_of_the_ladder_waits_for_the_opening_unless_its_table_says_otherwise(
    whole_office: Office, clock: HandClock, how: str, waits_until: datetime | None
) -> None:
    files = read_bundle_folder(bpmn_folder())
    table = files["decisions/escalation.dmn"]
    files["decisions/escalation.dmn"] = table.replace(b'"in_office_hours"</text>', f'"{how}"</text>'.encode())
    publish_once_compiled(whole_office, files)
    number = drafting(whole_office).filing_number
    clock.to(NIGHT + timedelta(days=16))

    advance_due_alerts(whole_office)

    query = sa.select(MESSAGES.c.not_before).where(
        MESSAGES.c.stream == number, MESSAGES.c.template == Escalation.template
    )
    with whole_office.read() as connection:
        waits = set(connection.scalars(query))
    assert waits == {None if waits_until is None else waits_until + timedelta(days=16)}


def test_a_day_that_closes_meanwhile_loses_no_letter(office: Office, clock: HandClock) -> None:
    clock.to(NIGHT)
    _distributed(office)
    apply(office, FAIR)

    clock.forward(days=2)
    assert _delivered(office) == [HEAD]


def test_a_letter_of_the_night_before_a_closed_day_waits_for_the_next_one(
    office: Office, clock: HandClock
) -> None:
    apply(office, FAIR)
    clock.to(NIGHT)
    _distributed(office)

    clock.to(OPENING + timedelta(hours=3))
    assert _delivered(office) == []
    clock.to(OPENING + timedelta(days=1))
    assert _delivered(office) == [HEAD]


@pytest.mark.parametrize("days", [-2, 2])
def test_a_clock_that_jumps_and_comes_back_loses_no_letter_and_doubles_none(
    office: Office, clock: HandClock, days: int
) -> None:
    clock.to(NIGHT)
    _distributed(office)
    clock.forward(days=days)
    jumped = _delivered(office)
    clock.to(OPENING)

    assert [*jumped, *_delivered(office)] == [HEAD]
