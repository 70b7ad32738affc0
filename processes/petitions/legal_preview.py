"""A legal act tried without doing it: what it would lead to, or why the law does not allow it."""

import sqlalchemy as sa

from processes.directory.people import Person
from processes.petitions.case import in_one_transaction
from processes.petitions.legal_act import LegalAct, LegalOutcome
from processes.petitions.legal_acts import do_legal_act
from processes.petitions.office import Office


class _Undone(Exception):
    def __init__(self, outcome: LegalOutcome) -> None:
        super().__init__(outcome.filing_number)
        self.outcome = outcome


def preview_legal_act(office: Office, person: Person, filing_number: str, act: LegalAct) -> LegalOutcome:
    """What `act` would lead to now; nothing is kept and nobody is told.

    The act itself is carried out and its transaction undone, so that no check and no date differs
    from the real one. Raises what `record_legal_act` raises.
    """

    def rehearse(connection: sa.Connection) -> LegalOutcome:
        raise _Undone(do_legal_act(office, connection, person, filing_number, act))

    try:
        return in_one_transaction(office, rehearse)
    except _Undone as undone:
        return undone.outcome
