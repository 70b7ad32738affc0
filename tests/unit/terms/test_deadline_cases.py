"""The worked cases of `deadlines.csv`, as far as the terms that are built reach."""

import csv
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest

from processes.common.calendar import OfficeHours, WorkCalendar
from processes.terms.clock import AfterHours, filing_date, internal_target, response_term
from processes.terms.holidays import LocalClosure, build_calendar
from processes.terms.kinds import PetitionKind

CASES = tuple(
    csv.DictReader((Path(__file__).parent / "deadlines.csv").read_text(encoding="utf-8").splitlines())
)
LAW_CODES: Mapping[str, PetitionKind] = {
    "peticion_general": PetitionKind.REQUEST,
    "informacion": PetitionKind.INFORMATION_REQUEST,
    "documentos": PetitionKind.DOCUMENT_REQUEST,
    "consulta": PetitionKind.CONSULTATION,
    "sugerencia": PetitionKind.SUGGESTION,
    "denuncia": PetitionKind.WRONGDOING_REPORT,
    "entre_autoridades": PetitionKind.AUTHORITY_REQUEST,
    "servicios_publicos": PetitionKind.UTILITY_CLAIM,
}
BUILT_EVENTS = ("", "horario", "no_habil_local")
WEEKDAYS = {"L-J": range(4), "V": range(4, 5)}


def _is_built(case: Mapping[str, str]) -> bool:
    """Answers to the kinds counted in working days, with no event that moves the clock."""
    return (
        case["target"] == "respuesta"
        and case["events"].partition("=")[0] in BUILT_EVENTS
        and case["kind"] in LAW_CODES
    )


BUILT = tuple(case for case in CASES if _is_built(case))
CONTESTED = tuple(case for case in BUILT if case["alt_due_strict"])


def _hours(text: str) -> OfficeHours:
    hours: dict[int, tuple[tuple[time, time], ...]] = {}
    for part in text.split(";"):
        days, span = part.split(" ")
        opens, closes = (time.fromisoformat(moment) for moment in span.split("-"))
        hours |= dict.fromkeys(WEEKDAYS[days], ((opens, closes),))
    return hours


def _calendar(events: str) -> WorkCalendar:
    name, _, value = events.partition("=")
    if name == "horario":
        return build_calendar(hours=_hours(value))
    if name == "no_habil_local":
        dates, _, act = value.partition(" ")
        return build_calendar(
            closures=[LocalClosure(date.fromisoformat(day), act) for day in dates.split("|")]
        )
    return build_calendar()


def _id(case: Mapping[str, str]) -> str:
    return case["id"]


def test_of_the_answers_only_hours_and_events_are_left_to_build() -> None:
    answers = {case["id"] for case in CASES if case["target"] == "respuesta"}
    in_hours = {"D81", "D82"}
    moved_by_events = {"D49", "D50", "D54", "D56", "D57", "D60"}

    assert len(CASES) == 55
    assert len(BUILT) == 32
    assert answers - {case["id"] for case in BUILT} == in_hours | moved_by_events


@pytest.mark.parametrize("case", BUILT, ids=_id)
def test_a_worked_case_ends_on_the_expected_date(case: Mapping[str, str]) -> None:
    calendar = _calendar(case["events"])
    kind = LAW_CODES[case["kind"]]

    filed_on = filing_date(datetime.fromisoformat(case["received_at"]), calendar)
    due_on = response_term(kind, filed_on, calendar).due_on

    assert filed_on == date.fromisoformat(case["filing_date"])
    assert due_on == date.fromisoformat(case["expected_due"])


@pytest.mark.parametrize("case", CONTESTED, ids=_id)
def test_the_strict_reading_ends_on_the_internal_target(case: Mapping[str, str]) -> None:
    calendar = _calendar(case["events"])
    received_at = datetime.fromisoformat(case["received_at"])
    strict = date.fromisoformat(case["alt_due_strict"])

    filed_on = filing_date(received_at, calendar, AfterHours.AS_RECEIVED)
    due_on = response_term(LAW_CODES[case["kind"]], filed_on, calendar).due_on

    assert due_on == strict
    assert internal_target(date.fromisoformat(case["expected_due"]), calendar) == strict
