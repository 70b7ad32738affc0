"""Word to the custodians of reserved identities: a letter on paper waits that is theirs alone to hand over.

It names nobody: who and where are read when the letter is printed.
"""

from notifications.notices import OfficeNotice, OfficeNoticeOf
from processes.directory.roles import Role
from processes.petitions.letters_notices import office_notice
from processes.petitions.recipients import with_role
from processes.petitions.staff_letters import tell_people
from processes.petitions.status import ENDED
from processes.petitions.step import Step

_CUSTODIAN = Role.IDENTITY_CUSTODIAN
_NOTICE = OfficeNoticeOf.RESERVED_LETTER
NOBODY_KEEPS_IT = (
    "Hay una carta de identidad reservada por entregar en papel, y nadie activo con correo la puede abrir: "
    "nombre a un custodio de identidades reservadas que no esté apartado de esta petición."
)


def tell_custodians(step: Step, cause: str) -> None:
    """Write once a step to those who may hand a letter of this petition over; `cause` makes the keys.

    Nobody to write to is an incident while the petition is open; after its end the head of citizen
    service reads of the letter in the day's warning.
    """
    if any(_tells_of_it(envelope.letter) for envelope in step.envelopes):
        return
    people = with_role(step, _CUSTODIAN)
    if people:
        letter = office_notice(step, _NOTICE)
        tell_people(
            step, people, letter, template=_NOTICE.value, to=_CUSTODIAN.value, cause=f"{cause}/custodian"
        )
        return
    step.record_system("notice_without_recipient", template=_NOTICE.value, to=_CUSTODIAN.value)
    if step.status not in ENDED:
        step.trouble(NOBODY_KEEPS_IT)


def _tells_of_it(letter: object) -> bool:
    return isinstance(letter, OfficeNotice) and letter.notice is _NOTICE
