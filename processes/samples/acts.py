"""What people do in a sample's stories: each act calls the service that their page would call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Protocol

from processes.directory.accounts import NewPerson
from processes.directory.people import Person
from processes.petitions.inbox import list_work_items
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.office import Office
from processes.petitions.surveys import answer_survey, replies_in
from processes.petitions.voiding import void_petition
from processes.petitions.work import claim, complete, save_draft
from processes.terms.events import LegalEventKind


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time, so many working days before the next working day; 1 is today, or the last one."""

    working_days_before: int
    at: time


@dataclass(frozen=True, slots=True)
class Filed:
    """A petition of a story, once it was filed: where its acts are done."""

    office: Office
    filing_number: str
    tracking_code: str


class StoryAct(Protocol):
    """Something that somebody does at a moment."""

    @property
    def when(self) -> Moment:
        """When it is done."""

    def play(self, petition: Filed) -> None:
        """Do it through the service of its page."""


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A person completes a task of the diagram with the values of its form."""

    when: Moment
    who: NewPerson
    element: str
    values: Mapping[str, object] = field(default_factory=dict)

    def play(self, petition: Filed) -> None:
        """Complete it."""
        person, number = as_person(self.who), petition.filing_number
        complete(petition.office, person, number, _open_task(petition, person, self.element), self.values)


@dataclass(frozen=True, slots=True)
class TaskTaken:
    """A person takes a task and leaves a draft in it."""

    when: Moment
    who: NewPerson
    element: str
    draft: Mapping[str, object] = field(default_factory=dict)

    def play(self, petition: Filed) -> None:
        """Take it, and keep the draft."""
        person, number = as_person(self.who), petition.filing_number
        task = _open_task(petition, person, self.element)
        claim(petition.office, person, number, task)
        if self.draft:
            save_draft(petition.office, person, number, task, self.draft)


@dataclass(frozen=True, slots=True)
class ActDone:
    """A person does a legal act from the petition's page."""

    when: Moment
    who: NewPerson
    act: LegalAct

    def play(self, petition: Filed) -> None:
        """Do it; it is told by mail where the law wants it told."""
        record_legal_act(petition.office, as_person(self.who), petition.filing_number, self.act)


@dataclass(frozen=True, slots=True)
class CitizenDid:
    """The citizen acts on the tracking page, with number and code."""

    when: Moment
    kind: LegalEventKind
    text: str = ""

    def play(self, petition: Filed) -> None:
        """Do it."""
        number, code = petition.filing_number, petition.tracking_code
        record_citizen_act(petition.office, number, code, kind=self.kind, text=self.text)


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """The citizen answers the survey, with number and code."""

    when: Moment
    replies: Mapping[str, str]

    def play(self, petition: Filed) -> None:
        """Answer it."""
        number, code = petition.filing_number, petition.tracking_code
        answer_survey(petition.office, number, code, replies_in(self.replies))


@dataclass(frozen=True, slots=True)
class NumberVoided:
    """The head of citizen service cancels a number given by mistake."""

    when: Moment
    who: NewPerson
    reason: str

    def play(self, petition: Filed) -> None:
        """Cancel it."""
        void_petition(petition.office, as_person(self.who), petition.filing_number, reason=self.reason)


def as_person(new: NewPerson) -> Person:
    """The sample person as the services know one."""
    return Person(new.username, new.full_name, new.roles, new.department, new.position)


def _open_task(petition: Filed, person: Person, element: str) -> int:
    items = list_work_items(petition.office, person).items
    return next(
        item.task
        for item in items
        if item.filing_number == petition.filing_number and item.element == element
    )
