"""Word of a judge's order that no task of the diagram holds: the petition ended before it, or over it."""

from notifications.notices import OfficeNoticeOf
from processes.common.outbox import Envelope
from processes.directory.roles import Role
from processes.petitions.letters_notices import office_notice
from processes.petitions.recipients import with_role
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.terms.events import LegalEventKind
from processes.terms.reckoning import Reckoning
from processes.terms.running import runs
from processes.terms.targets import Target

_TOLD = (Role.LEGAL_OFFICE, Role.DIRECTOR)


def tell_of_an_order(step: Step, kind: LegalEventKind, after: Reckoning) -> None:
    """Write to the legal office and the directors when a report to a judge is left to no task.

    An order that comes after the end opens none, and an act that ends the petition withdraws the one
    that is open; the judge waits all the same (Decreto 2591 de 1991, art. 19).
    """
    ends_now = step.status in ENDED and step.case.status not in ENDED
    too_late = step.case.status in ENDED and kind is LegalEventKind.JUDGE_ORDERED
    if not (too_late or (ends_now and runs(after, Target.JUDGE_REPORT))):
        return
    people = {person.username: person for role in _TOLD for person in with_role(step, role)}
    letter = office_notice(step, OfficeNoticeOf.JUDGE_ORDER_LEFT)
    if not people:
        step.record_system("notice_without_recipient", template=letter.notice, to=Role.LEGAL_OFFICE.value)
        return
    number = step.case.filing_number
    cause = f"{number}/{step.case.version}/order"
    step.envelopes.extend(
        Envelope(f"{cause}/{person.username}", number, person.email, letter) for person in people.values()
    )
    names = [person.full_name for person in people.values()]
    step.record_system("notice_posted", template=letter.notice, to=Role.LEGAL_OFFICE.value, people=names)
