"""From the filing to the confirmed classification: danger, papers, and what is no petition."""

from tests.engine.procedure.scenarios.steps import REASON, classified, filed
from tests.engine.procedure.walk import Procedure, Walk


def a_receipt_is_given_on_paper_to_who_waits_for_a_letter(procedure: Procedure) -> Walk:
    walk = filed(procedure, channel="letter", reply_by="letter").waits_for("GiveReceiptOnPaper")
    walk.does("GiveReceiptOnPaper", receipt_note="Enviada por correo certificado.")
    return walk.waits_for("ConfirmClassification")


def the_head_is_told_when_a_day_passes_without_classification(procedure: Procedure) -> Walk:
    walk = filed(procedure).has_planned("ClassificationLate").rings("ClassificationLate")
    assert walk.asked("notify")[-1] == {"template": "classification_due", "to": "citizen_service_head"}
    return classified(walk.waits_for("ConfirmClassification")).waits_for("ChooseDepartment")


def a_judicial_notice_goes_to_the_legal_office(procedure: Procedure) -> Walk:
    walk = filed(procedure, nature="judicial_notice").waits_for("TakeJudicialNotice")
    walk.does("TakeJudicialNotice", judicial_notice_note="Tutela 2026-00312, dos días.")
    assert walk.asked("set_aside") == [{"nature": "judicial_notice"}]
    return walk.has_ended()


def an_invoice_goes_to_its_mailbox(procedure: Procedure) -> Walk:
    walk = filed(procedure, nature="invoice")
    assert {"template": "invoice_received", "to": "invoice_mailbox"} in walk.asked("notify")
    return walk.has_ended()


def what_is_no_petition_is_seen_when_it_is_classified(procedure: Procedure) -> Walk:
    walk = filed(procedure).does("ConfirmClassification", nature="other")
    assert walk.asked("set_aside") == [{"nature": "other"}]
    assert walk.asked("start_term") == []
    return walk.has_ended()


def danger_rings_until_somebody_acknowledges_it(procedure: Procedure, turns: int) -> Walk:
    walk = filed(procedure, urgent=True)
    assert {"template": "danger", "to": "on_call"} in walk.asked("notify")
    for _ in range(turns):
        walk.rings("DangerSilent")
    walk.hears("danger_acknowledged")
    assert walk.asked("notify").count({"template": "danger_unattended", "to": "director"}) == turns
    walk.waits_for("AttendDanger", "ConfirmClassification").does("AttendDanger", danger_note=REASON)
    return classified(walk, urgent=True).waits_for("ChooseDepartment")


def danger_that_nobody_answers_rings_for_three_days(procedure: Procedure) -> Walk:
    walk = filed(procedure, urgent=True)
    for _ in range(26):
        walk.rings("DangerSilent")
    waits = [each["amount"] for each in walk.asked("plan_alert_at") if each["alert"] == "danger"]
    assert waits == [15] * 8 + [240] * 18
    assert "DangerSilent" not in [alert.element for alert in walk.now.alerts]
    return walk.does("AttendDanger", danger_note=REASON).waits_for("ConfirmClassification")


def danger_is_seen_when_it_is_classified(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure), urgent=True).waits_for("AttendDanger", "ChooseDepartment")
    return walk.does("AttendDanger", danger_note=REASON).waits_for("ChooseDepartment")


def danger_is_declared_a_second_time(procedure: Procedure) -> Walk:
    walk = filed(procedure, urgent=True).does("AttendDanger", danger_note=REASON).hears("danger")
    walk.waits_for("AttendDanger", "ConfirmClassification")
    return walk.does("AttendDanger", danger_note=REASON).waits_for("ConfirmClassification")


def what_the_citizen_adds_is_read_before_somebody_works_on_it(procedure: Procedure) -> Walk:
    walk = filed(procedure).hears("citizen_added").waits_for("ConfirmClassification", "ReadAddition")
    return walk.does("ReadAddition", addition_note="Trae la dirección.").waits_for("ConfirmClassification")


def what_the_citizen_adds_is_told_to_who_works_on_it(procedure: Procedure) -> Walk:
    walk = classified(filed(procedure)).does("ChooseDepartment", department="INF").hears("citizen_added")
    assert walk.asked("notify")[-1] == {"template": "citizen_added", "to": "official"}
    return walk


RECEPTION = (
    a_receipt_is_given_on_paper_to_who_waits_for_a_letter,
    the_head_is_told_when_a_day_passes_without_classification,
    a_judicial_notice_goes_to_the_legal_office,
    an_invoice_goes_to_its_mailbox,
    what_is_no_petition_is_seen_when_it_is_classified,
    danger_that_nobody_answers_rings_for_three_days,
    danger_is_seen_when_it_is_classified,
    danger_is_declared_a_second_time,
    what_the_citizen_adds_is_read_before_somebody_works_on_it,
    what_the_citizen_adds_is_told_to_who_works_on_it,
)
RECEPTION_LOOPS = (danger_rings_until_somebody_acknowledges_it,)
