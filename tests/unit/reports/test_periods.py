"""The periods of the reports."""

from datetime import date, timedelta

import pytest

from processes.reports.periods import (
    Cadence,
    circular_day,
    last_ended,
    morning_of,
    period_of,
    reporting_day,
)
from processes.terms.holidays import build_calendar


@pytest.mark.parametrize(
    ("cadence", "day", "first", "last", "key"),
    [
        (Cadence.WEEK, date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 29), "2026-s48"),
        (Cadence.WEEK, date(2027, 1, 2), date(2026, 12, 28), date(2027, 1, 3), "2026-s53"),
        (Cadence.FORTNIGHT, date(2026, 11, 15), date(2026, 11, 1), date(2026, 11, 15), "2026-11-q1"),
        (Cadence.FORTNIGHT, date(2028, 2, 16), date(2028, 2, 16), date(2028, 2, 29), "2028-02-q2"),
        (Cadence.MONTH, date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (Cadence.QUARTER, date(2026, 11, 22), date(2026, 10, 1), date(2026, 12, 31), "2026-3m4"),
        (Cadence.FOUR_MONTHS, date(2026, 8, 31), date(2026, 5, 1), date(2026, 8, 31), "2026-4m2"),
        (Cadence.HALF_YEAR, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "2026-6m1"),
        (Cadence.YEAR, date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31), "2026"),
    ],
)
def test_a_day_belongs_to_one_period(cadence: Cadence, day: date, first: date, last: date, key: str) -> None:
    period = period_of(cadence, day)

    assert (period.first, period.last, period.key) == (first, last, key)


@pytest.mark.parametrize("cadence", list(Cadence))
def test_periods_follow_each_other_without_a_gap(cadence: Cadence) -> None:
    period = period_of(cadence, date(2024, 1, 1))
    while period.last.year < 2029:
        following = period_of(cadence, period.reported_on)
        assert following.first == period.reported_on
        assert following.key > period.key
        assert last_ended(cadence, following.last) == period
        period = following


def test_a_fortnight_is_named_as_people_say_it() -> None:
    assert period_of(Cadence.FORTNIGHT, date(2026, 11, 3)).label == "primera quincena de noviembre de 2026"


def test_the_circular_leaves_three_working_days_before_the_report() -> None:
    # The report of the first fortnight of November 2026 is of Monday 16, a holiday; three working
    # days before it are Wednesday 11, Thursday 12 and Friday 13.
    period = period_of(Cadence.FORTNIGHT, date(2026, 11, 3))

    assert circular_day(period, build_calendar(), working_days_before=3) == date(2026, 11, 11)


def test_a_day_is_reported_on_from_its_morning_on() -> None:
    morning = morning_of(date(2026, 12, 1))

    assert reporting_day(morning) == date(2026, 12, 1)
    assert reporting_day(morning - timedelta(seconds=1)) == date(2026, 11, 30)
