"""What cannot wait for office hours: danger for life or safety (CPACA 20), and what a judge ordered."""

from datetime import datetime

from notifications.messages import Escalation
from notifications.notices import OfficeNoticeOf
from processes.petitions.step import Step
from processes.terms.kinds import PetitionKind

AT_ONCE = "at_once"
"""How the ladder tells somebody at any hour, by short message too; else it waits for office hours."""

_OF_LAW = frozenset(
    {
        OfficeNoticeOf.DANGER.value,
        OfficeNoticeOf.DANGER_LEFT.value,
        OfficeNoticeOf.DANGER_UNATTENDED.value,
        OfficeNoticeOf.JUDGE_ORDERED.value,
        OfficeNoticeOf.JUDGE_ORDER_LEFT.value,
        OfficeNoticeOf.JUDGE_RULED.value,
        OfficeNoticeOf.JUDGE_REPORT_DUE.value,
        OfficeNoticeOf.JUDICIAL_NOTICE.value,
    }
)


def presses(step: Step, template: str) -> bool:
    """Whether a letter must reach its people at any hour.

    It does when it tells of a danger or of a judge's order, and whatever it tells of a judge's request
    or of a petition whose term runs in hours; so does a rung of the ladder whose rule says so (the fact
    `alert_how`). No table makes wait what the law makes urgent.
    """
    of_law = template in _OF_LAW or step.kind is PetitionKind.JUDGE_REQUEST or step.due_at is not None
    return of_law or (template == Escalation.template and step.facts.get("alert_how") == AT_ONCE)


def staff_letter_waits_until(step: Step, template: str) -> datetime | None:
    """When a letter of this step to people of the entity may leave; None is at once."""
    return None if presses(step, template) else step.entity.staff_letter_waits_until(step.now)
