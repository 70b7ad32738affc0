"""What no task of the diagram holds is somebody's to do: appeals, judges, dangers, answers that return."""

from dataclasses import replace
from datetime import date

import pytest

from processes.common.errors import Conflict, Forbidden, Invalid
from processes.engine.form_destinations import DUTIES as FORM_DUTIES
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_tables import DeliveredHow, SurveyReply
from processes.petitions.case import read_case
from processes.petitions.danger import declare_danger
from processes.petitions.duty_list import DutyView, duties_of, finish_duty, list_duties
from processes.petitions.duty_tables import DutyKind
from processes.petitions.inbox import list_work_items, read_work_item
from processes.petitions.invariants import violations
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_tracked_clock
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.sent_answers import SentAnswer, read_answers
from processes.petitions.status import PetitionStatus
from processes.petitions.survey_rows import SurveyReplies
from processes.petitions.surveys import answer_survey
from processes.petitions.tracking import track_petition
from processes.petitions.voiding import void_petition
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.refusals import RefusedAct
from tests.builders.answers import CLASSIFIED, answered, deliver, do, elements
from tests.builders.level_three import LAWYER, drafting, hire
from tests.builders.office import CLERK, DIRECTOR, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import file_one

WORDS = "No estoy de acuerdo con lo que decidieron, y explico por qué."
ORDER = LegalAct(
    kind=LegalEventKind.JUDGE_ORDERED,
    reason="Tutela 2026-055, juzgado segundo civil municipal.",
    length=Length(3, TermUnit.WORKING_DAYS),
    authority="Juzgado Segundo Civil Municipal",
)
RULING = LegalAct(
    kind=LegalEventKind.JUDGE_RULED,
    reason="Ordena responder de fondo la petición.",
    length=Length(48, TermUnit.HOURS),
    authority="Juzgado Segundo Civil Municipal",
)
MET = LegalAct(kind=LegalEventKind.ORDER_MET, reason="Se rindió con el oficio 118 de hoy.")
GIVEN_UP = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
BACK = LegalAct(kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Rebotó el correo.")
ON_AGAIN = LegalAct(
    kind=LegalEventKind.CONTINUED_EX_OFFICIO,
    reason="El hueco es un peligro para todos.",
    act_number="Resolución 9 de 2026",
)


@pytest.fixture
def office(whole_office: Office) -> Office:
    hire(whole_office, LAWYER)
    return whole_office


def _closed(office: Office) -> tuple[str, str]:
    receipt = answered(office)
    number, code = receipt.filing_number, receipt.tracking_code
    deliver(office)
    answer_survey(office, number, code, SurveyReplies(SurveyReply.YES))
    do(office, SERVICE_HEAD, number, "Verify", closing="close", closing_checks=["substantive"])
    return number, code


def _owed(office: Office) -> list[tuple[DutyKind, date | None]]:
    return [(each.kind, each.due_on) for each in list_duties(office, SERVICE_HEAD)]


def _only(office: Office) -> DutyView:
    [duty] = list_duties(office, SERVICE_HEAD)
    return duty


def _answers(office: Office, number: str) -> tuple[SentAnswer, ...]:
    with office.read() as connection:
        return read_answers(connection, read_case(connection, number).id)


def test_an_appeal_is_work_of_the_legal_office_for_two_months(office: Office) -> None:
    number, code = _closed(office)

    record_citizen_act(office, number, code, kind=LegalEventKind.APPEALED, text=WORDS)

    duty = list_duties(office, LAWYER)[0]
    assert (duty.filing_number, duty.kind, duty.theirs) == (number, DutyKind.APPEAL, True)
    assert duty.due_on == date(2027, 1, 25)  # the 23rd is a Saturday
    assert duty.light is Light.ON_TRACK
    assert not list_duties(office, DIRECTOR)[0].theirs


def test_an_appeal_ends_with_its_decision_which_the_citizen_is_told(office: Office) -> None:
    number, code = _closed(office)
    record_citizen_act(office, number, code, kind=LegalEventKind.APPEALED, text=WORDS)
    decided = LegalAct(
        kind=LegalEventKind.APPEAL_DECIDED, reason="Se confirma la respuesta.", act_number="Res. 44"
    )

    record_legal_act(office, LAWYER, number, decided)

    assert _owed(office) == []
    [done] = duties_of(office, LAWYER, number)
    assert (done.done_by, done.light) == ("Lucía Mena", None)
    assert any("decidió su recurso" in letter.subject for letter in deliver(office))
    with pytest.raises(RefusedAct, match="no hay un recurso por decidir"):
        record_legal_act(office, LAWYER, number, decided)


def test_what_the_close_finds_to_be_an_appeal_is_the_same_work(office: Office) -> None:
    receipt = answered(office)
    number = receipt.filing_number
    deliver(office)
    answer_survey(office, number, receipt.tracking_code, SurveyReplies(SurveyReply.NO))

    appeal = {"closing": "appeal", "new_subject": "Recurso", "new_text": WORDS}
    do(office, SERVICE_HEAD, number, "Verify", closing_checks=["substantive"], **appeal)

    assert [(each.kind, each.filing_number) for each in list_duties(office, LAWYER)] == [
        (DutyKind.APPEAL, number)
    ]


def test_nothing_was_decided_of_what_the_citizen_gave_up(office: Office) -> None:
    receipt = drafting(office)
    number, code = receipt.filing_number, receipt.tracking_code
    record_citizen_act(office, number, code, kind=LegalEventKind.WITHDRAWN)

    with pytest.raises(RefusedAct, match="no decidió nada"):
        record_citizen_act(office, number, code, kind=LegalEventKind.APPEALED, text=WORDS)

    kinds = {choice.kind for choice in read_tracked_clock(office, number, code).choices}
    assert LegalEventKind.APPEALED not in kinds


def test_the_report_to_a_judge_is_noted_once_wherever_it_is_done(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    assert elements(office, LAWYER, number) == {"ReportToJudge"}

    record_legal_act(office, LAWYER, number, MET)

    assert elements(office, LAWYER, number) == set()
    assert elements(office, OFFICIAL, number) == {"Draft"}
    with pytest.raises(RefusedAct, match="ya se cumplió"):
        record_legal_act(office, LAWYER, number, MET)
    assert violations(office) == []


def test_the_task_of_reporting_is_the_act(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)

    do(office, LAWYER, number, "ReportToJudge", reason=MET.reason)

    with pytest.raises(RefusedAct, match="ya se cumplió"):
        record_legal_act(office, LAWYER, number, MET)
    assert violations(office) == []


def test_a_ruling_is_a_duty_beside_the_report(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    record_legal_act(office, LAWYER, number, RULING)
    assert [each.kind for each in list_duties(office, LAWYER)] == [DutyKind.RULING]
    assert any("un juez falló" in letter.subject for letter in deliver(office))

    do(office, LAWYER, number, "ReportToJudge", reason=MET.reason)
    assert [each.kind for each in list_duties(office, LAWYER)] == [DutyKind.RULING]
    record_legal_act(office, LAWYER, number, MET)

    assert list_duties(office, LAWYER) == ()


def test_a_task_that_is_a_duty_shows_its_own_clock_and_not_the_petitions(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    declare_danger(office, CLERK, number, reason="El poste puede caer sobre la escuela.")

    [report] = list_work_items(office, LAWYER).items
    [danger] = list_work_items(office, CLERK).items
    [draft] = list_work_items(office, OFFICIAL).items

    assert (report.duty, report.due_on, report.due_status) == (
        DutyKind.JUDGE_REPORT,
        date(2026, 11, 26),
        Light.DUE_SOON,
    )
    assert (danger.duty, danger.presses, danger.due_status) == (DutyKind.DANGER, True, None)
    assert (draft.duty, draft.presses, draft.due_on) == (None, False, date(2026, 12, 15))
    assert read_work_item(office, LAWYER, number, report.task).view == report


def test_an_order_after_the_close_is_a_duty_that_its_fulfilment_ends(office: Office) -> None:
    number, _ = _closed(office)

    record_legal_act(office, LAWYER, number, ORDER)
    duty = _only(office)
    assert (duty.kind, duty.light, duty.ends_with) == (
        DutyKind.JUDGE_REPORT,
        Light.DUE_SOON,
        LegalEventKind.ORDER_MET,
    )
    record_legal_act(office, LAWYER, number, MET)

    assert _owed(office) == []
    assert violations(office) == []


def test_the_end_of_a_petition_excuses_neither_the_judge_nor_the_danger(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    declare_danger(office, CLERK, number, reason="El poste puede caer sobre la escuela.")

    record_legal_act(office, CLERK, number, GIVEN_UP)

    assert _owed(office) == [(DutyKind.DANGER, None), (DutyKind.JUDGE_REPORT, date(2026, 11, 26))]
    assert any("hay un riesgo sin atender" in letter.subject for letter in deliver(office))
    finish_duty(office, CLERK, number, DutyKind.DANGER, note="La cuadrilla aseguró el poste hoy.")
    assert [kind for kind, _ in _owed(office)] == [DutyKind.JUDGE_REPORT]
    assert violations(office) == []


def test_a_number_given_by_mistake_excuses_no_judge_from_their_date(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    record_legal_act(office, LAWYER, number, replace(ORDER, length=Length(5, TermUnit.WORKING_DAYS)))

    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces la misma carta.")

    assert _owed(office) == [
        (DutyKind.JUDGE_REPORT, date(2026, 11, 26)),
        (DutyKind.JUDGE_REPORT, date(2026, 11, 30)),
    ]
    assert violations(office) == []


def test_what_is_no_petition_excuses_neither_the_judge_nor_the_danger(office: Office) -> None:
    number = file_one(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    declare_danger(office, CLERK, number, reason="El poste puede caer sobre la escuela.")

    not_one = {**CLASSIFIED, "nature": "other"}
    do(office, CLERK, number, "ConfirmClassification", **not_one)

    assert read_petition(office, CLERK, number).row.status is PetitionStatus.NOT_A_PETITION
    assert _owed(office) == [(DutyKind.DANGER, None), (DutyKind.JUDGE_REPORT, date(2026, 11, 26))]
    assert violations(office) == []


def test_a_petition_that_goes_on_has_as_tasks_what_was_left_and_not_what_was_done(office: Office) -> None:
    number = drafting(office).filing_number
    record_legal_act(office, LAWYER, number, ORDER)
    declare_danger(office, CLERK, number, reason="El poste puede caer sobre la escuela.")
    record_legal_act(office, CLERK, number, GIVEN_UP)
    record_legal_act(office, LAWYER, number, MET)

    record_legal_act(office, LAWYER, number, ON_AGAIN)

    assert _owed(office) == []
    assert elements(office, LAWYER, number) == set()
    assert elements(office, CLERK, number) == {"AttendDanger"}
    assert elements(office, OFFICIAL, number) == {"Draft"}
    assert violations(office) == []


def test_an_appeal_is_decided_though_the_entity_took_up_again_what_it_was_about(
    office: Office, clock: HandClock
) -> None:
    receipt = drafting(office)
    number = receipt.filing_number
    asked = LegalAct(kind=LegalEventKind.COMPLETION_REQUESTED, reason="Falta decir en qué cuadra está.")
    record_legal_act(office, OFFICIAL, number, asked)
    clock.forward(days=32)
    advance_due_alerts(office)
    silence = {"citizen_reply": "deemed_withdrawn", "reason": "Venció el plazo y no respondió."}
    do(office, LAWYER, number, "DecideSilence", **silence, act_number="Auto 3 de 2026")
    record_citizen_act(office, number, receipt.tracking_code, kind=LegalEventKind.APPEALED, text=WORDS)

    taken_up = record_legal_act(office, LAWYER, number, ON_AGAIN)

    assert taken_up.status is PetitionStatus.ASSIGNED
    assert [kind for kind, _ in _owed(office)] == [DutyKind.APPEAL]
    assert elements(office, OFFICIAL, number) == {"Draft"}
    assert elements(office, LAWYER, number) == set()
    assert violations(office) == []
    decided = LegalAct(
        kind=LegalEventKind.APPEAL_DECIDED, reason="Ya no hay qué reponer: se tomó.", act_number="Res. 45"
    )
    record_legal_act(office, LAWYER, number, decided)
    assert _owed(office) == []
    assert elements(office, OFFICIAL, number) == {"Draft"}
    assert any("decidió su recurso" in letter.subject for letter in deliver(office))


def test_each_of_several_judges_keeps_its_report(office: Office) -> None:
    number = drafting(office).filing_number
    for _ in range(3):
        record_legal_act(office, LAWYER, number, ORDER)
    assert elements(office, LAWYER, number) == {"ReportToJudge"}

    record_legal_act(office, CLERK, number, GIVEN_UP)
    assert [kind for kind, _ in _owed(office)] == [DutyKind.JUDGE_REPORT] * 3
    record_legal_act(office, LAWYER, number, MET)
    assert [kind for kind, _ in _owed(office)] == [DutyKind.JUDGE_REPORT] * 2
    assert violations(office) == []
    for _ in range(2):
        record_legal_act(office, LAWYER, number, ON_AGAIN)
        assert _owed(office) == []
        record_legal_act(office, CLERK, number, GIVEN_UP)
        assert [kind for kind, _ in _owed(office)] == [DutyKind.JUDGE_REPORT] * 2
    record_legal_act(office, LAWYER, number, ON_AGAIN)

    assert _owed(office) == []
    for _ in range(2):
        assert violations(office) == []
        do(office, LAWYER, number, "ReportToJudge", reason=MET.reason)
    assert elements(office, LAWYER, number) == set()
    assert violations(office) == []


def test_an_answer_that_comes_back_after_the_close_is_work_of_the_front_desk(office: Office) -> None:
    number, _ = _closed(office)
    back = LegalAct(
        kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Rebotó el correo."
    )

    record_legal_act(office, CLERK, number, back)

    assert _only(office).kind is DutyKind.RETURNED_ANSWER
    assert any("después del cierre" in letter.subject for letter in deliver(office))
    told = LegalAct(kind=LegalEventKind.NOTIFIED, of=LegalEventKind.ANSWERED, reason="La recogió en persona.")
    record_legal_act(office, CLERK, number, told)
    assert _owed(office) == []
    assert read_petition(office, CLERK, number).row.status is PetitionStatus.CLOSED


def test_what_no_act_ends_is_done_once_with_a_note(office: Office) -> None:
    number, _ = _closed(office)
    back = LegalAct(
        kind=LegalEventKind.NOTICE_RETURNED, of=LegalEventKind.ANSWERED, reason="Rebotó el correo."
    )
    record_legal_act(office, CLERK, number, back)

    with pytest.raises(Invalid) as short:
        finish_duty(office, CLERK, number, DutyKind.RETURNED_ANSWER, note="Hecho", delivered_how="letter")
    with pytest.raises(Forbidden):
        finish_duty(office, LAWYER, number, DutyKind.RETURNED_ANSWER, note="Se publicó en la cartelera.")
    with pytest.raises(Conflict, match="termina con un acto"):
        finish_duty(office, LAWYER, number, DutyKind.APPEAL, note="Se publicó en la cartelera.")
    posted = {"note": "Se publicó en la cartelera.", "delivered_how": "publication"}
    finish_duty(office, CLERK, number, DutyKind.RETURNED_ANSWER, **posted)

    assert short.value.fields.keys() == {"note"}
    assert duties_of(office, CLERK, number)[0].note == "Se publicó en la cartelera."
    with pytest.raises(Conflict, match="ya se cumplió"):
        finish_duty(office, CLERK, number, DutyKind.RETURNED_ANSWER, **posted)


@pytest.mark.parametrize("how", [each for each in DeliveredHow if each is not DeliveredHow.NOT_YET])
def test_the_duty_of_an_answer_that_came_back_leaves_it_delivered(
    office: Office, clock: HandClock, how: DeliveredHow
) -> None:
    number, code = _closed(office)
    record_legal_act(office, CLERK, number, BACK)
    clock.forward(days=2)

    note = "La entregó hoy el mensajero."
    finish_duty(office, CLERK, number, DutyKind.RETURNED_ANSWER, note=note, delivered_how=how)

    [answer] = _answers(office, number)
    assert (answer.delivered_how, answer.delivered_at, answer.is_back) == (how, clock.now(), False)
    [duty] = duties_of(office, CLERK, number)
    assert (duty.note, duty.done_by) == (note, CLERK.full_name)
    assert read_petition(office, CLERK, number).row.status is PetitionStatus.CLOSED
    tracked = track_petition(office, number, code).answer
    assert tracked is not None
    assert not tracked.published  # nothing of it is on the page of publications
    assert violations(office) == []


@pytest.mark.parametrize("how", ["", "pigeon"])
def test_an_answer_is_not_delivered_without_saying_how(office: Office, how: str) -> None:
    number, _ = _closed(office)
    record_legal_act(office, CLERK, number, BACK)

    note = "La entregó hoy el mensajero."
    with pytest.raises(Invalid) as refused:
        finish_duty(office, CLERK, number, DutyKind.RETURNED_ANSWER, note=note, delivered_how=how)

    assert refused.value.fields == {"delivered_how": "Escoja cómo se entregó la respuesta."}
    assert [answer.is_back for answer in _answers(office, number)] == [True]
    assert _only(office).kind is DutyKind.RETURNED_ANSWER


def test_a_duty_past_its_date_is_overdue(office: Office, clock: HandClock) -> None:
    number, _ = _closed(office)
    record_legal_act(office, LAWYER, number, ORDER)

    clock.forward(days=20)

    assert _only(office).light is Light.OVERDUE
    assert _only(office).due_on == date(2026, 11, 26)


def test_every_duty_that_a_form_may_name_is_one_of_the_office() -> None:
    assert set(DutyKind) >= FORM_DUTIES
