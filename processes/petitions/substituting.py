"""Who records that somebody is away and who is in their place: with dates, and with the act that says it."""

from dataclasses import asdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from notifications.letters_of_time import SubstitutionNews, SubstitutionTold
from processes.common.audit import OFFICE, Act, lock_office_journal, record_office_act
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import post
from processes.common.text import clean_line
from processes.directory.people import Person, contact
from processes.directory.people_mail import to_person
from processes.directory.roles import PASSING_ROLES, Role
from processes.directory.substitution_tables import SUBSTITUTIONS
from processes.directory.substitutions import Absence, read_substitutions, refusal
from processes.directory.tables import PEOPLE, PERSON_ROLES
from processes.petitions.absences import (
    ABSENT_PEOPLE,
    MAY_SUBSTITUTE,
    OF_EVERYBODY,
    SUBSTITUTION_ROWS,
    today_in,
)
from processes.petitions.access import DEPARTMENT_ROLES, require_role
from processes.petitions.letterheads import letterhead_of
from processes.petitions.office import Office

_LONGEST_NAME = 60
_LARGEST_NUMBER = 2**31 - 1
_REVISE = "Revise quién se ausenta, quién le reemplaza y los días."
_OTHERS_RECORD_IT = (
    "Usted registra las ausencias de las personas de su dependencia que no tienen otro cargo fuera de "
    "ella, propio o por reemplazo. Las demás las registra el administrador o la jefatura de relación con "
    "el ciudadano."
)
_WHO = {
    "absent": "Elija de la lista quién se ausenta.",
    "substitute": "Elija de la lista quién le reemplaza.",
}
_TABLE = SUBSTITUTIONS.c
_TOLD = {
    False: (SubstitutionNews.ABSENT, SubstitutionNews.SUBSTITUTE),
    True: (SubstitutionNews.ABSENT_BACK, SubstitutionNews.SUBSTITUTE_DONE),
}
_BEYOND = (
    sa.exists()
    .where(
        PERSON_ROLES.c.person_id == ABSENT_PEOPLE.c.id,
        PERSON_ROLES.c.role.in_(sorted(PASSING_ROLES - DEPARTMENT_ROLES)),
    )
    .label("beyond")
)


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
    absent = clean_line(absent, field="absent", max_length=_LONGEST_NAME)
    substitute = clean_line(substitute, field="substitute", max_length=_LONGEST_NAME)
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
        _check_days(connection, days, today_in(office))
        _check_reach(connection, by, days, today_in(office))
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
        holds = sa.and_(known, _TABLE.ended_at.is_(None), _TABLE.last_on >= today_in(office))
        ended = {"ended_at": now, "ended_by": str(by.actor)}
        if connection.execute(sa.update(SUBSTITUTIONS).where(holds).values(ended)).rowcount != 1:
            raise Conflict("Ese reemplazo ya terminó. Actualice la página.")
        record_office_act(connection, Act("substitution_ended", by.actor, {"number": number}), at=now)
        _tell(office, connection, number)
    office.entities.forget_current()
    office.after_commit()


def _who_may(connection: sa.Connection, person: Person, absent: str) -> Person:
    """`person` in the post that records the absences of `absent`. Raises Forbidden."""
    for held in person.posts:
        if not held.roles.isdisjoint(OF_EVERYBODY):
            return held
    query = sa.select(ABSENT_PEOPLE.c.department, _BEYOND).where(ABSENT_PEOPLE.c.username == absent)
    for home, beyond in connection.execute(query).tuples():
        for held in person.posts:
            heads = Role.DEPARTMENT_HEAD in held.roles and held.department is not None
            if heads and held.department == home and not beyond:
                return held
    raise Forbidden(_OTHERS_RECORD_IT)


def _check_reach(connection: sa.Connection, by: Person, days: Absence, today: date) -> None:
    """The head of a department hands on no post from beyond it that the absent one holds for another.

    Raises Forbidden.
    """
    if not by.roles.isdisjoint(OF_EVERYBODY):
        return
    for held in read_substitutions(connection, today=today).handed_on(days):
        if held.department != by.department or not held.roles <= DEPARTMENT_ROLES:
            raise Forbidden(_OTHERS_RECORD_IT)


def _wrong_people(connection: sa.Connection, absent: str, substitute: str) -> dict[str, str]:
    both = {"absent": absent, "substitute": substitute}
    here = sa.select(PEOPLE.c.username).where(PEOPLE.c.username.in_(both.values()), PEOPLE.c.active)
    known = set(connection.scalars(here))
    return {field: _WHO[field] for field, who in both.items() if who not in known}


def _keep(office: Office, connection: sa.Connection, by: Person, values: dict[str, Any]) -> int:
    row = {**values, "recorded_by": str(by.actor), "recorded_at": office.now()}
    number = connection.execute(sa.insert(SUBSTITUTIONS).values(row).returning(_TABLE.id)).scalar_one()
    recorded = Act("substitution_recorded", by.actor, {"number": number, **values})
    record_office_act(connection, recorded, at=office.now())
    return int(number)


def _tell(office: Office, connection: sa.Connection, number: int) -> None:
    """Both learn of it, at once: whoever did not expect it can object before it holds."""
    row = connection.execute(SUBSTITUTION_ROWS.where(_TABLE.id == number)).one()
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
