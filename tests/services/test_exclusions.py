"""The official of whom a petition complains, and who has a conflict, neither get it nor see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

import processes.petitions
import processes.reports
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.case import read_case
from processes.petitions.catalogue import RECIPIENTS
from processes.petitions.excluding import declare_conflict, lift_exclusion, name_complained_of
from processes.petitions.form_lists import save_territory, save_topic
from processes.petitions.inbox import list_work_items
from processes.petitions.incidents import open_incidents
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.people_file import people_to_name, read_people_file
from processes.petitions.people_tables import ExclusionCause
from processes.petitions.queries import list_petitions, read_petition
from processes.petitions.recipients import READERS, recipients
from processes.petitions.standing_in import designate_stand_in
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.work import claim, complete, save_draft
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.answers import CLASSIFIED, do, elements
from tests.builders.level_three import LAWYER, TEXT, approve, ask, classified, drafting, hire, send_to_review
from tests.builders.office import (
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import classify, distribute, file_one, task_of

REASON = "La queja trata de su atención en la obra de la calle 5."
HACIENDA_HEAD = Person("hilda", "Hilda Rey", frozenset({Role.DEPARTMENT_HEAD}), "HAC", "Jefa de Hacienda")


def _complain_of(office: Office, number: str, person: Person) -> None:
    name_complained_of(office, CLERK, number, username=person.username, reason=REASON)


def _mailed(office: Office, number: str) -> set[str]:
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.stream == number)
    with office.read() as connection:
        return {each.partition("@")[0] for each in connection.scalars(query)}


def _status(office: Office, number: str) -> PetitionStatus:
    return read_petition(office, SERVICE_HEAD, number).row.status


def test_whom_the_classification_names_never_gets_the_petition(
    whole_office: Office, clock: HandClock
) -> None:
    number = classified(whole_office, complained_of="diana").filing_number
    do(whole_office, SERVICE_HEAD, number, "ChooseDepartment", department="INF")
    for _ in range(30):
        clock.forward(days=1)
        advance_due_alerts(whole_office)

    assert elements(whole_office, DEPARTMENT_HEAD, number) == set()
    assert list_petitions(whole_office, DEPARTMENT_HEAD).items == ()
    with pytest.raises(NotFound):
        read_petition(whole_office, DEPARTMENT_HEAD, number)
    assert "Draft" in elements(whole_office, OFFICIAL, number)
    assert "diana" not in _mailed(whole_office, number)
    assert "bea" in _mailed(whole_office, number)


def test_no_letter_of_the_classification_itself_reaches_whom_it_names(whole_office: Office) -> None:
    topic = save_topic(whole_office, SERVICE_HEAD, name="Andenes", department="INF").code
    place = save_territory(whole_office, SERVICE_HEAD, name="Comuna 1").code
    number = file_one(whole_office, topic=topic, territory=place).filing_number
    values = {**CLASSIFIED, "level": 3, "topic": topic, "complained_of": "diana"}
    do(whole_office, CLERK, number, "ConfirmClassification", **values)

    assert "Draft" in elements(whole_office, OFFICIAL, number)
    assert "diana" not in _mailed(whole_office, number)


def test_nobody_named_at_classification_keeps_nobody_apart(whole_office: Office) -> None:
    number = classified(whole_office, complained_of="").filing_number

    assert read_people_file(whole_office, CLERK, number).apart == ()


def test_a_task_that_was_taken_is_free_again_with_its_draft(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    save_draft(office, OFFICIAL, number, task, {"answer_text": "Van dos párrafos."})

    _complain_of(office, number, OFFICIAL)

    (free,) = list_work_items(office, OTHER_OFFICIAL).items
    assert (free.task, free.assignee) == (task, None)
    with pytest.raises(NotFound):
        complete(office, OFFICIAL, number, task, {})


def test_no_recipient_of_the_catalogue_is_one_who_is_apart(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    everybody = {"ana", "bea", "carlos", "clara", "diana", "elena", "hugo"}
    claim(whole_office, OFFICIAL, number, task_of(whole_office, OFFICIAL, number))
    for person in (OFFICIAL, DEPARTMENT_HEAD, SERVICE_HEAD, DIRECTOR):
        _complain_of(whole_office, number, person)

    with whole_office.write() as connection:
        case = read_case(connection, number)
        step = Step(connection, case, whole_office.entity(), "", CLERK.actor, whole_office.now())
        told = {person.username for to in READERS for person in recipients(step, to)}

    assert READERS.keys() == RECIPIENTS - {"citizen"}
    assert told & {"carlos", "diana", "bea", "elena"} == set()
    assert told <= everybody


def test_whoever_declares_a_conflict_finds_the_petition_no_more(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number

    declare_conflict(whole_office, OFFICIAL, number, reason="La dueña de la casa es mi hermana.")

    with pytest.raises(NotFound):
        read_petition(whole_office, OFFICIAL, number)
    (apart,) = read_people_file(whole_office, SERVICE_HEAD, number).apart
    assert (apart.full_name, apart.cause) == ("Carlos Mejía", ExclusionCause.CONFLICT)


def test_a_conflict_of_the_department_goes_back_to_whoever_distributes(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    due_on = read_petition(whole_office, SERVICE_HEAD, number).row.due_on

    declare_conflict(whole_office, OFFICIAL, number, reason="La dueña de la casa es mi hermana.")
    assert _status(whole_office, number) is PetitionStatus.IN_DISTRIBUTION
    assert elements(whole_office, OTHER_OFFICIAL, number) == set()
    note = "Sigue en la dependencia, con otro profesional."
    do(whole_office, SERVICE_HEAD, number, "DecideReturn", department="INF", return_note=note)

    assert "Draft" in elements(whole_office, OTHER_OFFICIAL, number)
    assert elements(whole_office, OFFICIAL, number) == set()
    assert read_petition(whole_office, SERVICE_HEAD, number).row.due_on == due_on


def test_a_conflict_of_somebody_else_does_not_stop_the_work(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC")

    declare_conflict(whole_office, STRANGER, number, reason="El contratista de la obra es mi socio.")

    assert _status(whole_office, number) is PetitionStatus.ASSIGNED
    assert elements(whole_office, STRANGER, number) == set()
    hire(whole_office, HACIENDA_HEAD)
    assert elements(whole_office, HACIENDA_HEAD, number) == {"Contribute"}


def test_one_who_was_named_to_sign_and_has_a_conflict_stops_the_round(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    send_to_review(whole_office, number)
    approve(whole_office, number, DIRECTOR)

    declare_conflict(whole_office, DIRECTOR, number, reason="La peticionaria es mi prima hermana.")

    assert _status(whole_office, number) is PetitionStatus.IN_DISTRIBUTION
    assert "DecideReturn" in elements(whole_office, SERVICE_HEAD, number)


def test_only_some_roles_say_of_whom_a_petition_complains(whole_office: Office) -> None:
    number = classified(whole_office).filing_number

    for person in (OFFICIAL, DEPARTMENT_HEAD, DIRECTOR):
        with pytest.raises(Forbidden):
            name_complained_of(whole_office, person, number, username="clara", reason=REASON)
    with pytest.raises(Invalid) as nobody:
        name_complained_of(whole_office, CLERK, number, username="nadie", reason=REASON)
    with pytest.raises(Invalid) as mute:
        name_complained_of(whole_office, CLERK, number, username="clara", reason="Porque sí")
    assert (set(nobody.value.fields), set(mute.value.fields)) == ({"username"}, {"reason"})


def test_who_is_apart_already_is_not_named_twice(whole_office: Office) -> None:
    number = classified(whole_office).filing_number
    _complain_of(whole_office, number, OFFICIAL)

    with pytest.raises(Conflict, match="ya está apartada"):
        _complain_of(whole_office, number, OFFICIAL)


def test_an_exclusion_is_lifted_with_reasons_and_the_journal_keeps_both(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    _complain_of(whole_office, number, STRANGER)
    assert "hugo" not in {each.username for each in people_to_name(whole_office, CLERK, number)}

    with pytest.raises(Forbidden):
        lift_exclusion(whole_office, CLERK, number, username="hugo", reason=REASON)
    lift_exclusion(whole_office, SERVICE_HEAD, number, username="hugo", reason="No es él, es un homónimo.")

    told = " ".join(entry.text for entry in read_petition(whole_office, CLERK, number).timeline)
    assert "Apartó de esta petición a una persona. Dejó de apartar de esta petición a una persona." in told
    assert "Hugo Salas" not in told
    with pytest.raises(NotFound, match="no está apartada"):
        lift_exclusion(whole_office, SERVICE_HEAD, number, username="hugo", reason=REASON)


def test_why_somebody_is_apart_is_for_those_who_decide_on_it(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    _complain_of(whole_office, number, OTHER_OFFICIAL)

    assert read_people_file(whole_office, OFFICIAL, number).apart == ()
    assert [each.reason for each in read_people_file(whole_office, SERVICE_HEAD, number).apart] == [REASON]


def test_a_task_that_nobody_may_do_is_an_incident_until_somebody_stands_in(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    _complain_of(whole_office, number, DEPARTMENT_HEAD)
    note = "Sigue en la dependencia, con el mismo profesional."
    do(whole_office, SERVICE_HEAD, number, "DecideReturn", department="INF", return_note=note)
    send_to_review(whole_office, number)
    (incident,) = open_incidents(whole_office)
    assert "Nadie puede hacer «Revisar la respuesta»" in incident.message

    with pytest.raises(Forbidden):
        designate_stand_in(whole_office, OFFICIAL, number, username="hugo", instead_of="diana")
    designate_stand_in(whole_office, DIRECTOR, number, username="hugo", instead_of="diana")

    assert open_incidents(whole_office) == ()
    assert "Review" in elements(whole_office, STRANGER, number)
    assert read_petition(whole_office, STRANGER, number).answer_text == TEXT
    do(whole_office, STRANGER, number, "Review", review="approve", signatories=[])
    assert _status(whole_office, number) is PetitionStatus.SENT


def test_a_stand_in_works_on_that_petition_alone(whole_office: Office) -> None:
    number, other = (drafting(whole_office).filing_number for _ in range(2))
    _complain_of(whole_office, number, OFFICIAL)
    designate_stand_in(whole_office, SERVICE_HEAD, number, username="hugo", instead_of="carlos")

    assert [row.filing_number for row in list_petitions(whole_office, STRANGER).items] == [number]
    assert elements(whole_office, STRANGER, other) == set()


@pytest.mark.parametrize(
    ("username", "instead_of", "field"),
    [("carlos", "carlos", "username"), ("nadie", "carlos", "username"), ("hugo", "clara", "instead_of")],
)
def test_nobody_stands_in_who_is_apart_or_for_one_who_is_not(
    whole_office: Office, username: str, instead_of: str, field: str
) -> None:
    number = drafting(whole_office).filing_number
    _complain_of(whole_office, number, OFFICIAL)

    with pytest.raises(Invalid) as refusal:
        designate_stand_in(whole_office, SERVICE_HEAD, number, username=username, instead_of=instead_of)

    assert set(refusal.value.fields) == {field}


def test_keeping_somebody_apart_costs_no_list_a_statement_more(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    statements: list[str] = []
    sa.event.listen(
        office.engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement)
    )

    def cost() -> list[int]:
        found = []
        for read in (list_petitions, list_work_items):
            statements.clear()
            read(office, OFFICIAL)
            found.append(sum(each.startswith("SELECT") for each in statements))
        return found

    before = cost()
    _complain_of(office, number, OFFICIAL)

    assert (before, cost()) == ([1, 1], [1, 1])


def _acts_of_people() -> Iterator[tuple[str, ast.Call]]:
    """The calls of `read_case` within a function that is given the person who acts."""
    for path in sorted(Path(processes.petitions.__path__[0]).glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            if not any(each.arg == "person" for each in (*function.args.args, *function.args.kwonlyargs)):
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "read_case":
                    yield f"{path.name}:{call.lineno}", call


def test_every_act_of_a_person_reads_its_case_as_its_reader() -> None:
    found = list(_acts_of_people())

    without = [place for place, call in found if "reader" not in {each.arg for each in call.keywords}]

    assert len(found) > 10
    assert without == []


def test_no_act_names_who_acts_before_a_check_said_in_which_post() -> None:
    rooms = (processes.petitions, processes.reports)
    files = [path for room in rooms for path in sorted(Path(room.__path__[0]).glob("*.py"))]

    asking = [path.name for path in files if "person.actor" in path.read_text(encoding="utf-8")]

    assert len(files) > 100
    assert asking == []


def test_the_warning_that_a_task_waits_for_nobody_outlives_an_act_of_the_law(whole_office: Office) -> None:
    hire(whole_office, LAWYER)
    number = _left_to_nobody(whole_office)

    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED,
        reason="Tutela 2026-055, juzgado segundo civil municipal.",
        length=Length(3, TermUnit.WORKING_DAYS),
        authority="Juzgado Segundo Civil Municipal",
    )
    record_legal_act(whole_office, LAWYER, number, order)

    (incident,) = open_incidents(whole_office, SERVICE_HEAD)
    assert "«Proyectar la respuesta»" in incident.message


def test_a_warning_goes_when_the_petition_passes_to_somebody(whole_office: Office) -> None:
    number = _left_to_nobody(whole_office)

    act = LegalAct(
        kind=LegalEventKind.REASSIGNED, reason="La mora del impuesto la maneja Hacienda.", department="HAC"
    )
    record_legal_act(whole_office, SERVICE_HEAD, number, act)

    assert open_incidents(whole_office, SERVICE_HEAD) == ()


def test_what_is_taken_up_again_leaves_no_task_with_one_who_is_apart(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    task = task_of(whole_office, OFFICIAL, number)
    claim(whole_office, OFFICIAL, number, task)
    withdrawn = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
    record_legal_act(whole_office, CLERK, number, withdrawn)
    _complain_of(whole_office, number, OFFICIAL)

    goes_on = LegalAct(
        kind=LegalEventKind.CONTINUED_EX_OFFICIO,
        reason="El hueco es un peligro para todos los que pasan.",
        act_number="Resolución 55 de 2026",
    )
    record_legal_act(whole_office, DEPARTMENT_HEAD, number, goes_on)

    claim(whole_office, OTHER_OFFICIAL, number, task)
    assert "Draft" in elements(whole_office, OTHER_OFFICIAL, number)


def _left_to_nobody(office: Office) -> str:
    """A petition of a department of which everybody is apart."""
    number = drafting(office).filing_number
    for person in (OFFICIAL, OTHER_OFFICIAL, DEPARTMENT_HEAD):
        _complain_of(office, number, person)
    do(office, SERVICE_HEAD, number, "DecideReturn", department="INF", return_note="Es de Infraestructura.")
    assert len(open_incidents(office, SERVICE_HEAD)) == 1
    return number
