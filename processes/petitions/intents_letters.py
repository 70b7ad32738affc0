"""What the messages of a diagram say: one builder for each template of the catalogue."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from notifications.messages import Acknowledgement, Answer, Assigned, Escalation, Letter
from processes.common.calendar import BOGOTA
from processes.petitions.alert_seeing import new_terms
from processes.petitions.citizen_mail import letterhead
from processes.petitions.letters_answer import answer_letter
from processes.petitions.letters_notices import NOTICES
from processes.petitions.reception import Nature
from processes.petitions.reception_words import emergency_numbers
from processes.petitions.recipients import official_of
from processes.petitions.step import Step
from processes.terms.clock import governing_rule, internal_target, working_days_left
from processes.terms.kinds import KIND_LABELS
from processes.terms.rules import TermRule


def _rule(step: Step) -> TermRule:
    return governing_rule(step.kind, step.case.filed_on, step.entity.calendar)


def _acknowledgement(step: Step) -> Letter:
    case = step.case
    filed_late = case.received_at.astimezone(BOGOTA).date() != case.filed_on
    return Acknowledgement(
        letterhead=letterhead(step),
        petitioner_name=case.citizen_name or None,
        filing_number=case.filing_number,
        tracking_code=case.tracking_code,
        received_at=case.received_at,
        filed_on=case.filed_on,
        filing_reason=step.entity.after_hours.reason if filed_late else "",
        kind_label=KIND_LABELS[step.kind],
        due_on=step.due_on,
        term_label=_rule(step).label,
        citation=_rule(step).citation,
        attachments=tuple(file.kind for file in step.files),
        tracking_url=f"{step.public_url}/consultar",
        is_petition=step.facts.get("nature", Nature.PETITION) == Nature.PETITION,
        emergency_numbers=emergency_numbers(step.entity) if step.facts.get("urgent") else (),
    )


def _assigned(step: Step) -> Letter:
    return Assigned(
        letterhead=letterhead(step),
        filing_number=step.case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        due_on=step.due_on,
        internal_target_on=internal_target(
            step.due_on, step.entity.calendar, working_days=step.entity.target_working_days(step.kind)
        ),
        term_label=_rule(step).label,
        citation=_rule(step).citation,
        priority_reason="",
        url=f"{step.public_url}/peticiones/{step.case.filing_number}",
    )


def _escalation(step: Step) -> Letter:
    official = official_of(step)
    today = step.now.astimezone(BOGOTA).date()
    return Escalation(
        letterhead=letterhead(step),
        filing_number=step.case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        official_name=official[0].full_name if official else None,
        due_on=step.due_on,
        today=today,
        working_days_left=working_days_left(step.due_on, today, step.entity.calendar),
        url=f"{step.public_url}/peticiones/{step.case.filing_number}",
        came_back=step.case.sent_at is not None,
        new_terms=new_terms(step),
    )


LETTERS: Mapping[str, Callable[[Step], Letter]] = MappingProxyType(
    {
        Acknowledgement.template: _acknowledgement,
        Answer.template: answer_letter,
        Assigned.template: _assigned,
        Escalation.template: _escalation,
        **NOTICES,
    }
)
"""A builder for each template."""
