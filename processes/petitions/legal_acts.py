"""The legal acts of the entity's people: who may do which, and the one service that does them."""

import sqlalchemy as sa

from processes.directory.people import Person
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.legal_access import check_may_do
from processes.petitions.legal_act import LegalAct, LegalOutcome
from processes.petitions.legal_doing import Doer, do_act
from processes.petitions.office import Office


def record_legal_act(office: Office, person: Person, filing_number: str, act: LegalAct) -> LegalOutcome:
    """Do `act` on a petition: event, dates, alerts, journal and letter are kept together, or none is.

    Raises NotFound; Forbidden for another role or another department's petition; RefusedAct (Invalid)
    for an act that the law does not allow, with its rule and what to do; Invalid with a sentence for
    each wrong field; Conflict.
    """

    def do(connection: sa.Connection) -> LegalOutcome:
        return do_legal_act(office, connection, person, filing_number, act)

    outcome = in_one_transaction(office, do)
    office.after_commit()
    return outcome


def do_legal_act(
    office: Office, connection: sa.Connection, person: Person, filing_number: str, act: LegalAct
) -> LegalOutcome:
    """The same in the caller's transaction, which may also be undone to see what an act would lead to."""
    case = read_case(connection, filing_number, reader=person)
    by = check_may_do(case, act.kind)
    return do_act(office, connection, case, act, Doer(by.actor, by))
