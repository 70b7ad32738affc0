"""What the office tells a case: a closed set of signals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from processes.engine.model import Fact


class Signal(StrEnum):
    """Something that happened to the petition outside its diagram."""

    TERM_CHANGED = "term_changed"
    ANSWERED = "answered"
    ENDED_BY_ACT = "ended_by_act"
    WAITING_FOR_CITIZEN = "waiting_for_citizen"
    CITIZEN_REPLIED = "citizen_replied"
    CITIZEN_ADDED = "citizen_added"
    ASSIGNMENT_RETURNED = "assignment_returned"
    CONFLICT_DECLARED = "conflict_declared"
    EXTENSION_TOLD = "extension_told"
    JUDGE_ORDERED = "judge_ordered"
    ORDER_MET = "order_met"
    DANGER = "danger"
    DANGER_ACKNOWLEDGED = "danger_acknowledged"
    REASSIGNED = "reassigned"
    RECLASSIFIED = "reclassified"
    REFUSED = "refused"
    ANSWER_DELIVERED = "answer_delivered"
    ANSWER_RETURNED = "answer_returned"
    SURVEY_ANSWERED = "survey_answered"


@dataclass(frozen=True, slots=True)
class News:
    """A signal for the case, and the facts that come with it."""

    signal: Signal
    facts: Mapping[str, Fact] = field(default_factory=dict)
