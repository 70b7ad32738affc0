"""Stretches of the way that many scenarios share, in the order in which a petition comes to them."""

from collections.abc import Mapping

from processes.engine.model import Fact
from tests.engine.procedure.walk import Procedure, Walk

FILED: Mapping[str, Fact] = {
    "kind": "request",
    "channel": "web",
    "anonymous": False,
    "nature": "petition",
    "urgent": False,
    "special_care": False,
    "minor": False,
    "topic": "",
    "territory": "",
    "suggested_department": None,
    "reply_by": "email",
}
"""What filing says of an ordinary petition; its matter was not chosen from the list."""

REASON = "Se explica aquí con todas sus razones."


def filed(procedure: Procedure, **facts: Fact) -> Walk:
    """A case that has just been filed."""
    return Walk(procedure, **{**FILED, **facts})


def classified(walk: Walk, *, level: int = 3, **values: object) -> Walk:
    """What the table proposed is confirmed, but for the level and `values`."""
    return walk.does("ConfirmClassification", level=level, **values)


def assigned(walk: Walk, department: str = "INF") -> Walk:
    """The head of citizen service chooses who works on it."""
    return walk.does("ChooseDepartment", department=department)


def drafting(procedure: Procedure, **facts: Fact) -> Walk:
    """A department drafts the answer."""
    return assigned(classified(filed(procedure, **facts))).waits_for("Draft")


def drafted(walk: Walk, outcome: str = "granted") -> Walk:
    """The draft goes to the head of department."""
    walk.does("Draft", work_next="review", outcome=outcome, answer_text="Se arreglará el martes próximo.")
    return walk.waits_for("Review")


def approved(walk: Walk) -> Walk:
    """The head of department approves; nobody else signs."""
    return walk.does("Review", review="approve")


def sent(procedure: Procedure, **facts: Fact) -> Walk:
    """The answer has left."""
    walk = approved(drafted(drafting(procedure, **facts)))
    assert walk.asked("send_answer") == [{}]
    return walk


def delivered(procedure: Procedure, **facts: Fact) -> Walk:
    """The answer has arrived by mail, and the citizen is asked about it."""
    return sent(procedure, **facts).hears("answer_delivered").has_planned("ReminderDue")


def to_be_closed(procedure: Procedure) -> Walk:
    """The citizen has said what they think of the answer."""
    return delivered(procedure).hears("survey_answered", survey_solved="yes").waits_for("Verify")


def closed(walk: Walk) -> Walk:
    """Somebody who did not write the answer verifies and closes."""
    walk.does("Verify", closing="close", closing_checks=["substantive", "delivered"])
    assert len(walk.asked("close_case")) == 1
    return walk.has_ended()
