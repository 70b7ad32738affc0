"""A letter of a step to people of the entity: by mail and as a notice, and by short message what presses."""

from collections.abc import Sequence

from notifications.messages import Letter
from processes.common.outbox import Envelope, MessageChannel
from processes.directory.on_call import on_call_phones
from processes.directory.people import Contact
from processes.directory.people_mail import to_people
from processes.petitions.pressing import presses, staff_letter_waits_until
from processes.petitions.step import Step


def tell_people(
    step: Step, people: Sequence[Contact], letter: Letter, *, template: str, to: str, cause: str
) -> None:
    """Put `letter`, which the journal calls `template`, with the step's messages, one to each of `people`.

    `to` is the recipient that they were found by; `cause` makes the keys of the messages.
    """
    number, waits = step.case.filing_number, staff_letter_waits_until(step, template)
    step.envelopes.extend(to_people(people, letter, cause=cause, stream=number, not_before=waits))
    if step.entity.short_messages and presses(step, template):
        phones = on_call_phones(step.connection)
        step.envelopes.extend(
            Envelope(
                f"{cause}/{person.username}/short",
                number,
                phones[person.username],
                letter,
                channel=MessageChannel.SHORT,
            )
            for person in people
            if person.username in phones
        )
    names = [person.full_name for person in people]
    step.record_system("notice_posted", template=template, to=to, people=names)
