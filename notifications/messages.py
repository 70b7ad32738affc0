"""The letters of the office: one frozen class for each template, with the values that it needs.

`compose(letter)` renders one; the class is the declaration of the template's context, so a missing
value is found by the type checker and not by a citizen.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from notifications.letter import Letter, Letterhead
from notifications.notices import CitizenNotice, OfficeNotice
from notifications.render import Rendered, render

__all__ = [
    "LETTERS",
    "LONGEST_SHORT_MESSAGE",
    "Acknowledgement",
    "Answer",
    "Assigned",
    "CalendarChanged",
    "CitizenActed",
    "CitizenNotice",
    "DueDateMoved",
    "Escalation",
    "LegalNotice",
    "Letter",
    "Letterhead",
    "NoticeOf",
    "OfficeNotice",
    "Signatory",
    "compose",
    "compose_short",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Letter):
    """To the citizen: the petition was filed (Ley 1437 de 2011, artículos 15 and 61).

    `received_at` is when it arrived, `filed_on` the day that counts; where they differ
    `filing_reason` says why, in a sentence with its norm. `term_label` is the length of the term
    ("15 días hábiles"), `citation` its norm. `attachments` are the kinds of the files received,
    one for each ("PDF", "JPG"), never the names that the citizen gave them. `tracking_url` asks for
    number and code and must not hold the code. The text of the petition is not repeated: anybody
    may type any address into the form. What came in and is no petition has no date to be answered by
    (`is_petition`). `emergency_numbers` are for whoever marked a danger to life; empty otherwise.
    """

    template: ClassVar[str] = "acknowledgement"

    petitioner_name: str | None
    filing_number: str
    tracking_code: str
    received_at: datetime
    filed_on: date
    filing_reason: str
    kind_label: str
    due_on: date
    term_label: str
    citation: str
    attachments: tuple[str, ...]
    tracking_url: str
    is_petition: bool = True
    emergency_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signs an answer."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Letter):
    """To the citizen: the answer, with the number under which it leaves.

    `text` is plain text in paragraphs; `attachments` are the names of the office's files, to be
    fetched at `tracking_url`. `is_consultation` adds the note of Ley 1437 de 2011, artículo 28.
    `complements` is the number of the earlier answer that this one completes; empty for the first.
    """

    template: ClassVar[str] = "answer"

    petitioner_name: str | None
    filing_number: str
    filed_on: date
    outgoing_number: str
    text: str
    attachments: tuple[str, ...]
    is_consultation: bool
    signatories: tuple[Signatory, ...]
    complements: str
    department: str
    tracking_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Letter):
    """To a department: a petition is now in its hands. Holds no data of the citizen.

    `internal_target_on` is the stricter date that the office sets itself; `priority_reason` is
    empty or a sentence that says why this one goes first.
    """

    template: ClassVar[str] = "assigned"

    filing_number: str
    kind_label: str
    department: str
    due_on: date
    internal_target_on: date
    term_label: str
    citation: str
    priority_reason: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Letter):
    """To a chief: a petition of theirs nears its date, or has passed it. No data of the citizen.

    `official_name` is None while nobody has taken the task. `working_days_left` counts the working
    days after `today` up to `due_on`; it is read only while `today` is before it. `rung` is the step of
    the ladder by which its reader is told ("official", "department_head"); empty in older letters.
    `came_back`: it was answered in time or not, did not solve it, and is worked on again. `new_terms` counts
    the acts that gave it another term (an extension, another kind, what the citizen completed).
    """

    template: ClassVar[str] = "escalation"

    filing_number: str
    kind_label: str
    department: str
    official_name: str | None
    due_on: date
    today: date
    working_days_left: int
    url: str
    rung: str = ""
    came_back: bool = False
    new_terms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateMoved(Letter):
    """To the citizen: the date that they were told has moved, because the days that count have changed.

    `changes` are sentences, one for each change of the calendar, with its act.
    """

    template: ClassVar[str] = "due_date_moved"

    petitioner_name: str | None
    filing_number: str
    due_before: date
    due_on: date
    changes: tuple[str, ...]
    tracking_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Letter):
    """To an official or a chief, once for a change: how many petitions of theirs have another date.

    `scope` says which ones, as it stands after "peticiones". Holds no data of any citizen.
    """

    template: ClassVar[str] = "calendar_changed"

    moved: int
    scope: str
    changes: tuple[str, ...]
    url: str


class NoticeOf(StrEnum):
    """What a legal notice tells; each has its words in `templates/legal_notice/words/`."""

    APPEAL_DECIDED = "appeal_decided"
    APPEALED = "appealed"
    ARCHIVED_UNCLEAR = "archived_unclear"
    CLARIFIED = "clarified"
    COMPLETED = "completed"
    COMPLETION_EXTENSION_ASKED = "completion_extension_asked"
    COMPLETION_REQUESTED = "completion_requested"
    CONTINUED_EX_OFFICIO = "continued_ex_officio"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    EXTENSION_TOLD = "extension_told"
    INSISTED = "insisted"
    NEGATIVE_SILENCE = "negative_silence"
    NUMBER_CANCELLED = "number_cancelled"
    PORTAL_FAILED = "portal_failed"
    POSITIVE_SILENCE = "positive_silence"
    RECEIVED_BY_COMPETENT = "received_by_competent"
    RECLASSIFIED = "reclassified"
    REFUSED_BY_RESERVE = "refused_by_reserve"
    REJECTED_DISRESPECTFUL = "rejected_disrespectful"
    RETURNED_UNCLEAR = "returned_unclear"
    TRANSFERRED_IN = "transferred_in"
    TRANSFERRED_OUT = "transferred_out"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalNotice(Letter):
    """To the citizen: something moved the time to answer, or ended the petition.

    `text` is what the office says in its own words (what is missing, the motivation). `until` is the
    last day of what the citizen, or another body, may do now, and `until_citation` its norm; None
    where there is none. `due_on` (or `due_at`, for terms in hours) is when the answer falls due,
    `total_label` the length of its term and `citation` its norm. `matters` are the numbered requests
    that it concerns, `still_open` whether others stay with this entity. `authority` is the body that
    it went to or came from.
    """

    template: ClassVar[str] = "legal_notice"

    event: NoticeOf
    petitioner_name: str | None
    filing_number: str
    kind_label: str
    text: str
    act_number: str
    authority: str
    matters: tuple[str, ...]
    still_open: bool
    until: date | None
    until_citation: str
    due_on: date
    due_at: datetime | None
    total_label: str
    citation: str
    tracking_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenActed(Letter):
    """To whoever must know in the entity: the citizen did something that the law gives an effect.

    `act_label` names it; what the citizen wrote stays on the petition's page. `ended`: the act ended
    the petition. `still_to_answer`: its answer is still due on `due_on`; otherwise the act came after
    the answer or the end, and only this letter tells of it. Holds no data of the citizen.
    """

    template: ClassVar[str] = "citizen_acted"

    filing_number: str
    act_label: str
    kind_label: str
    department: str
    ended: bool
    still_to_answer: bool
    due_on: date
    citation: str
    url: str


LONGEST_SHORT_MESSAGE = 480
"""Characters of a short message: three parts of a concatenated SMS."""

LETTERS: tuple[type[Letter], ...] = (
    Acknowledgement,
    Answer,
    Assigned,
    Escalation,
    LegalNotice,
    CitizenActed,
    DueDateMoved,
    CalendarChanged,
    CitizenNotice,
    OfficeNotice,
)


def compose_short(letter: Letter) -> str:
    """The letter as a short message: one line, its subject and the link to what it tells of."""
    subject, url = render(letter.template, asdict(letter)).subject, getattr(letter, "url", "")
    room = LONGEST_SHORT_MESSAGE - len(url) - 1
    line = subject if len(subject) <= room else f"{subject[: room - 1].rstrip()}…"
    return f"{line} {url}".strip()


def compose(letter: Letter) -> Rendered:
    """The letter, written. Raises RenderError for a value of the wrong type."""
    return render(letter.template, asdict(letter))
