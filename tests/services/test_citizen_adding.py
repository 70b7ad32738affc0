"""The citizen adds something at any time: it is kept, somebody reads it, and no date moves."""

import pytest

from processes.common.errors import Conflict, Invalid, NotFound
from processes.petitions.answer_tables import SurveyReply
from processes.petitions.attachments import store_file
from processes.petitions.case import read_case
from processes.petitions.citizen_adding import MAX_TEXT, add_to_petition
from processes.petitions.form import StoredFile
from processes.petitions.notes import read_notes
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from tests.builders.answers import answered, deliver, do, elements
from tests.builders.office import CLERK, SERVICE_HEAD
from tests.builders.petitions import file_one

WORDS = "El hueco creció con la lluvia: ahora mide dos metros."


def _photo(office: Office) -> StoredFile:
    return store_file(office.settings.files_folder, "foto.txt", b"Una foto", max_bytes=1000)


def test_an_addition_is_kept_with_its_files_and_the_front_desk_reads_it(whole_office: Office) -> None:
    filed = file_one(whole_office)
    number = filed.filing_number

    add_to_petition(whole_office, number, filed.tracking_code, text=WORDS, files=(_photo(whole_office),))

    petition = read_petition(whole_office, CLERK, number)
    assert [each.file.name for each in petition.files if each.direction == "incoming"] == ["foto.txt"]
    assert petition.row.due_on == filed.due_on
    assert "Envió algo más para su petición." in [entry.text for entry in petition.timeline]
    assert elements(whole_office, CLERK, number) == {"ConfirmClassification", "ReadAddition"}
    with whole_office.read() as connection:
        (note,) = read_notes(connection, read_case(connection, number).id)
    assert note.text == WORDS


def test_what_was_written_stands_in_no_letter(whole_office: Office) -> None:
    filed = file_one(whole_office)

    add_to_petition(whole_office, filed.filing_number, filed.tracking_code, text=WORDS)

    assert all(WORDS not in letter.text + letter.html for letter in deliver(whole_office))


def test_nothing_is_added_to_what_has_ended(whole_office: Office) -> None:
    filed = answered(whole_office)
    number = filed.filing_number
    deliver(whole_office)
    answer_survey(whole_office, number, filed.tracking_code, SurveyReplies(SurveyReply.YES))
    do(whole_office, SERVICE_HEAD, number, "Verify", closing="close", closing_checks=["substantive"])

    with pytest.raises(Conflict, match="radique otra petición"):
        add_to_petition(whole_office, number, filed.tracking_code, text=WORDS)


@pytest.mark.parametrize("text", ["", " \n ", "a" * (MAX_TEXT + 1), "nulo \x00"])
def test_an_addition_says_something_and_not_too_much(office: Office, text: str) -> None:
    filed = file_one(office)

    with pytest.raises(Invalid) as wrong:
        add_to_petition(office, filed.filing_number, filed.tracking_code, text=text)

    assert set(wrong.value.fields) == {"text"}


def test_a_wrong_code_adds_nothing(office: Office) -> None:
    filed = file_one(office)

    with pytest.raises(NotFound):
        add_to_petition(office, filed.filing_number, "AAAAA-AAAA-AAAA", text=WORDS)
