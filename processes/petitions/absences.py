"""Who is away and who is in their place, as people read it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.directory.people import Person, PersonView, people
from processes.directory.roles import Role
from processes.directory.substitution_tables import SUBSTITUTIONS
from processes.directory.substitutions import Substitution
from processes.directory.tables import PEOPLE
from processes.petitions.access import require_role
from processes.petitions.office import Office

MAY_SUBSTITUTE = frozenset({Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD, Role.DEPARTMENT_HEAD})
"""Roles that record absences; the head of a department, of its people alone."""

OF_EVERYBODY = frozenset({Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD})
MOST_PAST = 50
"""How many of those that are over are listed."""

_TABLE = SUBSTITUTIONS.c
ABSENT_PEOPLE, _INSTEAD = PEOPLE.alias("absent_person"), PEOPLE.alias("instead")
SUBSTITUTION_ROWS = (
    sa.select(
        SUBSTITUTIONS,
        ABSENT_PEOPLE.c.full_name.label("absent_name"),
        _INSTEAD.c.full_name.label("substitute_name"),
    )
    .join(ABSENT_PEOPLE, ABSENT_PEOPLE.c.username == _TABLE.absent)
    .join(_INSTEAD, _INSTEAD.c.username == _TABLE.substitute)
)


class SubstitutionState(StrEnum):
    """Where the days of a substitution lie, seen from today."""

    TO_COME = "to_come"
    HOLDS = "holds"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SubstitutionView:
    """A substitution as people read it. `ended_on` is the day on which it was ended before its last."""

    number: int
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str
    first_on: date
    last_on: date
    act_number: str
    state: SubstitutionState
    ended_on: date | None


def list_substitutions(office: Office, person: Person) -> tuple[SubstitutionView, ...]:
    """Those that hold or will, the earliest first, then the last ones that are over. Raises Forbidden.

    The head of a department sees those of its people.
    """
    require_role(person, *MAY_SUBSTITUTE)
    today = today_in(office)
    over = sa.or_(_TABLE.ended_at.is_not(None), _TABLE.last_on < today)
    query = SUBSTITUTION_ROWS.where(*_of_their_people(person))
    with office.read() as connection:
        coming = connection.execute(query.where(~over).order_by(_TABLE.first_on, _TABLE.id)).all()
        past = query.where(over).order_by(_TABLE.last_on.desc(), _TABLE.id.desc()).limit(MOST_PAST)
        rows = [*coming, *connection.execute(past)]
    return tuple(_view(row, today) for row in rows)


def who_may_be_absent(office: Office, person: Person) -> list[PersonView]:
    """The people whose absences `person` records, by name. Raises Forbidden."""
    require_role(person, *MAY_SUBSTITUTE)
    with office.read() as connection:
        everybody = people(connection)
        theirs = set(connection.scalars(sa.select(ABSENT_PEOPLE.c.username).where(*_of_their_people(person))))
    return [each for each in everybody if each.username in theirs]


def who_may_substitute(office: Office, person: Person) -> list[PersonView]:
    """Everybody of the entity, by name. Raises Forbidden."""
    require_role(person, *MAY_SUBSTITUTE)
    with office.read() as connection:
        return people(connection)


def in_place_of(office: Office, person: Person) -> tuple[Substitution, ...]:
    """In whose place `person` is today, and until when. Costs no statement."""
    away, today = office.entity().substitutions, today_in(office)
    found = (away.standing_in_for(post.owner, today) for post in person.stands_in_for)
    return tuple(each for each in found if each is not None)


def replaced_by(office: Office, person: Person) -> Substitution | None:
    """Who is in the place of `person` today, and until when. Costs no statement."""
    return office.entity().substitutions.standing_in_for(person.username, today_in(office))


def today_in(office: Office) -> date:
    """The day of the office."""
    return office.now().astimezone(BOGOTA).date()


def _of_their_people(person: Person) -> list[sa.ColumnElement[bool]]:
    if any(not held.roles.isdisjoint(OF_EVERYBODY) for held in person.posts):
        return []
    homes = [held.department for held in person.posts if Role.DEPARTMENT_HEAD in held.roles]
    return [ABSENT_PEOPLE.c.department.in_([home for home in homes if home is not None])]


def _view(row: sa.Row[Any], today: date) -> SubstitutionView:
    ended_on = None if row.ended_at is None else row.ended_at.astimezone(BOGOTA).date()
    open_still = ended_on is None and row.last_on >= today
    return SubstitutionView(
        number=row.id,
        absent=row.absent,
        absent_name=row.absent_name,
        substitute=row.substitute,
        substitute_name=row.substitute_name,
        first_on=row.first_on,
        last_on=row.last_on,
        act_number=row.act_number,
        state=(
            SubstitutionState.OVER
            if not open_still
            else SubstitutionState.TO_COME
            if row.first_on > today
            else SubstitutionState.HOLDS
        ),
        ended_on=ended_on,
    )
