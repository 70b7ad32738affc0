import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.common.calendar import BOGOTA
from processes.common.database import make_engine
from processes.common.errors import Conflict, Invalid
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.accounts import sign_in
from processes.directory.founding import NewEntity, found_entity
from processes.directory.on_call import read_roster
from processes.directory.roles import Role
from processes.petitions.absences import SubstitutionState, list_substitutions
from processes.petitions.duty_list import list_duties
from processes.petitions.invariants import violations
from processes.petitions.office import Office, open_office
from processes.petitions.paper import list_letters
from processes.petitions.publications import list_publications
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import INCIDENTS, PETITIONS
from processes.petitions.timeline import read_timeline
from processes.samples import reading
from processes.samples.acts import as_person
from processes.samples.entities import KEYS, sample_of
from processes.samples.making import SignIn, make_sample
from processes.samples.progress import sample_is_unfinished
from processes.samples.sample import Sample
from processes.samples.stories import stories_of
from processes.samples.telling import tell
from processes.terms.clock import opening_instant
from tests.builders.office import MONDAY_MORNING, HandClock, publish_procedure
from tests.builders.samples import SAN_JACINTO, Made, a_short_sample, an_empty_office

WORDINGS = Path(reading.__file__).parent / "data" / "wordings"
SAMPLES = tuple(map(sample_of, KEYS))
STORIES = stories_of(SAN_JACINTO)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with a_short_sample(tmp_path_factory.mktemp("home")) as sample:
        yield sample


@pytest.fixture
def empty_office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with an_empty_office(database_url, tmp_path) as office:
        yield office


def _say_nothing(_: list[SignIn]) -> None:
    pass


def _petitions(office: Office) -> list[sa.RowMapping]:
    with office.read() as connection:
        return list(connection.execute(sa.select(PETITIONS).order_by(PETITIONS.c.id)).mappings())


def test_the_short_sample_shows_petitions_at_most_steps_and_breaks_no_invariant(made: Made) -> None:
    petitions = _petitions(made.office)

    assert not sample_is_unfinished(made.office.engine)
    assert {row["status"] for row in petitions} == {
        "filed",
        "in_distribution",
        "assigned",
        "in_progress",
        "notified",
        "closed",
    }
    assert all(row["sample"] for row in petitions)
    assert violations(made.office) == []


@pytest.mark.parametrize("sample", SAMPLES[1:], ids=lambda sample: sample.key)
def test_each_entity_of_a_document_shows_petitions_in_every_state_and_tells_each_act_in_words(
    sqlite_url: str, tmp_path: Path, sample: Sample
) -> None:
    with an_empty_office(sqlite_url, tmp_path) as office:
        make_sample(office, key=sample.key, show=_say_nothing)

        petitions = _petitions(office)
        assert office.entity().name == f"{sample.name} (muestra)"
        assert {row["status"] for row in petitions} == {status.value for status in PetitionStatus}
        assert {row["term_state"] for row in petitions} == {"running", "extended", "suspended"}
        with office.read() as connection:
            assert len(read_roster(connection)) == 3
            assert connection.scalar(sa.select(sa.func.count()).select_from(INCIDENTS)) == 0
            lines = [line for row in petitions for line in read_timeline(connection, row["filing_number"])]
        assert {line.text for line in lines if re.fullmatch(r"[a-z_]+", line.text)} == set()
        _shows_what_time_and_paper_bring(office, sample)
        assert violations(office) == []


def _shows_what_time_and_paper_bring(office: Office, sample: Sample) -> None:
    """An absence, a duty, letters at the desk, a published answer, and somebody told on each rung."""
    cast = sample.cast
    (leave,) = list_substitutions(office, as_person(cast.service_head))
    assert leave.state is SubstitutionState.HOLDS
    (appeal,) = list_duties(office, as_person(cast.legal))
    assert appeal.label == "Decidir el recurso"
    assert {letter.reserved for letter in list_letters(office, as_person(cast.clerk)).items} == {False}
    assert {letter.reserved for letter in list_letters(office, as_person(cast.custodian)).items} == {True}
    assert len(list_publications(office).items) == 1
    teams = (cast.works, cast.money, cast.care)
    with office.read() as connection:
        told = set(
            connection.scalars(sa.select(MESSAGES.c.person).where(MESSAGES.c.template == "escalation"))
        )
    assert told & {team.official.username for team in teams}
    assert told & {team.head.username for team in teams}
    assert {cast.service_head.username, cast.director.username} <= told


def test_one_sample_petition_is_overdue_and_escalated_to_the_end(made: Made) -> None:
    today = MONDAY_MORNING.astimezone(BOGOTA).date()
    overdue = [row for row in _petitions(made.office) if row["due_on"] < today and row["sent_at"] is None]
    assert len(overdue) == 1
    with made.office.read() as connection:
        escalated = sa.select(MESSAGES.c.recipient).where(
            MESSAGES.c.template == "escalation", MESSAGES.c.stream == overdue[0]["filing_number"]
        )
        told = [
            recipient.partition("@")[0] for recipient in connection.scalars(escalated.order_by(MESSAGES.c.id))
        ]
    # Nobody has taken it: the head of the department is told in the place of the official.
    assert told == ["marta.solano", "marta.solano", "lucia.mendez", "elena.vargas"]


def test_a_sample_petition_escalates_when_the_office_opens_next(made: Made) -> None:
    calendar = made.office.entity().calendar
    next_day = calendar.next_working_day(MONDAY_MORNING.astimezone(BOGOTA).date())
    subject = SAN_JACINTO.wordings["potholes"].placed(SAN_JACINTO.words).subject
    potholes = next(row for row in _petitions(made.office) if row["subject"] == subject)
    assert potholes["next_wake_at"] == opening_instant(next_day, calendar)


def test_a_sample_is_refused_where_another_one_lives(empty_office: Office) -> None:
    found_entity(empty_office.engine, SAN_JACINTO.entity, by=SYSTEM, now=MONDAY_MORNING)

    with pytest.raises(Conflict, match=r"ya está Alcaldía de San Jacinto del Río .* --entity pereira"):
        make_sample(empty_office, key="pereira", show=_say_nothing)
    with pytest.raises(Invalid, match=r"«medellin»\. Las que hay: san-jacinto, manizales"):
        make_sample(empty_office, key="medellin", show=_say_nothing)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_nobody_of_a_sample_can_be_written_to(sample: Sample) -> None:
    addresses = [sample.email, *(person.email for person in sample.cast.people)]
    addresses += [wording.reply_to for wording in sample.wordings.values() if "@" in wording.reply_to]

    assert [address for address in addresses if not address.endswith(".example")] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_a_sample_has_people_of_every_role_and_names_no_department_that_it_lacks(sample: Sample) -> None:
    departments = {department.code for department in sample.departments}
    topics = {topic.code for topic in sample.topics}

    assert {role for person in sample.cast.people for role in person.roles} == set(Role)
    assert {person.department for person in sample.cast.people} - {None} <= departments
    assert {topic.department for topic in sample.topics} - {None} <= departments
    assert {wording.topic for wording in sample.wordings.values()} - {""} <= topics


def test_nobody_is_written_down_who_brings_nothing() -> None:
    written = set(tomllib.loads((WORDINGS / "petitioners.toml").read_text(encoding="utf-8")))

    assert written <= {key for sample in SAMPLES for key in sample.wordings}


def test_every_sample_person_signs_in_with_the_password_that_was_shown(made: Made) -> None:
    assert [each.person for each in made.shown] == list(SAN_JACINTO.cast.people)
    for each in made.shown:
        signed_in = sign_in(
            made.office.engine,
            each.person.username,
            each.password,
            real_now=real_now(),
            lasting=timedelta(hours=1),
        )
        assert signed_in.person.roles == each.person.roles


def test_sample_letters_are_shown_in_a_private_file_and_never_mailed(made: Made) -> None:
    with made.office.read() as connection:
        statuses = set(connection.scalars(sa.select(MESSAGES.c.status)))
        late = sa.select(sa.func.count()).where(MESSAGES.c.sent_at != MESSAGES.c.created_at)
        assert connection.scalar(late) == 0
    assert statuses == {MessageStatus.SENT.value}
    mail = made.office.settings.home / "mail.log"
    assert mail.stat().st_mode & 0o077 == 0
    assert "Para: rafael.cantillo@correo.example" in mail.read_text(encoding="utf-8")


def test_a_making_that_was_cut_is_finished_without_doubling_anything(empty_office: Office) -> None:
    def cut(_: list[SignIn]) -> None:
        raise KeyboardInterrupt

    shown: list[SignIn] = []
    with pytest.raises(KeyboardInterrupt):
        make_sample(empty_office, show=cut)
    publish_procedure(empty_office, bpmn_folder())
    tell(empty_office, SAN_JACINTO, STORIES[:3], now=MONDAY_MORNING)
    assert sample_is_unfinished(empty_office.engine)

    make_sample(empty_office, show=shown.extend)

    assert sorted(row["subject"] for row in _petitions(empty_office)) == sorted(
        story.form["subject"] for story in STORIES
    )
    assert len(shown) == len(SAN_JACINTO.cast.people)
    assert violations(empty_office) == []


def test_a_real_entity_gets_no_sample(empty_office: Office) -> None:
    found_entity(empty_office.engine, NewEntity("Alcaldía real"), by=SYSTEM, now=MONDAY_MORNING)

    assert not sample_is_unfinished(empty_office.engine)
    with pytest.raises(Conflict, match="entidad real"):
        make_sample(empty_office, show=_say_nothing)


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 1, 2, 14, tzinfo=UTC),
        pytest.param(datetime(2026, 4, 5, 3, tzinfo=UTC), marks=pytest.mark.long),
        pytest.param(datetime(2027, 7, 20, 22, tzinfo=UTC), marks=pytest.mark.long),
    ],
    ids=["just after New Year", "a Saturday night in Holy Week", "a holiday"],
)
def test_the_sample_can_be_made_on_any_day(sqlite_url: str, tmp_path: Path, day: datetime) -> None:
    engine = make_engine(sqlite_url)
    office = open_office(Settings(home=tmp_path), clock=HandClock(day), engine=engine)

    make_sample(office, show=_say_nothing)

    assert all(row["received_at"] < day and row["entered_at"] < day for row in _petitions(office))
    assert violations(office) == []
    engine.dispose()
