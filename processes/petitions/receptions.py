"""How a petition came in, as the entity's people and its acknowledgement tell it."""

from dataclasses import dataclass

import sqlalchemy as sa

from processes.directory.people import Person
from processes.directory.tables import TERRITORIES, TOPICS
from processes.petitions.access import check_may_read
from processes.petitions.case import read_case
from processes.petitions.form import Reception
from processes.petitions.office import Office
from processes.petitions.reception import Nature, PetitionerType, ReplyBy, SpecialCare
from processes.petitions.reception_tables import RECEPTIONS, SPECIAL_CARE
from processes.petitions.tables import PETITIONS


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """What the single form said besides the text. `reception` is None for what came by itself.

    `special_care` is sensitive: it serves to attend first whoever asked for it, and nothing else.
    """

    nature: Nature
    petitioner_type: PetitionerType
    reply_by: ReplyBy
    urgent: bool
    minor: bool
    special_care: tuple[SpecialCare, ...]
    topic_name: str
    territory_name: str
    reception: Reception | None


def read_reception(office: Office, person: Person, filing_number: str) -> ReceptionView:
    """How a petition came in, for one of the entity who may read it. Raises NotFound, Forbidden."""
    with office.read() as connection:
        case = read_case(connection, filing_number, reader=person)
        check_may_read(case)
        return reception_of(connection, case.id)


def reception_of(connection: sa.Connection, petition_id: int) -> ReceptionView:
    """How the petition of that row came in."""
    row = connection.execute(_READ, {"id": petition_id}).mappings().one()
    cares = set(connection.scalars(_READ_CARE, {"id": petition_id}))
    return ReceptionView(
        nature=Nature(row["nature"]),
        petitioner_type=PetitionerType(row["petitioner_type"]),
        reply_by=ReplyBy(row["reply_by"]),
        urgent=row["urgent"],
        minor=row["minor"],
        special_care=tuple(care for care in SpecialCare if care.value in cares),
        topic_name=row["topic_name"] or row["topic"],
        territory_name=row["territory_name"] or row["territory"],
        reception=_reception(row),
    )


_READ = (
    sa.select(
        PETITIONS.c.nature,
        PETITIONS.c.petitioner_type,
        PETITIONS.c.reply_by,
        PETITIONS.c.urgent,
        PETITIONS.c.minor,
        PETITIONS.c.topic,
        PETITIONS.c.territory,
        TOPICS.c.name.label("topic_name"),
        TERRITORIES.c.name.label("territory_name"),
        PETITIONS.c.verbal,
        RECEPTIONS.c.received_by,
        RECEPTIONS.c.missing,
        RECEPTIONS.c.paper_annexes,
        RECEPTIONS.c.language,
    )
    .outerjoin(TOPICS, TOPICS.c.code == PETITIONS.c.topic)
    .outerjoin(TERRITORIES, TERRITORIES.c.code == PETITIONS.c.territory)
    .outerjoin(RECEPTIONS, RECEPTIONS.c.petition_id == PETITIONS.c.id)
    .where(PETITIONS.c.id == sa.bindparam("id"))
)
_READ_CARE = sa.select(SPECIAL_CARE.c.care).where(SPECIAL_CARE.c.petition_id == sa.bindparam("id"))


def _reception(row: sa.RowMapping) -> Reception | None:
    if row["received_by"] is None:
        return None
    return Reception(
        received_by=row["received_by"],
        verbal=row["verbal"],
        missing=row["missing"],
        paper_annexes=row["paper_annexes"],
        language=row["language"],
    )
