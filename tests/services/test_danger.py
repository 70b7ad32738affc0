"""Life or safety in danger: told at any hour to whoever is on call, until somebody attends to it."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid
from processes.common.outbox import MESSAGES
from processes.common.resources import bpmn_folder
from processes.directory.tables import PEOPLE
from processes.petitions import roster
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.danger import acknowledge_danger, declare_danger, read_danger
from processes.petitions.danger_rings import ring_dangers
from processes.petitions.duty_list import finish_duty, list_duties
from processes.petitions.duty_tables import DutyKind
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.tables import PETITIONS
from processes.petitions.voiding import void_petition
from processes.terms.events import LegalEventKind
from tests.builders.answers import do
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
    publish_procedure,
)
from tests.builders.petitions import file_one

SUNDAY_NIGHT = datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
"""2:00 in Bogota."""


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough: nothing here is the database's."""
    return sqlite_url


@pytest.fixture(autouse=True)
def _whole_procedure(office: Office) -> None:
    publish_procedure(office, bpmn_folder())


def told(office: Office) -> list[str]:
    """Whom the office has written to within the entity."""
    with office.read() as connection:
        query = sa.select(MESSAGES.c.recipient).order_by(MESSAGES.c.id)
        return [address for address in connection.scalars(query) if address != "rosa@correo.example"]


def put_on_call(office: Office, *usernames: str) -> None:
    for username in usernames:
        roster.add_to_roster(office, ADMINISTRATOR, username, phone="300 123 4567")


def test_whoever_is_on_call_is_told_on_a_sunday_night(office: Office, clock: HandClock) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username, STRANGER.username)
    roster.add_to_roster(office, ADMINISTRATOR, STRANGER.username, email="hugo@casa.example")
    clock.to(SUNDAY_NIGHT)

    file_one(office, urgent="true")

    assert told(office) == ["diana@puertoclaro.example", "hugo@casa.example"]


def test_while_nobody_is_on_call_those_who_answer_for_the_entity_are_told(office: Office) -> None:
    file_one(office, urgent="true")

    assert set(told(office)) == {"bea@puertoclaro.example", "elena@puertoclaro.example"}


def test_a_petition_without_danger_wakes_nobody(office: Office) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username)

    file_one(office)

    assert told(office) == []


def test_it_is_told_again_each_quarter_of_an_hour_until_somebody_attends_to_it(
    office: Office, clock: HandClock
) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username)
    clock.to(SUNDAY_NIGHT)
    number = file_one(office, urgent="true").filing_number
    once = len(told(office))

    clock.forward(minutes=16)
    advance_due_alerts(office)
    again = len(told(office))
    acknowledge_danger(office, CLERK, number, note="Va la patrulla 12.")
    clock.forward(minutes=60)
    advance_due_alerts(office)

    assert once < again == len(told(office))
    in_hand = read_danger(office, DIRECTOR, number).in_hand
    assert in_hand is not None
    assert in_hand.by == "Ana Ruiz"


def test_a_second_danger_sounds_all_of_its_alarms_and_no_two_at_once(
    office: Office, clock: HandClock
) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username)
    number = file_one(office, urgent="true").filing_number
    for _ in range(3):
        clock.forward(minutes=16)
        advance_due_alerts(office)
    declare_danger(office, CLERK, number, reason="Ahora hay otra persona atrapada.")
    heard = []

    for _ in range(10):
        before = told(office).count("elena@puertoclaro.example")
        clock.forward(minutes=16)
        advance_due_alerts(office)
        heard.append(told(office).count("elena@puertoclaro.example") - before)

    assert heard == [1] * 8 + [0] * 2  # the ninth comes four hours later
    assert read_danger(office, DIRECTOR, number).in_hand is None


def test_two_people_do_not_take_the_same_danger_in_hand(office: Office) -> None:
    number = file_one(office, urgent="true").filing_number
    acknowledge_danger(office, CLERK, number)

    with pytest.raises(Conflict) as second:
        acknowledge_danger(office, SERVICE_HEAD, number)
    assert "Ana Ruiz" in second.value.message


def test_whoever_did_the_task_of_the_danger_has_it_in_hand_until_the_next_one(
    office: Office, clock: HandClock
) -> None:
    number = file_one(office, urgent="true").filing_number
    do(office, CLERK, number, "AttendDanger", danger_note="Los bomberos acordonaron el sitio.")

    in_hand = read_danger(office, SERVICE_HEAD, number).in_hand
    with pytest.raises(Conflict, match="Ya lo atiende Ana"):
        acknowledge_danger(office, SERVICE_HEAD, number)
    clock.forward(hours=1)
    declare_danger(office, SERVICE_HEAD, number, reason="Se cayó otro poste.")

    assert in_hand is not None
    assert in_hand.by.startswith("Ana")
    assert read_danger(office, SERVICE_HEAD, number).in_hand is None


def test_whoever_is_on_call_sees_what_is_needed_and_strangers_see_nothing(office: Office) -> None:
    number = file_one(office, urgent="true", phone="311 222 3344").filing_number
    with pytest.raises(Forbidden):
        read_danger(office, STRANGER, number)

    put_on_call(office, STRANGER.username)

    seen = read_danger(office, STRANGER, number)
    assert (seen.petitioner_name, seen.phone, seen.urgent) == ("Rosa Díaz", "311 222 3344", True)
    assert [each.phone for each in seen.roster] == ["300 123 4567"]


def test_the_danger_of_a_reserved_identity_names_nobody(office: Office) -> None:
    number = file_one(
        office, kind="wrongdoing_report", reserve_identity="true", urgent="true", phone="311 222 3344"
    ).filing_number

    seen = read_danger(office, SERVICE_HEAD, number)

    assert (seen.petitioner_name, seen.phone, seen.reserved) == ("", "", True)


def test_a_danger_that_is_found_later_is_told_at_once_too(office: Office) -> None:
    number = file_one(office).filing_number
    with pytest.raises(Invalid):
        declare_danger(office, CLERK, number, reason=" ")

    declare_danger(office, CLERK, number, reason="Amenazan a la señora que firma.")

    assert set(told(office)) == {"bea@puertoclaro.example", "elena@puertoclaro.example"}
    assert read_danger(office, CLERK, number).urgent
    history = [entry.text for entry in read_petition(office, CLERK, number).timeline]
    assert "Avisó de un peligro para la vida o la integridad." in history


def test_a_new_danger_needs_somebody_again(office: Office) -> None:
    number = file_one(office, urgent="true").filing_number
    acknowledge_danger(office, CLERK, number)

    declare_danger(office, CLERK, number, reason="Volvieron las amenazas.")

    assert read_danger(office, CLERK, number).in_hand is None
    acknowledge_danger(office, SERVICE_HEAD, number)


def test_nobody_of_another_department_declares_or_attends(office: Office) -> None:
    number = file_one(office).filing_number

    with pytest.raises(Forbidden):
        declare_danger(office, OFFICIAL, number, reason="No es suya.")
    with pytest.raises(Forbidden):
        acknowledge_danger(office, OFFICIAL, number)


def test_what_has_ended_is_told_to_nobody(office: Office) -> None:
    number = file_one(office).filing_number
    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces.")

    with pytest.raises(Conflict):
        declare_danger(office, CLERK, number, reason="Hay amenazas.")


def test_what_a_petition_left_behind_is_in_hand_once_somebody_says_what_was_done(office: Office) -> None:
    number = file_one(office, urgent="true").filing_number
    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces la misma carta.")
    assert (read_danger(office, CLERK, number).ended, read_danger(office, CLERK, number).in_hand) == (
        True,
        None,
    )

    finish_duty(office, CLERK, number, DutyKind.DANGER, note="La cuadrilla aseguró el poste hoy.")

    in_hand = read_danger(office, CLERK, number).in_hand
    assert in_hand is not None
    assert in_hand.by == CLERK.full_name


def _left_behind(office: Office) -> str:
    """A petition that ended, and left a danger that nobody attends to."""
    number = file_one(office, urgent="true").filing_number
    void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces la misma carta.")
    return number


def test_a_danger_that_outlives_its_petition_rings_on_at_any_hour(office: Office, clock: HandClock) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username)
    clock.to(SUNDAY_NIGHT)
    _left_behind(office)
    heard = []

    for minutes in (14, 1, 45, 60, 60, 180, 0):
        clock.forward(minutes=minutes)
        before = len(told(office))
        assert (ring_dangers(office), ring_dangers(office)) in {(0, 0), (1, 0)}
        heard.append(len(told(office)) - before)

    # On call, the head of citizen service and the director; alarms that were missed ring as one.
    assert heard == [0, 3, 3, 3, 0, 3, 0]


def test_its_alarms_end_when_somebody_says_that_they_attend_to_it(office: Office, clock: HandClock) -> None:
    put_on_call(office, STRANGER.username)
    number = _left_behind(office)

    acknowledge_danger(office, STRANGER, number, note="Va la patrulla 12.")
    clock.forward(minutes=20)

    assert ring_dangers(office) == 0
    in_hand = read_danger(office, CLERK, number).in_hand
    assert in_hand is not None
    assert in_hand.by == STRANGER.full_name
    assert [duty.kind for duty in list_duties(office, CLERK)] == [DutyKind.DANGER]
    with pytest.raises(Conflict):
        acknowledge_danger(office, CLERK, number)


def test_what_somebody_attends_to_rings_no_more_when_the_petition_goes_on(
    office: Office, clock: HandClock
) -> None:
    number = file_one(office, urgent="true").filing_number
    given_up = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
    record_legal_act(office, CLERK, number, given_up)
    acknowledge_danger(office, CLERK, number, note="Va la patrulla 12.")
    go_on = LegalAct(
        kind=LegalEventKind.CONTINUED_EX_OFFICIO,
        reason="El hueco es un peligro para todos.",
        act_number="Resolución 9 de 2026",
    )
    record_legal_act(office, DIRECTOR, number, go_on)
    before = len(told(office))

    clock.forward(minutes=20)
    advance_due_alerts(office)

    assert len(told(office)) == before
    do(office, CLERK, number, "AttendDanger", danger_note="Los bomberos acordonaron el sitio.")


def test_a_danger_that_cannot_be_told_silences_no_other(office: Office, clock: HandClock) -> None:
    broken = sa.update(PETITIONS).where(PETITIONS.c.filing_number == _left_behind(office))
    _left_behind(office)
    with office.write() as connection:
        connection.execute(broken.values(fixed_amount=1, fixed_unit="nothing"))
    clock.forward(minutes=20)

    assert (ring_dangers(office), ring_dangers(office)) == (1, 0)

    with office.write() as connection:
        connection.execute(broken.values(fixed_amount=None, fixed_unit=None))
    assert (ring_dangers(office), ring_dangers(office)) == (1, 0)


def test_its_alarms_do_not_go_on_for_ever(office: Office, clock: HandClock) -> None:
    _left_behind(office)
    clock.forward(days=4)
    assert (ring_dangers(office), ring_dangers(office)) == (1, 0)

    clock.forward(days=1)

    assert ring_dangers(office) == 0


def test_the_roster_keeps_its_order_and_forgets_who_left(office: Office) -> None:
    put_on_call(office, DEPARTMENT_HEAD.username, DIRECTOR.username, STRANGER.username)
    roster.put_first(office, SERVICE_HEAD, STRANGER.username)
    roster.take_off_roster(office, SERVICE_HEAD, DIRECTOR.username)
    assert [(each.turn, each.username) for each in roster.roster_of(office)] == [(1, "hugo"), (2, "diana")]

    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == "hugo").values(active=False))

    assert [each.username for each in roster.roster_of(office)] == ["diana"]


def test_the_roster_takes_only_people_who_can_be_reached(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == "hugo").values(email=""))

    for username, email, field in (
        ("nadie", "", "username"),
        ("hugo", "", "email"),
        ("diana", "no", "email"),
    ):
        with pytest.raises(Invalid) as refusal:
            roster.add_to_roster(office, SERVICE_HEAD, username, email=email)
        assert set(refusal.value.fields) == {field}
    with pytest.raises(Forbidden):
        roster.take_off_roster(office, CLERK, "diana")
