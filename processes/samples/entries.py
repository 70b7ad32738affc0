"""What a file of a sample entity holds; a key that nobody reads is refused."""

from datetime import time

from pydantic import BaseModel, ConfigDict, field_validator

from processes.petitions.tables import Channel
from processes.reports.definitions import REPORTS


class Entry(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonEntry(Entry):
    """Somebody of the entity; their address is at its own, invented domain."""

    username: str
    full_name: str
    position: str
    department: str | None = None


class TeamEntry(Entry):
    """Who answers in a department and who is its head; without a `head` the official is both."""

    department: str
    official: PersonEntry
    head: PersonEntry | None = None


class CastEntry(Entry):
    """Who plays which part; without a `deputy` the head of citizen service verifies and closes too."""

    clerk: PersonEntry
    service_head: PersonEntry
    deputy: PersonEntry | None = None
    works: TeamEntry
    money: TeamEntry
    care: TeamEntry
    custodian: PersonEntry
    legal: PersonEntry
    director: PersonEntry
    control: PersonEntry
    administrator: PersonEntry


class HoursEntry(Entry):
    """When the office is open on some weekdays; 0 is Monday."""

    weekdays: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]


class DepartmentEntry(Entry):
    """A department; `source` is the section of the document that names it."""

    code: str
    name: str
    source: str = ""


class TopicEntry(Entry):
    """A topic of the form, with the code of the department suggested for it."""

    code: str
    name: str
    department: str | None = None


class TerritoryEntry(Entry):
    """A part of the territory."""

    code: str
    name: str


class TraitEntry(Entry):
    """Something said of the entity, with the section of the document that says it and what does it here."""

    subject: str
    text: str
    source: str = ""
    channels: tuple[Channel, ...] = ()
    reports: tuple[str, ...] = ()

    @field_validator("reports")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        unknown = set(names) - REPORTS.keys()
        if unknown:
            message = f"no such report: {', '.join(sorted(unknown))}"
            raise ValueError(message)
        return names


class EntityEntry(Entry):
    """A file of `data/`. `wordings` names what people bring; `told` chooses some of it, all where empty."""

    key: str
    document: str = ""
    name: str
    city: str
    address: str
    email: str
    invoice_email: str = ""
    phone: str
    wordings: str
    told: tuple[str, ...] = ()
    departments: tuple[DepartmentEntry, ...]
    topics: tuple[TopicEntry, ...]
    territories: tuple[TerritoryEntry, ...]
    words: dict[str, str]
    hours: tuple[HoursEntry, ...] = ()
    cast: CastEntry
    traits: tuple[TraitEntry, ...]
