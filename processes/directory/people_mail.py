"""Letters to people of the entity: each is a notice to read in Ventanilla, and leaves by mail.

Only what somebody chose to read here alone (`preferences`) leaves by no mail.
"""

from collections.abc import Iterable
from datetime import datetime

from notifications.messages import Letter
from processes.common.outbox import Envelope, MessageChannel
from processes.directory.people import Contact
from processes.directory.preferences import group_of


def to_people(
    people: Iterable[Contact], letter: Letter, *, cause: str, stream: str, not_before: datetime | None
) -> list[Envelope]:
    """`letter` to each of `people`, whose user name makes the key of their own; see `Envelope`."""
    return [to_person(person, letter, cause=cause, stream=stream, not_before=not_before) for person in people]


def to_person(
    person: Contact, letter: Letter, *, cause: str, stream: str, not_before: datetime | None
) -> Envelope:
    """The same to one of them."""
    key = f"{cause}/{person.username}"
    if group_of(letter) in person.mail_off:
        here = MessageChannel.IN_APP
        return Envelope(key, stream, person.full_name, letter, channel=here, person=person.username)
    return Envelope(key, stream, person.email, letter, not_before=not_before, person=person.username)
