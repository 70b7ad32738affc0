"""A draft that comes back is work again, of whoever wrote it; and it is them that the office tells."""

import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.outbox import MESSAGES
from processes.directory.tables import PEOPLE
from processes.petitions.case_file import read_case_file
from processes.petitions.excluding import name_complained_of
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.petitions.work import claim, release
from tests.builders.answers import do, open_task
from tests.builders.level_three import ask, drafting, send_to_review
from tests.builders.office import DEPARTMENT_HEAD, DIRECTOR, OFFICIAL, OTHER_OFFICIAL, SERVICE_HEAD, STRANGER
from tests.builders.petitions import task_of

OBSERVATIONS = "Falta decir quién paga la obra y desde cuándo."


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough: nothing here is the database's."""
    return sqlite_url


def _returned_by_the_head(office: Office) -> str:
    number = drafting(office).filing_number
    send_to_review(office, number)
    claim(office, DEPARTMENT_HEAD, number, task_of(office, DEPARTMENT_HEAD, number))
    do(office, DEPARTMENT_HEAD, number, "Review", review="return", observations=OBSERVATIONS)
    return number


def _holder_of_the_draft(office: Office, number: str) -> str | None:
    query = (
        sa.select(WORK_ITEMS.c.assignee)
        .join(PETITIONS, PETITIONS.c.id == WORK_ITEMS.c.petition_id)
        .where(PETITIONS.c.filing_number == number, WORK_ITEMS.c.element == "Draft")
        .where(WORK_ITEMS.c.status == WorkItemStatus.OPEN.value)
    )
    with office.read() as connection:
        (holder,) = connection.scalars(query)
    return None if holder is None else str(holder)


def _told_last(office: Office, number: str) -> str:
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.stream == number).order_by(MESSAGES.c.id.desc())
    with office.read() as connection:
        return str(connection.scalars(query).first()).partition("@")[0]


def _dismiss(office: Office, username: str) -> None:
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == username).values(active=False))


def test_a_draft_that_the_head_returns_is_worked_on_again(whole_office: Office) -> None:
    number = _returned_by_the_head(whole_office)

    status = read_petition(whole_office, SERVICE_HEAD, number).row.status
    assert status is PetitionStatus.IN_PROGRESS


def test_a_draft_that_the_head_returns_is_theirs_who_wrote_it(whole_office: Office) -> None:
    number = _returned_by_the_head(whole_office)

    assert _holder_of_the_draft(whole_office, number) == OFFICIAL.username
    history = read_petition(whole_office, SERVICE_HEAD, number).timeline
    assert any("«Proyectar la respuesta» volvió a Carlos Mejía" in entry.text for entry in history)


def test_whoever_wrote_it_is_told_that_it_was_returned_and_not_the_head_who_did(whole_office: Office) -> None:
    number = _returned_by_the_head(whole_office)

    assert _told_last(whole_office, number) == OFFICIAL.username


def test_whoever_asked_for_contributions_is_told_of_them_and_goes_on(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC")

    do(whole_office, STRANGER, number, "Contribute", contribution="Hay dinero para la obra este año.")

    assert _told_last(whole_office, number) == OFFICIAL.username
    assert _holder_of_the_draft(whole_office, number) == OFFICIAL.username


def test_a_refused_signature_sends_the_draft_to_who_wrote_it(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="approve", signatories=[DIRECTOR.username])

    do(whole_office, DIRECTOR, number, "Sign", signature_refused=True, reason=OBSERVATIONS)

    assert read_case_file(whole_office, OFFICIAL, number).notes[-1].text == OBSERVATIONS
    assert _holder_of_the_draft(whole_office, number) == OFFICIAL.username
    assert _told_last(whole_office, number) == OFFICIAL.username


def test_the_draft_of_one_who_left_waits_for_anybody_of_the_department(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    _dismiss(whole_office, OFFICIAL.username)

    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="return", observations=OBSERVATIONS)

    assert _holder_of_the_draft(whole_office, number) is None
    assert _told_last(whole_office, number) == DEPARTMENT_HEAD.username


def test_the_draft_of_one_who_is_kept_apart_waits_for_somebody_else(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    reason = "La queja trata de su conducta en la obra."
    name_complained_of(whole_office, SERVICE_HEAD, number, username=OFFICIAL.username, reason=reason)

    note = "Sigue en la misma dependencia, con otra persona."
    do(whole_office, SERVICE_HEAD, number, "DecideReturn", department="INF", return_note=note)

    assert _holder_of_the_draft(whole_office, number) is None


def test_a_draft_comes_back_to_the_colleague_who_took_it_over(whole_office: Office) -> None:
    number = _returned_by_the_head(whole_office)
    task = open_task(whole_office, OFFICIAL, number, "Draft")
    release(whole_office, OFFICIAL, number, task)
    claim(whole_office, OTHER_OFFICIAL, number, task)

    send = {"work_next": "review", "answer_text": "La cuadrilla irá el martes.", "outcome": "granted"}
    do(whole_office, OTHER_OFFICIAL, number, "Draft", **send)
    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="return", observations=OBSERVATIONS)

    assert _holder_of_the_draft(whole_office, number) == OTHER_OFFICIAL.username


def test_that_a_draft_came_back_is_noted_once_for_each_time(whole_office: Office) -> None:
    number = _returned_by_the_head(whole_office)

    with whole_office.read() as connection:
        query = sa.select(sa.func.count()).where(EVENTS.c.stream == number, EVENTS.c.act == "task_came_back")
        assert connection.scalar(query) == 1
