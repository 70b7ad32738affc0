"""The public body of this installation, with its calendar, as one frozen value."""

import time as stopwatch
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.common.database import read
from processes.common.errors import NotFound
from processes.common.staff_hours import StaffHours
from processes.directory.calendar_settings import CalendarSettings
from processes.directory.calendar_versions import StoredCalendar, newest_number, read_version
from processes.directory.lists import Territory, Topic, read_territories, read_topics
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.substitutions import NOBODY_IS_AWAY, Substitutions, read_substitutions
from processes.directory.tables import ENTITY, PEOPLE, PERSON_ROLES
from processes.terms.clock import AfterHours
from processes.terms.kinds import Pack, PetitionKind

Post: TypeAlias = tuple[Role, str | None]
"""A role, and the department in which somebody has it."""

_REREAD_SECONDS = 5.0
_FILLED = (
    sa.select(PERSON_ROLES.c.role, PEOPLE.c.department)
    .join(PEOPLE, PEOPLE.c.id == PERSON_ROLES.c.person_id)
    .where(PEOPLE.c.active)
    .distinct()
)
_READ = sa.select(ENTITY, newest_number().label("calendar_version")).where(ENTITY.c.id == 1)


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """The entity as people see it, and the version of its calendar that terms are counted by.

    `emergency_phone` is its own, beside the national one; `invoice_email` the mailbox for invoices. Its
    people are written to in `staff_hours`; None is at any hour. `short_messages`: telephones can be reached.
    `filled` are the roles that somebody active has, with their departments; None when it was not read.
    """

    name: str
    city: str
    address: str
    email: str
    phone: str
    emergency_phone: str
    invoice_email: str
    demonstration: bool
    calendar: WorkCalendar
    calendar_version: int
    settings: CalendarSettings
    topics: tuple[Topic, ...] = ()
    territories: tuple[Territory, ...] = ()
    staff_hours: StaffHours | None = None
    short_messages: bool = False
    substitutions: Substitutions = NOBODY_IS_AWAY
    filled: frozenset[Post] | None = None

    @property
    def after_hours(self) -> AfterHours:
        """What happens with a petition that arrives when the office is closed."""
        return self.settings.after_hours

    @property
    def packs(self) -> frozenset[Pack]:
        """The optional packs of kinds that the entity switched on."""
        return self.settings.packs

    def staff_letter_waits_until(self, now: datetime) -> datetime | None:
        """When a letter of `now` to people of the entity may leave; None when it may leave at once."""
        return None if self.staff_hours is None else self.staff_hours.opening(now, self.calendar)

    def with_posts(self, person: Person, now: datetime) -> Person:
        """`person` with the posts of those in whose place they are today."""
        held = self.substitutions.posts_of(person, now.astimezone(BOGOTA).date())
        return replace(person, stands_in_for=held) if held else person

    def has_nobody(self, roles: Collection[Role], department: str | None) -> bool:
        """Whether nobody active has one of `roles`, in `department` when one is given."""
        return self.filled is not None and not any(
            role in roles and department in {None, of} for role, of in self.filled
        )

    def topic(self, code: str) -> Topic | None:
        """The topic of `code`; None for one that is not offered."""
        return next((topic for topic in self.topics if topic.code == code), None)

    def target_working_days(self, kind: PetitionKind) -> int:
        """How many working days before its due date the office's own target for a petition lies."""
        return self.settings.threshold(kind).target_working_days

    def due_soon_working_days(self, kind: PetitionKind) -> int:
        """How many working days before the office's own target a petition is shown as due soon."""
        return self.settings.threshold(kind).due_soon_working_days


class Entities:
    """Reads the entity, and looks again every five seconds at most; a new calendar is built once."""

    def __init__(
        self,
        engine: sa.Engine,
        staff_hours: StaffHours | None = None,
        *,
        short_messages: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._staff_hours = staff_hours
        self._short_messages = short_messages
        self._read_at = float("-inf")
        self._profile: EntityProfile | None = None

    def current(self) -> EntityProfile:
        """The entity. Raises NotFound before `ventanilla init` has made one."""
        profile = self._profile
        if profile is None or stopwatch.monotonic() - self._read_at > _REREAD_SECONDS:
            profile = self._profile = self._read(profile)
            self._read_at = stopwatch.monotonic()
        return profile

    def forget_current(self) -> None:
        """Look again at the next call: this process has just changed what is kept."""
        self._read_at = float("-inf")

    def _read(self, known: EntityProfile | None) -> EntityProfile:
        with read(self._engine) as connection:
            row = connection.execute(_READ).mappings().one_or_none()
            if row is None or row["calendar_version"] is None:
                raise NotFound("Todavía no hay una entidad. Ejecute «ventanilla init» para crearla.")
            lists = read_topics(connection), read_territories(connection)
            today = None if self._clock is None else self._clock().astimezone(BOGOTA).date()
            substitutions = read_substitutions(connection, today=today)
            filled = frozenset((Role(role), of) for role, of in connection.execute(_FILLED).tuples())
            if known is not None and known.calendar_version == row["calendar_version"]:
                settings, calendar = known.settings, known.calendar
            else:
                stored = read_version(connection, row["calendar_version"])
                settings, calendar = stored.settings, calendar_of(stored)
        profile = _profile(row, settings, calendar, lists)
        return replace(
            profile,
            staff_hours=self._staff_hours,
            short_messages=self._short_messages,
            substitutions=substitutions,
            filled=filled,
        )


def calendar_of(stored: StoredCalendar) -> WorkCalendar:
    """The days that count in a version."""
    return stored.settings.work_calendar(stored.holidays)


def _profile(
    row: sa.RowMapping,
    settings: CalendarSettings,
    calendar: WorkCalendar,
    lists: tuple[tuple[Topic, ...], tuple[Territory, ...]],
) -> EntityProfile:
    topics, territories = lists
    return EntityProfile(
        name=row["name"],
        city=row["city"],
        address=row["address"],
        email=row["email"],
        phone=row["phone"],
        emergency_phone=row["emergency_phone"],
        invoice_email=row["invoice_email"],
        demonstration=row["demonstration"],
        calendar=calendar,
        calendar_version=row["calendar_version"],
        settings=settings,
        topics=topics,
        territories=territories,
    )
