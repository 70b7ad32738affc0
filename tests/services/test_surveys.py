"""The survey: opened after an answer, never compulsory, reminded once, over by itself."""

from dataclasses import replace
from datetime import date

import pytest

from processes.common.errors import Conflict, Invalid, NotFound
from processes.directory.roles import Role
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_tables import SurveyReply
from processes.petitions.case import read_case
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.survey_rows import Survey, SurveyReplies, read_surveys
from processes.petitions.surveys import answer_survey, read_open_survey, replies_in
from processes.petitions.tracking import track_petition
from tests.builders.answers import CLASSIFIED, answered, deliver, do, elements
from tests.builders.office import CLERK, SERVICE_HEAD, HandClock
from tests.builders.petitions import file_one

SAID = {
    "solved": "partly",
    "understood": "yes",
    "dignified": "no",
    "rating": "2",
    "comment": "Me atendieron de mala gana en la ventanilla.",
}


def _surveys(office: Office, number: str) -> tuple[Survey, ...]:
    with office.read() as connection:
        return read_surveys(connection, read_case(connection, number).id)


@pytest.fixture
def keys(whole_office: Office) -> tuple[str, str]:
    """Number and code of a petition whose answer has just arrived."""
    receipt = answered(whole_office)
    deliver(whole_office)
    return receipt.filing_number, receipt.tracking_code


def test_a_delivered_answer_opens_a_survey_of_ten_working_days(
    whole_office: Office, keys: tuple[str, str]
) -> None:
    (letter,) = deliver(whole_office)

    assert letter.subject == f"Petición {keys[0]}: cuéntenos cómo le fue"
    assert keys[1] in letter.text
    assert "lunes 7 de diciembre de 2026" in letter.text
    assert read_open_survey(whole_office, *keys).ends_on == date(2026, 12, 7)
    assert track_petition(whole_office, *keys).survey_until == date(2026, 12, 7)


def test_what_the_citizen_says_is_kept_and_the_verifier_goes_on_at_once(
    whole_office: Office, keys: tuple[str, str], clock: HandClock
) -> None:
    clock.forward(days=1)

    answer_survey(whole_office, *keys, replies_in(SAID))

    (survey,) = _surveys(whole_office, keys[0])
    assert survey.answered_at == clock.now()
    assert survey.replies == SurveyReplies(
        SurveyReply.PARTLY, SurveyReply.YES, SurveyReply.NO, 2, SAID["comment"]
    )
    assert elements(whole_office, SERVICE_HEAD, keys[0]) == {"Verify"}
    assert track_petition(whole_office, *keys).survey_until is None


def test_the_journal_says_that_it_was_answered_and_not_what_was_written(
    whole_office: Office, keys: tuple[str, str]
) -> None:
    answer_survey(whole_office, *keys, replies_in(SAID))

    told = [entry.text for entry in read_petition(whole_office, CLERK, keys[0]).timeline]
    assert "Contestó la encuesta: la respuesta resolvió una parte." in told
    assert SAID["comment"] not in " ".join(told)


def test_whoever_does_not_answer_is_reminded_once_and_the_survey_ends_by_itself(
    whole_office: Office, keys: tuple[str, str], clock: HandClock
) -> None:
    deliver(whole_office)
    subjects = []
    for _ in range(21):
        clock.forward(days=1)
        advance_due_alerts(whole_office)
        subjects += [each.subject for each in deliver(whole_office)]

    assert subjects.count(f"Petición {keys[0]}: todavía puede contarnos cómo le fue") == 1
    assert elements(whole_office, SERVICE_HEAD, keys[0]) == {"Verify"}
    with pytest.raises(Conflict, match="terminó"):
        answer_survey(whole_office, *keys, SurveyReplies(SurveyReply.YES))


def test_the_last_day_counts_and_the_next_does_not(
    whole_office: Office, keys: tuple[str, str], clock: HandClock
) -> None:
    clock.forward(days=14, hours=13)  # Monday 7 December, before midnight
    assert read_open_survey(whole_office, *keys).seq == 1

    clock.forward(hours=1)

    with pytest.raises(Conflict, match="terminó"):
        read_open_survey(whole_office, *keys)


def test_a_survey_is_answered_once(whole_office: Office, keys: tuple[str, str]) -> None:
    answer_survey(whole_office, *keys, SurveyReplies(SurveyReply.YES))

    with pytest.raises(Conflict, match="ya contestó"):
        answer_survey(whole_office, *keys, SurveyReplies(SurveyReply.NO))

    (survey,) = _surveys(whole_office, keys[0])
    assert survey.replies == SurveyReplies(SurveyReply.YES)


def test_whoever_was_refused_may_say_how_they_were_treated(whole_office: Office) -> None:
    receipt = file_one(whole_office)
    number = receipt.filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **{**CLASSIFIED, "admission": "disrespectful"})
    refusal = {
        "rejection": "sign",
        "reason": "El escrito ofende a una funcionaria y no pide nada.",
        "act_number": "Resolución 12 de 2026",
    }
    lawyer = replace(SERVICE_HEAD, roles=frozenset({Role.LEGAL_OFFICE}))
    do(whole_office, lawyer, number, "RejectDisrespectful", **refusal)

    answer_survey(whole_office, number, receipt.tracking_code, replies_in(SAID))

    (survey,) = _surveys(whole_office, number)
    assert survey.replies is not None
    with whole_office.read() as connection:
        assert read_case(connection, number).status is PetitionStatus.REJECTED


def test_there_is_no_survey_before_an_answer_and_wrong_keys_open_none(whole_office: Office) -> None:
    receipt = answered(whole_office)

    with pytest.raises(Conflict, match="todavía no tiene"):
        read_open_survey(whole_office, receipt.filing_number, receipt.tracking_code)
    with pytest.raises(NotFound):
        read_open_survey(whole_office, receipt.filing_number, "AAAAA-AAAA-AAAA")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"solved": ""}, "solved"),
        ({"solved": "maybe"}, "solved"),
        ({"understood": "maybe"}, "understood"),
        ({"dignified": "tal vez"}, "dignified"),
        ({"rating": "6"}, "rating"),
        ({"rating": "²"}, "rating"),
        ({"comment": "a" * 2001}, "comment"),
        ({"comment": "\x00"}, "comment"),
    ],
)
def test_only_what_was_asked_is_kept(change: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as wrong:
        replies_in({**SAID, **change})

    assert set(wrong.value.fields) == {field}


def test_all_but_the_first_question_may_be_left_out() -> None:
    assert replies_in({"solved": "yes"}) == SurveyReplies(SurveyReply.YES)
