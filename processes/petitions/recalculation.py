"""A change of the calendar, applied with care: shown first, then carried through, case by case.

Applying makes a new version the one in force, in one act of the office. Every open petition that an
older version counted is then counted again, some thousand in a transaction. Whoever is cut off
leaves what is done done and the rest as it was; the next sweep goes on from there, because each
petition says by which version it was counted.
"""

from functools import partial

import sqlalchemy as sa

from processes.common.audit import Act, Actor, record_office_act
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.directory.calendar_differences import date_differences, differences
from processes.directory.calendar_versions import FIRST_VERSION, NewVersion, add_version, read_version
from processes.directory.entity import EntityProfile, calendar_of
from processes.directory.people import Person
from processes.directory.tables import CALENDAR_DRAFTS, CALENDAR_VERSIONS
from processes.petitions.access import require_role
from processes.petitions.calendars import CALENDAR_KEEPERS, Draft, hold_newest, read_draft
from processes.petitions.case import in_one_transaction
from processes.petitions.letterheads import letterhead_of
from processes.petitions.office import Office
from processes.petitions.recalculation_letters import tell_the_office
from processes.petitions.recalculation_writing import Occasion, recount
from processes.petitions.recounting import count_uncounted, hold_uncounted

_BATCH = 2000
_MAX_REASON = 1000
_ACTS = {False: "calendar_changed", True: "calendar_change_undone"}


def apply_change(office: Office, person: Person, *, revision: int, reason: str) -> int:
    """Make the draft, as it stood at `revision`, the calendar in force; the number of its version.

    From here on petitions are filed by it, and `continue_recalculation` moves the open ones. Raises
    Forbidden, Invalid without a reason, and Conflict when the draft or the calendar changed meanwhile,
    or an earlier change is still being carried through.
    """
    by = require_role(person, *CALENDAR_KEEPERS)
    reason = _checked_reason(reason)

    def act(connection: sa.Connection) -> int:
        in_force = hold_newest(connection)
        draft = _current_draft(read_draft(connection, in_force), in_force.number, revision)
        _check_finished(connection, in_force.number)
        number = in_force.number + 1
        new = NewVersion(
            draft.calendar.settings, draft.calendar.holidays_print, reason, by.actor, draft.undoes
        )
        add_version(connection, number, new, at=office.now())
        connection.execute(sa.delete(CALENDAR_DRAFTS))
        detail = {
            "version": number,
            "reason": reason,
            "changes": list(differences(in_force, draft.calendar)),
            "undoes": draft.undoes,
        }
        applied = Act(_ACTS[draft.undoes is not None], by.actor, detail)
        record_office_act(connection, applied, at=office.now())
        return number

    number = in_one_transaction(office, act)
    office.entities.forget_current()
    return number


def continue_recalculation(office: Office, *, batch: int = _BATCH) -> int:
    """Count what an older calendar counted, until nothing is left; how many dates moved.

    Safe to run at any time, twice at once or after it was cut off: a petition that was counted is
    passed by, and one that is being worked on is waited for or makes the other start again.
    """
    profile = office.entity()
    if profile.calendar_version == FIRST_VERSION:
        return 0
    with office.read() as connection:
        occasion = _occasion(connection, office, profile)
    moved, last = 0, 0
    while True:
        chunk = partial(_chunk, occasion=occasion, after=last, batch=batch)
        moved_now, counted = in_one_transaction(office, chunk)
        if counted is None:
            break
        moved, last = moved + moved_now, counted
    finished = in_one_transaction(office, lambda connection: _finish(connection, office, occasion))
    if moved or finished:
        office.after_commit()
    return moved


def _chunk(
    connection: sa.Connection, *, occasion: Occasion, after: int, batch: int
) -> tuple[int, int | None]:
    """How many moved, and the last petition counted; None when nothing was left."""
    ids = hold_uncounted(connection, occasion.version, after=after, limit=batch)
    return (recount(connection, occasion, ids), ids[-1]) if ids else (0, None)


def _finish(connection: sa.Connection, office: Office, occasion: Occasion) -> bool:
    """Once nothing is left: tell the office, and note that the change is carried through."""
    version = CALENDAR_VERSIONS.c
    this = sa.and_(version.number == occasion.version, version.finished_at.is_(None))
    unfinished = connection.scalar(sa.select(version.number).where(this)) is not None
    # Another that counts at the same time may hold petitions that this one passed by.
    if not unfinished or count_uncounted(connection, occasion.version):
        return False
    # Who finishes first tells; another that comes to it at the same time finds it done.
    done = sa.update(CALENDAR_VERSIONS).where(this).values(finished_at=office.now())
    if connection.execute(done).rowcount != 1:
        return False
    waits = office.entity().staff_letter_waits_until(occasion.now)
    moved = tell_the_office(
        office.addressees(connection), occasion, office.settings.public_url, not_before=waits
    )
    act = Act("calendar_carried_through", occasion.by, {"version": occasion.version, "moved": moved})
    record_office_act(connection, act, at=occasion.now)
    return True


def _occasion(connection: sa.Connection, office: Office, profile: EntityProfile) -> Occasion:
    stored = read_version(connection, profile.calendar_version)
    before = read_version(connection, profile.calendar_version - 1)
    made_by = sa.select(CALENDAR_VERSIONS.c.made_by).where(CALENDAR_VERSIONS.c.number == stored.number)
    kind, _, who = str(connection.scalar(made_by)).partition(":")
    return Occasion(
        version=stored.number,
        by=Actor("person" if kind == "person" else "system", who),
        changes=date_differences(before, stored),
        calendar=calendar_of(stored),
        after_hours=stored.settings.after_hours,
        letterhead=letterhead_of(profile),
        tracking_url=f"{office.settings.public_url}/consultar",
        now=office.now(),
    )


def _current_draft(draft: Draft | None, in_force: int, revision: int) -> Draft:
    if draft is None:
        raise Conflict("No hay un cambio en preparación: alguien lo aplicó o lo descartó.")
    if draft.base != in_force:
        raise Conflict(
            "El calendario cambió después de que se preparó este borrador. Descártelo y vuelva a empezar."
        )
    if draft.revision != revision:
        raise Conflict("El borrador cambió después de que usted lo revisó. Revíselo otra vez.")
    return draft


def _check_finished(connection: sa.Connection, number: int) -> None:
    version = CALENDAR_VERSIONS.c
    if connection.scalar(sa.select(version.finished_at).where(version.number == number)) is None:
        raise Conflict(
            "Todavía se están moviendo las fechas del cambio anterior. Espere unos minutos e intente "
            "de nuevo."
        )


def _checked_reason(reason: str) -> str:
    cleaned = clean_text(reason, field="reason", max_length=_MAX_REASON)
    if not cleaned.strip():
        problem = "Escriba por qué se hace el cambio: queda en el registro."
        raise Invalid(problem, {"reason": problem})
    return cleaned.strip()
