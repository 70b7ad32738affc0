"""What time makes the office say to its people: the day's warnings, and the circular before a report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from notifications.letters_of_time import Circular, DailyWarning, DueLine
from notifications.messages import Letterhead
from processes.common.audit import OFFICE
from processes.common.calendar import WorkCalendar
from processes.common.outbox import MESSAGES, Envelope, post
from processes.directory.addressees import Addressees
from processes.directory.people import Contact, departments
from processes.directory.people_mail import to_person
from processes.directory.roles import Role
from processes.petitions.letterheads import letterhead_of
from processes.petitions.lights import Light
from processes.petitions.office import Office
from processes.petitions.people_tables import EXCLUSIONS
from processes.reports.duties_due import duties_due
from processes.reports.letters_due import letters_due
from processes.reports.periods import Cadence, Period, circular_day, period_of, reporting_day
from processes.reports.standing import Standing, due_until, near_or_past
from processes.terms.clock import working_days_left
from processes.terms.kinds import KIND_LABELS

MOST_LINES = 40
"""Petitions that a day's warning lists; the rest it counts."""

CIRCULAR_WORKING_DAYS = 3
"""How long before the fortnightly report its circular goes out (Ibagué 4.3)."""

_APART = sa.select(EXCLUSIONS.c.petition_id, EXCLUSIONS.c.username)
_MINE = "a su cargo"
_DEPARTMENT = "de su dependencia"
_NOBODYS = "sin dependencia, o que ya vencieron"
_DUTIES = "con deberes aparte de la respuesta"
_LETTERS = "con cartas en papel que nadie ha entregado"
_ENTITY = "toda la entidad"


@dataclass(frozen=True, slots=True)
class _Warned:
    person: Contact
    scope: str
    petitions: tuple[Standing, ...]

    @property
    def people(self) -> frozenset[str]:
        """Who must not be kept apart from what the letter tells: its reader, and in whose place they are."""
        return self.person.through | {self.person.username}


def warn_of_the_day(office: Office) -> int:
    """One letter a person a working day: what of theirs is overdue or due soon; how many were written.

    Whoever holds the task, the head of its department, and for what nobody has yet or is overdue the
    head of citizen service; of duties aside from the answers and of letters on paper that wait too long,
    whoever they are for. On a day of rest, and a second time on the same day, nothing.
    """
    now = office.now()
    today, entity = reporting_day(now), office.entity()
    if not entity.calendar.is_working_day(today):
        return 0
    cause, waits = f"daily/{today.isoformat()}", entity.staff_letter_waits_until(now)
    with office.write() as connection:
        if _was_done(connection, cause):
            return 0
        addressees = office.addressees(connection)
        envelopes = [
            to_person(
                warned.person,
                _warning(office, letterhead_of(entity), warned, today),
                cause=cause,
                stream=OFFICE,
                not_before=waits,
            )
            for warned in _warned(
                addressees,
                tuple(near_or_past(office, connection)),
                duties_due(office, connection),
                letters_due(office, connection, addressees),
            )
        ]
        post(connection, envelopes, now=now)
    if envelopes:
        office.after_commit()
    return len(envelopes)


def send_circular(office: Office) -> int:
    """The circular of the coming fortnightly report, on its day or after it; how many were written.

    Directors are told of the whole entity, each head of their department (Ibagué 4.3).
    """
    now = office.now()
    today, entity = reporting_day(now), office.entity()
    period = period_of(Cadence.FORTNIGHT, today)
    cause = f"circular/{period.key}"
    if today < circular_day_of(period, entity.calendar):
        return 0
    with office.write() as connection:
        if _was_done(connection, cause):
            return 0
        due = tuple(due_until(office, connection, period.last))
        envelopes = list(_circulars(office, connection, period, due, cause))
        post(connection, envelopes, now=now)
    if envelopes:
        office.after_commit()
    return len(envelopes)


def circular_day_of(period: Period, calendar: WorkCalendar) -> date:
    """The day on which the circular before the fortnightly report of `period` leaves."""
    return circular_day(period, calendar, working_days_before=CIRCULAR_WORKING_DAYS)


def _was_done(connection: sa.Connection, cause: str) -> bool:
    query = sa.select(MESSAGES.c.id).where(MESSAGES.c.key.startswith(f"{cause}/", autoescape=True)).limit(1)
    return connection.scalar(query) is not None


def _warned(
    addressees: Addressees,
    petitions: Sequence[Standing],
    duties: Sequence[Standing],
    letters: Sequence[Standing],
) -> Iterator[_Warned]:
    """The widest scope of a person in each of their posts, in one letter.

    Not a word of what they, or those in whose place they are, are kept apart from.
    """
    posts: dict[tuple[str, str], _Warned] = {}
    for warned in (
        *_holders(addressees, petitions),
        *_heads(addressees, petitions),
        *_citizen_service(addressees, petitions),
    ):
        posts[warned.person.username, warned.person.instead_of] = warned
    apart = set(addressees.connection.execute(_APART).tuples())
    found: dict[str, list[_Warned]] = defaultdict(list)
    owing = (
        *_directors(addressees, duties),
        *_owing(addressees, duties, _DUTIES),
        *_owing(addressees, letters, _LETTERS),
    )
    for warned in (*posts.values(), *owing):
        theirs = tuple(
            each
            for each in warned.petitions
            if not any((each.petition_id, person) in apart for person in warned.people)
        )
        if theirs:
            found[warned.person.username].append(replace(warned, petitions=theirs))
    for parts in found.values():
        yield _in_one(parts, (*duties, *petitions, *letters))


def _in_one(parts: Sequence[_Warned], petitions: Sequence[Standing]) -> _Warned:
    """What a person is told in their own post and in those of others, in the order of `petitions`."""
    theirs = {each for part in parts for each in part.petitions}
    ordered = tuple(each for each in petitions if each in theirs)
    scopes = dict.fromkeys(_scope(part) for part in parts)
    return replace(parts[0], scope=" y ".join(scopes), petitions=ordered)


def _scope(part: _Warned) -> str:
    instead_of = part.person.instead_of
    return f"{part.scope} (por encargo de {instead_of})" if instead_of else part.scope


def _holders(addressees: Addressees, petitions: Iterable[Standing]) -> Iterator[_Warned]:
    by_holder = defaultdict(list)
    for petition in petitions:
        if petition.holder is not None:
            by_holder[petition.holder].append(petition)
    for username, theirs in by_holder.items():
        for person in addressees.called(username):
            yield _Warned(person, _MINE, tuple(theirs))


def _heads(addressees: Addressees, petitions: Iterable[Standing]) -> Iterator[_Warned]:
    by_department = defaultdict(list)
    for petition in petitions:
        if petition.department is not None:
            by_department[petition.department].append(petition)
    for department, theirs in by_department.items():
        for person in addressees.with_role(Role.DEPARTMENT_HEAD, department=department):
            yield _Warned(person, _DEPARTMENT, tuple(theirs))


def _citizen_service(addressees: Addressees, petitions: Iterable[Standing]) -> Iterator[_Warned]:
    theirs = tuple(each for each in petitions if each.department is None or each.light is Light.OVERDUE)
    if theirs:
        for person in addressees.with_role(Role.CITIZEN_SERVICE_HEAD):
            yield _Warned(person, _NOBODYS, theirs)


def _directors(addressees: Addressees, duties: Sequence[Standing]) -> Iterator[_Warned]:
    """The directors, of the duties past their date, because a judge or the law waits."""
    late = tuple(each for each in duties if each.light is Light.OVERDUE and not each.waits)
    if late:
        for person in addressees.with_role(Role.DIRECTOR):
            yield _Warned(person, _DUTIES, late)


def _owing(addressees: Addressees, owed: Sequence[Standing], scope: str) -> Iterator[_Warned]:
    """Whoever does what is owed aside from the answers."""
    for role in sorted({role for each in owed for role in each.roles}):
        theirs = tuple(each for each in owed if role in each.roles)
        for person in addressees.with_role(role):
            yield _Warned(person, scope, theirs)


def _warning(office: Office, letterhead: Letterhead, warned: _Warned, today: date) -> DailyWarning:
    listed = warned.petitions[:MOST_LINES]
    return DailyWarning(
        letterhead=letterhead,
        scope=warned.scope,
        overdue=tuple(_line(office, each, today) for each in listed if each.light is Light.OVERDUE),
        due_soon=tuple(_line(office, each, today) for each in listed if each.light is Light.DUE_SOON),
        more=len(warned.petitions) - len(listed),
        url=f"{office.settings.public_url}/bandeja",
    )


def _line(office: Office, petition: Standing, today: date) -> DueLine:
    calendar = office.entity().calendar
    late = petition.due_on < today
    left = (
        -calendar.working_days_between(petition.due_on, today)
        if late
        else working_days_left(petition.due_on, today, calendar)
    )
    return DueLine(
        filing_number=petition.filing_number,
        kind_label=petition.label or KIND_LABELS[petition.kind],
        due_on=petition.due_on,
        working_days_left=left,
        url=f"{office.settings.public_url}{petition.page or f'/peticiones/{petition.filing_number}'}",
        waits=petition.waits,
    )


def _circulars(
    office: Office, connection: sa.Connection, period: Period, due: Sequence[Standing], cause: str
) -> Iterator[Envelope]:
    waits = office.entity().staff_letter_waits_until(office.now())
    addressees = office.addressees(connection)
    letters: dict[str, tuple[Contact, Circular]] = {}
    for department in departments(connection):
        theirs = [each for each in due if each.department == department.code]
        letter = _circular(office, department.name, period, theirs)
        for person in addressees.with_role(Role.DEPARTMENT_HEAD, department=department.code):
            letters[person.username] = (person, letter)
    letter = _circular(office, _ENTITY, period, due)
    for person in addressees.with_role(Role.DIRECTOR):
        letters[person.username] = (person, letter)
    for person, written in letters.values():
        yield to_person(person, written, cause=cause, stream=OFFICE, not_before=waits)


def _circular(office: Office, scope: str, period: Period, due: Sequence[Standing]) -> Circular:
    overdue = sum(each.light is Light.OVERDUE for each in due)
    return Circular(
        letterhead=letterhead_of(office.entity()),
        scope=scope,
        overdue=overdue,
        due=len(due) - overdue,
        answer_by=period.last,
        period_label=period.label,
        url=f"{office.settings.public_url}/peticiones",
    )
