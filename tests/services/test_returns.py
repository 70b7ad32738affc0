"""A department gives a petition back once, in time and with reasons; the term goes on."""

from datetime import UTC, datetime

import pytest

from processes.common.errors import Conflict, Forbidden, Invalid
from processes.petitions.case_file import read_case_file
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.queries import read_petition
from processes.petitions.returning import return_assignment
from processes.petitions.status import PetitionStatus
from processes.petitions.work import claim, save_draft
from tests.builders.answers import do, elements
from tests.builders.level_three import drafting, send_to_review
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import classify, distribute, file_one, task_of

WHY = "La vía es del departamento: la mantiene la gobernación."
DECIDED = "El tramo urbano es del municipio; les corresponde."
LAST_MOMENT = datetime(2026, 11, 25, 4, 59, 59, tzinfo=UTC)
"""The end of Tuesday 24 November in Bogotá; petitions are assigned on Monday the 23rd."""


def _decide(office: Office, number: str, department: str) -> None:
    do(office, SERVICE_HEAD, number, "DecideReturn", department=department, return_note=DECIDED)


def test_a_petition_that_is_given_back_goes_to_whoever_distributes(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    due_on = read_petition(whole_office, SERVICE_HEAD, number).row.due_on

    return_assignment(whole_office, DEPARTMENT_HEAD, number, reason=WHY)

    found = read_petition(whole_office, SERVICE_HEAD, number)
    assert (found.row.status, found.row.due_on) == (PetitionStatus.IN_DISTRIBUTION, due_on)
    assert elements(whole_office, OFFICIAL, number) == set()
    assert elements(whole_office, SERVICE_HEAD, number) == {"DecideReturn"}
    (returned,) = read_people_file(whole_office, CLERK, number).returns
    assert (returned.department_name, returned.reason) == ("Secretaría de Infraestructura", WHY)
    assert returned.returned_by == "Diana Páez"
    (note,) = read_case_file(whole_office, SERVICE_HEAD, number).notes
    assert (note.text, note.by) == (WHY, "Diana Páez")


def test_whoever_distributes_may_choose_another_department(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    return_assignment(whole_office, OFFICIAL, number, reason=WHY)

    _decide(whole_office, number, "HAC")

    assert "Draft" in elements(whole_office, STRANGER, number)
    assert elements(whole_office, OFFICIAL, number) == set()


def test_a_department_gives_a_petition_back_only_once(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    return_assignment(whole_office, OFFICIAL, number, reason=WHY)
    _decide(whole_office, number, "INF")
    assert read_people_file(whole_office, OFFICIAL, number).may_return_until is None

    with pytest.raises(Conflict, match="ya devolvió una vez"):
        return_assignment(whole_office, DEPARTMENT_HEAD, number, reason=WHY)

    assert "Draft" in elements(whole_office, OFFICIAL, number)


def test_each_department_may_give_it_back(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    return_assignment(whole_office, OFFICIAL, number, reason=WHY)
    _decide(whole_office, number, "HAC")

    return_assignment(whole_office, STRANGER, number, reason=WHY)

    assert len(read_people_file(whole_office, CLERK, number).returns) == 2


def test_the_working_day_after_the_assignment_is_the_last(whole_office: Office, clock: HandClock) -> None:
    in_time, late = (drafting(whole_office).filing_number for _ in range(2))
    until = read_people_file(whole_office, OFFICIAL, late).may_return_until
    assert until is not None
    assert until.isoformat() == "2026-11-24"
    clock.to(LAST_MOMENT)
    return_assignment(whole_office, OFFICIAL, in_time, reason=WHY)

    clock.forward(seconds=1)

    assert read_people_file(whole_office, OFFICIAL, late).may_return_until is None
    with pytest.raises(Conflict, match="día hábil siguiente"):
        return_assignment(whole_office, OFFICIAL, late, reason=WHY)


def test_the_weekend_does_not_count(whole_office: Office, clock: HandClock) -> None:
    clock.to(datetime(2026, 11, 27, 15, 0, tzinfo=UTC))  # Friday
    number = drafting(whole_office).filing_number

    clock.to(datetime(2026, 11, 30, 22, 0, tzinfo=UTC))  # Monday
    return_assignment(whole_office, OFFICIAL, number, reason=WHY)

    assert elements(whole_office, SERVICE_HEAD, number) == {"DecideReturn"}


def test_a_draft_that_was_begun_is_no_reason_to_keep_it(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    task = task_of(whole_office, OFFICIAL, number)
    claim(whole_office, OFFICIAL, number, task)
    save_draft(whole_office, OFFICIAL, number, task, {"answer_text": "Cordial saludo."})

    return_assignment(whole_office, OFFICIAL, number, reason=WHY)

    status = read_petition(whole_office, SERVICE_HEAD, number).row.status
    assert status is PetitionStatus.IN_DISTRIBUTION


def test_only_the_department_that_has_it_gives_it_back(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number

    for person in (CLERK, SERVICE_HEAD, STRANGER):
        with pytest.raises(Forbidden, match="la dependencia que la tiene"):
            return_assignment(whole_office, person, number, reason=WHY)
    with pytest.raises(Invalid) as mute:
        return_assignment(whole_office, OFFICIAL, number, reason="No es mía.")
    assert set(mute.value.fields) == {"reason"}


def test_what_is_already_before_the_signatories_is_not_given_back(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)

    with pytest.raises(Conflict, match="ya no se devuelve"):
        return_assignment(whole_office, OFFICIAL, number, reason=WHY)


def test_a_procedure_that_does_not_listen_takes_nothing_back(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)

    with pytest.raises(Conflict, match="ya no se devuelve"):
        return_assignment(office, OFFICIAL, number, reason=WHY)

    assert read_petition(office, OTHER_OFFICIAL, number).row.status is PetitionStatus.ASSIGNED
