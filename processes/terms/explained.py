"""A date with all that led to it, as data that pages, JSON and the terminal print alike."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from processes.terms.facts import Fact
from processes.terms.lengths import Term


class DayCount(NamedTuple):
    """One day of a term: counted with its `number`, or skipped without one, and `why`, in Spanish.

    In a term of months `number` is the month that ends that day, or on the working day to which its end
    moves; in one of hours, the whole hours that have gone by when the day ends.
    """

    date: date
    number: int | None
    why: str

    @property
    def counted(self) -> bool:
        """Whether the day counts."""
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Stop:
    """A time in which a term does not run: after the day `after`, up to and including `until`.

    `until` is None while it lasts. `why` is in Spanish, with its norm.
    """

    after: date
    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class ExplainedDate:
    """A due date with all that led to it.

    `days` runs without gaps from `counted_from`, which never counts, to `due_on`, the last one; in a
    term of months it holds where each month ends. `due_at` is the instant, in Bogota, of a term in
    hours. `notes` say what moved the date; `unverified` is what nobody has read yet in the norm.
    """

    counted_from: date
    due_on: date
    rule: Term
    days: tuple[DayCount, ...]
    due_at: datetime | None = None
    notes: tuple[str, ...] = ()
    unverified: tuple[Fact, ...] = ()

    @property
    def filed_on(self) -> date:
        """The day of filing, from which a response term counts."""
        return self.counted_from


def as_json(explained: ExplainedDate) -> dict[str, object]:
    """The same as plain JSON values: dates in ISO, the facts with their mark and source."""
    return {
        "counted_from": explained.counted_from.isoformat(),
        "due_on": explained.due_on.isoformat(),
        "due_at": explained.due_at.isoformat() if explained.due_at else None,
        "term": explained.rule.label,
        "citation": explained.rule.citation,
        "evidence": explained.rule.evidence.value,
        "days": [
            {"date": day.date.isoformat(), "counted": day.counted, "number": day.number, "why": day.why}
            for day in explained.days
        ],
        "notes": list(explained.notes),
        "unverified": [
            {"code": fact.code, "text": fact.text, "evidence": fact.evidence.value, "source": fact.source}
            for fact in explained.unverified
        ],
    }


def sentences(explained: ExplainedDate) -> list[str]:
    """The same as lines of Spanish text: the term, what moved it, each day, what is unverified."""
    due_on, due_at = explained.due_on, explained.due_at
    when = f"{due_at:%d/%m/%Y a las %H:%M}" if due_at else f"{due_on:%d/%m/%Y}"
    return [
        f"Vence el {when}: {explained.rule.label} ({explained.rule.citation}).",
        *explained.notes,
        *(_line(day) for day in explained.days),
        *(f"Por verificar [{fact.evidence.value}]: {fact.text}" for fact in explained.unverified),
    ]


def _line(day: DayCount) -> str:
    mark = "cuenta   " if day.counted else "no cuenta"
    return f"{day.date:%d/%m/%Y}  {mark}  {day.why}"
