"""A petition is closed when nothing is left to do: not while somebody still owes a judge or a citizen."""

import pytest

from processes.common.errors import Conflict
from processes.petitions.answer_tables import SurveyReply
from processes.petitions.citizen_adding import add_to_petition
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.answers import answered, deliver, do, elements
from tests.builders.level_three import LAWYER, drafting, hire
from tests.builders.office import CLERK, SERVICE_HEAD

ORDER = LegalAct(
    kind=LegalEventKind.JUDGE_ORDERED,
    reason="Tutela 2026-055, juzgado segundo civil municipal.",
    length=Length(3, TermUnit.WORKING_DAYS),
    authority="Juzgado Segundo Civil Municipal",
)


def _to_verify(office: Office) -> tuple[str, str]:
    receipt = answered(office)
    number, code = receipt.filing_number, receipt.tracking_code
    deliver(office)
    answer_survey(office, number, code, SurveyReplies(SurveyReply.YES))
    return number, code


def _close(office: Office, number: str) -> None:
    do(office, SERVICE_HEAD, number, "Verify", closing="close", closing_checks=["substantive"])


def _status(office: Office, number: str) -> PetitionStatus:
    return read_petition(office, CLERK, number).row.status


def test_a_report_that_a_judge_asks_for_at_the_last_moment_is_not_lost(whole_office: Office) -> None:
    hire(whole_office, LAWYER)
    number, _ = _to_verify(whole_office)
    record_legal_act(whole_office, LAWYER, number, ORDER)

    with pytest.raises(Conflict, match="«Rendir el informe al juez»"):
        _close(whole_office, number)

    assert elements(whole_office, LAWYER, number) == {"ReportToJudge"}
    do(whole_office, LAWYER, number, "ReportToJudge", reason="Rendido con el oficio 118 de hoy.")
    _close(whole_office, number)
    assert _status(whole_office, number) is PetitionStatus.CLOSED


def test_what_the_citizen_adds_is_read_before_the_petition_is_closed(whole_office: Office) -> None:
    number, code = _to_verify(whole_office)
    add_to_petition(whole_office, number, code, text="El hueco creció con la lluvia.")

    with pytest.raises(Conflict, match="«Leer lo que agregó el ciudadano»"):
        _close(whole_office, number)

    do(whole_office, CLERK, number, "ReadAddition", addition_note="Se le avisó a la cuadrilla.")
    _close(whole_office, number)
    assert _status(whole_office, number) is PetitionStatus.CLOSED


def test_an_order_on_a_petition_that_was_closed_reaches_who_must_report(whole_office: Office) -> None:
    hire(whole_office, LAWYER)
    number, _ = _to_verify(whole_office)
    _close(whole_office, number)

    record_legal_act(whole_office, LAWYER, number, ORDER)

    assert {"lucia@puertoclaro.example", "elena@puertoclaro.example"} <= _told_of_the_order(whole_office)


def test_a_citizen_who_gives_up_does_not_excuse_the_report(whole_office: Office) -> None:
    hire(whole_office, LAWYER)
    number = drafting(whole_office).filing_number
    record_legal_act(whole_office, LAWYER, number, ORDER)
    assert "elena@puertoclaro.example" not in _told_of_the_order(whole_office)

    act = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
    record_legal_act(whole_office, CLERK, number, act)

    assert "elena@puertoclaro.example" in _told_of_the_order(whole_office)


def test_the_end_of_a_petition_of_which_no_judge_asks_tells_nobody_of_one(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number

    act = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
    record_legal_act(whole_office, CLERK, number, act)

    assert _told_of_the_order(whole_office) == set()


def _told_of_the_order(office: Office) -> set[str]:
    said = "un juez pide un informe y no hay tarea"
    return {letter.to for letter in deliver(office) if said in letter.subject}
