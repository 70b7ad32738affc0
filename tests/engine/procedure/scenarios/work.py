"""The three levels of attention, the draft with its helpers, payers and signatories, and the ladder."""

from collections.abc import Callable

from tests.engine.procedure.scenarios.steps import (
    REASON,
    approved,
    classified,
    drafted,
    drafting,
    filed,
)
from tests.engine.procedure.walk import Procedure, Walk

ANSWER = {"work_next": "answer", "answer_text": "Puede venir de lunes a viernes.", "outcome": "informed"}
HAND_OVER = {"work_next": "hand_over", "handover": "Hace falta una visita al sitio."}


def it_is_answered_at_once(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), level=1).waits_for("AnswerAtOnce").does("AnswerAtOnce", **ANSWER)
    assert walk.asked("send_answer") == [{}]
    return walk


def it_is_answered_at_the_service_point(procedure: Procedure) -> Walk:
    return classified(filed(procedure), level=2).does("AnswerAtPoint", **ANSWER)


def it_climbs_from_level_one_to_three(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), level=1).does("AnswerAtOnce", **HAND_OVER)
    walk.waits_for("AnswerAtPoint").does("AnswerAtPoint", **HAND_OVER).waits_for("ChooseDepartment")
    assert walk.asked("hand_over") == [{"level": 2}, {"level": 3}]
    return walk.does("ChooseDepartment", department="INF").waits_for("Draft")


def a_hand_over_begins_the_ladder_again(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), level=2).rings("AlertDue")
    walk.does("AnswerAtPoint", **HAND_OVER).waits_for("ChooseDepartment")
    assert walk.now.facts["escalations"] == 0
    return walk.does("ChooseDepartment", department="INF").waits_for("Draft")


def other_departments_contribute(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        walk.does("Draft", work_next="ask_help", asked_departments=["HAC", "SAL"], question=REASON)
        walk.waits_for("Contribute", "Contribute").does("Contribute", contribution=REASON)
        walk.waits_for("Contribute").does("Contribute", contribution=REASON).waits_for("Draft")
    assert len(walk.asked("record_contribution")) == 2 * turns
    return walk


def a_contribution_does_not_come_in_time(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        walk.does("Draft", work_next="ask_help", asked_departments=["HAC", "SAL", "MOV"], question=REASON)
        walk.does("Contribute", contribution=REASON).rings("HelpLate").waits_for("Draft")
    assert len(walk.asked("record_contribution")) == turns
    return walk


def the_copies_are_paid(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        walk.does("Draft", work_next="ask_payment", copies=40, copies_price=4000, question=REASON)
        walk.waits_for("NotePayment").does("NotePayment", receipt="Recibo 12").waits_for("Draft")
    assert len(walk.asked("record_payment")) == turns
    return walk


def the_copies_are_not_paid(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        walk.does("Draft", work_next="ask_payment", copies=40, copies_price=4000, question=REASON)
        walk.rings("PaymentLate").waits_for("Draft")
    return walk


def the_head_returns_the_draft(procedure: Procedure, turns: int) -> Walk:
    walk = drafted(drafting(procedure))
    for _ in range(turns):
        walk.does("Review", review="return", observations="Falta la fecha.").waits_for("Draft")
        drafted(walk)
    return approved(walk)


def several_people_sign(procedure: Procedure) -> Walk:
    walk = drafted(drafting(procedure)).does("Review", review="approve", signatories=["diana", "elena"])
    walk.waits_for("Sign", "Sign").does("Sign", signature_refused=False).waits_for("Sign")
    walk.does("Sign", signature_refused=False)
    assert len(walk.asked("sign")) == 2
    assert walk.asked("send_answer") == [{}]
    return walk


def somebody_refuses_to_sign(procedure: Procedure, turns: int) -> Walk:
    walk = drafted(drafting(procedure))
    for _ in range(turns):
        walk.does("Review", review="approve", signatories=["diana", "elena", "bea"])
        walk.does("Sign", signature_refused=False).does("Sign", signature_refused=True, reason=REASON)
        walk.waits_for("Draft")
        drafted(walk)
    walk.does("Review", review="approve", signatories=["diana"]).does("Sign", signature_refused=False)
    assert walk.asked("send_answer") == [{}]
    return walk


def an_extension_is_told_while_it_is_drafted(procedure: Procedure) -> Walk:
    walk = drafting(procedure).hears("extension_told")
    assert walk.asked("notify")[-1] == {"template": "extension_told", "to": "department_head"}
    return walk.waits_for("Draft")


def it_is_refused_by_reserve(procedure: Procedure) -> Walk:
    walk = drafting(procedure).hears("refused", outcome="denied")
    assert walk.asked("send_answer") == [{}]
    return walk


def the_ladder_climbs(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        walk.rings("AlertDue")
    told = [asked["to"] for asked in walk.asked("notify") if asked["template"] == "escalation"]
    assert len(told) == turns
    assert len(set(told)) == turns
    return approved(drafted(walk))


def the_ladder_comes_to_its_end(procedure: Procedure) -> Walk:
    return approved(drafted(_at_the_last_rung(procedure)))


def the_term_moves(procedure: Procedure, turns: int) -> Walk:
    walk = drafting(procedure)
    for _ in range(turns):
        planned = len(walk.asked("plan_alert_at"))
        walk.hears("term_changed").has_planned("AlertDue")
        assert len(walk.asked("plan_alert_at")) == planned + 1
    return walk


def the_term_moves_after_the_last_rung(procedure: Procedure, turns: int) -> Walk:
    walk = _at_the_last_rung(procedure)
    for _ in range(turns):
        _climb(walk.hears("term_changed").has_planned("AlertDue"))
    return walk


def a_hand_over_comes_after_the_last_rung(procedure: Procedure) -> Walk:
    walk = _climb(classified(filed(procedure), level=2))
    return walk.does("AnswerAtPoint", **HAND_OVER).has_planned("AlertDue")


def it_is_answered_before_anybody_watches(procedure: Procedure) -> Walk:
    """An earlier answer is sent while the watch on the term already waits."""
    walk = classified(filed(procedure), admission="repeated")
    text = "Ya se le respondió el 3 de noviembre con el S-2026-000045."
    return walk.does("ReferToEarlier", repetition="refer", earlier_filing="2026-000001", answer_text=text)


def nobody_is_told_of_a_term_that_was_met(procedure: Procedure) -> Walk:
    """The watch did not hear of the answer, because an incident held it, and goes on afterwards."""
    walk = classified(filed(procedure, delivery="sent"))
    assert "AlertDue" not in {alert.element for alert in walk.now.alerts}
    return walk


def _at_the_last_rung(procedure: Procedure) -> Walk:
    return _climb(drafting(procedure))


def _climb(walk: Walk) -> Walk:
    while "AlertDue" in {alert.element for alert in walk.now.alerts}:
        walk.rings("AlertDue")
    return walk


WORK: tuple[Callable[[Procedure], Walk], ...] = (
    it_is_answered_at_once,
    it_is_answered_at_the_service_point,
    it_climbs_from_level_one_to_three,
    several_people_sign,
    an_extension_is_told_while_it_is_drafted,
    it_is_refused_by_reserve,
    the_ladder_comes_to_its_end,
    a_hand_over_begins_the_ladder_again,
    a_hand_over_comes_after_the_last_rung,
    it_is_answered_before_anybody_watches,
    nobody_is_told_of_a_term_that_was_met,
)
WORK_LOOPS = (
    other_departments_contribute,
    a_contribution_does_not_come_in_time,
    the_copies_are_paid,
    the_copies_are_not_paid,
    the_head_returns_the_draft,
    somebody_refuses_to_sign,
    the_ladder_climbs,
    the_term_moves,
    the_term_moves_after_the_last_rung,
)
