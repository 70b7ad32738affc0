"""How long a term is, in the unit that its norm uses, and how certain the norm is."""

from dataclasses import dataclass
from enum import StrEnum


class TermUnit(StrEnum):
    """How a term is counted (Ley 4 de 1913, artículos 59 a 62)."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    HOURS = "hours"


_WORDS = {
    TermUnit.WORKING_DAYS: ("día hábil", "días hábiles"),
    TermUnit.CALENDAR_DAYS: ("día calendario", "días calendario"),
    TermUnit.MONTHS: ("mes", "meses"),
    TermUnit.HOURS: ("hora", "horas"),
}


class Evidence(StrEnum):
    """How certain the rule is; anything but A is shown to an administrator as "por verificar"."""

    NORM_READ = "A"
    SECONDARY_SOURCE = "B"
    UNCONFIRMED = "C"


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, months or hours. Zero days end the day they start: "de inmediato"."""

    amount: int
    unit: TermUnit = TermUnit.WORKING_DAYS

    @property
    def label(self) -> str:
        """The length in words: "15 días hábiles"."""
        if self.amount == 0:
            return "de inmediato"
        one, many = _WORDS[self.unit]
        return f"1 {one}" if self.amount == 1 else f"{self.amount} {many}"


@dataclass(frozen=True, slots=True)
class Term:
    """A length, the norm that gives it and how certain that is."""

    length: Length
    citation: str
    evidence: Evidence = Evidence.NORM_READ
    facts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The length in words: "15 días hábiles"."""
        return self.length.label
