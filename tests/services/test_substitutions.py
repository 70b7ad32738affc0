"""Somebody is in the place of one who is away: their work, their signature, their mail; and nothing after."""

import orjson
import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS, OFFICE
from processes.common.errors import Conflict, Forbidden
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.petitions.inbox import read_work_item
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.people_tables import SIGNATURES
from processes.petitions.queries import list_petitions, read_petition
from processes.petitions.roster import add_to_roster
from processes.petitions.voiding import void_petition
from processes.petitions.work import claim, complete, release, save_draft
from processes.terms.events import LegalEventKind
from tests.builders.absences import assigned, history, inbox, send_away
from tests.builders.answers import do
from tests.builders.level_three import approve, drafting, send_to_review
from tests.builders.office import (
    CLERK,
    DIRECTOR,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import ANSWERED, file_one, task_of


def test_a_substitute_does_the_work_of_another_department(office: Office) -> None:
    number = assigned(office)
    assert inbox(office, STRANGER) == []
    send_away(office, OFFICIAL, STRANGER)
    hugo = office.with_posts(STRANGER)

    task = task_of(office, hugo, number)
    claim(office, hugo, number, task)
    save_draft(office, hugo, number, task, {"answer_text": "Va el martes."})
    done = complete(office, hugo, number, task, ANSWERED)

    assert done.status.value == "sent"
    name = "Hugo Salas, por encargo de Carlos Mejía"
    assert (name, "Tomó la tarea «Proyectar y enviar la respuesta».") in history(office, number)
    assert (name, "Completó la tarea «Proyectar y enviar la respuesta».") in history(office, number)


def test_what_they_took_stays_with_whoever_is_back(office: Office, clock: HandClock) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, STRANGER)
    hugo = office.with_posts(STRANGER)
    task = task_of(office, hugo, number)
    claim(office, hugo, number, task)
    save_draft(office, hugo, number, task, {"answer_text": "Va el martes."})

    clock.forward(days=5)

    assert inbox(office, STRANGER) == []
    with pytest.raises(Forbidden):
        read_petition(office, office.with_posts(STRANGER), number)
    assert inbox(office, OFFICIAL, state="mine") == [number]
    assert read_work_item(office, OFFICIAL, number, task).draft == {"answer_text": "Va el martes."}
    assert complete(office, OFFICIAL, number, task, ANSWERED).status.value == "sent"


def test_tasks_that_the_absent_had_taken_are_the_substitutes_too(office: Office) -> None:
    number = assigned(office)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    send_away(office, OFFICIAL, STRANGER)
    hugo = office.with_posts(STRANGER)

    assert inbox(office, STRANGER, state="mine") == [number]
    with pytest.raises(Conflict, match="Carlos Mejía"):
        complete(office, OTHER_OFFICIAL, number, task, ANSWERED)
    assert complete(office, hugo, number, task, ANSWERED).status.value == "sent"


def test_a_colleague_acts_in_the_post_of_whoever_holds_the_task(office: Office) -> None:
    held, free = assigned(office), assigned(office)
    claim(office, OFFICIAL, held, task_of(office, OFFICIAL, held))
    send_away(office, OFFICIAL, OTHER_OFFICIAL)
    clara = office.with_posts(OTHER_OFFICIAL)

    release(office, clara, held, task_of(office, clara, held))
    claim(office, clara, free, task_of(office, clara, free))

    assert history(office, held)[-1][0] == "Clara Niño, por encargo de Carlos Mejía"
    assert history(office, free)[-1][0] == "Clara Niño"
    assert inbox(office, OFFICIAL) == [held]


def test_the_absent_keep_their_own_post(office: Office) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, STRANGER)

    claim(office, OFFICIAL, number, task_of(office, OFFICIAL, number))

    assert inbox(office, STRANGER, state="mine") == [number]
    assert history(office, number)[-1][0] == "Carlos Mejía"


def test_a_substitute_works_by_a_chain_too(office: Office) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, STRANGER)
    send_away(office, STRANGER, CLERK)
    ana = office.with_posts(CLERK)

    claim(office, ana, number, task_of(office, ana, number))

    assert history(office, number)[-1][0] == "Ana Ruiz, por encargo de Carlos Mejía"


def test_a_substitute_reads_and_lists_what_the_absent_reads(office: Office) -> None:
    number = assigned(office)
    send_away(office, OFFICIAL, STRANGER)
    hugo = office.with_posts(STRANGER)

    assert read_petition(office, hugo, number).row.filing_number == number
    assert [row.filing_number for row in list_petitions(office, hugo).items] == [number]


def test_an_act_of_a_role_is_done_on_behalf_of_whoever_has_it(office: Office) -> None:
    number = file_one(office).filing_number
    send_away(office, SERVICE_HEAD, STRANGER)

    void_petition(office, office.with_posts(STRANGER), number, reason="Se radicó dos veces por error.")
    add_to_roster(office, office.with_posts(STRANGER), "elena")

    assert "Hugo Salas, por encargo de Beatriz Lozano" in {actor for actor, _ in history(office, number)}
    query = sa.select(EVENTS.c.detail).where(EVENTS.c.stream == OFFICE, EVENTS.c.act == "roster_saved")
    with office.read() as connection:
        detail = orjson.loads(connection.scalar(query) or "{}")
    assert detail["on_behalf_of"] == "bea"


def test_a_legal_act_is_done_in_the_post_that_may_do_it(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_away(whole_office, SERVICE_HEAD, STRANGER)
    act = LegalAct(kind=LegalEventKind.REASSIGNED, reason="El asunto es de Hacienda.", department="HAC")

    record_legal_act(whole_office, whole_office.with_posts(STRANGER), number, act)

    doers = {actor for actor, _ in history(whole_office, number)}
    assert "Hugo Salas, por encargo de Beatriz Lozano" in doers


def test_a_clerk_in_the_place_of_the_head_approves_a_longer_term(office: Office) -> None:
    number = file_one(office).filing_number
    send_away(office, SERVICE_HEAD, CLERK)
    ana = office.with_posts(CLERK)

    longer = {"kind": "consultation", "level": 3, "priority": False}
    complete(office, ana, number, task_of(office, ana, number), longer)

    assert read_petition(office, SERVICE_HEAD, number).row.kind.value == "consultation"


def test_only_whoever_is_in_somebodys_place_costs_a_statement_more(office: Office) -> None:
    statements: list[str] = []
    sa.event.listen(
        office.engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement)
    )

    def cost(number: str, person: Person) -> int:
        task = task_of(office, person, number)
        statements.clear()
        complete(office, person, number, task, ANSWERED)
        return sum(not each.startswith(("BEGIN", "PRAGMA")) for each in statements)

    alone = cost(assigned(office), OFFICIAL)
    send_away(office, OFFICIAL, STRANGER)
    office.entity()

    assert cost(assigned(office), OFFICIAL) == alone
    assert cost(assigned(office), office.with_posts(STRANGER)) == alone + 1


def test_whoever_signs_for_another_signs_with_their_own_name(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    approve(whole_office, number, DIRECTOR)
    send_away(whole_office, DIRECTOR, STRANGER)
    hugo = whole_office.with_posts(STRANGER)

    do(whole_office, hugo, number, "Sign", signature_refused=False)

    with whole_office.read() as connection:
        row = connection.execute(sa.select(SIGNATURES.c.signer, SIGNATURES.c.decided_by)).one()
        context = connection.scalar(sa.select(MESSAGES.c.context).where(MESSAGES.c.template == "answer"))
    assert tuple(row) == ("elena", "hugo")
    assert orjson.loads(context or "{}")["signatories"] == [
        {"name": "Hugo Salas", "title": "Cargo de elena (E)"}
    ]
    (signature,) = read_people_file(whole_office, OFFICIAL, number).signatures
    assert (signature.full_name, signature.decided_by) == ("Elena Cruz", "Hugo Salas")
