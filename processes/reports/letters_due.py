"""The letters on paper that wait too long, for the day's warning of whoever may hand them over."""

import sqlalchemy as sa

from processes.directory.addressees import Addressees
from processes.directory.roles import Role
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.letter_waits import LongWait, long_waits
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.reports.standing import Standing

_AT_THE_DESK = frozenset(RECEPTIONISTS)
_CUSTODIANS = frozenset({Role.IDENTITY_CUSTODIAN})
_IN_THEIR_PLACE = frozenset({Role.CITIZEN_SERVICE_HEAD})


def letters_due(office: Office, connection: sa.Connection, addressees: Addressees) -> tuple[Standing, ...]:
    """One line for each petition with such letters, the one that waits longest first.

    Those of reserved identities are their custodian's; where the entity has none, the head of citizen
    service reads that they wait for one.
    """
    custodian = bool(addressees.with_role(Role.IDENTITY_CUSTODIAN))
    return tuple(_line(each, custodian=custodian) for each in long_waits(office, connection))


def _line(wait: LongWait, *, custodian: bool) -> Standing:
    roles, label = _AT_THE_DESK, "Entregar una carta en papel"
    if wait.letters > 1:
        label = f"Entregar {wait.letters} cartas en papel"
    if wait.reserved:
        roles, label = _CUSTODIANS, f"{label}, de identidad reservada"
    if wait.reserved and not custodian:
        roles, label = _IN_THEIR_PLACE, f"{label}: falta nombrar un custodio"
    return Standing(
        petition_id=wait.petition_id,
        filing_number=wait.filing_number,
        kind=wait.kind,
        due_on=wait.since,
        light=Light.OVERDUE,
        department=None,
        holder=None,
        label=label,
        roles=roles,
        waits=True,
        page="/cartas" if not wait.reserved or custodian else "",
    )
