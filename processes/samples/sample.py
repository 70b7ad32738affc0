"""What a sample entity is made of, and where each thing that is said of it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from processes.common.calendar import OfficeHours, usual_hours
from processes.directory.accounts import NewPerson
from processes.directory.founding import NewEntity
from processes.directory.lists import Territory, Topic
from processes.petitions.tables import Channel
from processes.samples.wording import Wording

CHANNELS, LEVELS, REPORTING, TARGET = "Canales", "Niveles", "Informes", "Meta interna"
"""Subjects of which the office itself tells what it does."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that the sample says of its entity.

    `source` names the section of the entity's document; empty when the document is silent, and then the
    sample supposes it and says so. `channels` and `reports` are what does it here.
    """

    subject: str
    text: str
    source: str = ""
    channels: tuple[Channel, ...] = ()
    reports: tuple[str, ...] = ()

    @property
    def is_supposed(self) -> bool:
        """Whether the entity's document does not say it."""
        return not self.source


@dataclass(frozen=True, slots=True)
class SampleDepartment:
    """A department, with the section of the document that names it; empty when it is supposed."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Team:
    """A department at work: who answers there and who is its head."""

    department: str
    official: NewPerson
    head: NewPerson


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays which part in the stories.

    `works`, `money` and `care` are the departments that the stories go to: of roads, of taxes and of
    health in a town hall, and what comes nearest in another entity. `custodian` reads identities under
    reserve; `deputy` verifies and closes. Somebody of a small entity may play two parts.
    """

    clerk: NewPerson
    service_head: NewPerson
    deputy: NewPerson
    works: Team
    money: Team
    care: Team
    custodian: NewPerson
    legal: NewPerson
    director: NewPerson
    control: NewPerson
    administrator: NewPerson

    @property
    def people(self) -> tuple[NewPerson, ...]:
        """Everybody, each once, in the order in which their sign-ins are shown."""
        teams = (
            person for team in (self.works, self.money, self.care) for person in (team.official, team.head)
        )
        offices = (self.custodian, self.legal, self.director, self.control, self.administrator)
        return tuple(dict.fromkeys((self.clerk, self.service_head, self.deputy, *teams, *offices)))


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample entity. `document` is the paper that it follows, empty for an invented one.

    `words` are the places that the stories speak of, by the name that their texts give them;
    `invoice_email` is the mailbox for invoices where the document names one.
    """

    key: str
    document: str
    name: str
    city: str
    address: str
    email: str
    phone: str
    departments: tuple[SampleDepartment, ...]
    topics: tuple[Topic, ...]
    territories: tuple[Territory, ...]
    cast: Cast
    wordings: Mapping[str, Wording]
    words: Mapping[str, str]
    traits: tuple[Trait, ...] = ()
    invoice_email: str = ""
    hours: OfficeHours = field(default_factory=usual_hours)

    @property
    def entity(self) -> NewEntity:
        """The entity to be founded; its name says that it is a sample."""
        return NewEntity(
            name=f"{self.name} (muestra)",
            tax_id="800.000.000-0",
            city=self.city,
            address=self.address,
            email=self.email,
            phone=self.phone,
            hours=self.hours,
            demonstration=True,
            departments={each.code: each.name for each in self.departments},
        )
