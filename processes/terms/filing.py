"""How a petition enters: when it was received, which day counts as its filing, what it asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processes.common.calendar import WorkCalendar, day_in_bogota
from processes.common.errors import Invalid
from processes.terms.clock import AfterHours, filing_date
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit

_LONGEST = {
    TermUnit.HOURS: 8784,
    TermUnit.MONTHS: 12,
    TermUnit.CALENDAR_DAYS: 366,
    TermUnit.WORKING_DAYS: 366,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One numbered request of a petition; each has the term of its own kind."""

    number: int
    kind: PetitionKind


@dataclass(frozen=True, slots=True)
class Filing:
    """The beginning of every clock of a petition.

    `received_at` is the true instant of reception, `filed_on` the day that counts. `fixed` is the term
    that whoever asks fixed. `verbal`: the petitioner spoke, which makes a transfer due at once.
    """

    received_at: datetime
    filed_on: date
    matters: tuple[Matter, ...]
    policy: AfterHours = AfterHours.NEXT_WORKING_DAY
    fixed: Length | None = None
    verbal: bool = False

    @property
    def received_on(self) -> date:
        """The day of reception in Bogota, whatever the office hours."""
        return day_in_bogota(self.received_at)


def filing_of(
    received_at: datetime,
    matters: Sequence[Matter],
    calendar: WorkCalendar,
    *,
    policy: AfterHours = AfterHours.NEXT_WORKING_DAY,
    fixed: Length | None = None,
    verbal: bool = False,
) -> Filing:
    """A petition as it enters.

    Raises Invalid for an instant without zone, no matter, numbers that repeat or begin below 1, or a
    term beyond a year.
    """
    numbers = [matter.number for matter in matters]
    if not numbers or min(numbers) < 1 or len(set(numbers)) < len(numbers):
        raise Invalid(
            "Numere los asuntos de la petición: al menos uno, y cada uno con su número, desde el 1."
        )
    check_fixed(fixed)
    filed_on = filing_date(received_at, calendar, policy)
    return Filing(received_at, filed_on, tuple(matters), policy, fixed, verbal)


def check_fixed(fixed: Length | None) -> None:
    """Raise Invalid for a term longer than a year, or shorter than one of its unit."""
    if fixed is not None and not 1 <= fixed.amount <= _LONGEST[fixed.unit]:
        raise Invalid(
            f"Un término de {fixed.amount} no es posible: escriba entre 1 y {_LONGEST[fixed.unit]}.",
            {"length": "Escriba cuánto tiempo fijó quien pide."},
        )
