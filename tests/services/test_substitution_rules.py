"""Whoever is in somebody's place: kept apart as both, told as both, verifying as neither; who records it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import orjson
import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE
from processes.petitions.absences import SubstitutionState, list_substitutions, who_may_be_absent
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.danger import acknowledge_danger
from processes.petitions.duty_list import list_duties
from processes.petitions.duty_tables import DutyKind
from processes.petitions.excluding import declare_conflict, name_complained_of
from processes.petitions.inbox import read_work_item
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.messages import read_message
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.personal_notices import list_notices
from processes.petitions.queries import list_petitions, read_petition
from processes.petitions.roster import add_to_roster
from processes.petitions.substituting import end_substitution
from processes.petitions.voiding import void_petition
from processes.petitions.work import claim, complete
from processes.reports.warnings import send_circular, warn_of_the_day
from processes.terms.events import LegalEventKind
from tests.builders.absences import FRIDAY, MONDAY, NEXT_FRIDAY, assigned, history, inbox, send_away, told
from tests.builders.answers import ANSWERED, CLASSIFIED, answered, deliver, do
from tests.builders.level_three import LAWYER, approve, classified, drafting, hire, send_to_review
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CONTROL,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import file_one, task_of

_REASON = "La queja trata de su conducta en la obra."


def test_a_substitute_who_is_kept_apart_gets_nothing_of_it(office: Office) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, OTHER_OFFICIAL)
    declare_conflict(office, OTHER_OFFICIAL, number, reason=_REASON)
    clara = office.with_posts(OTHER_OFFICIAL)

    assert inbox(office, OTHER_OFFICIAL) == []
    assert list_petitions(office, clara).items == ()
    with pytest.raises(NotFound):
        read_petition(office, clara, number)


def test_nobody_comes_to_a_petition_in_the_place_of_one_who_is_kept_apart(whole_office: Office) -> None:
    office = whole_office
    number = drafting(office).filing_number
    send_away(office, DEPARTMENT_HEAD, STRANGER)
    name_complained_of(office, CLERK, number, username="diana", reason=_REASON)
    hugo = office.with_posts(STRANGER)

    assert inbox(office, STRANGER) == []
    assert list_petitions(office, hugo).items == ()
    for read in (
        lambda: read_petition(office, hugo, number),
        lambda: read_people_file(office, hugo, number),
        lambda: declare_conflict(office, hugo, number, reason=_REASON),
    ):
        with pytest.raises(NotFound):
            read()


def test_their_own_post_stays_open_to_whoever_stands_in_for_one_who_is_kept_apart(office: Office) -> None:
    number = assigned(office)
    send_away(office, SERVICE_HEAD, OFFICIAL)
    name_complained_of(office, CLERK, number, username="bea", reason=_REASON)
    carlos = office.with_posts(OFFICIAL)

    assert read_petition(office, carlos, number).row.filing_number == number
    with pytest.raises(NotFound):
        void_petition(office, carlos, number, reason="Se radicó dos veces por error.")


def test_whoever_watches_over_messages_reads_none_in_the_place_of_one_who_is_kept_apart(
    office: Office,
) -> None:
    number = assigned(office)
    send_away(office, DIRECTOR, ADMINISTRATOR)

    def text() -> str:
        return read_message(office, office.with_posts(ADMINISTRATOR), 1).text

    before = text()
    name_complained_of(office, CLERK, number, username="elena", reason=_REASON)

    assert "quedó radicada" in before
    assert text() == "El texto lo lee quien puede abrir la petición."


def test_nobody_sees_a_duty_in_the_place_of_one_who_is_kept_apart(whole_office: Office) -> None:
    hire(whole_office, LAWYER)
    receipt = answered(whole_office)
    number, code = receipt.filing_number, receipt.tracking_code
    deliver(whole_office)
    record_citizen_act(whole_office, number, code, kind=LegalEventKind.APPEALED, text=_REASON)
    send_away(whole_office, LAWYER, CLERK)
    before = list_duties(whole_office, whole_office.with_posts(CLERK))

    name_complained_of(whole_office, SERVICE_HEAD, number, username=LAWYER.username, reason=_REASON)

    assert [each.kind for each in before] == [DutyKind.APPEAL]
    assert list_duties(whole_office, whole_office.with_posts(CLERK)) == ()


def test_a_chain_does_not_pass_by_one_who_is_kept_apart(office: Office) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, STRANGER)
    send_away(office, STRANGER, CUSTODIAN)
    name_complained_of(office, CLERK, number, username="hugo", reason=_REASON)

    assert inbox(office, CUSTODIAN) == []


def _to_verify(office: Office, clock: HandClock, number: str) -> int:
    """The answer arrives, the survey's time ends; the task of verifying."""
    deliver(office)
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(office)
    return task_of(office, SERVICE_HEAD, number)


def test_nobody_verifies_what_they_wrote_in_the_place_of_another(
    whole_office: Office, clock: HandClock
) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    approve(whole_office, number)
    send_away(whole_office, SERVICE_HEAD, OFFICIAL, last_on=date(2027, 1, 29))
    task = _to_verify(whole_office, clock, number)
    carlos = whole_office.with_posts(OFFICIAL)

    assert read_work_item(whole_office, carlos, number, task).why_not.startswith("Usted escribió")
    with pytest.raises(Forbidden, match="Usted escribió esta respuesta"):
        complete(whole_office, carlos, number, task, {"closing": "close"})


def test_nobody_verifies_in_the_place_of_one_who_wrote_the_answer(
    whole_office: Office, clock: HandClock
) -> None:
    number = file_one(whole_office).filing_number
    do(whole_office, CLERK, number, "ConfirmClassification", **CLASSIFIED)
    do(whole_office, SERVICE_HEAD, number, "AnswerAtOnce", **ANSWERED)
    task = _to_verify(whole_office, clock, number)
    send_away(whole_office, SERVICE_HEAD, STRANGER, last_on=date(2027, 1, 29))
    hugo = whole_office.with_posts(STRANGER)

    with pytest.raises(Forbidden, match="Usted reemplaza a quien escribió"):
        complete(whole_office, hugo, number, task, {"closing": "close"})


@pytest.mark.parametrize("verifier", [DIRECTOR, STRANGER])
def test_what_is_signed_for_another_is_verified_by_neither(
    whole_office: Office, clock: HandClock, verifier: Person
) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    approve(whole_office, number, DIRECTOR)
    send_away(whole_office, DIRECTOR, STRANGER)
    do(whole_office, whole_office.with_posts(STRANGER), number, "Sign", signature_refused=False)
    task = _to_verify(whole_office, clock, number)

    send_away(whole_office, SERVICE_HEAD, verifier, first_on=date(2026, 12, 5), last_on=date(2027, 1, 29))

    with pytest.raises(Forbidden, match="Usted firmó esta respuesta"):
        complete(whole_office, whole_office.with_posts(verifier), number, task, {"closing": "close"})


def test_whoever_is_in_the_place_of_somebody_is_told_what_they_are_told(office: Office) -> None:
    send_away(office, DEPARTMENT_HEAD, STRANGER)

    assigned(office)

    assert told(office, "assigned") == {"diana", "hugo"}


def test_neither_of_two_is_told_of_what_one_is_kept_apart_from(whole_office: Office) -> None:
    send_away(whole_office, DEPARTMENT_HEAD, STRANGER)
    send_away(whole_office, STRANGER, CONTROL)
    number = classified(whole_office).filing_number
    name_complained_of(whole_office, CLERK, number, username="hugo", reason=_REASON)

    do(whole_office, SERVICE_HEAD, number, "ChooseDepartment", department="INF")

    assert told(whole_office, "assigned") == {"diana"}


def test_what_was_told_in_somebodys_place_is_hidden_once_they_are_kept_apart(office: Office) -> None:
    send_away(office, DEPARTMENT_HEAD, STRANGER)
    send_away(office, STRANGER, OTHER_OFFICIAL)
    number = assigned(office)

    def told(person: Person) -> bool:
        notices = list_notices(office, office.with_posts(person)).items
        return number in {each.filing_number for each in notices}

    before = told(STRANGER), told(OTHER_OFFICIAL)
    name_complained_of(office, CLERK, number, username="diana", reason=_REASON)

    # She is of the department, and reads it in her own post.
    assert (before, told(STRANGER), told(OTHER_OFFICIAL)) == ((True, True), False, True)


def test_a_substitute_hears_of_an_absent_who_has_no_address(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == "diana").values(email=""))
    send_away(office, DEPARTMENT_HEAD, STRANGER)

    assigned(office)

    assert told(office, "assigned") == {"hugo"}


def test_the_day_is_told_in_one_letter_for_every_post(office: Office, clock: HandClock) -> None:
    held = assigned(office)
    claim(office, OFFICIAL, held, task_of(office, OFFICIAL, held))
    apart = assigned(office)
    claim(office, OFFICIAL, apart, task_of(office, OFFICIAL, apart))
    send_away(office, OFFICIAL, SERVICE_HEAD, last_on=date(2027, 1, 29))
    name_complained_of(office, CLERK, apart, username="bea", reason=_REASON)
    clock.forward(days=23)

    warn_of_the_day(office)

    assert told(office, "daily_warning") == {"carlos", "diana", "bea"}
    query = sa.select(MESSAGES.c.context).where(MESSAGES.c.recipient.startswith("bea@"))
    with office.read() as connection:
        letters = connection.scalars(query.where(MESSAGES.c.template == "daily_warning")).all()
    (letter,) = (orjson.loads(each) for each in letters)
    numbers = [line["filing_number"] for line in (*letter["overdue"], *letter["due_soon"])]
    assert (numbers, "por encargo de Carlos Mejía" in letter["scope"]) == ([held], True)


def test_the_circular_reaches_whoever_is_in_the_place_of_a_director(office: Office, clock: HandClock) -> None:
    send_away(office, DIRECTOR, STRANGER, last_on=date(2027, 1, 29))
    clock.forward(days=5)

    send_circular(office)

    assert {"elena", "hugo"} <= told(office, "circular")


def test_it_ends_when_whoever_was_away_is_back(office: Office) -> None:
    number = assigned(office)
    substitution = send_away(office, OFFICIAL, STRANGER)
    hugo = office.with_posts(STRANGER)
    claim(office, hugo, number, task_of(office, hugo, number))

    end_substitution(office, ADMINISTRATOR, substitution)

    assert office.with_posts(STRANGER).posts == (STRANGER,)
    assert (inbox(office, STRANGER), inbox(office, OFFICIAL, state="mine")) == ([], [number])
    (listed,) = list_substitutions(office, ADMINISTRATOR)
    assert (listed.state, listed.ended_on) == (SubstitutionState.OVER, MONDAY)
    with pytest.raises(Conflict, match="ya terminó"):
        end_substitution(office, ADMINISTRATOR, substitution)
    with pytest.raises(NotFound):
        end_substitution(office, ADMINISTRATOR, substitution + 1)
    assert send_away(office, OFFICIAL, OTHER_OFFICIAL) > substitution


@pytest.mark.parametrize("left", ["carlos", "hugo"])
def test_it_needs_both_to_be_of_the_entity(office: Office, left: str) -> None:
    assigned(office)
    send_away(office, OFFICIAL, STRANGER)

    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == left).values(active=False))
    office.entities.forget_current()

    assert office.with_posts(STRANGER).posts == (STRANGER,)
    with pytest.raises(Invalid, match="quién se ausenta"):
        send_away(office, OFFICIAL, STRANGER, first_on=NEXT_FRIDAY, last_on=NEXT_FRIDAY)


def test_both_are_told_when_it_is_recorded_and_when_it_is_ended(office: Office) -> None:
    substitution = send_away(office, OFFICIAL, STRANGER)
    end_substitution(office, ADMINISTRATOR, substitution)

    query = sa.select(MESSAGES.c.person, MESSAGES.c.context).where(MESSAGES.c.template == "substitution")
    with office.read() as connection:
        rows = connection.execute(query.order_by(MESSAGES.c.id)).all()
    told = [(row.person, orjson.loads(row.context)) for row in rows]
    assert [(person, letter["notice"]) for person, letter in told] == [
        ("carlos", "absent"),
        ("hugo", "substitute"),
        ("carlos", "absent_back"),
        ("hugo", "substitute_done"),
    ]


def test_the_keys_of_the_house_and_of_identities_pass_to_nobody(office: Office) -> None:
    send_away(office, ADMINISTRATOR, STRANGER)
    send_away(office, CUSTODIAN, STRANGER)

    hugo = office.with_posts(STRANGER)

    assert not hugo.has(Role.ADMINISTRATOR, Role.IDENTITY_CUSTODIAN)
    with pytest.raises(Forbidden):
        send_away(office, OFFICIAL, OTHER_OFFICIAL, by=hugo)


def test_the_head_of_a_department_records_the_absences_of_its_people(office: Office) -> None:
    send_away(office, OFFICIAL, STRANGER, by=DEPARTMENT_HEAD)
    send_away(office, STRANGER, OTHER_OFFICIAL, by=SERVICE_HEAD)

    (theirs,) = list_substitutions(office, DEPARTMENT_HEAD)
    assert (theirs.absent_name, theirs.state) == ("Carlos Mejía", SubstitutionState.HOLDS)
    assert len(list_substitutions(office, SERVICE_HEAD)) == 2
    of_infrastructure = {each.username for each in who_may_be_absent(office, DEPARTMENT_HEAD)}
    assert of_infrastructure == {"carlos", "clara", "diana"}
    with pytest.raises(Forbidden, match="de las personas de su dependencia"):
        send_away(office, STRANGER, OFFICIAL, by=DEPARTMENT_HEAD, first_on=NEXT_FRIDAY, last_on=NEXT_FRIDAY)
    with pytest.raises(Forbidden):
        send_away(office, OTHER_OFFICIAL, STRANGER, by=OFFICIAL)


def test_a_head_hands_on_no_post_that_reaches_beyond_the_department(office: Office) -> None:
    hire(office, Person("lia", "Lía Mena", frozenset({Role.OFFICIAL, Role.LEGAL_OFFICE}), "INF", "Abogada"))

    with pytest.raises(Forbidden, match="otro cargo fuera de ella"):
        send_away(office, Person("lia", "", frozenset()), DEPARTMENT_HEAD, by=DEPARTMENT_HEAD)
    send_away(office, Person("lia", "", frozenset()), DEPARTMENT_HEAD)


def test_a_head_hands_on_no_post_that_came_from_beyond_the_department(office: Office) -> None:
    send_away(office, DIRECTOR, STRANGER)
    send_away(office, STRANGER, OFFICIAL)

    with pytest.raises(Forbidden, match="propio o por reemplazo"):
        send_away(office, OFFICIAL, DEPARTMENT_HEAD, by=DEPARTMENT_HEAD, first_on=FRIDAY, last_on=NEXT_FRIDAY)
    send_away(
        office, OFFICIAL, DEPARTMENT_HEAD, by=DEPARTMENT_HEAD, first_on=NEXT_FRIDAY, last_on=NEXT_FRIDAY
    )
    send_away(office, OFFICIAL, DEPARTMENT_HEAD)

    assert office.with_posts(DEPARTMENT_HEAD).has(Role.DIRECTOR)


def test_the_substitute_of_a_head_records_absences_on_their_behalf(office: Office) -> None:
    send_away(office, DEPARTMENT_HEAD, STRANGER)

    send_away(office, OFFICIAL, OTHER_OFFICIAL, by=office.with_posts(STRANGER))

    query = sa.select(EVENTS.c.detail).where(EVENTS.c.act == "substitution_recorded").order_by(EVENTS.c.seq)
    with office.read() as connection:
        first, second = (orjson.loads(detail) for detail in connection.scalars(query))
    assert ("on_behalf_of" in first, second["on_behalf_of"], second["absent"]) == (False, "diana", "carlos")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"act_number": " "}, "act_number"),
        ({"last_on": date(2026, 11, 22)}, "last_on"),
        ({"first_on": date(2026, 11, 1), "last_on": date(2026, 11, 20)}, "last_on"),
        ({"substitute": Person("nadie", "", frozenset())}, "substitute"),
        ({"substitute": OFFICIAL}, "substitute"),
        ({"absent": Person("car\x00los", "", frozenset())}, "absent"),
        ({"first_on": None}, "first_on"),
    ],
)
def test_what_is_missing_is_said_at_its_field(office: Office, changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        send_away(office, **{"absent": OFFICIAL, "substitute": STRANGER, **changed})

    assert list(refused.value.fields) == [field]
    assert list_substitutions(office, ADMINISTRATOR) == ()


def test_of_two_who_close_a_circle_at_once_one_is_refused(office: Office) -> None:
    pairs = [(OFFICIAL, STRANGER), (STRANGER, OFFICIAL)]

    with ThreadPoolExecutor(2) as pool:
        refusals = [
            future.exception() for future in [pool.submit(send_away, office, *pair) for pair in pairs]
        ]

    assert [type(each) for each in refusals if each is not None] == [Invalid]


def test_a_danger_is_told_to_whoever_is_in_the_place_of_one_on_call(whole_office: Office) -> None:
    add_to_roster(whole_office, ADMINISTRATOR, "carlos")
    send_away(whole_office, OFFICIAL, STRANGER)

    number = file_one(whole_office, urgent="true").filing_number

    assert {"carlos", "hugo"} <= told(whole_office, "office_notice")
    acknowledge_danger(whole_office, whole_office.with_posts(STRANGER), number)
    assert "Hugo Salas, por encargo de Carlos Mejía" in {actor for actor, _ in history(whole_office, number)}
