from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.audit import SYSTEM
from processes.common.calendar import BOGOTA
from processes.common.database import make_engine
from processes.common.errors import Conflict
from processes.common.office_clock import real_now
from processes.common.outbox import MESSAGES, MessageStatus
from processes.common.resources import bpmn_folder
from processes.common.settings import Settings
from processes.directory.accounts import sign_in
from processes.directory.founding import NewEntity, found_entity
from processes.petitions.invariants import violations
from processes.petitions.office import Office, open_office
from processes.petitions.tables import PETITIONS
from processes.samples.making import SignIn, make_sample
from processes.samples.progress import sample_is_unfinished
from processes.samples.san_jacinto import PEOPLE
from processes.samples.stories import POTHOLES, STORIES
from processes.samples.telling import tell
from processes.terms.clock import opening_instant
from tests.builders.office import MONDAY_MORNING, HandClock, publish_procedure


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def empty_office(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    engine = make_engine(database_url)
    # SMTP to nobody: a sample that tried to send by it would fail.
    settings = Settings(home=tmp_path, mail="smtp", smtp_port=1)
    yield open_office(settings, clock=clock, engine=engine)
    engine.dispose()


def _say_nothing(_: list[SignIn]) -> None:
    pass


def _petitions(office: Office) -> list[sa.RowMapping]:
    with office.read() as connection:
        return list(connection.execute(sa.select(PETITIONS).order_by(PETITIONS.c.id)).mappings())


def test_the_sample_shows_petitions_at_every_step_and_breaks_no_invariant(empty_office: Office) -> None:
    assert sample_is_unfinished(empty_office.engine)

    make_sample(empty_office, show=_say_nothing)

    assert not sample_is_unfinished(empty_office.engine)
    petitions = _petitions(empty_office)
    assert {row["status"] for row in petitions} == {
        "filed",
        "in_distribution",
        "assigned",
        "in_progress",
        "sent",
        "closed",
    }
    assert all(row["sample"] for row in petitions)
    assert violations(empty_office) == []


def test_one_sample_petition_is_overdue_and_escalated_to_the_end(empty_office: Office) -> None:
    make_sample(empty_office, show=_say_nothing)

    today = MONDAY_MORNING.astimezone(BOGOTA).date()
    overdue = [row for row in _petitions(empty_office) if row["due_on"] < today and row["sent_at"] is None]
    assert len(overdue) == 1
    with empty_office.read() as connection:
        escalated = sa.select(MESSAGES.c.recipient).where(
            MESSAGES.c.template == "escalation", MESSAGES.c.stream == overdue[0]["filing_number"]
        )
        told = [
            recipient.partition("@")[0] for recipient in connection.scalars(escalated.order_by(MESSAGES.c.id))
        ]
    assert told == ["marta.solano", "lucia.mendez", "elena.vargas"]


def test_a_sample_petition_escalates_when_the_office_opens_next(empty_office: Office) -> None:
    make_sample(empty_office, show=_say_nothing)

    calendar = empty_office.entity().calendar
    next_day = calendar.next_working_day(MONDAY_MORNING.astimezone(BOGOTA).date())
    potholes = next(row for row in _petitions(empty_office) if row["subject"] == POTHOLES.form["subject"])
    assert potholes["next_wake_at"] == opening_instant(next_day, calendar)


def test_every_sample_person_signs_in_with_the_password_that_was_shown(empty_office: Office) -> None:
    shown: list[SignIn] = []

    make_sample(empty_office, show=shown.extend)

    assert [each.person for each in shown] == list(PEOPLE)
    for each in shown:
        signed_in = sign_in(
            empty_office.engine,
            each.person.username,
            each.password,
            real_now=real_now(),
            lasting=timedelta(hours=1),
        )
        assert signed_in.person.roles == each.person.roles


def test_sample_letters_are_shown_in_a_private_file_and_never_mailed(empty_office: Office) -> None:
    make_sample(empty_office, show=_say_nothing)

    with empty_office.read() as connection:
        statuses = set(connection.scalars(sa.select(MESSAGES.c.status)))
        late = sa.select(sa.func.count()).where(MESSAGES.c.sent_at != MESSAGES.c.created_at)
        assert connection.scalar(late) == 0
    assert statuses == {MessageStatus.SENT.value}
    mail = empty_office.settings.home / "mail.log"
    assert mail.stat().st_mode & 0o077 == 0
    assert "Para: rafael.cantillo@correo.example" in mail.read_text(encoding="utf-8")


def test_a_making_that_was_cut_is_finished_without_doubling_anything(empty_office: Office) -> None:
    def cut(_: list[SignIn]) -> None:
        raise KeyboardInterrupt

    shown: list[SignIn] = []
    with pytest.raises(KeyboardInterrupt):
        make_sample(empty_office, show=cut)
    publish_procedure(empty_office, bpmn_folder())
    tell(empty_office, STORIES[:3], now=MONDAY_MORNING)
    assert sample_is_unfinished(empty_office.engine)

    make_sample(empty_office, show=shown.extend)

    assert sorted(row["subject"] for row in _petitions(empty_office)) == sorted(
        story.form["subject"] for story in STORIES
    )
    assert len(shown) == len(PEOPLE)
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
        datetime(2026, 4, 5, 3, tzinfo=UTC),
        datetime(2027, 7, 20, 22, tzinfo=UTC),
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
