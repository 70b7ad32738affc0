"""The traffic light follows the office's own target and the entity's table, and stops with the term."""

from datetime import UTC, datetime

import pytest

from processes.petitions.inbox import list_work_items
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.queries import list_petitions
from processes.terms.events import LegalEventKind
from tests.builders.office import OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import answer, classify, distribute, file_one


def _at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def _lights(office: Office) -> tuple[Light | None, Light | None]:
    """In the list of petitions and in the inbox of who answers."""
    (row,) = list_petitions(office, SERVICE_HEAD).items
    (item,) = list_work_items(office, OFFICIAL).items
    return row.due_status, item.due_status


@pytest.mark.parametrize(
    ("day", "light"),
    [
        (8, Light.ON_TRACK),
        (9, Light.DUE_SOON),  # three working days before the target of the 14th
        (15, Light.DUE_SOON),  # the due day itself is not overdue
        (16, Light.OVERDUE),
    ],
)
def test_amber_begins_before_the_office_s_target_and_red_after_the_law_s_date(
    office: Office, clock: HandClock, day: int, light: Light
) -> None:
    _at_work(office)
    clock.to(datetime(2026, 12, day, 15, 0, tzinfo=UTC))

    assert _lights(office) == (light, light)


def test_the_target_lies_a_working_day_before_the_due_date(office: Office) -> None:
    _at_work(office)

    (row,) = list_petitions(office, SERVICE_HEAD).items

    assert (row.target_on.isoformat(), row.due_on.isoformat()) == ("2026-12-14", "2026-12-15")


def test_a_term_that_waits_for_the_citizen_is_suspended_however_late_it_is(
    office: Office, clock: HandClock
) -> None:
    number = _at_work(office)
    act = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason="Falta la dirección exacta del hueco.")
    record_legal_act(office, OFFICIAL, number, act)
    clock.to(datetime(2026, 12, 20, 15, 0, tzinfo=UTC))

    assert _lights(office) == (Light.SUSPENDED, Light.SUSPENDED)


def test_an_answered_petition_has_no_light(office: Office, clock: HandClock) -> None:
    answer(office, _at_work(office))
    clock.to(datetime(2027, 1, 20, 15, 0, tzinfo=UTC))

    (row,) = list_petitions(office, SERVICE_HEAD).items
    (check,) = list_work_items(office, SERVICE_HEAD).items

    assert (row.due_status, check.due_status) == (None, None)
