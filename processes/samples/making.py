"""Makes the sample entity in an empty installation, and takes up again where a making was cut."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from processes.common.audit import Act, Actor, record_office_act
from processes.common.errors import Conflict
from processes.common.resources import bpmn_folder
from processes.directory.accounts import NewPerson, create_person, set_password
from processes.directory.founding import found_entity, is_founded
from processes.petitions.office import Office
from processes.petitions.publishing import publish_bundle, read_bundle_folder
from processes.samples.progress import MADE
from processes.samples.san_jacinto import ENTITY, PEOPLE
from processes.samples.stories import STORIES
from processes.samples.telling import tell

MAKER = Actor("system", "muestra")
_PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sample person signs in. The password is kept nowhere else."""

    person: NewPerson
    password: str


def make_sample(office: Office, *, show: Callable[[list[SignIn]], None]) -> None:
    """Make the sample entity up to the present; `show` gets the sign-ins as soon as they are valid.

    A making that was cut is finished: people get new passwords, petitions there already stay.
    Raises Conflict in an installation of a real entity.
    """
    now = office.now()
    if not is_founded(office.engine):
        found_entity(office.engine, ENTITY, by=MAKER, now=now)
    elif not office.entity().demonstration:
        raise Conflict("Esta carpeta tiene una entidad real: no se le agregan datos de muestra.")
    show([_sign_in(office, person, now) for person in PEOPLE])
    publish_bundle(office, read_bundle_folder(bpmn_folder()), published_by=MAKER)
    tell(replace(office, after_commit=_stay_quiet), STORIES, now=now)
    with office.write() as connection:
        record_office_act(connection, Act(MADE, MAKER, {"petitions": len(STORIES)}), at=now)


def new_password() -> str:
    """A password that nobody guesses: 96 bits."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def _sign_in(office: Office, person: NewPerson, now: datetime) -> SignIn:
    password = new_password()
    try:
        create_person(office.engine, person, password=password, by=MAKER, now=now)
    except Conflict:
        set_password(office.engine, person.username, password=password, by=MAKER, now=now)
    return SignIn(person, password)


def _stay_quiet() -> None:
    """The samples deliver their own messages, at their own past instants."""
