"""Changes of the calendar, prepared and applied as an administrator does."""

from processes.directory.calendar_checks import WrittenClosure
from processes.directory.people import Person
from processes.petitions.calendars import add_closure, draft_undoing, read_calendar
from processes.petitions.office import Office
from processes.petitions.recalculation import apply_change, continue_recalculation
from tests.builders.office import ADMINISTRATOR

FAIR = WrittenClosure("2026-12-07", "Feria de Puerto Claro", "Decreto 012", "2026-11-20")
"""A Monday within the term of whatever is filed on `MONDAY_MORNING`; its office's day before is Friday."""

REASON = "Lo ordena el Decreto 012 de 2026."


def prepare(office: Office, closure: WrittenClosure = FAIR) -> int:
    """A draft with `closure`; its revision."""
    add_closure(office, ADMINISTRATOR, closure)
    return drafted(office)


def drafted(office: Office) -> int:
    """The revision of the draft."""
    draft = read_calendar(office, ADMINISTRATOR).draft
    assert draft is not None
    return draft.revision


def apply(office: Office, closure: WrittenClosure = FAIR, *, by: Person = ADMINISTRATOR) -> int:
    """Put `closure` in force without moving anything yet; the version's number."""
    return apply_change(office, by, revision=prepare(office, closure), reason=REASON)


def close_a_day(office: Office, closure: WrittenClosure = FAIR) -> int:
    """Put `closure` in force and carry it through; how many dates moved."""
    apply(office, closure)
    return continue_recalculation(office)


def undo(office: Office) -> int:
    """Take back the version in force, and carry it through; how many dates moved."""
    draft_undoing(office, ADMINISTRATOR)
    apply_change(office, ADMINISTRATOR, revision=drafted(office), reason="Se derogó el decreto.")
    return continue_recalculation(office)
