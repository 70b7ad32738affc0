"""Who records that somebody is away and who is in their place: with dates, and with the act that says it."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from notifications.letters_of_time import SubstitutionNews, SubstitutionTold
from processes.common.audit import OFFICE, Act, lock_office_journal, record_office_act
from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import post
from processes.common.text import clean_line
from processes.directory.people import Person, PersonView, contact, people
from processes.directory.people_mail import to_person
from processes.directory.roles import PASSING_ROLES, Role
from processes.directory.substitution_tables import SUBSTITUTIONS
from processes.directory.substitutions import Absence, Substitution, refusal
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.access import DEPARTMENT_ROLES, require_role
from processes.petitions.letterheads import letterhead_of
from processes.petitions.office import Office

MAY_SUBSTITUTE = frozenset({Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD, Role.DEPARTMENT_HEAD})
"""Roles that record absences; the head of a department, of its people alone."""

_OF_EVERYBODY = frozenset({Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD})
_LARGEST_NUMBER = 2**31 - 1
MOST_PAST = 50
"""How many of those that are over are listed."""

_REVISE = "Revise quién se ausenta, quién le reemplaza y los días."
_TOLD = {
    False: (SubstitutionNews.ABSENT, SubstitutionNews.SUBSTITUTE),
    True: (SubstitutionNews.ABSENT_BACK, SubstitutionNews.SUBSTITUTE_DONE),
}
_TABLE = SUBSTITUTIONS.c
_ABSENT, _INSTEAD = PEOPLE.alias("absent_person"), PEOPLE.alias("instead")
_BEYOND = (
    sa.exists()
    .where(
        PERSON_ROLES.c.person_id == _ABSENT.c.id,
        PERSON_ROLES.c.role.in_(sorted(PASSING_ROLES - DEPARTMENT_ROLES)),
    )
    .label("beyond")
)
_VIEW = (
    sa.select(
        SUBSTITUTIONS,
        _ABSENT.c.full_name.label("absent_name"),
        _INSTEAD.c.full_name.label("substitute_name"),
    )
    .join(_ABSENT, _ABSENT.c.username == _TABLE.absent)
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


def record_substitution(
    office: Office,
    person: Person,
    *,
    absent: str,
    substitute: str,
    first_on: date | None,
    last_on: date | None,
    act_number: str,
) -> int:
    """From `first_on` to `last_on`, both included, `substitute` works in the place of `absent`; its number.

    By the administrator and the head of citizen service, and by the head of a department for its people
    who have no post beyond it. Raises Forbidden, and Invalid with a sentence for each wrong field: somebody
    who is not of the entity, days gone by, no act, a second substitute on one day, a chain that comes back.
    """
    require_role(person, *MAY_SUBSTITUTE)
    act = clean_line(act_number, field="act_number", max_length=60)
    missing = {
        "first_on": first_on is None and "Escriba el primer día.",
        "last_on": last_on is None and "Escriba el último día.",
        "act_number": not act and "Escriba el número y la fecha del acto que lo ordena.",
    }
    with office.write() as connection:
        # Two who record at once wait for each other here, and close no circle between them.
        lock_office_journal(connection)
        problems = _wrong_people(connection, absent, substitute)
        by = person if "absent" in problems else _who_may(connection, person, absent)
        problems |= {field: problem for field, problem in missing.items() if problem}
        if problems or first_on is None or last_on is None:
            raise Invalid(_REVISE, problems)
        days = Absence(absent, substitute, first_on, last_on)
        _check_days(connection, days, _today(office))
        number = _keep(office, connection, by, {**asdict(days), "act_number": act})
        _tell(office, connection, number)
    office.entities.forget_current()
    office.after_commit()
    return number


def end_substitution(office: Office, person: Person, number: int) -> None:
    """From now on it holds no more: whoever was away is back. What was done stays done.

    Raises NotFound; Forbidden for one who may not record it; Conflict when it has ended.
    """
    require_role(person, *MAY_SUBSTITUTE)
    now = office.now()
    with office.write() as connection:
        known = _TABLE.id == (number if 0 < number <= _LARGEST_NUMBER else 0)
        absent = connection.scalar(sa.select(_TABLE.absent).where(known))
        if absent is None:
            raise NotFound("Ese reemplazo no existe.")
        by = _who_may(connection, person, absent)
        holds = sa.and_(known, _TABLE.ended_at.is_(None), _TABLE.last_on >= _today(office))
        ended = {"ended_at": now, "ended_by": str(by.actor)}
        if connection.execute(sa.update(SUBSTITUTIONS).where(holds).values(ended)).rowcount != 1:
            raise Conflict("Ese reemplazo ya terminó. Actualice la página.")
        record_office_act(connection, Act("substitution_ended", by.actor, {"number": number}), at=now)
        _tell(office, connection, number)
    office.entities.forget_current()
    office.after_commit()


def list_substitutions(office: Office, person: Person) -> tuple[SubstitutionView, ...]:
    """Those that hold or will, the earliest first, then the last ones that are over. Raises Forbidden.

    The head of a department sees those of its people.
    """
    require_role(person, *MAY_SUBSTITUTE)
    today = _today(office)
    over = sa.or_(_TABLE.ended_at.is_not(None), _TABLE.last_on < today)
    query = _VIEW.where(*_of_their_people(person))
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
        theirs = set(connection.scalars(sa.select(_ABSENT.c.username).where(*_of_their_people(person))))
    return [each for each in everybody if each.username in theirs]


def who_may_substitute(office: Office, person: Person) -> list[PersonView]:
    """Everybody of the entity, by name. Raises Forbidden."""
    require_role(person, *MAY_SUBSTITUTE)
    with office.read() as connection:
        return people(connection)


def in_place_of(office: Office, person: Person) -> tuple[Substitution, ...]:
    """In whose place `person` is today, and until when. Costs no statement."""
    away, today = office.entity().substitutions, _today(office)
    found = (away.standing_in_for(post.owner, today) for post in person.stands_in_for)
    return tuple(each for each in found if each is not None)


def replaced_by(office: Office, person: Person) -> Substitution | None:
    """Who is in the place of `person` today, and until when. Costs no statement."""
    return office.entity().substitutions.standing_in_for(person.username, _today(office))


def _today(office: Office) -> date:
    return office.now().astimezone(BOGOTA).date()


def _who_may(connection: sa.Connection, person: Person, absent: str) -> Person:
    """`person` in the post that records the absences of `absent`. Raises Forbidden."""
    for held in person.posts:
        if not held.roles.isdisjoint(_OF_EVERYBODY):
            return held
    query = sa.select(_ABSENT.c.department, _BEYOND).where(_ABSENT.c.username == absent)
    for home, beyond in connection.execute(query).tuples():
        for held in person.posts:
            heads = Role.DEPARTMENT_HEAD in held.roles and held.department is not None
            if heads and held.department == home and not beyond:
                return held
    raise Forbidden(
        "Usted registra las ausencias de las personas de su dependencia que no tienen otro cargo fuera de "
        "ella. Las demás las registra el administrador o la jefatura de relación con el ciudadano."
    )


def _of_their_people(person: Person) -> list[sa.ColumnElement[bool]]:
    if any(not held.roles.isdisjoint(_OF_EVERYBODY) for held in person.posts):
        return []
    homes = [held.department for held in person.posts if Role.DEPARTMENT_HEAD in held.roles]
    return [_ABSENT.c.department.in_([home for home in homes if home is not None])]


def _wrong_people(connection: sa.Connection, absent: str, substitute: str) -> dict[str, str]:
    both = {"absent": absent, "substitute": substitute}
    here = sa.select(PEOPLE.c.username).where(PEOPLE.c.username.in_(both.values()), PEOPLE.c.active)
    known = set(connection.scalars(here))
    return {field: "Elija a la persona de la lista." for field, who in both.items() if who not in known}


def _keep(office: Office, connection: sa.Connection, by: Person, values: dict[str, Any]) -> int:
    row = {**values, "recorded_by": str(by.actor), "recorded_at": office.now()}
    number = connection.execute(sa.insert(SUBSTITUTIONS).values(row).returning(_TABLE.id)).scalar_one()
    recorded = Act("substitution_recorded", by.actor, {"number": number, **values})
    record_office_act(connection, recorded, at=office.now())
    return int(number)


def _tell(office: Office, connection: sa.Connection, number: int) -> None:
    """Both learn of it, at once: whoever did not expect it can object before it holds."""
    row = connection.execute(_VIEW.where(_TABLE.id == number)).one()
    told = _TOLD[row.ended_at is not None]
    for username, news in zip((row.absent, row.substitute), told, strict=True):
        person = contact(connection, username)
        if person is None:
            continue
        letter = SubstitutionTold(
            letterhead=letterhead_of(office.entity()),
            absent_name=row.absent_name,
            substitute_name=row.substitute_name,
            first_on=row.first_on,
            last_on=row.last_on,
            act_number=row.act_number,
            notice=news,
            url=f"{office.settings.public_url}/bandeja",
        )
        cause = f"substitution/{number}/{news}"
        envelope = to_person(person, letter, cause=cause, stream=OFFICE, not_before=None)
        post(connection, [envelope], now=office.now())


def _check_days(connection: sa.Connection, days: Absence, today: date) -> None:
    if days.last_on < days.first_on:
        raise Invalid(_REVISE, {"last_on": "El último día no puede ser anterior al primero."})
    if days.last_on < today:
        problem = "Esos días ya pasaron. Escriba un último día de hoy en adelante."
        raise Invalid(_REVISE, {"last_on": problem})
    columns = (_TABLE.absent, _TABLE.substitute, _TABLE.first_on, _TABLE.last_on)
    open_ones = sa.select(*columns).where(_TABLE.ended_at.is_(None), _TABLE.last_on >= today)
    problem = refusal(days, [Absence(*row) for row in connection.execute(open_ones)])
    if problem:
        raise Invalid(_REVISE, {"substitute": problem})


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
