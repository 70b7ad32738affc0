"""Word to the people of the entity of what the citizen did: no task of the diagram tells them."""

from notifications.messages import CitizenActed
from processes.directory.roles import Role
from processes.petitions.citizen_mail import letterhead
from processes.petitions.recipients import recipients
from processes.petitions.staff_letters import tell_people
from processes.petitions.status import ANSWERED_OR_ENDED, ENDED
from processes.petitions.step import Step
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.kinds import KIND_LABELS
from processes.terms.moves import MOVES

_TO_THE_OFFICIAL = frozenset(
    {
        LegalEventKind.COMPLETED,
        LegalEventKind.COMPLETION_EXTENSION_ASKED,
        LegalEventKind.CLARIFIED,
        LegalEventKind.WITHDRAWN,
    }
)
_TO_THE_LAWYERS = frozenset({LegalEventKind.INSISTED, LegalEventKind.APPEALED})


def tell_the_office(step: Step, kind: LegalEventKind) -> None:
    """Write to whoever must act on what the citizen did; when nobody is there, to citizen service."""
    if kind not in _TO_THE_OFFICIAL | _TO_THE_LAWYERS:
        return
    to = Role.LEGAL_OFFICE.value if kind in _TO_THE_LAWYERS else "official"
    people = recipients(step, to)
    if not people:
        step.record_system("notice_without_recipient", template=CitizenActed.template, to=to)
        return
    cause = f"{step.case.filing_number}/{step.case.version}/acted"
    letter = _letter(step, kind)
    tell_people(step, people, letter, template=letter.template, to=to, cause=cause)


def _letter(step: Step, kind: LegalEventKind) -> CitizenActed:
    case = step.case
    return CitizenActed(
        letterhead=letterhead(step),
        filing_number=case.filing_number,
        act_label=EVENT_LABELS[kind],
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        ended=step.status in ENDED and case.status not in ENDED,
        still_to_answer=step.status not in ANSWERED_OR_ENDED,
        due_on=step.due_on,
        citation=MOVES[kind].citation,
        url=f"{step.public_url}/peticiones/{case.filing_number}",
    )
