"""Short letters that a step of the procedure sends: one layout each for citizens and for the office.

What each one says lies in `templates/<layout>/words/<notice>.txt`, and its subject in `subjects.txt`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from notifications.letter import Letter


class CitizenNoticeOf(StrEnum):
    """What a notice to the citizen tells."""

    ANSWER_BY_LETTER = "answer_by_letter"
    ANSWER_PUBLISHED = "answer_published"
    NOT_A_PETITION = "not_a_petition"
    PAYMENT_ASKED = "payment_asked"
    REOPENED = "reopened"
    SURVEY = "survey"
    SURVEY_REMINDER = "survey_reminder"


class OfficeNoticeOf(StrEnum):
    """What a notice to somebody of the entity tells, who has something to do or to know."""

    ANSWER_BACK_LATE = "answer_back_late"
    ANSWER_RETURNED = "answer_returned"
    ASSIGNMENT_RETURNED = "assignment_returned"
    CITIZEN_ADDED = "citizen_added"
    CITIZEN_SILENT = "citizen_silent"
    CLASSIFICATION_DUE = "classification_due"
    CLOSING_BACK = "closing_back"
    CONFLICT_DECLARED = "conflict_declared"
    DANGER = "danger"
    DANGER_LEFT = "danger_left"
    DANGER_UNATTENDED = "danger_unattended"
    DELIVERY_DUE = "delivery_due"
    EXTENSION_TOLD = "extension_told"
    HANDED_OVER = "handed_over"
    HELP_ASKED = "help_asked"
    HELP_DUE = "help_due"
    HELP_GIVEN = "help_given"
    INVOICE_RECEIVED = "invoice_received"
    JUDGE_ORDERED = "judge_ordered"
    JUDGE_ORDER_LEFT = "judge_order_left"
    JUDGE_REPORT_DUE = "judge_report_due"
    JUDGE_RULED = "judge_ruled"
    JUDICIAL_NOTICE = "judicial_notice"
    PAPER_ACKNOWLEDGEMENT = "paper_acknowledgement"
    PAYMENT_DUE = "payment_due"
    RESERVED_LETTER = "reserved_letter"
    REVIEW_ASKED = "review_asked"
    REVIEW_RETURNED = "review_returned"
    SIGNATURE_ASKED = "signature_asked"
    SIGNATURE_REFUSED = "signature_refused"


OF_THE_OFFICE_ALONE = frozenset({OfficeNoticeOf.RESERVED_LETTER})
"""What the office tells by itself: no diagram sends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenNotice(Letter):
    """To the citizen: a step of their petition, in plain words.

    `text` is what the office says of it in its own words (what the copies cost); empty where there is
    nothing to add. `until` is the last day of what the citizen may do, None where there is none.
    `tracking_code` is printed where the letter leads to a page that asks for it, and never in `url`.
    """

    template: ClassVar[str] = "citizen_notice"

    notice: CitizenNoticeOf
    petitioner_name: str | None
    filing_number: str
    tracking_code: str
    text: str
    until: date | None
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeNotice(Letter):
    """To somebody of the entity: a step of a petition that is theirs to do or to know of.

    Holds no data of the citizen and nothing that anybody wrote: those stay on the petition's page.
    """

    template: ClassVar[str] = "office_notice"

    notice: OfficeNoticeOf
    filing_number: str
    kind_label: str
    department: str
    due_on: date
    url: str
