"""The hours in which people of the entity are written to."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from processes.common.calendar import WorkCalendar
from processes.common.settings import Settings
from processes.common.staff_hours import StaffHours

HOURS = StaffHours(time(7), time(18))
CALENDAR = WorkCalendar(non_working=frozenset({date(2026, 12, 8)}))


@pytest.mark.parametrize(
    ("at", "leaves"),
    [
        pytest.param("2026-11-23T12:00", None, id="the-opening-minute"),
        pytest.param("2026-11-23T22:59:59", None, id="the-last-second"),
        pytest.param("2026-11-23T23:00", "2026-11-24T12:00", id="the-closing-minute"),
        pytest.param("2026-11-24T04:30", "2026-11-24T12:00", id="night"),
        pytest.param("2026-11-23T11:59:59", "2026-11-23T12:00", id="early-morning"),
        pytest.param("2026-11-28T15:00", "2026-11-30T12:00", id="saturday"),
        pytest.param("2026-12-07T23:30", "2026-12-09T12:00", id="the-eve-of-a-holiday"),
        pytest.param("2026-12-08T15:00", "2026-12-09T12:00", id="a-holiday"),
    ],
)
def test_a_letter_leaves_in_office_hours_or_at_the_next_opening(at: str, leaves: str | None) -> None:
    opening = HOURS.opening(datetime.fromisoformat(at).replace(tzinfo=UTC), CALENDAR)

    assert opening == (None if leaves is None else datetime.fromisoformat(leaves).replace(tzinfo=UTC))


def test_the_hours_are_read_as_they_are_written() -> None:
    assert StaffHours.parse("06:30-17:45") == StaffHours(time(6, 30), time(17, 45))
    assert StaffHours.parse("") is None


@pytest.mark.parametrize("text", ["7-18", "18:00-07:00", "07:00-07:00", "07:00-24:00", "de día"])
def test_hours_that_are_none_are_refused_by_the_settings(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="staff_hours"):
        Settings(home=tmp_path, staff_hours=text)
