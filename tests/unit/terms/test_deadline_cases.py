"""The worked cases of `deadlines.csv`: every row, by the path of the `due-dates` command."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from processes.common.calendar import BOGOTA
from processes.terms.cases.answer import answer_case
from processes.terms.cases.hours import read_calendar
from processes.terms.cases.scanning import read_words
from processes.terms.cases.words import KIND_CODES
from processes.terms.clock import AfterHours, filing_date, internal_target, response_term

CASES = tuple(
    csv.DictReader((Path(__file__).parent / "deadlines.csv").read_text(encoding="utf-8").splitlines())
)
CONTESTED = tuple(case for case in CASES if case["alt_due_strict"])
REFUSED = {"D60": "40 días hábiles en total pasan del máximo, 30 días hábiles"}


def _id(case: Mapping[str, str]) -> str:
    return case["id"]


def test_the_cases_are_all_there() -> None:
    assert len(CASES) == 55
    assert len(CONTESTED) == 6


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_worked_case_ends_on_the_expected_date(case: Mapping[str, str]) -> None:
    answer = answer_case(case)

    assert (answer.filing_date, answer.due) == (case["filing_date"], case["expected_due"])
    if case["id"] in REFUSED:
        assert REFUSED[case["id"]] in answer.refused[0]
    else:
        assert answer.refused == ()


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_worked_case_explains_its_date(case: Mapping[str, str]) -> None:
    explained = answer_case(case).explained

    assert explained is not None
    assert explained.days[-1].date == explained.due_on
    assert explained.rule.citation
    assert all(day.why for day in explained.days)


@pytest.mark.parametrize("case", CONTESTED, ids=_id)
def test_the_strict_reading_ends_on_the_internal_target(case: Mapping[str, str]) -> None:
    calendar, _ = read_calendar(read_words(case["events"]))
    received_at = datetime.fromisoformat(case["received_at"])
    strict = date.fromisoformat(case["alt_due_strict"])

    filed_on = filing_date(received_at, calendar, AfterHours.AS_RECEIVED)
    due_on = response_term(KIND_CODES[case["kind"]], filed_on, calendar).due_on

    assert filed_on == received_at.astimezone(BOGOTA).date()
    assert due_on == strict
    assert internal_target(date.fromisoformat(case["expected_due"]), calendar) == strict
