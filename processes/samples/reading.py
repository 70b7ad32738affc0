"""Sample entities, read from files: who they are, and what people bring them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from processes.common.calendar import OfficeHours, usual_hours
from processes.directory.accounts import NewPerson
from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.entries import CastEntry, EntityEntry, HoursEntry, PersonEntry, TeamEntry
from processes.samples.sample import Cast, Sample, SampleDepartment, Team, Trait
from processes.samples.wording import Wording

_DATA = Path(__file__).parent / "data"
_CUSTODIAN = (Role.IDENTITY_CUSTODIAN, Role.DISCIPLINARY_CONTROL, Role.DEPARTMENT_HEAD, Role.OFFICIAL)


@cache
def read_sample(key: str) -> Sample:
    """The sample entity in the file called `key`. Raises FileNotFoundError; ValueError for a wrong file."""
    entity = EntityEntry.model_validate(_table(_DATA / f"{key}.toml"))
    return Sample(
        key=entity.key,
        document=entity.document,
        name=entity.name,
        city=entity.city,
        address=entity.address,
        email=entity.email,
        phone=entity.phone,
        departments=tuple(SampleDepartment(**dict(each)) for each in entity.departments),
        topics=tuple(Topic(**dict(each)) for each in entity.topics),
        territories=tuple(Territory(**dict(each)) for each in entity.territories),
        cast=_cast(entity.cast, entity.email.partition("@")[2]),
        wordings=_wordings(entity.wordings, entity.told),
        words=MappingProxyType(entity.words),
        traits=tuple(Trait(**dict(each)) for each in entity.traits),
        invoice_email=entity.invoice_email,
        hours=_hours(entity.hours),
    )


def _cast(cast: CastEntry, domain: str) -> Cast:
    return Cast(
        clerk=_person(cast.clerk, domain, Role.FRONT_DESK_CLERK),
        service_head=_person(cast.service_head, domain, Role.CITIZEN_SERVICE_HEAD),
        deputy=_person(cast.deputy or cast.service_head, domain, Role.CITIZEN_SERVICE_HEAD),
        works=_team(cast.works, domain),
        money=_team(cast.money, domain),
        care=_team(cast.care, domain),
        custodian=_person(cast.custodian, domain, *_CUSTODIAN),
        legal=_person(cast.legal, domain, Role.LEGAL_OFFICE),
        director=_person(cast.director, domain, Role.DIRECTOR),
        control=_person(cast.control, domain, Role.INTERNAL_CONTROL),
        administrator=_person(cast.administrator, domain, Role.ADMINISTRATOR, Role.PROCESS_ANALYST),
    )


def _team(team: TeamEntry, domain: str) -> Team:
    if team.head is None:
        both = _person(team.official, domain, Role.OFFICIAL, Role.DEPARTMENT_HEAD, department=team.department)
        return Team(team.department, both, both)
    official = _person(team.official, domain, Role.OFFICIAL, department=team.department)
    head = _person(team.head, domain, Role.DEPARTMENT_HEAD, department=team.department)
    return Team(team.department, official, head)


def _person(person: PersonEntry, domain: str, *roles: Role, department: str | None = None) -> NewPerson:
    return NewPerson(
        username=person.username,
        full_name=person.full_name,
        roles=frozenset(roles),
        email=f"{person.username}@{domain}",
        position=person.position,
        department=department or person.department,
    )


def _wordings(name: str, told: tuple[str, ...]) -> Mapping[str, Wording]:
    """What people bring: that of `name`, what reaches any public body, and who writes each."""
    folder = _DATA / "wordings"
    writers = _table(folder / "petitioners.toml")
    brought = _table(folder / f"{name}.toml") | _table(folder / "anywhere.toml")
    chosen = told or tuple(brought)
    return MappingProxyType({key: Wording(**{**writers.get(key, {}), **brought[key]}) for key in chosen})


def _hours(given: tuple[HoursEntry, ...]) -> OfficeHours:
    spans = {weekday: each.spans for each in given for weekday in each.weekdays}
    return MappingProxyType(spans) if spans else usual_hours()


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
