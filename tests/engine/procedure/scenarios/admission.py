"""What is decided before anybody works on it: ask, return, transfer, reject, refer; and the silence."""

from tests.engine.procedure.scenarios.steps import REASON, assigned, classified, filed
from tests.engine.procedure.walk import Procedure, Walk


def something_is_missing_and_the_citizen_completes(procedure: Procedure, turns: int) -> Walk:
    walk = classified(filed(procedure), admission="incomplete" if turns else "ours")
    for turn in range(turns):
        walk.does("AskForMissing", reason=REASON).hears("citizen_replied").waits_for("ReviewReply")
        walk.does("ReviewReply", admission="ours" if turn == turns - 1 else "incomplete")
    assert walk.asked("record_act") == [{"act": "completion_requested"}] * turns
    return walk.waits_for("ChooseDepartment")


def nobody_understands_it_and_the_citizen_clarifies(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="unclear").does("ReturnUnclear", reason=REASON)
    assert walk.asked("record_act") == [{"act": "returned_unclear"}]
    return walk.hears("citizen_replied").does("ReviewReply", admission="ours").waits_for("ChooseDepartment")


def nothing_is_missing_when_it_is_looked_at_again(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="incomplete").does("AskForMissing", admission="ours")
    return walk.waits_for("ChooseDepartment")


def it_is_understood_after_all(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="unclear").does("ReturnUnclear", admission="ours")
    return walk.waits_for("ChooseDepartment")


def all_of_it_is_ours_after_all(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="partly_ours").does("TransferPart", admission="ours")
    return walk.waits_for("ChooseDepartment")


def silent(procedure: Procedure) -> Walk:
    """The citizen was asked, and the time to answer is over."""
    walk = classified(filed(procedure), admission="incomplete").does("AskForMissing", reason=REASON)
    walk.rings("CitizenTermOver").waits_for("DecideSilence")
    assert walk.asked("notify")[-1] == {"template": "citizen_silent", "to": "legal_office"}
    return walk


def silence_is_declared_a_withdrawal(procedure: Procedure) -> Walk:
    walk = silent(procedure).does(
        "DecideSilence", citizen_reply="deemed_withdrawn", reason=REASON, act_number="R-1 de 2026"
    )
    assert walk.asked("record_act")[-1] == {"act": "deemed_withdrawn"}
    return walk.hears("ended_by_act").has_ended()


def the_legal_office_waits_before_it_declares(procedure: Procedure, turns: int) -> Walk:
    walk = silent(procedure)
    for _ in range(turns):
        walk.does("DecideSilence", citizen_reply="wait").rings("SilenceGoesOn").waits_for("DecideSilence")
    walk.does("DecideSilence", citizen_reply="deemed_withdrawn", reason=REASON, act_number="Resolución 12")
    return walk.hears("ended_by_act").has_ended()


def the_legal_office_waits_and_the_citizen_replies(procedure: Procedure) -> Walk:
    walk = silent(procedure).does("DecideSilence", citizen_reply="wait").hears("citizen_replied")
    return walk.does("ReviewReply", admission="ours").waits_for("ChooseDepartment")


def the_citizen_replies_before_the_silence_is_decided(procedure: Procedure) -> Walk:
    walk = silent(procedure).hears("citizen_replied").waits_for("ReviewReply")
    return walk.does("ReviewReply", admission="ours").waits_for("ChooseDepartment")


def a_department_asks_the_citizen_while_it_works(procedure: Procedure) -> Walk:
    walk = assigned(classified(filed(procedure)))
    working = [task.element for task in walk.now.open_tasks]
    return walk.hears("waiting_for_citizen").hears("citizen_replied").waits_for(*working)


def it_is_transferred_whole(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="not_ours")
    walk.does("TransferWhole", admission="not_ours", authority="Gobernación del Norte", reason=REASON)
    assert walk.asked("record_act") == [{"act": "transferred_out"}]
    return walk.has_ended()


def nobody_is_competent_and_that_is_the_answer(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="not_ours")
    walk.does("TransferWhole", admission="ours", competence_note=REASON).waits_for("ChooseDepartment")
    assert walk.asked("record_act") == []
    return walk


def a_part_is_transferred_and_the_rest_goes_on(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="partly_ours")
    walk.does("TransferPart", matters=["2"], authority="Gobernación del Norte", reason=REASON)
    return walk.waits_for("ChooseDepartment")


def an_insult_is_rejected_with_a_signed_act(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="disrespectful").waits_for("RejectDisrespectful")
    walk.does("RejectDisrespectful", rejection="sign", reason=REASON, act_number="R-2 de 2026")
    assert walk.asked("record_act") == [{"act": "rejected_disrespectful"}]
    return walk.has_ended()


def hard_words_are_no_insult_and_it_goes_on(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="disrespectful")
    return walk.does("RejectDisrespectful", rejection="proceed").waits_for("ChooseDepartment")


def what_was_asked_again_without_a_defect_now_cured_goes_on(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), admission="repeated")
    return walk.does("ReferToEarlier", repetition="proceed", repetition_note=REASON).waits_for(
        "ChooseDepartment"
    )


def the_table_routes_what_is_plain(procedure: Procedure) -> Walk:
    walk = filed(procedure, topic="lights", territory="c1", suggested_department="INF")
    classified(walk, topic="lights")
    assert walk.asked("assign") == [{"department": "INF"}]
    assert walk.now.facts["automatic"] is True
    return walk


def a_department_returns_it(procedure: Procedure, turns: int) -> Walk:
    walk = assigned(classified(filed(procedure)))
    for _ in range(turns):
        walk.hears("assignment_returned", returned=True).waits_for("DecideReturn")
        walk.does("DecideReturn", department="HAC", return_note=REASON)
    assert walk.asked("assign")[-1] == {"department": "HAC" if turns else "INF"}
    assert walk.now.facts.get("returned") in (None, False)
    return walk


def somebody_declares_a_conflict(procedure: Procedure, turns: int) -> Walk:
    walk = assigned(classified(filed(procedure)))
    for _ in range(turns):
        walk.hears("conflict_declared", returned=True).waits_for("DecideReturn")
        walk.does("DecideReturn", department="INF", return_note=REASON)
    return walk


def an_act_ends_it_while_somebody_works(procedure: Procedure) -> Walk:
    return assigned(classified(filed(procedure))).hears("ended_by_act").has_ended()


def a_judge_asks_for_a_report(procedure: Procedure) -> Walk:
    walk = assigned(classified(filed(procedure))).hears("judge_ordered")
    assert walk.asked("notify")[-1] == {"template": "judge_ordered", "to": "legal_office"}
    walk.rings("JudgeTermOver")
    assert walk.asked("notify")[-1] == {"template": "judge_report_due", "to": "director"}
    walk.does("ReportToJudge", reason=REASON)
    assert walk.asked("record_act") == [{"act": "order_met"}]
    return walk.waits_for("Draft")


def several_judges_ask_and_one_report_is_noted_outside(procedure: Procedure, turns: int) -> Walk:
    """One task after the other, however many orders have come."""
    walk = assigned(classified(filed(procedure)))
    for _ in range(turns + 1):
        walk.hears("judge_ordered").waits_for("Draft", "ReportToJudge")
    for _ in range(turns):
        walk.does("ReportToJudge", reason=REASON).waits_for("Draft", "ReportToJudge")
    walk.hears("order_met").waits_for("Draft")
    assert walk.now.facts["judge_reports"] == 0
    return walk


ADMISSION = (
    nothing_is_missing_when_it_is_looked_at_again,
    it_is_understood_after_all,
    all_of_it_is_ours_after_all,
    nobody_understands_it_and_the_citizen_clarifies,
    silence_is_declared_a_withdrawal,
    the_legal_office_waits_and_the_citizen_replies,
    the_citizen_replies_before_the_silence_is_decided,
    a_department_asks_the_citizen_while_it_works,
    it_is_transferred_whole,
    nobody_is_competent_and_that_is_the_answer,
    a_part_is_transferred_and_the_rest_goes_on,
    an_insult_is_rejected_with_a_signed_act,
    hard_words_are_no_insult_and_it_goes_on,
    what_was_asked_again_without_a_defect_now_cured_goes_on,
    the_table_routes_what_is_plain,
    an_act_ends_it_while_somebody_works,
    a_judge_asks_for_a_report,
)
ADMISSION_LOOPS = (
    something_is_missing_and_the_citizen_completes,
    the_legal_office_waits_before_it_declares,
    a_department_returns_it,
    several_judges_ask_and_one_report_is_noted_outside,
    somebody_declares_a_conflict,
)
