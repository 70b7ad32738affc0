"""Each answer that leaves is a row: the first counts for the term, and one more may complete it."""

from datetime import timedelta

import pytest

from processes.common.errors import Conflict, Invalid
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_tables import SurveyReply
from processes.petitions.attachments import store_file
from processes.petitions.case import read_case
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.sent_answers import SentAnswer, read_answers
from processes.petitions.status import PetitionStatus
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from processes.petitions.tracking import track_petition
from processes.petitions.work import complete
from tests.builders.answers import ANSWERED, CLASSIFIED, answered, deliver, do, elements, open_task
from tests.builders.office import CLERK, DEPARTMENT_HEAD, DIRECTOR, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import answer, classify, distribute, file_one

BACK = {"closing": "back", "not_solved": "Falta decir cuándo se tapa el hueco.", "closing_checks": []}
COMPLEMENT = {**ANSWERED, "answer_text": "El hueco se tapa el martes 1 de diciembre a las ocho de la mañana."}


def _answers(office: Office, number: str) -> tuple[SentAnswer, ...]:
    with office.read() as connection:
        return read_answers(connection, read_case(connection, number).id)


def _not_solved(office: Office, clock: HandClock) -> tuple[str, str]:
    """A petition whose answer was delivered a week ago and found wanting."""
    receipt = answered(office)
    deliver(office)
    clock.forward(days=7)
    answer_survey(office, receipt.filing_number, receipt.tracking_code, SurveyReplies(SurveyReply.NO))
    do(office, SERVICE_HEAD, receipt.filing_number, "Verify", **BACK)
    return receipt.filing_number, receipt.tracking_code


def test_an_answer_keeps_who_wrote_it_who_signed_it_and_what_it_decided(whole_office: Office) -> None:
    number = answered(whole_office).filing_number

    (only,) = _answers(whole_office, number)

    assert (only.seq, only.outgoing_number, only.outcome) == (1, "2026-S-000001", "granted")
    assert only.author == CLERK.username
    assert [(each.name, each.title) for each in only.signed_by] == [("Ana Ruiz", "Cargo de ana")]
    assert only.text == ANSWERED["answer_text"]


def test_the_short_procedure_keeps_its_answers_too(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    answer(office, number)

    (only,) = _answers(office, number)
    deliver(office)

    assert only.delivered_at is None
    assert _answers(office, number)[0].delivered_at is not None


def test_a_complement_has_its_own_number_and_the_first_rules_timeliness(
    whole_office: Office, clock: HandClock
) -> None:
    number, code = _not_solved(whole_office, clock)
    assert elements(whole_office, CLERK, number) == {"AnswerAtOnce"}

    do(whole_office, CLERK, number, "AnswerAtOnce", **COMPLEMENT)
    letters = deliver(whole_office)

    first, second = _answers(whole_office, number)
    assert (first.outgoing_number, second.outgoing_number) == ("2026-S-000001", "2026-S-000002")
    assert second.sent_at - first.sent_at == timedelta(days=7)
    petition = read_petition(whole_office, CLERK, number)
    assert (petition.outgoing_number, petition.sent_at) == (first.outgoing_number, first.sent_at)
    assert petition.answer_text == second.text
    (letter,) = [each for each in letters if "Respuesta" in each.subject]
    assert "Completa la respuesta 2026-S-000001, que le dimos antes." in letter.text
    tracked = track_petition(whole_office, number, code)
    assert tracked.answer is not None
    assert tracked.answer.text == second.text
    assert [each.text for each in tracked.earlier] == [first.text]


def test_what_came_back_is_watched_again_until_its_complement_leaves(
    whole_office: Office, clock: HandClock
) -> None:
    number, _ = _not_solved(whole_office, clock)
    clock.forward(days=4)
    advance_due_alerts(whole_office)

    (letter,) = [each for each in deliver(whole_office) if "sigue sin lo que falta" in each.subject]
    assert letter.to == "ana@puertoclaro.example"
    assert "no quedó resuelta y volvió a trabajarse" in letter.text
    do(whole_office, CLERK, number, "AnswerAtOnce", **COMPLEMENT)
    clock.forward(days=20)
    deliver(whole_office)
    advance_due_alerts(whole_office)
    assert [each for each in deliver(whole_office) if "sigue sin lo que falta" in each.subject] == []


def test_a_petition_goes_back_once(whole_office: Office, clock: HandClock) -> None:
    number, code = _not_solved(whole_office, clock)
    do(whole_office, CLERK, number, "AnswerAtOnce", **COMPLEMENT)
    deliver(whole_office)
    answer_survey(whole_office, number, code, SurveyReplies(SurveyReply.NO))

    with pytest.raises((Invalid, Conflict)):
        do(whole_office, SERVICE_HEAD, number, "Verify", **BACK)

    do(whole_office, SERVICE_HEAD, number, "Verify", closing="close", closing_checks=["substantive"])
    with whole_office.read() as connection:
        assert read_case(connection, number).status is PetitionStatus.CLOSED


def test_a_complement_may_deny_what_was_answered_in_time(whole_office: Office, clock: HandClock) -> None:
    number = file_one(whole_office, kind="information_request").filing_number
    asked = {**CLASSIFIED, "kind": "information_request"}
    do(whole_office, CLERK, number, "ConfirmClassification", **asked)
    do(whole_office, CLERK, number, "AnswerAtOnce", **ANSWERED)
    deliver(whole_office)
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(whole_office)
    do(whole_office, SERVICE_HEAD, number, "Verify", **BACK)

    do(whole_office, CLERK, number, "AnswerAtOnce", **{**COMPLEMENT, "outcome": "denied"})

    assert [each.outcome for each in _answers(whole_office, number)] == ["granted", "denied"]


def test_an_answer_without_words_does_not_leave(whole_office: Office) -> None:
    number = file_one(whole_office).filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **CLASSIFIED)

    with pytest.raises(Invalid) as wrong:
        do(whole_office, CLERK, number, "AnswerAtOnce", **{**ANSWERED, "answer_text": ""})

    assert set(wrong.value.fields) == {"answer_text"}
    assert _answers(whole_office, number) == ()


def _drafted(office: Office, *names: str) -> tuple[str, str]:
    """A petition of level 3 whose answer waits for its review, with files of those names."""
    receipt = file_one(office)
    number = receipt.filing_number
    do(office, CLERK, number, "ConfirmClassification", **{**CLASSIFIED, "level": 3})
    do(office, SERVICE_HEAD, number, "ChooseDepartment", department="INF", distribution_note="")
    _draft(office, number, *names)
    return number, receipt.tracking_code


def _draft(office: Office, number: str, *names: str) -> None:
    folder = office.settings.files_folder
    files = tuple(store_file(folder, name, name.encode(), max_bytes=1000) for name in names)
    values = {"work_next": "review", "answer_text": ANSWERED["answer_text"], "outcome": "granted"}
    task = open_task(office, OFFICIAL, number, "Draft")
    complete(office, OFFICIAL, number, task, values, files=files)


def test_the_files_of_the_draft_leave_with_the_answer_and_not_before(whole_office: Office) -> None:
    number, code = _drafted(whole_office, "plano.txt")
    assert track_petition(whole_office, number, code).answer is None

    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="approve", signatories=[])
    letters = deliver(whole_office)

    tracked = track_petition(whole_office, number, code)
    assert tracked.answer is not None
    assert [each.file.name for each in tracked.answer.files] == ["plano.txt"]
    (letter,) = [each for each in letters if each.subject == f"Respuesta a su petición {number}"]
    assert "un archivo adjunto: plano.txt" in letter.text


def test_the_files_of_a_new_draft_take_the_place_of_the_old_ones(whole_office: Office) -> None:
    number, code = _drafted(whole_office, "errado.txt")
    observations = "El plano es de otra calle; cámbielo por el de la calle 5."
    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="return", observations=observations)
    _draft(whole_office, number, "correcto.txt")

    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="approve", signatories=[])

    tracked = track_petition(whole_office, number, code)
    assert tracked.answer is not None
    assert [each.file.name for each in tracked.answer.files] == ["correcto.txt"]


def test_an_answer_bears_every_signature_in_the_order_that_was_asked(whole_office: Office) -> None:
    number, _ = _drafted(whole_office)
    signers = [DIRECTOR.username, DEPARTMENT_HEAD.username]
    do(whole_office, DEPARTMENT_HEAD, number, "Review", review="approve", signatories=signers)
    for person in (DEPARTMENT_HEAD, DIRECTOR):
        do(whole_office, person, number, "Sign", signature_refused=False)

    (only,) = _answers(whole_office, number)
    letters = deliver(whole_office)

    assert {each.name for each in only.signed_by} == {"Elena Cruz", "Diana Páez"}
    (letter,) = [each for each in letters if each.subject == f"Respuesta a su petición {number}"]
    assert "Diana Páez\nCargo de diana" in letter.text
    assert "Elena Cruz\nCargo de elena" in letter.text
