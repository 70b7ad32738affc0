"""From the instant of reception to the date of the answer, with every day accounted for."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from processes.common.calendar import BOGOTA, WorkCalendar, day_in_bogota
from processes.common.errors import Invalid
from processes.terms.counting import last_day, last_instant
from processes.terms.explained import DayCount, ExplainedDate
from processes.terms.explaining import explain
from processes.terms.holidays import CALENDAR_YEARS
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.norms import TermRule
from processes.terms.office import THRESHOLDS
from processes.terms.rules import later_rules, rule_for

__all__ = [
    "AfterHours",
    "DayCount",
    "DueStatus",
    "ExplainedDate",
    "check_year",
    "due_status",
    "end_of_term",
    "filing_date",
    "governing_rule",
    "in_bogota",
    "internal_target",
    "opening_instant",
    "response_due_on",
    "response_term",
    "working_days_left",
]

FILING_DAY = "Día de la radicación: el término empieza el día siguiente"


class AfterHours(StrEnum):
    """What an entity does with a petition that arrives when the office is closed.

    The norms leave room for both readings, so each entity chooses and prints its reason.
    """

    NEXT_WORKING_DAY = "next_working_day"
    AS_RECEIVED = "as_received"

    @property
    def reason(self) -> str:
        """Why, in Spanish, with its norms."""
        return _AFTER_HOURS_REASONS[self]


_AFTER_HOURS_REASONS = {
    AfterHours.NEXT_WORKING_DAY: (
        "Lo que llega fuera del horario de atención o en un día no hábil se entiende radicado el "
        "día hábil siguiente (Ley 1437 de 2011, artículo 54; Consejo de Estado, expediente 27219 "
        "de 2024)."
    ),
    AfterHours.AS_RECEIVED: (
        "La fecha de radicación es la del día en que el medio electrónico recibió la petición "
        "(Ley 1437 de 2011, artículo 15, parágrafo 1)."
    ),
}


class DueStatus(StrEnum):
    """Where a petition without an answer stands against a date."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


def filing_date(
    received_at: datetime,
    calendar: WorkCalendar,
    policy: AfterHours = AfterHours.NEXT_WORKING_DAY,
) -> date:
    """The day, in Bogota, that counts as the day of filing.

    By default what arrives after closing, or on a non-working day, is filed on the next working
    day; the closing minute is still inside, and before opening or in a noon pause it is the same
    day (`AfterHours` holds the norms). Day one of a term is the working day after it.
    Raises Invalid for an instant without a time zone or outside the years of the calendar.
    """
    local = in_bogota(received_at)
    if policy is AfterHours.AS_RECEIVED or _before_closing(local, calendar):
        return local.date()
    return calendar.next_working_day(local.date())


def response_term(
    kind: PetitionKind,
    filed_on: date,
    calendar: WorkCalendar,
    *,
    fixed: Length | None = None,
    received_at: datetime | None = None,
) -> ExplainedDate:
    """The last day to answer a petition of `kind` filed on `filed_on`, and how it was counted.

    Counted from the day after filing (Ley 1437 de 2011, artículo 14), working days alone (Ley 4 de
    1913, artículo 62). The law of the filing day governs to the end (Ley 153 de 1887, artículo 40)
    unless a later one reaches the petitions in progress (Decreto 491 de 2020, artículo 5). `fixed` is
    the term that whoever asks fixed; a term in hours runs from `received_at`, or from the first
    minute of `filed_on` when nobody wrote it down.
    Raises Invalid when no term was in force or the day lies outside the years of the calendar.
    """
    term = governing_rule(kind, filed_on, calendar).term(fixed)
    start = received_at or datetime.combine(filed_on, time.min, BOGOTA)
    return explain(term, filed_on, calendar, why_start=FILING_DAY, started_at=start)


def response_due_on(
    kind: PetitionKind,
    filed_on: date,
    calendar: WorkCalendar,
    *,
    fixed: Length | None = None,
    received_at: datetime | None = None,
) -> date:
    """Only the date of `response_term`, at a tenth of its cost; for lists and sweeps."""
    length = governing_rule(kind, filed_on, calendar).term(fixed).length
    if length.unit is TermUnit.HOURS:
        start = received_at or datetime.combine(filed_on, time.min, BOGOTA)
        return last_instant(start, length.amount).date()
    return last_day(filed_on, length, calendar)


def governing_rule(kind: PetitionKind, filed_on: date, calendar: WorkCalendar) -> TermRule:
    """The rule of the filing day, or the later one that reached the petition while it ran."""
    check_year(filed_on)
    rule = rule_for(kind, filed_on)
    for later in later_rules(kind, filed_on):
        if rule.length and later.valid_from <= last_day(filed_on, rule.length, calendar):
            rule = later
    return rule


def internal_target(
    due_on: date,
    calendar: WorkCalendar,
    *,
    working_days: int = THRESHOLDS.internal_target_working_days,
) -> date:
    """The stricter date that the office sets itself: usually the working day before `due_on`.

    It is also the due date of those who read the after-hours norms the strict way.
    """
    return calendar.add_working_days(due_on, -working_days)


def working_days_left(due_on: date, today: date, calendar: WorkCalendar) -> int:
    """Working days after `today` up to and including `due_on`; negative once it has passed.

    Zero on the due day itself, and on the non-working days right after it.
    """
    return calendar.working_days_between(today, due_on)


def due_status(
    due_on: date,
    today: date,
    calendar: WorkCalendar,
    *,
    due_soon_working_days: int = THRESHOLDS.due_soon_working_days,
) -> DueStatus:
    """The traffic light of a petition without an answer; the due day itself is not overdue."""
    if today > due_on:
        return DueStatus.OVERDUE
    if working_days_left(due_on, today, calendar) <= due_soon_working_days:
        return DueStatus.DUE_SOON
    return DueStatus.ON_TRACK


def opening_instant(day: date, calendar: WorkCalendar) -> datetime:
    """When the office opens on the working day `day`, aware, in UTC: nobody is woken at midnight.

    Raises ValueError on a day without office hours.
    """
    return datetime.combine(day, calendar.opening_time(day), BOGOTA).astimezone(UTC)


def end_of_term(due_on: date) -> datetime:
    """The first instant outside a term: midnight at the end of its last day, aware, in UTC.

    Ley 4 de 1913, artículos 59 y 60.
    """
    return datetime.combine(due_on + timedelta(days=1), time.min, BOGOTA).astimezone(UTC)


def _before_closing(local: datetime, calendar: WorkCalendar) -> bool:
    day = local.date()
    if not calendar.is_working_day(day):
        return False
    last_minute = max(closes for _, closes in calendar.hours[day.weekday()])
    return local.time().replace(second=0, microsecond=0) <= last_minute


def in_bogota(instant: datetime, what: str = "La fecha y hora de recepción") -> datetime:
    """The same instant in Bogota.

    Raises Invalid for one without a time zone or outside the years of the calendar.
    """
    if instant.tzinfo is None:
        raise Invalid(
            f"{what} no dice su zona horaria. Escríbala completa, por ejemplo 2026-02-03T16:59:00-05:00.",
            {"received_at": "Falta la zona horaria."},
        )
    check_year(day_in_bogota(instant))
    return instant.astimezone(BOGOTA)


def check_year(day: date) -> None:
    """Raise Invalid for a day outside the years of the calendar."""
    if day.year not in CALENDAR_YEARS:
        raise Invalid(
            f"La fecha {day.isoformat()} está fuera de los años que el calendario conoce "
            f"({CALENDAR_YEARS[0]} a {CALENDAR_YEARS[-1]}). Revísela.",
        )
