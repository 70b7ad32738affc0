"""From the answer that leaves to the close: how it arrives, what the citizen says of it, how it ends."""

from tests.engine.procedure.scenarios.steps import (
    REASON,
    approved,
    closed,
    delivered,
    drafted,
    sent,
    to_be_closed,
)
from tests.engine.procedure.scenarios.work import it_is_answered_at_the_service_point
from tests.engine.procedure.walk import Procedure, Walk

VERIFIED = {"closing_checks": ["substantive", "delivered"]}
PUBLISHED = {"public_title": "Sobre un contrato", "public_text": "Se revisó el contrato y se pidió cuentas."}


def it_is_answered_by_mail_and_closed(procedure: Procedure) -> Walk:
    return closed(to_be_closed(procedure))


def it_is_answered_by_letter(procedure: Procedure) -> Walk:
    walk = sent(procedure, reply_by="letter", channel="web").waits_for("DeliverLetter").rings("DeliveryLate")
    assert walk.asked("notify")[-1] == {"template": "delivery_due", "to": "citizen_service_head"}
    walk.does("DeliverLetter", delivery="delivered", delivered_how="letter", delivered_to="Su hija")
    return closed(walk.hears("survey_answered", survey_solved="partly"))


def an_anonymous_answer_is_published(procedure: Procedure) -> Walk:
    walk = sent(procedure, reply_by="publication", anonymous=True).waits_for("Publish")
    walk.does("Publish", **PUBLISHED)
    assert walk.asked("publish_answer") == [{}]
    return walk


def no_proof_of_delivery_comes(procedure: Procedure) -> Walk:
    return sent(procedure).rings("NoProof").waits_for("TryAgain")


def the_proof_comes_after_all(procedure: Procedure) -> Walk:
    walk = no_proof_of_delivery_comes(procedure).hears("answer_delivered")
    assert walk.now.facts["delivery"] == "delivered"
    return walk.has_planned("ReminderDue")


def the_mail_comes_back(procedure: Procedure, turns: int) -> Walk:
    walk = sent(procedure)
    if turns > 0:
        walk.hears("answer_returned").waits_for("TryAgain")
        walk.does("TryAgain", reply_by="email", new_email="otro@correo.example")
    if turns > 1:
        walk.hears("answer_returned").waits_for("Publish").does("Publish", **PUBLISHED)
    else:
        walk.hears("answer_delivered")
    return walk.has_planned("ReminderDue")


def a_letter_comes_back_and_the_answer_is_published(procedure: Procedure) -> Walk:
    walk = sent(procedure).hears("answer_returned")
    walk.does("TryAgain", reply_by="letter", new_address="Calle 3 # 8-21").waits_for("DeliverLetter")
    walk.does("DeliverLetter", delivery="returned", undelivered_reason="La dirección no existe.")
    return walk.waits_for("Publish").does("Publish", **PUBLISHED).has_planned("ReminderDue")


def the_answer_comes_back_during_the_survey(procedure: Procedure, turns: int) -> Walk:
    walk = delivered(procedure)
    for _ in range(turns):
        if turns == 1:
            walk.rings("ReminderDue")
        walk.hears("answer_returned")
        if "TryAgain" in {task.element for task in walk.now.open_tasks}:
            walk.does("TryAgain", reply_by="email", new_email="otro@correo.example").hears("answer_delivered")
        else:
            walk.does("Publish", **PUBLISHED)
    return walk


def the_answer_comes_back_while_it_is_closed(procedure: Procedure, turns: int) -> Walk:
    walk = to_be_closed(procedure)
    for _ in range(turns):
        walk.hears("answer_returned")
        if "TryAgain" in {task.element for task in walk.now.open_tasks}:
            walk.does("TryAgain", reply_by="email", new_email="otro@correo.example").hears("answer_delivered")
        else:
            walk.does("Publish", **PUBLISHED)
        walk.hears("survey_answered", survey_solved="yes")
    return closed(walk)


def nobody_answers_the_survey(procedure: Procedure) -> Walk:
    walk = delivered(procedure).rings("ReminderDue").has_planned("SurveyOver")
    assert walk.asked("notify")[-1] == {"template": "survey_reminder", "to": "citizen"}
    return closed(walk.rings("SurveyOver"))


def the_survey_is_answered_after_the_reminder(procedure: Procedure) -> Walk:
    return closed(delivered(procedure).rings("ReminderDue").hears("survey_answered", survey_solved="no"))


def it_was_not_solved(procedure: Procedure, turns: int) -> Walk:
    """The office refuses a second time; the diagram alone would go round."""
    walk = to_be_closed(procedure)
    for _ in range(turns):
        came_back(walk).hears("survey_answered", survey_solved="yes")
    assert len(walk.asked("send_answer")) == turns + 1
    return closed(walk)


def came_back(walk: Walk) -> Walk:
    """What was not solved is worked on again, and its complement arrives."""
    walk.does("Verify", closing="back", not_solved="La luz sigue dañada.", **VERIFIED)
    walk.waits_for("ReviewUnsolved").does("ReviewUnsolved", rework="Se manda otra cuadrilla.")
    return approved(drafted(walk)).hears("answer_delivered")


def a_ladder_runs_again_over_what_was_not_solved(procedure: Procedure) -> Walk:
    walk = to_be_closed(procedure)
    walk.does("Verify", closing="back", not_solved="La luz sigue dañada.", **VERIFIED)
    walk.does("ReviewUnsolved", rework="Se manda otra cuadrilla.").has_planned("AlertDue")
    planned = len(walk.asked("plan_alert_at"))
    walk.rings("AlertDue").rings("AlertDue")
    told = [each["to"] for each in walk.asked("notify") if each["template"] == "escalation"]
    assert told == ["official", "department_head"]
    assert {each["unit"] for each in walk.asked("plan_alert_at")[planned:]} == {"working_days"}
    approved(drafted(walk)).hears("answer_delivered").has_planned("ReminderDue")
    return closed(walk.hears("survey_answered", survey_solved="yes"))


def what_was_answered_at_the_point_goes_back_there(procedure: Procedure) -> Walk:
    walk = it_is_answered_at_the_service_point(procedure).hears("answer_delivered")
    walk.hears("survey_answered", survey_solved="no")
    walk.does("Verify", closing="back", not_solved="No dijo la hora.", **VERIFIED)
    return walk.waits_for("AnswerAtPoint")


def what_is_really_an_appeal_becomes_one(procedure: Procedure) -> Walk:
    walk = to_be_closed(procedure)
    walk.does("Verify", closing="appeal", new_subject="Recurso", new_text=REASON, **VERIFIED)
    assert walk.asked("link_new_petition") == [{"relation": "appeal"}]
    return walk.has_ended()


def it_waits_for_the_reports_to_the_judge(procedure: Procedure, turns: int) -> Walk:
    walk = delivered(procedure)
    for _ in range(turns):
        walk.hears("judge_ordered").hears("survey_answered", survey_solved="no").waits_for("ReportToJudge")
        came_back(walk.does("ReportToJudge", reason=REASON).waits_for("Verify"))
    return closed(walk.hears("survey_answered", survey_solved="yes").waits_for("Verify"))


def the_answer_comes_back_while_a_report_is_awaited(procedure: Procedure, turns: int) -> Walk:
    walk = delivered(procedure).hears("judge_ordered").hears("survey_answered", survey_solved="yes")
    for _ in range(turns):
        walk.hears("answer_returned")
        if "TryAgain" in {task.element for task in walk.now.open_tasks}:
            walk.does("TryAgain", reply_by="email", new_email="otro@correo.example").hears("answer_delivered")
        else:
            walk.does("Publish", **PUBLISHED)
        walk.hears("survey_answered", survey_solved="yes").waits_for("ReportToJudge")
    return closed(walk.does("ReportToJudge", reason=REASON).waits_for("Verify"))


ANSWER = (
    it_is_answered_by_mail_and_closed,
    it_is_answered_by_letter,
    an_anonymous_answer_is_published,
    no_proof_of_delivery_comes,
    the_proof_comes_after_all,
    a_letter_comes_back_and_the_answer_is_published,
    nobody_answers_the_survey,
    the_survey_is_answered_after_the_reminder,
    a_ladder_runs_again_over_what_was_not_solved,
    what_was_answered_at_the_point_goes_back_there,
    what_is_really_an_appeal_becomes_one,
)
ANSWER_LOOPS = (
    the_mail_comes_back,
    it_waits_for_the_reports_to_the_judge,
    the_answer_comes_back_while_a_report_is_awaited,
    the_answer_comes_back_during_the_survey,
    the_answer_comes_back_while_it_is_closed,
    it_was_not_solved,
)
