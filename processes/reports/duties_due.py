"""The duties that are overdue, due soon, or without a date and so due at once, for the day's warning."""

import sqlalchemy as sa

from processes.common.calendar import day_in_bogota
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
    sa.select(
        _D.petition_id,
        _D.kind,
        _D.opened_at,
        _D.due_on,
        _D.due_at,
        _P.filing_number,
        _P.kind.label("petition_kind"),
    )
    .join(PETITIONS, _P.id == _D.petition_id)
    .where(_D.done_at.is_(None))
    .order_by(_D.due_on.is_not(None), _D.due_on, _D.petition_id, _D.seq)
)


def duties_due(office: Office, connection: sa.Connection) -> tuple[Standing, ...]:
    """Each open duty that is near its date or past it, or has none; the latter first, then by date."""
    found: list[Standing] = []
    for row in connection.execute(_OPEN).mappings():
        waits = row["due_on"] is None
        light = Light.OVERDUE if waits else light_by(office, row["due_on"], row["due_at"])
        if light is Light.DUE_SOON or light is Light.OVERDUE:
            kind = DutyKind(row["kind"])
            found.append(
                Standing(
                    petition_id=row["petition_id"],
                    filing_number=row["filing_number"],
                    kind=PetitionKind(row["petition_kind"]),
                    due_on=day_in_bogota(row["opened_at"]) if waits else row["due_on"],
                    light=light,
                    department=None,
                    holder=None,
                    label=DUTY_LABELS[kind],
                    roles=DOERS[kind],
                    waits=waits,
                )
            )
    return tuple(found)
