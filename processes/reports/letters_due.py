"""The letters on paper that wait too long, for the day's warning of whoever may hand them over."""

from dataclasses import replace

import sqlalchemy as sa

from processes.directory.addressees import Addressees
from processes.directory.roles import Role
from processes.petitions.access import besides_excluded
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

    Those of reserved identities are their custodian's; where no custodian may hand one over, the head of
    citizen service reads that it waits for one.
    """
    return tuple(
        _line(each, kept=not each.reserved or _has_custodian(addressees, each.petition_id))
        for each in long_waits(office, connection)
    )


def _has_custodian(addressees: Addressees, petition_id: int) -> bool:
    """Whether some custodian is not kept apart from the petition."""
    of_it = replace(addressees, besides=besides_excluded(petition_id))
    return bool(of_it.with_role(Role.IDENTITY_CUSTODIAN))


def _line(wait: LongWait, *, kept: bool) -> Standing:
    roles, label = _AT_THE_DESK, "Entregar una carta en papel"
    if wait.letters > 1:
        label = f"Entregar {wait.letters} cartas en papel"
    if wait.reserved:
        roles, label = _CUSTODIANS, f"{label}, de identidad reservada"
    if not kept:
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
        page="/cartas" if kept else "",
    )
