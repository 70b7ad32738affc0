"""The one door to a reserved identity; each reading is written down before it is shown."""

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.errors import Invalid, NotFound
from processes.common.text import clean_line
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import acting, require_role
from processes.petitions.case import guard, in_one_transaction, read_case
from processes.petitions.form import Identity
from processes.petitions.identity_reading import identity_of
from processes.petitions.office import Office
from processes.petitions.tables import RESERVED_IDENTITIES


def read_reserved_identity(office: Office, person: Person, filing_number: str, *, reason: str) -> Identity:
    """Who reported, for the custodian of identities, who says why (CPACA 24.3; Ley 1712 de 2014, art. 18).

    The reading and its reason go to the petition's journal. Raises Forbidden, NotFound, and Invalid
    without a reason.
    """
    require_role(person, Role.IDENTITY_CUSTODIAN)
    why = clean_line(reason, field="reason", max_length=300)
    if not why:
        raise Invalid("Escriba para qué necesita conocer la identidad.", {"reason": "Escriba el motivo."})

    def act(connection: sa.Connection) -> Identity:
        case = read_case(connection, filing_number, reader=person)
        query = sa.select(RESERVED_IDENTITIES).where(RESERVED_IDENTITIES.c.petition_id == case.id)
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("Esta petición no tiene una identidad reservada.")
        reading = Act("reserved_identity_read", acting(case, Role.IDENTITY_CUSTODIAN).actor, {"reason": why})
        rows, head = chain(case.filing_number, case.head, [reading], office.now())
        guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
        connection.execute(INSERT_EVENTS, rows)
        return identity_of(row)

    return in_one_transaction(office, act)
