"""The duties of the law that are overdue or due soon, for the day's warning."""

import sqlalchemy as sa

from processes.petitions.duty_list import DOERS
from processes.petitions.duty_tables import DUTIES, DUTY_LABELS, DutyKind
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.own_clocks import light_by
from processes.petitions.tables import PETITIONS
from processes.reports.standing import Standing
from processes.terms.kinds import PetitionKind

_D, _P = DUTIES.c, PETITIONS.c
_OPEN = (
    sa.select(_D.petition_id, _D.kind, _D.due_on, _D.due_at, _P.filing_number, _P.kind.label("petition_kind"))
    .join(PETITIONS, _P.id == _D.petition_id)
    .where(_D.done_at.is_(None), _D.due_on.is_not(None))
    .order_by(_D.due_on, _D.petition_id, _D.seq)
)


def duties_due(office: Office, connection: sa.Connection) -> tuple[Standing, ...]:
    """Each open duty with a date of its own that is near or past, the oldest date first."""
    found: list[Standing] = []
    for row in connection.execute(_OPEN).mappings():
        light = light_by(office, row["due_on"], row["due_at"])
        if light is Light.DUE_SOON or light is Light.OVERDUE:
            kind = DutyKind(row["kind"])
            found.append(
                Standing(
                    petition_id=row["petition_id"],
                    filing_number=row["filing_number"],
                    kind=PetitionKind(row["petition_kind"]),
                    due_on=row["due_on"],
                    light=light,
                    department=None,
                    holder=None,
                    label=DUTY_LABELS[kind],
                    roles=DOERS[kind],
                )
            )
    return tuple(found)
