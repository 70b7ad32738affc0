"""Letters on paper that wait longer at the desk than the office allows: their readers know nothing yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from processes.common.calendar import BOGOTA, day_in_bogota
from processes.common.outbox import MESSAGES
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from processes.terms.kinds import PetitionKind

_WAITING = (
    sa.select(
        PETITIONS.c.id,
        PETITIONS.c.filing_number,
        PETITIONS.c.kind,
        PETITIONS.c.reserved_identity,
        sa.func.count().label("letters"),
        sa.func.min(MESSAGES.c.created_at, type_=MESSAGES.c.created_at.type).label("since"),
    )
    .select_from(MESSAGES)
    .join(PETITIONS, PETITIONS.c.filing_number == MESSAGES.c.stream)
    .where(sa.text("outbox_message.status = 'at_desk'"))
    .group_by(PETITIONS.c.id, PETITIONS.c.filing_number, PETITIONS.c.kind, PETITIONS.c.reserved_identity)
    .order_by(sa.column("since"), PETITIONS.c.id)
)


@dataclass(frozen=True, slots=True)
class LongWait:
    """A petition some of whose letters wait too long, the oldest of them since the day `since`."""

    petition_id: int
    filing_number: str
    kind: PetitionKind
    reserved: bool
    letters: int
    since: date


def too_long_before(office: Office) -> datetime:
    """A letter written before this instant has waited more than `letter_days` working days."""
    tomorrow = day_in_bogota(office.now()) + timedelta(days=1)
    days_allowed = office.settings.letter_days + 1
    first = office.entity().calendar.add_working_days(tomorrow, -days_allowed)
    return datetime.combine(first, time.min, BOGOTA)


def long_waits(office: Office, connection: sa.Connection) -> Iterator[LongWait]:
    """The petitions with such letters, the one that waits longest first."""
    late = _WAITING.where(MESSAGES.c.created_at < too_long_before(office))
    for row in connection.execute(late).mappings():
        yield LongWait(
            petition_id=row["id"],
            filing_number=row["filing_number"],
            kind=PetitionKind(row["kind"]),
            reserved=row["reserved_identity"],
            letters=row["letters"],
            since=day_in_bogota(row["since"]),
        )
