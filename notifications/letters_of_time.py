"""Letters that time brings to people of the entity, with no citizen's data: reports, warnings, absences."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from notifications.messages import Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReady(Letter):
    """To a reader: the report of a period is there; with `for_review`, it waits for theirs."""

    template: ClassVar[str] = "report_ready"

    title: str
    period_label: str
    for_review: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circular(Letter):
    """To a director or the head of a department: what must be answered before the report of a fortnight.

    `scope` is the department, or the whole entity for a director; `overdue` and `due` count what is past
    its date and what falls due until `answer_by`, the day before the report of `period_label`.
    """

    template: ClassVar[str] = "circular"

    scope: str
    overdue: int
    due: int
    answer_by: date
    period_label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A petition of a day's warning. `working_days_left` is negative once it is overdue.

    `waits` is for what has no date and presses at once: `due_on` is then the day since when it does.
    """

    filing_number: str
    kind_label: str
    due_on: date
    working_days_left: int
    url: str
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyWarning(Letter):
    """To an official or a head, once a working day: what is overdue and what is due soon, the oldest first.

    `more` counts those that the letter leaves out for its length.
    """

    template: ClassVar[str] = "daily_warning"

    scope: str
    overdue: tuple[DueLine, ...]
    due_soon: tuple[DueLine, ...]
    more: int
    url: str


class SubstitutionNews(StrEnum):
    """Who reads of a substitution, when it is recorded or when it ends before its last day."""

    ABSENT = "absent"
    SUBSTITUTE = "substitute"
    ABSENT_BACK = "absent_back"
    SUBSTITUTE_DONE = "substitute_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstitutionTold(Letter):
    """To somebody who will be away, or to whoever is in their place: between which days, by which act."""

    template: ClassVar[str] = "substitution"

    absent_name: str
    substitute_name: str
    first_on: date
    last_on: date
    act_number: str
    notice: SubstitutionNews
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedLetters(Letter):
    """To a custodian of reserved identities: how many letters on paper a new calendar brought them."""

    template: ClassVar[str] = "reserved_letters"

    letters: int
    url: str


LETTERS_OF_TIME: tuple[type[Letter], ...] = (
    ReportReady,
    Circular,
    DailyWarning,
    SubstitutionTold,
    ReservedLetters,
)
