"""The entity's calendar as an administrator keeps it: what is in force, and a change being prepared.

A change is a draft that moves nothing. `recalculation` shows what it would move, and applies it.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.database import insert_or
from processes.common.errors import Conflict, NotFound
from processes.directory.calendar_checks import WrittenClosure, check_free_day, checked_closure
from processes.directory.calendar_differences import differences
from processes.directory.calendar_settings import CalendarSettings, settings_from_json, settings_to_json
from processes.directory.calendar_versions import (
    FIRST_VERSION,
    StoredCalendar,
    keep_release_holidays,
    law_print,
    newest_number,
    read_holidays,
    read_version,
    release_holidays_print,
)
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import CALENDAR_DRAFTS, CALENDAR_VERSIONS
from processes.petitions.access import require_role
from processes.petitions.case import in_one_transaction
from processes.petitions.office import Office

CALENDAR_KEEPERS = frozenset({Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD})
"""Roles that change the calendar."""

CALENDAR_READERS = CALENDAR_KEEPERS | {Role.LEGAL_OFFICE, Role.INTERNAL_CONTROL, Role.PROCESS_ANALYST}
"""Roles that see it with its terms and what is left to verify."""

_MOST_FIRST = 2**30
Change = Callable[[StoredCalendar], StoredCalendar]


@dataclass(frozen=True, slots=True)
class Draft:
    """A change being prepared. `calendar` is what would be in force, under the number it would have."""

    revision: int
    base: int
    calendar: StoredCalendar
    undoes: int | None
    changes: tuple[str, ...]
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """The calendar in force, the draft if there is one, and what this release would bring."""

    in_force: StoredCalendar
    draft: Draft | None
    new_holidays: bool
    new_law: bool

    @property
    def shown(self) -> CalendarSettings:
        """What the forms begin with: the draft's settings, or those in force."""
        return self.draft.calendar.settings if self.draft else self.in_force.settings

    @property
    def shown_as(self) -> int:
        """Which settings the forms begin with, to know later whether somebody changed them."""
        return _shown_as(self.draft, self.in_force)


def read_calendar(office: Office, person: Person) -> CalendarView:
    """The calendar. Raises Forbidden."""
    require_role(person, *CALENDAR_READERS)
    with office.read() as connection:
        in_force = read_version(connection, newest_number())
        draft = read_draft(connection, in_force)
    return CalendarView(
        in_force=in_force,
        draft=draft,
        new_holidays=in_force.holidays_print != release_holidays_print(),
        new_law=in_force.law != law_print(),
    )


def read_draft(connection: sa.Connection, in_force: StoredCalendar) -> Draft | None:
    """The draft; its changes are told against the version that it was made from."""
    row = connection.execute(sa.select(CALENDAR_DRAFTS)).mappings().one_or_none()
    if row is None:
        return None
    same = row["base"] == in_force.number
    base = in_force if same else read_version(connection, row["base"])
    kept = row["holidays"] == base.holidays_print
    calendar = StoredCalendar(
        number=in_force.number + 1,
        settings=settings_from_json(row["settings"]),
        holidays_print=row["holidays"],
        holidays=base.holidays if kept else read_holidays(connection, row["holidays"]),
        law=law_print(),
    )
    return Draft(
        revision=row["revision"],
        base=row["base"],
        calendar=calendar,
        undoes=row["undoes"],
        changes=differences(base, calendar),
        changed_at=row["changed_at"],
        changed_by=row["changed_by"].partition(":")[2],
    )


def add_closure(office: Office, person: Person, written: WrittenClosure) -> None:
    """Put a closure, or a holiday by a new law, into the draft. Raises Forbidden, Invalid, Conflict."""
    closure = checked_closure(written)

    def change(calendar: StoredCalendar) -> StoredCalendar:
        check_free_day(calendar.settings, calendar.holidays, closure.on)
        return replace(calendar, settings=calendar.settings.with_closure(closure))

    _change(office, person, change)


def remove_closure(office: Office, person: Person, on: date) -> None:
    """Take the closure of that day out of the draft. Raises Forbidden, Conflict, NotFound."""

    def change(calendar: StoredCalendar) -> StoredCalendar:
        settings = calendar.settings.without_closure(on)
        if settings == calendar.settings:
            raise NotFound(f"El {on:%d/%m/%Y} no tiene un cierre. Actualice la página.")
        return replace(calendar, settings=settings)

    _change(office, person, change)


def change_settings(
    office: Office,
    person: Person,
    change: Callable[[CalendarSettings], CalendarSettings],
    *,
    seen: int | None = None,
) -> None:
    """Put the settings that `change` makes into the draft.

    `seen` is the `shown_as` of the settings that were edited. Raises Forbidden, and Conflict when somebody
    changed them since.
    """
    _change(office, person, lambda calendar: replace(calendar, settings=change(calendar.settings)), seen)


def take_release(office: Office, person: Person) -> None:
    """Put this release's holidays and rules into the draft. Raises Forbidden, Conflict."""

    def act(connection: sa.Connection) -> None:
        list_print = keep_release_holidays(connection)
        _write(connection, office, person, lambda calendar: replace(calendar, holidays_print=list_print))

    require_role(person, *CALENDAR_KEEPERS)
    in_one_transaction(office, act)


def draft_undoing(office: Office, person: Person) -> None:
    """A draft that takes back the version in force. Raises Forbidden, and Conflict where there is one."""
    require_role(person, *CALENDAR_KEEPERS)

    def act(connection: sa.Connection) -> None:
        in_force = hold_newest(connection)
        if in_force.number == FIRST_VERSION:
            raise Conflict("El calendario inicial no se puede deshacer: cámbielo.")
        if connection.scalar(sa.select(CALENDAR_DRAFTS.c.id)) is not None:
            raise Conflict("Hay un cambio en preparación. Aplíquelo o descártelo antes de deshacer otro.")
        before = read_version(connection, in_force.number - 1)
        values = {"base": in_force.number, "revision": _first_revision(), "undoes": in_force.number}
        _put(connection, before, {**values, **_by(office, person)})

    in_one_transaction(office, act)


def discard_draft(office: Office, person: Person) -> None:
    """Forget the change that was being prepared, if there is one. Raises Forbidden."""
    require_role(person, *CALENDAR_KEEPERS)
    with office.write() as connection:
        connection.execute(sa.delete(CALENDAR_DRAFTS))


def hold_newest(connection: sa.Connection) -> StoredCalendar:
    """The version in force, held until the end: whoever changes the calendar too waits, and nobody else."""
    newest = newest_number()
    number = CALENDAR_VERSIONS.c.number
    # Weaker than FOR UPDATE, which a filing that refers to the version would have to wait for.
    connection.execute(sa.select(number).where(number == newest).with_for_update(key_share=True))
    return read_version(connection, newest)


def _shown_as(draft: Draft | None, in_force: StoredCalendar) -> int:
    return draft.revision if draft else -in_force.number


def _change(office: Office, person: Person, change: Change, seen: int | None = None) -> None:
    require_role(person, *CALENDAR_KEEPERS)
    in_one_transaction(office, lambda connection: _write(connection, office, person, change, seen))


def _write(
    connection: sa.Connection, office: Office, person: Person, change: Change, seen: int | None = None
) -> None:
    in_force = hold_newest(connection)
    draft = read_draft(connection, in_force)
    if seen is not None and seen != _shown_as(draft, in_force):
        raise Conflict(
            "Otra persona cambió el calendario mientras usted escribía. Revise en «Revisar el cambio» lo "
            "que hay ahora; lo que usted escribió sigue en el formulario, para guardarlo encima."
        )
    if draft is not None and draft.base != in_force.number:
        raise Conflict(
            "El calendario cambió después de que se preparó este borrador. Descártelo y vuelva a empezar."
        )
    if draft is not None and draft.undoes is not None:
        raise Conflict("Se está preparando deshacer un cambio. Aplíquelo o descártelo antes de otro.")
    changed = change(draft.calendar if draft else in_force)
    if (changed.settings, changed.holidays_print) == (in_force.settings, in_force.holidays_print) and (
        in_force.law == law_print()
    ):
        connection.execute(sa.delete(CALENDAR_DRAFTS))
        return
    revision = draft.revision + 1 if draft else _first_revision()
    values = {"base": in_force.number, "revision": revision, "undoes": None}
    _put(connection, changed, {**values, **_by(office, person)})


def _first_revision() -> int:
    """Where a new draft begins: not where a discarded one began, whose review must not apply this one."""
    return 1 + secrets.randbelow(_MOST_FIRST)


def _by(office: Office, person: Person) -> dict[str, object]:
    return {"changed_at": office.now(), "changed_by": str(require_role(person, *CALENDAR_KEEPERS).actor)}


def _put(connection: sa.Connection, calendar: StoredCalendar, values: dict[str, object]) -> None:
    kept = {"settings": settings_to_json(calendar.settings), "holidays": calendar.holidays_print}
    row = {**values, **kept}
    insert = insert_or(connection)(CALENDAR_DRAFTS)
    put = insert.on_conflict_do_update(index_elements=["id"], set_=row)
    connection.execute(put, {"id": 1, **row})
