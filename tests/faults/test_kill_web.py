"""`kill -9` of the web process while people are at its doors: what they were told is there."""

import random
from pathlib import Path

import pytest

from processes.petitions.invariants import violations
from tests.builders.office import an_office_again
from tests.faults.aftermath import kept_petitions
from tests.faults.visitors import Citizen, Clock, Crowd, Staff, everything_told_is_true, furnish_for_visitors
from tests.faults.worker import WHOLE_PROCEDURE
from tests.support.web import web_process

LONGEST_LIFE_SECONDS = 1.0


@pytest.mark.parametrize(
    ("database_url", "kills"),
    [
        pytest.param("sqlite", 1, id="sqlite-once"),
        pytest.param("sqlite", 5, id="sqlite-five-times", marks=pytest.mark.long),
        pytest.param("postgresql", 5, id="postgresql-five-times", marks=pytest.mark.long),
    ],
    indirect=["database_url"],
)
def test_what_visitors_were_told_is_kept_when_the_web_process_is_killed_under_them(
    database_url: str, tmp_path: Path, kills: int
) -> None:
    furnish_for_visitors(database_url, tmp_path, procedure=WHOLE_PROCEDURE)
    dice = random.Random(kills)
    citizens = [Citizen("1"), Citizen("2"), Citizen("3", by_page=True)]
    staff = Staff(WHOLE_PROCEDURE.way)
    with (
        an_office_again(database_url, tmp_path) as swept,
        Crowd([*citizens, staff, Clock(swept)]) as crowd,
    ):
        for kill in range(kills):
            with web_process(tmp_path, database_url) as web:
                if kill == 0:
                    staff.sign_in(web.url)
                    crowd.come(web.url)
                    crowd.until_all_succeed()
                crowd.url = web.url
                crowd.stay(dice.uniform(0, LONGEST_LIFE_SECONDS))
                web.kill()
        with web_process(tmp_path, database_url) as web:
            crowd.url = web.url
            crowd.until_all_succeed()
            crowd.leave()

    assert {answer.status_code for citizen in citizens for answer in citizen.answers} == {201, 303}
    assert {answer.status_code for answer in staff.answers} <= {200, 409}
    assert (tmp_path / "web.log").read_text() == ""
    with an_office_again(database_url, tmp_path) as office:
        everything_told_is_true(office, citizens, staff)
        assert len(kept_petitions(office)) == sum(citizen.achieved for citizen in citizens)
        assert violations(office) == []
