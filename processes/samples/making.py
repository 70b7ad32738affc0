"""Makes a sample entity in an empty installation, and takes up again where a making was cut."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from processes.common.audit import Act, Actor, record_office_act
from processes.common.errors import Conflict
from processes.common.resources import bpmn_folder
from processes.directory.accounts import NewPerson, create_person, set_password
from processes.directory.founding import found_entity, is_founded
from processes.directory.lists import put_territory, put_topic
from processes.directory.on_call import Turn, replace_roster
from processes.petitions.form_lists import save_contacts
from processes.petitions.office import Office
from processes.petitions.publishing import publish_bundle, read_bundle_folder
from processes.samples.acts import as_person
from processes.samples.entities import sample_named, sample_of
from processes.samples.progress import MADE
from processes.samples.sample import Sample
from processes.samples.stories import stories_of
from processes.samples.telling import tell

MAKER = Actor("system", "muestra")
_PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sample person signs in. The password is kept nowhere else."""

    person: NewPerson
    password: str


def make_sample(office: Office, *, key: str = "", show: Callable[[list[SignIn]], None]) -> None:
    """Make the sample entity called `key` up to the present; `show` gets the sign-ins once they are valid.

    Without a key it is the one that is there already, else the short one. A making that was cut is
    finished: people get new passwords, petitions there already stay. Raises Conflict in an
    installation of another entity, Invalid for a key that no sample has.
    """
    now = office.now()
    sample = check_place(office, key) or sample_of(key)
    if not is_founded(office.engine):
        found_entity(office.engine, sample.entity, by=MAKER, now=now)
    sign_ins = [_sign_in(office, person, now) for person in sample.cast.people]
    _furnish(office, sample)
    show(sign_ins)
    publish_bundle(office, read_bundle_folder(bpmn_folder()), published_by=MAKER)
    stories = stories_of(sample)
    tell(replace(office, after_commit=_stay_quiet), sample, stories, now=now)
    with office.write() as connection:
        made = Act(MADE, MAKER, {"petitions": len(stories), "sample": sample.key})
        record_office_act(connection, made, at=now)


def check_place(office: Office, key: str) -> Sample | None:
    """The sample that lives in this installation, None in an empty one.

    Raises Conflict when a real entity lives here, or a sample other than `key`; an empty key asks for none.
    """
    if not is_founded(office.engine):
        return None
    here = office.entity()
    found = sample_named(here.name)
    if not here.demonstration or found is None:
        raise Conflict("Esta carpeta tiene una entidad real: no se le agregan datos de muestra.")
    if key and sample_of(key) is not found:
        raise Conflict(
            f"En {office.settings.home} ya está {here.name}. Para otra entidad de muestra use otra carpeta, "
            f"por ejemplo: VENTANILLA_HOME=muestra-{key} ventanilla demo --entity {key}"
        )
    return found


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


def _furnish(office: Office, sample: Sample) -> None:
    """The lists of its form, and who is on call: the heads of the departments, then the director."""
    on_call = (sample.cast.works.head, sample.cast.money.head, sample.cast.director)
    with office.write() as connection:
        for topic in sample.topics:
            put_topic(connection, topic)
        for territory in sample.territories:
            put_territory(connection, territory)
        replace_roster(connection, (Turn(each.username, turn) for turn, each in enumerate(on_call, 1)))
    if sample.invoice_email:
        keeper = as_person(sample.cast.administrator)
        phone = office.entity().emergency_phone
        save_contacts(office, keeper, emergency_phone=phone, invoice_email=sample.invoice_email)
    office.entities.forget_current()


def _stay_quiet() -> None:
    """The samples deliver their own messages, at their own past instants."""
